"""The small picture of a timeline."""

from __future__ import annotations

from playground.scenes.marks import FURNITURE, THUMB, Picture, Sheet
from playground.scenes.timeline.kinds import KINDS, draw
from playground.scenes.timeline.value import Timeline


def thumb(scene: Timeline) -> Picture:
    """The first lanes of each group, without a word."""
    sheet = Sheet("timeline", THUMB, 150)
    each = 8 // max(len(scene.groups), 1)
    lanes = [(group.key, lane) for group in scene.groups for lane in group.lanes[: max(each, 2)]]
    last = max([span.end for _, lane in lanes for span in lane.spans] + [scene.first + 1])
    pitch = 116 / max(len(lanes), 1)

    def x(time: int) -> float:
        return 24 + 192 * (time - scene.first) / (last - scene.first)

    sheet.path("axis", FURNITURE, "M24 14V138", stroke="guide", stroke_width=1.5)
    for row, (key, lane) in enumerate(lanes):
        y, high = 22 + pitch * row, min(pitch * 0.6, 13)
        for kind in KINDS:
            pieces = [(x(span.start), x(span.end)) for span in lane.spans if span.kind == kind]
            if pieces:
                draw(sheet, f"lane:{key}/{lane.name}/{kind}", kind, [(a, b, y) for a, b in pieces], high, 2)
    return sheet.done()

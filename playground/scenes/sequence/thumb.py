"""A small painting of a sequence, and how what is on its way looks."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import BOX, CROSS, EDGE, THUMB, WIDE, Mark, Picture, Sheet, number
from playground.scenes.sequence.bar import pieces, small_bar
from playground.scenes.sequence.parts import LOST
from playground.scenes.sequence.value import Sequence
from playground.scenes.shapes import CAPSULE, capsule, cross


def thumb(scene: Sequence) -> Picture:
    """The lanes and the last messages; under them the bar that they are about."""
    sheet = Sheet("sequence", THUMB, 150)
    rows, bottom = (3, 112) if scene.stock else (4, 136)
    places = {lane.name: 40 + 160 * at / max(len(scene.lanes) - 1, 1) for at, lane in enumerate(scene.lanes)}
    for lane in scene.lanes:
        x = places[lane.name]
        sheet.path(f"lane:{lane.name}", EDGE, f"M{number(x)} 20V{bottom}", stroke=lane.role, stroke_width=3)
    sent = [one for one in scene.messages if not scene.stock or not one.own]
    for row, one in enumerate(sent[-rows:]):
        x, to, y = places[one.sender], places[one.receiver], 36 + 26 * row
        if x != to:
            lost = one.state == LOST
            end, pen = (x + 0.7 * (to - x), "fail") if lost else (to, one.state)
            line = f"M{number(x)} {y}L{number(end)} {y + 8}"
            sheet.path(f"line:{one.number}", EDGE, line, stroke=pen, stroke_width=2.5, fill="none")
            if lost:
                sheet.path(f"cross:{one.number}", CROSS, cross(end, y + 8, 6), stroke=pen, stroke_width=2.5)
    if scene.stock:
        small_bar(sheet, "stock", pieces(scene.stock.levels[-1], 40, 160), 122, 16)
    return sheet.done()


@lru_cache(64)
def look(kind: str, label: str) -> tuple[Mark, ...]:
    """How what is on its way looks: as its state, `lost` hollow and crossed."""
    sheet = Sheet("sequence", WIDE, 0)
    sheet.group(kind, BOX, 0, 0, kind)
    capsule(sheet, kind, label, kind, CAPSULE, lost=kind == LOST)
    return sheet.done().marks[1:]

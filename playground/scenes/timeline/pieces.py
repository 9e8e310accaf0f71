"""Pieces on the lanes: bricks of the bars, each a thing that one can take."""

from __future__ import annotations

from playground.scenes.marks import LABEL, Sheet
from playground.scenes.timeline.kinds import BRICK
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.value import Timeline


def pieces(scene: Timeline, sheet: Sheet, places: Places) -> None:
    """None where lanes are drawn so close that nobody could take one of them; of many lanes those of the last group."""
    if not places.roomy or places.crowded or not scene.pieces:
        return
    lanes = places.lanes(scene.groups)
    for piece in scene.pieces:
        if not places.by_hand and piece.group != scene.groups[-1].key:
            continue
        x, y = places.x(piece.at) - BRICK / 2, lanes[piece.group, piece.lane] - places.high / 2
        # It is no answer of any question, and so of itself nothing that may have a name.
        sheet.add(
            piece.key, "rect", LABEL, x=x, y=y, width=BRICK, height=places.high, fill="data", stroke="sheet",
            stroke_width=1.5, aria_label=piece.words, role="img",
        )  # fmt: skip

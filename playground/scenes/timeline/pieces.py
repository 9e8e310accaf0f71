"""Pieces on the lanes: small lozenges, each a thing that one can take."""

from __future__ import annotations

from playground.scenes.marks import TOKEN, Sheet
from playground.scenes.timeline.kinds import lozenge
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.value import Timeline


def pieces(scene: Timeline, sheet: Sheet, places: Places) -> None:
    """None where lanes are drawn so close that nobody could take one of them."""
    if not places.roomy or not scene.pieces:
        return
    lanes, shape = places.lanes(scene.groups), lozenge(0, 0, places.high)
    for piece in scene.pieces:
        key = piece.key
        # It is no answer of any question, and so of itself nothing that may have a name.
        sheet.group(key, TOKEN, places.x(piece.at), lanes[piece.group, piece.lane], piece.words, role="img")
        sheet.path(f"{key}/piece", TOKEN, shape, parent=key, fill="sheet", stroke="data", stroke_width=1.5)

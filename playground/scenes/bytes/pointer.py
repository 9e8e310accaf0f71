"""The low half of a cell that names a place, and the way there."""

from __future__ import annotations

from playground.scenes.bytes.parts import ring
from playground.scenes.bytes.places import Places
from playground.scenes.bytes.value import Nibble
from playground.scenes.circle import Circle
from playground.scenes.marks import CROSS, EDGE, Sheet, number
from playground.scenes.shapes import head


def pointer(nibble: Nibble, sheet: Sheet, places: Places, brass: bool) -> None:
    """From the low half of a cell up, along, and down to the cell that it names."""
    pen = "brass-line" if brass else "data"
    start, end = places.place(nibble.cell), places.place(nibble.to)
    if start:
        x, y = start[0] + places.cell / 2 + 4, start[1] + places.cell_height / 2
        if brass:
            ring(sheet, Circle(x, y, 7).d())
        else:
            sheet.path("low", CROSS, Circle(x, y, 7).d(), fill="none", stroke=pen, stroke_width=1.5)
    if start and end and start[1] == end[1]:
        to = end[0] + places.cell / 2
        # The arrow comes down beside the low half's own stem where both are the same cell.
        lane = places.top - 12
        d = f"M{number(x)} {number(y - 7)}V{number(lane)}H{number(to)}V{number(places.top - 3)}"
        sheet.path("way", EDGE, d, fill="none", stroke=pen, stroke_width=1.25)
        sheet.path("way/head", CROSS, head(to, places.top - 2, to, lane, 7, 3), fill=pen)
    if places.wide:
        sheet.label("names", places.right, places.top - 18, nibble.words, "label", fill="ink", text_anchor="end")
    else:
        sheet.label("names", places.left, places.top - 14, nibble.words, "note", fill="ink")

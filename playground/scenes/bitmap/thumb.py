"""The small picture of a bitmap."""

from __future__ import annotations

from playground.scenes.bitmap.value import HALF, ROW, Bitmap
from playground.scenes.marks import BAND, FURNITURE, THUMB, Picture, Sheet, number


def thumb(scene: Bitmap) -> Picture:
    """Four rows of bits, the set ones filled."""
    sheet = Sheet("bitmap", THUMB, 150)
    cells = [f"M{number(24 + 12 * (at % ROW))} {24 + 24 * (at // ROW)}h12v24h-12z" for at in range(HALF)]
    sheet.path("cells", FURNITURE, cells, stroke="guide", stroke_width=1, fill="none")
    some = [at - 1 for at in scene.bits if at <= HALF] or [1, 2, 3, 6, 10, 13, 21, 40, 41, 48]
    tint = [f"M{number(25 + 12 * (at % ROW))} {25 + 24 * (at // ROW)}h10v22h-10z" for at in some]
    sheet.path("set", BAND, tint, fill="data")
    return sheet.done()

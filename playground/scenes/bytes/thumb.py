"""The small picture of a run of bytes."""

from __future__ import annotations

from playground.scenes.bytes.value import Bytes
from playground.scenes.marks import BAND, BOX, FURNITURE, THUMB, Picture, Sheet, number


def thumb(scene: Bytes) -> Picture:
    """Two rows of cells, the picked ones filled, and the last value."""
    sheet = Sheet("bytes", THUMB, 150)
    cells = scene.data[:20] or tuple(range(20))
    for row in range(2):
        grid = "".join(f"M{number(20 + 20 * at)} {24 + 26 * row}v22" for at in range(11))
        sheet.path(
            f"grid/{row}", FURNITURE, f"{grid}M20 {24 + 26 * row}h200M20 {46 + 26 * row}h200",
            stroke="guide", stroke_width=1.25, fill="none",
        )  # fmt: skip
    for at, byte in enumerate(cells):
        x, y = 20 + 20 * (at % 10), 24 + 26 * (at // 10)
        if scene.first <= at < scene.first + scene.count:
            sheet.add(f"pick/{at}", "rect", BAND, x=x, y=y, width=20, height=22, fill="brass-line")
        sheet.add(f"bar/{at}", "rect", BOX, x=x + 4, y=y + 9, width=2 + 10 * byte / 255, height=4, fill="ink")
    if scene.values:
        sheet.label("value", 120, 122, scene.values[-1].text, "figure", fill="ink", text_anchor="middle")
    return sheet.done()

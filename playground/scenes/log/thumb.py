"""The small picture of a log."""

from __future__ import annotations

from playground.scenes.log.value import Log
from playground.scenes.marks import BOX, EDGE, THUMB, Picture, Sheet, number
from playground.scenes.shapes import head, role

MOST = 8


def thumb(scene: Log) -> Picture:
    """The last batches, the index under them, and how far the readers are."""
    sheet = Sheet("log", THUMB, 150)
    cells = scene.cells[-MOST:]
    place = {cell.base: 20 + 25 * at for at, cell in enumerate(cells)}
    end = 20 + 25 * len(cells)
    indexed = {entry.batch for entry in scene.entries}
    for cell in cells:
        sent = cell.state == "sent"
        sheet.add(
            f"batch:{cell.base}", "rect", BOX, x=place[cell.base], y=72, width=25, height=30, stroke="ink",
            stroke_width=1.5, fill="data" if sent else "sheet", fill_opacity="0.3" if sent else None,
        )  # fmt: skip
        if cell.base in indexed:
            x = place[cell.base] + 4
            sheet.path(f"stem:{cell.base}", EDGE, f"M{x} 104V122", stroke="ink", stroke_width=1.5, fill="none")
            sheet.add(f"entry:{cell.base}", "rect", BOX, x=x - 2, y=122, width=18, height=12, fill="ink")
    borders = [f"M{place[one.base]} 62V138" for one in scene.segments if one.base and one.base in place]
    sheet.path("borders", EDGE, borders, stroke="ink", stroke_width=3, fill="none")
    readers = sorted(scene.readers, key=lambda one: (one.next, one.order))[:2]
    for row, one in enumerate(readers):
        spots = [place[cell.base] for cell in cells if cell.last >= one.next]
        x, y = (spots[0] if spots else end), 16 + 22 * row
        pen = role(one.order)
        sheet.path(f"reader:{one.name}", EDGE, f"M{x} {y}V62", stroke=pen, stroke_width=2.5, fill="none")
        sheet.path(f"reader:{one.name}/head", EDGE, head(x, 71, x, y), fill=pen)
        if x < end:
            d = f"M{x} {y}H{number(end)}v8H{x}"
            sheet.path(f"lag:{one.name}", EDGE, d, stroke=pen, stroke_width=2, fill="none")
    return sheet.done()

"""The small picture of a dag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.scenes.circle import Circle
from playground.scenes.marks import BOX, EDGE, THUMB, TOKEN, Picture, Sheet, number

if TYPE_CHECKING:
    from playground.scenes.dag.value import Dag


def thumb(scene: Dag) -> Picture:
    """The last three commits with what is new and what is shared, without a word."""
    sheet = Sheet("dag", THUMB, 150)
    columns = scene.columns[-3:]
    lanes = {lane.key: at for at, lane in enumerate(scene.lanes[:6])}
    step = 98 / max(len(lanes), 1)
    row: list[str] = []
    new: list[str] = []
    again: list[str] = []
    for at, column in enumerate(columns):
        x = 44 + 76 * at
        row.append(f"M{x} 24v{number(18 + step * 0.5)}")
        fill = "m1" if column.id else "sheet"
        sheet.add(f"commit:{at}", "circle", BOX, cx=x, cy=20, r=9, fill=fill, stroke="m1", stroke_width=2)
        for cell in column.cells:
            if cell.lane in lanes:
                y = 42 + step * (lanes[cell.lane] + 0.5)
                (again if cell.origin else new).append(Circle(x, y, 5.5).d() + "Z")
                if cell.origin and at:
                    row.append(f"M{x - 6} {number(y)}h-64")
    row.append(f"M44 20H{44 + 76 * max(len(columns) - 1, 0)}")
    sheet.path("lines", EDGE, row, fill="none", stroke="mute", stroke_width=1.5)
    sheet.path("new", TOKEN, new, fill="m3")
    sheet.path("again", TOKEN, again, fill="sheet", stroke="mute", stroke_width=1.5)
    return sheet.done()

"""The small picture of a dag."""

from __future__ import annotations

from playground.scenes.dag.parts import BLOB, COMMIT, TREE, shape
from playground.scenes.dag.value import Dag
from playground.scenes.marks import BOX, EDGE, THUMB, TOKEN, Picture, Sheet, number

LEFT, PITCH, ROWS = 36, 72, 8


def thumb(scene: Dag) -> Picture:
    """The last three commits with what is new and what is shared, without a word."""
    sheet = Sheet("dag", THUMB, 150)
    shown = scene.lanes[:ROWS]
    step = 112 / max(len(shown), 1)
    lanes = {lane.key: (38 + step * (row + 0.3), lane) for row, lane in enumerate(shown)}
    lines: list[str] = []
    drawn: dict[str, list[str]] = {TREE: [], BLOB: [], "sheet": []}
    columns = scene.columns[-3:]
    for at, column in enumerate(columns):
        x = LEFT + PITCH * at
        lines.append(f"M{x} 18H{max(x - PITCH, LEFT)}")
        sheet.add(f"commit:{at}", "circle", BOX, cx=x, cy=18, r=9, fill=COMMIT if column.id else "sheet", stroke=COMMIT)
        for cell in column.cells:
            if cell.lane in lanes:
                y, lane = lanes[cell.lane]
                cx = x + 9 * lane.depth
                from_y, tree = lanes.get(cell.within, (18.0, None))
                lines.append(f"M{x + 9 * (tree.depth if tree else 0)} {number(from_y)}V{number(y)}H{cx}")
                fill = "sheet" if cell.origin else TREE if lane.folder else BLOB
                drawn[fill].append(shape(cx, y, lane.folder, 3.5 if cell.origin else 5.5))
                if at and cell.origin and cell.origin[1] == cell.lane:
                    lines.append(f"M{cx} {number(y)}H{cx - PITCH}")
    sheet.path("lines", EDGE, lines, fill="none", stroke="mute", stroke_width=1.25)
    for fill, shapes in drawn.items():
        sheet.path(f"objects:{fill}", TOKEN, shapes, fill=fill, stroke="mute" if fill == "sheet" else None)
    return sheet.done()

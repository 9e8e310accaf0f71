"""A commit with the objects below it, and the lines back to what it shares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from playground.scenes.circle import Circle
from playground.scenes.dag.flags import ring
from playground.scenes.marks import BOX, EDGE, TOKEN, Sheet, number
from playground.scenes.type import end_cut

if TYPE_CHECKING:
    from playground.scenes.dag.layout import Places
    from playground.scenes.dag.value import Cell, Dag

COMMIT, TREE, BLOB = "m1", "m4", "m3"
"""Colours of the kinds; they differ in shape too."""

ID = 62
"""Where an id ends, from the middle of its object."""

HALO: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""Text over a thin line: the line is hidden behind it."""


LOOKS: dict[str, dict[str, Any]] = {
    "live": {"fill": BLOB},
    "live-tree": {"fill": TREE},
    "lost": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.5},
    "gone": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.5, "stroke_dasharray": "2 3"},
    "plan": {"fill": "sheet", "stroke": "ink", "stroke_width": 1.25, "stroke_dasharray": "3 2"},
    "again": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.25},
}
"""Solid: new in this column. Small and hollow: stands in another column already. Dashed: to come."""


def commit(scene: Dag, sheet: Sheet, places: Places, at: int) -> None:
    """The disc of a commit, its id beside it and its message below."""
    column = scene.columns[at]
    x, y, key = places.x(at), places.commits, f"commit:{at}"
    spoken = f"commit {column.id}, {column.message}" if column.id else "the next commit"
    sheet.group(key, BOX, x, y, spoken, data_pick=column.id or None)
    looks: dict[str, dict[str, Any]] = {
        "live": {"fill": COMMIT},
        "lost": {"fill": "sheet", "stroke": COMMIT, "stroke_width": 1.5},
        "gone": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.5, "stroke_dasharray": "2 3"},
        "next": {"fill": "sheet", "stroke": COMMIT, "stroke_width": 1.5, "stroke_dasharray": "3 3"},
    }
    sheet.add(f"{key}/disc", "circle", BOX, parent=key, r=8, **looks[column.state])
    struck = "line-through" if column.state == "gone" else None
    pen = "ink" if column.state == "live" else "mute"
    if column.id:
        sheet.label(f"{key}/id", 15, 4, column.id, "tick", parent=key, fill=pen, text_decoration=struck, **HALO)
    words = end_cut(column.message, "note", places.pitch - 18)
    sheet.label(f"{key}/message", 13, 21, words, "note", parent=key, fill="mute", text_decoration=struck)
    if scene.changed == key:
        ring(sheet, Circle(x, y, 12.5).d() + "Z")


def objects(scene: Dag, sheet: Sheet, places: Places, at: int) -> None:
    """Solid: new here. Hollow: stands elsewhere already. Dashed: to come. Trees are squares, blobs are discs."""
    column = scene.columns[at]
    groups: dict[str, list[str]] = {}
    for cell in column.cells:
        group = "again" if cell.origin else "plan" if not cell.id else cell.state
        group += "-tree" if group == "live" and places.folder(cell) else ""
        groups.setdefault(group, []).append(shape(places, at, cell, 3.5 if cell.origin else 5))
    for group, d in groups.items():
        sheet.path(f"{group}:{at}", TOKEN, d, **LOOKS[group])
    for cell in column.cells:
        if not cell.id or cell.origin:
            continue
        x, y = places.spot(at, cell.lane)
        struck = "line-through" if cell.state == "gone" else None
        pen = "ink" if cell.state == "live" else "mute"
        sheet.label(
            f"id:{at}:{cell.lane}", x + 13, y + 4, cell.id, "tick", fill=pen, text_decoration=struck, **HALO
        )  # fmt: skip
    for cell in column.cells:
        if scene.changed == f"cell:{at}:{cell.lane}":
            x, y = places.spot(at, cell.lane)
            ring(sheet, Circle(x, y, 9.5).d() + "Z")


def shape(places: Places, at: int, cell: Cell, r: float = 5) -> str:
    x, y = places.spot(at, cell.lane)
    if not places.folder(cell):
        return Circle(x, y, r).d() + "Z"
    return f"M{number(x - r)} {number(y - r)}h{number(2 * r)}v{number(2 * r)}h{number(-2 * r)}Z"


def links(scene: Dag, sheet: Sheet, places: Places) -> None:
    """What holds what in each column, and from each shared object back to where it stands."""
    ways: list[str] = []
    copies: list[str] = []
    solid = {
        (places.at[at], cell.lane)
        for at in places.columns
        for cell in scene.columns[at].cells
        if cell.id and not cell.origin
    }
    for at in places.columns:
        column = scene.columns[at]
        here = {cell.lane: cell for cell in column.cells if not cell.origin}
        holds = [holder(places, at, cell) for cell in column.cells if not cell.within or cell.within in here]
        pen: dict[str, Any] = {"fill": "none", "stroke": "mute", "stroke_width": 1}
        sheet.path(f"holds:{at}", EDGE, holds, stroke_dasharray="2 3" if column.state == "next" else None, **pen)
        for cell in column.cells:
            if cell.origin:
                far = places.at.get(cell.origin[0], -1)
                between = any((place, cell.lane) in solid for place in range(far + 1, places.at[at]))
                target = copies if cell.origin[1] != cell.lane else ways
                target.append(way(places, at, cell.lane, cell.origin, between))
    sheet.path("shared", EDGE, ways, fill="none", stroke="mute", stroke_width=1)
    sheet.path("copies", EDGE, copies, fill="none", stroke="data", stroke_width=1.25)


def holder(places: Places, at: int, cell: Cell) -> str:
    """From the commit to its tree, or from a tree down to an entry."""
    x, y = places.spot(at, cell.lane)
    if not cell.within:
        return f"M{number(x)} {number(places.commits + 8)}V{number(y - 5)}"
    from_x, from_y = places.spot(at, cell.within)
    return f"M{number(from_x)} {number(from_y + 5)}V{number(y)}H{number(x - 4)}"


def way(places: Places, at: int, lane: str, origin: tuple[int, str], between: bool) -> str:
    """From a shared object back to where it stands: along the lane, over what is between, or to another lane."""
    (x, y), (to_x, to_y) = places.spot(at, lane), places.spot(*origin)
    if origin[1] != lane:
        # Beyond the ids, so that it does not run along the column's own stem.
        end = to_x + (ID if origin[0] in places.at else 0)
        side = max(x, end) + 10 if origin[0] == at else (x + end) / 2
        return curve(x + (4 if origin[0] == at else -4), y, side, y, side, to_y, end, to_y)
    if between:
        return curve(x - 3, y - 3, x - 16, y - 15, to_x + 16, y - 15, to_x + 4, y - 5)
    return f"M{number(x - 4)} {number(y)}H{number(to_x + (5 if origin[0] in places.at else 0))}"


def curve(*places: float) -> str:
    """Path of a cubic curve: start, two handles, end."""
    x, y, *rest = map(number, places)
    return f"M{x} {y}C{' '.join(rest)}"

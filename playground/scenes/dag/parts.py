"""A commit with the objects below it. A column that stays as it is, is painted once."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from playground.scenes.circle import Circle
from playground.scenes.dag.layout import Frame
from playground.scenes.dag.value import SHORT, Cell, Column, Lane
from playground.scenes.marks import BOX, EDGE, TOKEN, WIDE, Sheet, number
from playground.scenes.type import end_cut

COMMIT, TREE, BLOB = "m1", "m4", "m3"
"""Colours of the kinds; they differ in shape too."""

HALO: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""Text over a thin line: the line is hidden behind it."""

DISCS: dict[str, dict[str, Any]] = {
    "live": {"fill": COMMIT},
    "lost": {"fill": "sheet", "stroke": COMMIT, "stroke_width": 1.5},
    "gone": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.5, "stroke_dasharray": "2 3"},
    "next": {"fill": "sheet", "stroke": COMMIT, "stroke_width": 1.5, "stroke_dasharray": "3 3"},
}

LOOKS: dict[str, dict[str, Any]] = {
    "live": {"fill": BLOB},
    "live-tree": {"fill": TREE},
    "lost": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.5},
    "gone": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.5, "stroke_dasharray": "2 3"},
    "plan": {"fill": "sheet", "stroke": "ink", "stroke_width": 1.25, "stroke_dasharray": "3 2"},
    "again": {"fill": "sheet", "stroke": "mute", "stroke_width": 1.25},
}
"""Solid: new in this column. Small and hollow: stands in another column already. Dashed: to come."""


@lru_cache(256)
def column_of(frame: Frame, x: float, lanes: tuple[Lane, ...], at: int, column: Column) -> Sheet:
    """The disc of a commit, its id beside it and its message below; the objects under it and what holds what."""
    sheet = Sheet("dag", frame.layout, 0)
    spots = {lane.key: Spot(x + frame.indent * lane.depth, frame.y(row), lane) for row, lane in enumerate(lanes)}
    commit(sheet, frame, x, at, column)
    objects(sheet, spots, at, column)
    ids(sheet, spots, at, column)
    new = sum(is_new(cell) for cell in column.cells) + bool(column.id)
    if new:
        added = f"{new} new"
        sheet.label(f"new:{at}", x - 8, frame.y(len(lanes)) + 2, added, "label", fill="ink" if column.id else "mute")
    here = {cell.lane for cell in column.cells if not cell.origin}
    holds = [
        holder(frame, x, spots[cell.lane], spots[cell.within] if cell.within else None)
        for cell in column.cells
        if not cell.within or cell.within in here
    ]
    dash = "2 3" if column.state == "next" else None
    sheet.path(f"holds:{at}", EDGE, holds, fill="none", stroke="mute", stroke_width=1, stroke_dasharray=dash)
    return sheet


class Spot(NamedTuple):
    """Where a lane's object stands."""

    x: float
    y: float
    lane: Lane


def is_new(cell: Cell) -> bool:
    """Stands in this column first."""
    return bool(cell.id) and not cell.origin


def objects(sheet: Sheet, spots: dict[str, Spot], at: int, column: Column) -> None:
    """The shapes of all objects: one path for all that look the same."""
    groups: dict[str, list[str]] = {}
    for cell in column.cells:
        x, y, lane = spots[cell.lane]
        size = 3.5 if cell.origin else 5
        groups.setdefault(look(cell, lane), []).append(shape(x, y, lane.folder, size))
    for group, shapes in groups.items():
        sheet.path(f"{group}:{at}", TOKEN, shapes, **LOOKS[group])


def look(cell: Cell, lane: Lane) -> str:
    """Which of the LOOKS an object has."""
    if cell.origin:
        return "again"
    if not cell.id:
        return "plan"
    return "live-tree" if cell.state == "live" and lane.folder else cell.state


def ids(sheet: Sheet, spots: dict[str, Spot], at: int, column: Column) -> None:
    """The ids of what is new, each beside its shape."""
    right = 13 if sheet.layout == WIDE else 11.5
    for cell in filter(is_new, column.cells):
        x, y, _ = spots[cell.lane]
        sheet.label(
            f"id:{at}:{cell.lane}", x + right, y + 4, cell.id[:SHORT], "tick",
            fill="ink" if cell.state == "live" else "mute",
            text_decoration="line-through" if cell.state == "gone" else None, **HALO,
        )  # fmt: skip


def commit(sheet: Sheet, frame: Frame, x: float, at: int, column: Column) -> None:
    key = f"commit:{at}"
    short = column.id[:SHORT]
    spoken = f"commit {short}, {column.message}" if short else "the next commit"
    sheet.group(key, BOX, x, frame.commits, spoken, data_pick=short or None)
    sheet.add(f"{key}/disc", "circle", BOX, parent=key, r=8, **DISCS[column.state])
    struck = "line-through" if column.state == "gone" else None
    pen = "ink" if column.state == "live" else "mute"
    if short:
        sheet.label(f"{key}/id", 15, 4, short, "tick", parent=key, fill=pen, text_decoration=struck, **HALO)
    words = end_cut(column.message, "note", frame.pitch - 18)
    sheet.label(f"{key}/message", 13, 21, words, "note", parent=key, fill="mute", text_decoration=struck)


def shape(x: float, y: float, folder: bool, r: float) -> str:
    """Trees are squares, blobs are discs."""
    if not folder:
        return Circle(x, y, r).d() + "Z"
    return f"M{number(x - r)} {number(y - r)}h{number(2 * r)}v{number(2 * r)}h{number(-2 * r)}Z"


def holder(frame: Frame, x: float, to: Spot, tree: Spot | None) -> str:
    """From the commit to its tree, or from a tree down to an entry."""
    if not tree:
        return f"M{number(x)} {number(frame.commits + 8)}V{number(to.y - 5)}"
    return f"M{number(tree.x)} {number(tree.y + 5)}V{number(to.y)}H{number(to.x - 4)}"


def curve(*places: float) -> str:
    """Path of a cubic curve: start, two handles, end."""
    x, y, *rest = map(number, places)
    return f"M{x} {y}C{' '.join(rest)}"


def shared(cell: Cell) -> tuple[tuple[int, str], bool]:
    """Where a shared object stands, and whether at another path."""
    origin = cell.origin or (0, cell.lane)
    return origin, origin[1] != cell.lane

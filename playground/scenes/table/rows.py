"""A row of a table. One that stays as it is, is painted once."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from playground.scenes.marks import BAND, Sheet
from playground.scenes.names import told_apart
from playground.scenes.table.value import Column, Row
from playground.scenes.type import end_cut

ROW = 27


def fitted(columns: Sequence[Column], left: float, right: float) -> tuple[tuple[float, float], ...]:
    """Left edge and width of each column; those without a width of their own share what is left."""
    fixed = sum(column.room for column in columns)
    free = sum(column.room == 0 for column in columns)
    spare = max(right - left - fixed, 0)
    each = spare / free if free else 0
    found, x = [], left
    for column in columns:
        room = column.room or each
        found.append((x, room))
        x += room
    return tuple(found)


def names_of(columns: Sequence[Column], rows: Sequence[Row], left: float, right: float) -> list[tuple[str, ...]]:
    """For each row its names, as far as there is room for them; no two of a column are shown alike."""
    found = []
    for at, (column, (_, room)) in enumerate(zip(columns, fitted(columns, left, right), strict=True)):
        if column.style == "name":
            cells = [row.cells[at] for row in rows]
            shown = told_apart(tuple(dict.fromkeys(cells)), "name", room - 12)
            found.append([shown[cell] for cell in cells])
    return list(zip(*found, strict=True)) if found else [()] * len(rows)


@lru_cache(512)
def row_sheet(
    layout: str,
    prefix: str,
    row: Row,
    names: tuple[str, ...],
    columns: tuple[Column, ...],
    left: float,
    right: float,
    y: float,
) -> Sheet:
    """The cells of a row, and its tint. `names` are its names as they are shown, in the order of their columns."""
    sheet = Sheet("table", layout, 0)
    key = f"{prefix}:{row.key}"
    sheet.group(key, BAND, left, y, ", ".join(cell for cell in row.cells if cell), data_pick=row.cells[0])
    sheet.add(
        f"{key}/box", "rect", BAND, parent=key, x=0, y=-ROW / 2 + 0.5, width=right - left, height=ROW - 1,
        fill="other" if row.tinted else "sheet", fill_opacity="0.13" if row.tinted else "1",
    )  # fmt: skip
    short = iter(names)
    for column, cell, (x, room) in zip(columns, row.cells, fitted(columns, 0, right - left), strict=True):
        text = next(short) if column.style == "name" else end_cut(cell, column.style, room - 12)
        sheet.label(f"{key}/{column.name}", x + 7, 4.3, text, column.style, parent=key, fill="ink")
    return sheet

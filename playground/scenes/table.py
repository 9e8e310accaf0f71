"""Table: one or two tables of text, links between their rows, brackets around equal cells, a verdict under each.

Wide, two tables stand side by side and links cross from one to the other. Narrow, the second table
becomes a column of the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from playground.scenes.marks import BAND, BOX, CHANGED, CROSS, EDGE, FURNITURE, THUMB, WIDE, Picture, Sheet, number
from playground.scenes.paint import paints
from playground.scenes.scene import Words
from playground.scenes.shapes import cross, head, wedge
from playground.scenes.type import end_cut, middle_cut

ROW = 27
TOP = 71
"""Where the first row begins, under title and head."""

NONE, BAD, GOOD = "", "bad", "good"


class Column(NamedTuple):
    """A column: its head, the least units it takes (0: what is left), its type style, and whether narrow keeps it."""

    name: str
    room: int
    style: str = "value"
    narrow: bool = True


class Row(NamedTuple):
    """A row: its key, its cells, and whether it is tinted (matched, read)."""

    key: str
    cells: tuple[str, ...]
    tinted: bool = False


class Grid(NamedTuple):
    """A table: title, columns, rows, a note under it with its tone (bad: cross, good: tick, or none), more rows."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    note: str = ""
    tone: str = NONE
    empty: str = "no rows"


class Link(NamedTuple):
    """From a row of the first table to one of the second; without an end it says why."""

    start: str
    end: str
    words: str


@dataclass(frozen=True)
class Table:
    """One or two tables. `ties` are keys of rows of the first that are equal; `changed` is the row to look at."""

    first: Grid
    second: Grid | None = None
    links: tuple[Link, ...] = ()
    ties: tuple[tuple[str, ...], ...] = ()
    changed: str = ""
    link_head: str = "look up"

    kind = "table"

    def room(self) -> tuple[int, ...]:
        """Rows of both tables, and whether there are two."""
        return len(self.first.rows), len(self.second.rows) if self.second else 0, int(self.second is not None)

    def blank(self) -> bool:
        return not self.first.rows

    def words(self) -> Words:
        grid, ends = self.first, {link.start: link.words for link in self.links}
        said = [grid.title, *(note for note in (grid.note, self.second.note if self.second else "") if note)]
        told = (self.link_head,) if self.second else ()
        rows = tuple((*row.cells, *((ends.get(row.key, ""),) if self.second else ())) for row in grid.rows)
        head_ = (*(column.name for column in grid.columns), *told)
        return Words("; ".join(part.rstrip(".") for part in said) + ".", head_, rows)


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


@lru_cache(4096)
def row_sheet(
    layout: str, prefix: str, row: Row, columns: tuple[Column, ...], left: float, right: float, y: float
) -> Sheet:
    """The cells of a row, and its tint."""
    sheet = Sheet("table", layout, 0)
    key = f"{prefix}:{row.key}"
    sheet.group(key, BAND, left, y, ", ".join(cell for cell in row.cells if cell), data_pick=row.cells[0])
    sheet.add(
        f"{key}/box", "rect", BAND, parent=key, x=0, y=-ROW / 2 + 0.5, width=right - left, height=ROW - 1,
        fill="other" if row.tinted else "sheet", fill_opacity="0.13" if row.tinted else "1",
    )  # fmt: skip
    for column, cell, (x, room) in zip(columns, row.cells, fitted(columns, 0, right - left), strict=True):
        cut = middle_cut if column.style == "name" else end_cut
        text = cut(cell, column.style, room - 12)
        sheet.label(f"{key}/{column.name}", x + 7, 4.3, text, column.style, parent=key, fill="ink")
    return sheet


def painted(table: Table, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(table, layout, room).paint()


class Painter:
    """One painting of one table or two."""

    def __init__(self, table: Table, layout: str, room: tuple[int, ...]) -> None:
        self.table, self.two = table, bool(room[2])
        self.wide = layout == WIDE
        rows = max(room[0], room[1] if self.wide else 0, 1)
        self.bottom = TOP + ROW * rows
        notes = 2 if self.two and not self.wide else 1
        self.sheet = Sheet("table", layout, self.bottom + 14 + 20 * notes)
        self.left = 58 if self.wide else 26
        self.right = (396 if self.two else 702) if self.wide else 350
        self.far = (470, 702)

    def paint(self) -> Picture:
        first, second = self.table.first, self.table.second
        columns, rows = first.columns, first.rows
        if not self.wide:
            keep = [column.narrow for column in columns]
            columns = tuple(column for column in columns if column.narrow)
            rows = tuple(
                row._replace(cells=tuple(cell for cell, kept in zip(row.cells, keep, strict=True) if kept))
                for row in rows
            )
            if self.two:
                found = {link.start: link.words for link in self.table.links}
                columns = (*columns, Column(self.table.link_head, 104))
                rows = tuple(row._replace(cells=(*row.cells, found.get(row.key, ""))) for row in rows)
        places = self.grid("row", first._replace(columns=columns, rows=rows), self.left, self.right)
        self.note("row", first, self.left, self.bottom + 22)
        if self.wide and self.two and second:
            ends = self.grid("entry", second, *self.far)
            self.links(places, ends)
        if self.two and second:
            self.note("entry", second, self.far[0] if self.wide else self.left, self.bottom + (22 if self.wide else 42))
        if self.two and not second:
            self.sheet.label("entrys/none", *self.nothing(), "the thief has nothing yet", "note", fill="mute")
        self.ties(places)
        if self.table.changed in places:
            self.ring(places[self.table.changed])
        return self.sheet.done()

    def nothing(self) -> tuple[float, float]:
        return (self.far[0], 62) if self.wide else (self.left, self.bottom + 42)

    def grid(self, prefix: str, grid: Grid, left: float, right: float) -> dict[str, float]:
        """Title, head, rules and rows; where each row stands."""
        sheet = self.sheet
        sheet.label(f"{prefix}s/title", left, 30, end_cut(grid.title, "heading", right - left), "heading", fill="ink")
        end = TOP + ROW * max(len(grid.rows), 1)
        bold = f"M{number(left)} 44H{number(right)}"
        sheet.path(f"{prefix}s/top", FURNITURE, bold, stroke="ink", stroke_width=1.7, fill="none")
        lines = [f"M{number(left)} {number(TOP + ROW * at)}H{number(right)}" for at in range(1, len(grid.rows))]
        sheet.path(f"{prefix}s/hair", BOX, lines or "M0 0", stroke="hair", stroke_width=1, fill="none")
        rules = f"M{number(left)} {TOP}H{number(right)}M{number(left)} {number(end)}H{number(right)}"
        sheet.path(f"{prefix}s/rules", BOX, rules, stroke="guide", stroke_width=1, fill="none")
        for column, (x, room) in zip(grid.columns, fitted(grid.columns, left, right), strict=True):
            name = end_cut(column.name, "note", room - 8)
            sheet.label(f"{prefix}s/head/{column.name}", x + 7, 62, name, "note", fill="mute")
        if not grid.rows:
            sheet.label(f"{prefix}s/empty", left + 7, TOP + 18, grid.empty, "note", fill="mute")
        places = {}
        for at, row in enumerate(grid.rows):
            y = places[row.key] = TOP + ROW * (at + 0.5)
            sheet.take(row_sheet(sheet.layout, prefix, row, grid.columns, left, right, y))
        return places

    def note(self, prefix: str, grid: Grid, left: float, y: float) -> None:
        if not grid.note:
            return
        room = (self.far[1] if prefix == "entry" and self.wide else self.right) - left
        x = left
        if grid.tone:
            x += 20
            bad = grid.tone == BAD
            d = cross(left + 7, y - 4, 5) if bad else f"M{number(left + 2)} {number(y - 4)}l4 4l8 -9"
            pen = "fail" if bad else "done"
            self.sheet.path(f"{prefix}s/verdict", CROSS, d, stroke=pen, stroke_width=2.25, fill="none")
        text = end_cut(grid.note, "note", room - (20 if grid.tone else 0))
        pen = {NONE: "mute", BAD: "fail", GOOD: "done"}[grid.tone]
        self.sheet.label(f"{prefix}s/note", x, y, text, "note", fill=pen)

    def links(self, places: dict[str, float], ends: dict[str, float]) -> None:
        """Cubics from row to row; a row without a match ends in a hollow circle."""
        for link in self.table.links:
            y, x = places[link.start], self.right
            key = f"link:{link.start}"
            bold = link.start == self.table.changed
            if link.end in ends:
                end, goal = ends[link.end], self.far[0] - 2
                d = f"M{number(x + 3)} {number(y)}C{number(x + 40)} {number(y)} "
                d += f"{number(goal - 44)} {number(end)} {number(goal - 7)} {number(end)}"
                self.sheet.path(key, EDGE, d, stroke="other", stroke_width=2.25 if bold else 1.25, fill="none")
                self.sheet.path(f"{key}/head", EDGE, head(goal, end, goal - 10, end), fill="other", stroke="none")
            else:
                d = f"M{number(x + 3)} {number(y)}H{number(x + 34)}"
                self.sheet.path(
                    f"{key}/none", EDGE, d, stroke="mute", stroke_width=1.25, stroke_dasharray="2 3", fill="none"
                )
                self.sheet.add(
                    f"{key}/end", "circle", EDGE, cx=x + 38, cy=y, r=3.5, fill="none", stroke="mute", stroke_width=1.25
                )

    def ties(self, places: dict[str, float]) -> None:
        """Brackets on the left: these rows hold the same."""
        for at, tie in enumerate(self.table.ties[:3]):
            ys = [places[key] for key in tie if key in places]
            if len(ys) < 2:
                continue
            reach = 8 + 6 * at if not self.wide else 10 + 10 * at
            x = self.left - 3
            d = "".join(f"M{number(x)} {number(y)}h{-reach}" for y in ys)
            d += f"M{number(x - reach)} {number(ys[0])}V{number(ys[-1])}"
            self.sheet.path(f"tie:{tie[0]}", EDGE, d, stroke="other", stroke_width=1.5, fill="none")

    def ring(self, y: float) -> None:
        sheet = self.sheet
        sheet.add(
            "changed", "rect", CHANGED, x=self.left - 2, y=y - ROW / 2 - 1, width=self.right - self.left + 4,
            height=ROW + 2, rx=2, fill="none", stroke="brass-line", stroke_width=2.25,
        )  # fmt: skip
        sheet.path("wedge", CHANGED, wedge(14 if self.wide else 9, y), fill="brass-line", stroke="none")


def thumb(table: Table) -> Picture:
    """Rules, rows as bars, the links between them."""
    sheet = Sheet("table", THUMB, 150)
    rows = table.first.rows[:5]
    lines = [f"M34 {number(26 + 22 * at)}H130" for at in range(len(rows) + 1)]
    sheet.path("rules", FURNITURE, lines, stroke="guide", stroke_width=1.5, fill="none")
    seconds = {row.key: at for at, row in enumerate(table.second.rows[:5] if table.second else ())}
    if seconds:
        right = [f"M176 {number(26 + 22 * at)}H222" for at in range(len(seconds) + 1)]
        sheet.path("rules/2", FURNITURE, right, stroke="guide", stroke_width=1.5, fill="none")
    ends = {link.start: link.end for link in table.links}
    for at, row in enumerate(rows):
        y = 37 + 22 * at
        pen = "other" if row.tinted else "mute"
        sheet.path(f"row:{row.key}", BOX, f"M42 {y}H58M68 {y}H122", stroke=pen, stroke_width=5, fill="none")
        to = seconds.get(ends.get(row.key, ""))
        if to is not None:
            end = 37 + 22 * to
            d = f"M132 {y}C154 {y} 152 {end} 174 {end}"
            sheet.path(f"link:{row.key}", EDGE, d, stroke="other", stroke_width=2, fill="none")
            line = f"M182 {end}H216"
            sheet.path(f"found:{row.key}", BOX, line, stroke="other", stroke_width=5, fill="none")
    for at, tie in enumerate(table.ties[:2]):
        ys = [37 + 22 * place for place, row in enumerate(rows) if row.key in tie]
        if len(ys) > 1:
            d = "".join(f"M{number(30 - 8 * at)} {y}h-8" for y in ys) + f"M{22 - 8 * at} {ys[0]}V{ys[-1]}"
            sheet.path(f"tie:{'+'.join(tie)}", EDGE, d, stroke="other", stroke_width=2, fill="none")
    return sheet.done()


paints(Table, painted, thumb)

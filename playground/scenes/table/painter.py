"""A table becomes marks."""

from __future__ import annotations

from functools import lru_cache
from itertools import compress

from playground.scenes.marks import BOX, CHANGED, CROSS, EDGE, FURNITURE, WIDE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import cross, head, wedge
from playground.scenes.table.rows import ROW, fitted, names_of, row_sheet
from playground.scenes.table.value import BAD, GOOD, NONE, Column, Grid, Table
from playground.scenes.type import end_cut

TOP = 71
"""Where the first row begins, under title and head."""


@lru_cache(PICTURES)
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
        first = self.table.first if self.wide else self.narrowed(self.table.first)
        places = self.grid("row", first, self.left, self.right)
        self.note("row", first, self.left, self.bottom + 22)
        if self.two:
            self.other(places)
        self.ties(places)
        if self.table.changed in places:
            self.ring(places[self.table.changed])
        return self.sheet.done()

    def narrowed(self, grid: Grid) -> Grid:
        """The columns that narrow keeps; of two tables the second becomes the last column."""
        keep = [column.narrow for column in grid.columns]
        columns = tuple(column for column in grid.columns if column.narrow)
        rows = tuple(row._replace(cells=tuple(compress(row.cells, keep))) for row in grid.rows)
        if self.two:
            found = {link.start: link.words for link in self.table.links}
            columns = (*columns, Column(self.table.link_head, 104))
            rows = tuple(row._replace(cells=(*row.cells, found.get(row.key, ""))) for row in rows)
        return grid._replace(columns=columns, rows=rows)

    def other(self, places: dict[str, float]) -> None:
        """The second table, or a word for its absence."""
        second = self.table.second
        if not second:
            x, y = (self.far[0], 62) if self.wide else (self.left, self.bottom + 42)
            self.sheet.label("entrys/none", x, y, "the thief has nothing yet", "note", fill="mute")
        elif self.wide:
            self.links(places, self.grid("entry", second, *self.far))
            self.note("entry", second, self.far[0], self.bottom + 22)
        else:
            self.note("entry", second, self.left, self.bottom + 42)

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
        for at, (row, names) in enumerate(zip(grid.rows, names_of(grid.columns, grid.rows, left, right), strict=True)):
            y = places[row.key] = TOP + ROW * (at + 0.5)
            sheet.take(row_sheet(sheet.layout, prefix, row, names, grid.columns, left, right, y))
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

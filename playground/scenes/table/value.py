"""What a table says: one grid of text or two, links between their rows, rows that hold the same."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words

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

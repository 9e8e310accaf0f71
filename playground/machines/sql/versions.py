"""Versions of rows: an UPDATE writes a new one and leaves the old one where it lies.

PostgreSQL 15 documentation, 13.1 (multiversion concurrency control) and 73.6 (page layout); heapam.c, heap_update;
hio.c, RelationGetBufferForTuple; access/heap/README.HOT.
"""

from __future__ import annotations

from typing import NamedTuple

from playground.machines.sql.table import ROWS_A_PAGE, Table, places_by_id

LOADED = 725
"""The transaction that has written the table."""


class Place(NamedTuple):
    """Where a version lies, its `ctid`: the page from 0, the line pointer from 1."""

    page: int
    item: int

    def __str__(self) -> str:
        return f"({self.page},{self.item})"


class Version(NamedTuple):
    """A version of a row: `xmin` is the transaction that wrote it, `xmax` the one that last replaced it (0: none).

    `next` leads to the version that `xmax` wrote. `hot`: it shares the page with the version before it, so that the
    index needs no entry for it. `lock_only`: the transaction has locked the row and not replaced this version.
    """

    row: int
    place: Place
    customer: int
    xmin: int
    xmax: int = 0
    next: Place | None = None
    hot: bool = False
    lock_only: bool = False


class Heap:
    """The pages of a table, as far as their rows have been changed: the others stand as they were loaded."""

    def __init__(self, table: Table) -> None:
        self.table, self.pages = table, table.pages
        self.versions: dict[Place, Version] = {}
        self.added: dict[int, int] = {}
        """Versions that came to a page after it was loaded."""

    def first(self, row: int) -> Version:
        """The version of a row that was loaded."""
        place = places_by_id(self.table)[row - 1]
        page, item = divmod(place, ROWS_A_PAGE)
        return Version(row, Place(page, item + 1), self.table.customers[place], LOADED)

    def at(self, place: Place) -> Version:
        return self.versions[place]

    def of(self, row: int) -> tuple[Version, ...]:
        """All versions of a row, in the order in which they were written."""
        first = self.first(row)
        return tuple(one for one in self.versions.values() if one.row == row) or (first,)

    def items(self, page: int) -> int:
        """Line pointers in use."""
        loaded = min(max(self.table.size - page * ROWS_A_PAGE, 0), ROWS_A_PAGE)
        return loaded + self.added.get(page, 0)

    def has_room(self, page: int) -> bool:
        """For one more version: all are of one length."""
        return page < self.pages and self.items(page) < ROWS_A_PAGE

    def page_for(self, page: int, target: int | None) -> int:
        """The page for a new version: that of the old one, else the target of the session or the last page, else a
        new one. The free space map knows of no room: pages are filled one after the other."""
        if self.has_room(page):
            return page
        if target is None:
            target = self.pages - 1
        return target if self.has_room(target) else self.pages

    def replace(self, old: Version, new: Version) -> None:
        """The old version stays, and says who has replaced it, and by what."""
        self.versions[old.place] = old._replace(xmax=new.xmin, next=new.place, lock_only=False)
        self.versions[new.place] = new
        page = new.place.page
        self.added[page] = self.added.get(page, 0) + 1
        self.pages = max(self.pages, page + 1)

"""The table `orders`: its rows on pages of 8 kB, in order or shuffled, and the pages of the index on `id`.

A page of 8,192 bytes has a header of 24; each row takes a line pointer of 4 and 136 bytes: a header of 24, two
integers of 4, a city of 1 + 4 and a note of 1 + 98. So 58 rows fit.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from random import Random
from typing import NamedTuple

PAGE, PAGE_HEADER, LINE_POINTER, ROW = 8192, 24, 4, 136
ROWS_A_PAGE = (PAGE - PAGE_HEADER) // (LINE_POINTER + ROW)

NAME = "orders"
INTEGER, TEXT = "integer", "text"
COLUMNS = {"id": INTEGER, "customer": INTEGER, "city": TEXT, "note": TEXT}
CITIES = ("Oslo", "Rome", "Lima", "Bonn", "Cork")
CUSTOMERS = 499
NOTE = "leave it with the neighbour".ljust(98, ".")

Row = tuple[int, int, str, str]

LEAF = 366
"""Entries on a full leaf of the index: 16 bytes and a line pointer each, nine tenths of the page, a high key."""


@dataclass(frozen=True, eq=False)
class Table:
    """The columns in the order of the disk. There is one of each, and it is known by being that one."""

    ids: tuple[int, ...]
    customers: tuple[int, ...]
    cities: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.ids)

    @property
    def pages(self) -> int:
        return -(-self.size // ROWS_A_PAGE)

    def row(self, place: int) -> Row:
        """The row at a place on the disk, from 0."""
        return self.ids[place], self.customers[place], self.cities[place], NOTE

    def rows_on(self, page: int) -> tuple[Row, ...]:
        """The rows of a page, from 0."""
        here = slice(page * ROWS_A_PAGE, (page + 1) * ROWS_A_PAGE)
        return tuple(zip(self.ids[here], self.customers[here], self.cities[here], repeat(NOTE)))


def customer_of(number: int) -> int:
    """Some customers order more often than others."""
    return (number * number * 31 + number * 17) % CUSTOMERS + 1


def city_of(number: int) -> str:
    """Half of the orders go to Oslo, a quarter to Rome, and so on."""
    drawn = number * 7919 % 31
    return CITIES[0 if drawn < 16 else 1 if drawn < 24 else 2 if drawn < 28 else 3 if drawn < 30 else 4]


@lru_cache(8)
def orders(count: int, shuffled: bool) -> Table:
    """The table: order 1 to order `count`, one after the other on disk or in a random order."""
    numbers = list(range(1, count + 1))
    if shuffled:
        random = Random(count).random  # noqa: S311 - the same order every time
        numbers.sort(key=lambda _: random())
    return Table(tuple(numbers), tuple(map(customer_of, numbers)), tuple(map(city_of, numbers)))


class Index(NamedTuple):
    """A B-tree over `id`, built at once: a page about itself, a root if there is more than one leaf, leaves."""

    size: int

    @property
    def leaves(self) -> int:
        return max(-(-(self.size - 1) // LEAF), 1)

    @property
    def height(self) -> int:
        """Levels above the leaves."""
        return int(self.leaves > 1)

    @property
    def pages(self) -> int:
        return 1 + self.height + self.leaves

    def leaf_of(self, rank: int) -> int:
        """The leaf that holds an entry, by its rank from 0."""
        return min(rank // LEAF, self.leaves - 1)

    def first_of(self, leaf: int) -> int:
        """The rank of the first entry of a leaf."""
        return leaf * LEAF


@lru_cache(8)
def places_by_id(table: Table) -> tuple[int, ...]:
    """Where each row lies, in order of `id`: what the entries of the index say."""
    places = [0] * table.size
    for place, number in enumerate(table.ids):
        places[number - 1] = place
    return tuple(places)

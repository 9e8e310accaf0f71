"""What ANALYZE keeps of a column, computed as PostgreSQL does. Tables of up to 30,000 rows are read as a whole."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from struct import pack, unpack
from typing import NamedTuple

from playground.machines.sql.table import Table

TARGET = 100
"""default_statistics_target: common values kept, and parts of the histogram."""

Value = int | str


class Statistics(NamedTuple):
    """Different values (negative: as a share of the rows), the common ones with their shares, bounds between
    which equally many of the other rows lie, and how well the order of the values is that of the disk."""

    distinct: float
    common: tuple[tuple[Value, float], ...]
    histogram: tuple[Value, ...]
    correlation: float


def single(value: float) -> float:
    """As a float of four bytes: so it stands in the catalogue."""
    found: float = unpack("f", pack("f", value))[0]
    return found


@lru_cache(8)
def analyze(table: Table, column: str) -> Statistics:
    columns: dict[str, tuple[Value, ...]] = {"id": table.ids, "customer": table.customers, "city": table.cities}
    values = columns[column]
    rows = len(values)
    counts = Counter(values)
    repeated = sorted((value for value, count in counts.items() if count > 1), key=str if column == "city" else int)
    distinct = float(len(counts))
    if not repeated:
        distinct = -1.0
    elif distinct > 0.1 * rows:
        distinct = -distinct / rows
    common = sorted(repeated, key=lambda value: -counts[value])[:TARGET]
    bounds = min(len(counts) - len(common), TARGET + 1)
    histogram: tuple[Value, ...] = ()
    if bounds >= 2:
        kept = set(common)
        rest = sorted(value for value in values if value not in kept)
        histogram = tuple(rest[at * (len(rest) - 1) // (bounds - 1)] for at in range(bounds))
    shares = tuple((value, single(counts[value] / rows)) for value in common)
    return Statistics(single(distinct), shares, histogram, correlation(values))


def correlation(values: tuple[Value, ...]) -> float:
    """Between a value's place in order and its place on the disk: 1 in order, near 0 shuffled."""
    count = len(values)
    if count < 2:
        return 0.0
    places = sorted(range(count), key=values.__getitem__)
    products = float(sum(rank * place for rank, place in enumerate(places)))
    total = (count - 1) * count / 2.0
    squares = (count - 1) * count * (2 * count - 1) / 6.0
    return single((count * products - total * total) / (count * squares - total * total))

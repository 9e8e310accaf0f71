"""A plan: operators above each other, at the bottom a scan, and under a bitmap scan what makes its bitmap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playground.machines.sql.binder import Clause
from playground.machines.sql.costs import Cost

SEQ, INDEX, INDEX_ONLY, BITMAP = "Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Heap Scan"
BITMAP_INDEX, BITMAP_AND, BITMAP_OR = "Bitmap Index Scan", "BitmapAnd", "BitmapOr"
SORT, LIMIT, COUNT = "Sort", "Limit", "Aggregate"


@dataclass(frozen=True)
class Plan:
    """An operator, what it does, what it costs with all below it, and the rows that come out of it."""

    name: str
    cost: Cost
    rows: float
    below: Plan | None = None
    looked_up: tuple[Clause, ...] = ()
    filtered: tuple[Clause, ...] = ()
    backward: bool = False
    bitmap: tuple[Plan, ...] = ()
    """Of a bitmap scan: what makes the bitmap. Of BitmapAnd and BitmapOr: the bitmaps that are put together."""
    in_order: bool = field(kw_only=True)
    """Its rows come in the order that the statement asks for."""

    @property
    def scan(self) -> Plan:
        """What reads the table."""
        return self.below.scan if self.below else self

    def chain(self) -> tuple[Plan, ...]:
        """From the top to the scan."""
        return (self, *self.below.chain()) if self.below else (self,)

    def bitmaps(self, path: str = "") -> Iterator[tuple[str, str, Plan]]:
        """What makes the bitmap, from the top: where it hangs, its own place, and what it is."""
        for at, one in enumerate(self.bitmap):
            yield path, f"{path}/{at}", one
            yield from one.bitmaps(f"{path}/{at}")

    def nodes(self) -> tuple[Plan, ...]:
        """All of it, in the order of EXPLAIN."""
        return (*self.chain(), *(one for _, _, one in self.scan.bitmaps()))

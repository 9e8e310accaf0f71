"""Which part of the rows a condition leaves: PostgreSQL's arithmetic on the statistics of a column."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

from playground.machines.sql.binder import AnyOf, Clause, Comparison
from playground.machines.sql.statistics import Statistics, analyze
from playground.machines.sql.table import Table

COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt, "<=": operator.le, "=": operator.eq, "<>": operator.ne, ">=": operator.ge, ">": operator.gt,
}  # fmt: skip

DEFAULT_END = 0.3333333333333333
"""For one end of a range about which nothing is known."""
DEFAULT_RANGE = 0.005
"""For a range in which nothing can lie."""


def clamped(share: float) -> float:
    return min(max(share, 0.0), 1.0)


def rows_left(rows: float, share: float) -> float:
    """A number of rows: whole, and never less than one."""
    return max(float(round(rows * share)), 1.0)


class Selectivity:
    """Estimates for one table. `indexed`: there is a unique index on `id`."""

    def __init__(self, table: Table, *, indexed: bool) -> None:
        self.table, self.indexed = table, indexed
        self.of = cache(self.estimated)  # kept: as long as the planner, whose plans all ask about the same clauses

    def of_all(self, clauses: Sequence[Clause]) -> float:
        """All of them hold. Shares are multiplied, but two ends of a range are taken together."""
        if len(clauses) == 1:
            return self.of(clauses[0])
        share, low, high = 1.0, dict[str, float](), dict[str, float]()
        for clause in clauses:
            one = self.of(clause)
            if isinstance(clause, Comparison) and clause.operator in ("<", "<="):
                high[clause.column] = min(high.get(clause.column, one), one)
            elif isinstance(clause, Comparison) and clause.operator in (">", ">="):
                low[clause.column] = min(low.get(clause.column, one), one)
            else:
                share *= one
        for column in {**low, **high}:
            share *= between(low[column], high[column]) if column in low and column in high else {**low, **high}[column]
        return share

    def estimated(self, clause: Clause) -> float:
        """One of them holds."""
        if isinstance(clause, AnyOf):
            share = 0.0
            for branch in clause.branches:
                one = self.of_all(branch)
                share = share + one - share * one
            return clamped(share)
        if clause.operator == "=":
            return self.equal(clause)
        if clause.operator == "<>":
            return clamped(1.0 - self.equal(clause))
        return self.ordered(clause)

    def different(self, known: Statistics) -> float:
        return known.distinct if known.distinct > 0 else rows_left(self.table.size, -known.distinct)

    def equal(self, clause: Comparison) -> float:
        """A unique value, a common one, or an equal share of the rest."""
        if self.indexed and clause.column == "id":
            return 1.0 / self.table.size
        known = analyze(self.table, clause.column)
        for value, share in known.common:
            if value == clause.value:
                return share
        rest = clamped(1.0 - sum(share for _, share in known.common))
        others = self.different(known) - len(known.common)
        share = rest / others if others > 1 else rest
        return min(share, known.common[-1][1]) if known.common else share

    def ordered(self, clause: Comparison) -> float:
        """Common values one by one; the others by the histogram."""
        known, compare = analyze(self.table, clause.column), COMPARE[clause.operator]
        common = sum(share for value, share in known.common if compare(value, clause.value))
        share = 1.0 - sum(share for _, share in known.common)
        by_histogram = self.by_histogram(known, clause) if len(known.histogram) > 1 else -1.0
        return clamped(share * (by_histogram if by_histogram >= 0 else 0.5) + common)

    def by_histogram(self, known: Statistics, clause: Comparison) -> float:
        """The part below the value: whole bins, and of its own bin as much as the value has passed of it.

        The ends of the histogram are looked up in the index, if there is one.
        """
        bounds, value = known.histogram, int(clause.value)
        above, or_equal = clause.operator in (">", ">="), clause.operator in ("<=", ">=")
        compare: Callable[[Any, Any], bool] = operator.le if or_equal != above else operator.lt
        exact = self.indexed and clause.column == "id"
        low, high, looked = 0, len(bounds), len(bounds) == 2
        while low < high:
            probe = (low + high) // 2
            looked |= probe in (0, len(bounds) - 1)
            low, high = (probe + 1, high) if compare(bounds[probe], value) else (low, probe)
        below = 0.0 if low == 0 else 1.0
        if 0 < low < len(bounds):
            left, right = int(bounds[low - 1]), int(bounds[low])
            part = 0.5 if right <= left else clamped((value - left) / (right - left))
            others = self.different(known) - len(known.common)
            one_value = 1.0 / others if others > 1 else 0.0
            below = (low - 1 + part) / (len(bounds) - 1)
            below += one_value * (1.0 - part) if low == 1 else 0.0
            below -= one_value if above == or_equal else 0.0
        share = 1.0 - below if above else below
        least = 0.0 if exact and looked else 0.01 / (len(bounds) - 1)
        return min(max(share, least), 1.0 - least)


def between(low: float, high: float) -> float:
    """Both ends of a range hold."""
    if DEFAULT_END in (low, high):
        return DEFAULT_RANGE  # PostgreSQL takes it for its guess about a column without statistics
    share = high + low - 1.0
    if share > 0:
        return share
    return DEFAULT_RANGE if share < -0.01 else 1e-10

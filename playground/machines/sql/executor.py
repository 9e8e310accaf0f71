"""Operators pull rows from each other; at the bottom a scan asks the pool for pages.

An operator yields rows, and passes on what happens to pages below it, so that one can watch.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from typing import NamedTuple

from playground.machines.sql import planner
from playground.machines.sql.binder import Bound, Clause, Comparison
from playground.machines.sql.planner import Plan
from playground.machines.sql.pool import Page, Pool
from playground.machines.sql.selectivity import COMPARE
from playground.machines.sql.table import COLUMNS, ROWS_A_PAGE, Index, Row, Table, places_by_id


class Asked(NamedTuple):
    """A page was asked for; `hit` if it was in memory. `place` says of the index what it was: root or leaf."""

    page: Page
    hit: bool
    place: str = ""


Keep = Callable[[Row], bool]
Event = Asked | Row | tuple[int]
PLACES = {name: at for at, name in enumerate(COLUMNS)}


def keeps(clauses: tuple[Clause, ...]) -> Keep:
    """Whether a row fulfils all the clauses."""
    tests = tuple(test_of(clause) for clause in clauses)
    if len(tests) == 1:
        return tests[0]
    return lambda row: all(test(row) for test in tests)


def test_of(clause: Clause) -> Keep:
    if isinstance(clause, Comparison):
        compare, place, value = COMPARE[clause.operator], PLACES[clause.column], clause.value
        return lambda row: compare(row[place], value)
    branches = tuple(keeps(branch) for branch in clause.branches)
    return lambda row: any(branch(row) for branch in branches)


class Executor:
    """Runs plans on a table. `counts` are the rows that came out of each operator, by its name."""

    def __init__(self, table: Table, pool: Pool) -> None:
        self.table, self.pool = table, pool
        self.counts: dict[str, int] = {}
        self.looked_at = 0

    def run(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        """The rows of a plan, and the pages asked for on the way."""
        self.counts = {one.name: 0 for one in plan.chain()}
        return self.operator(plan, bound)

    def operator(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        rows: Iterator[Event]
        if plan.name == planner.LIMIT:
            rows = self.first(plan, bound)
        elif plan.name == planner.SORT:
            rows = self.in_order(plan, bound)
        elif plan.name == planner.COUNT:
            rows = self.count(plan, bound)
        elif plan.name == planner.SEQ:
            rows = self.seq_scan(plan)
        else:
            rows = self.index_scan(plan)
        return rows

    def below(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        return self.operator(plan.below or plan, bound)

    def ask(self, kind: str, number: int, place: str = "") -> Asked:
        page = Page(kind, number)
        return Asked(page, self.pool.fetch(page), place)

    # Scans.

    def seq_scan(self, plan: Plan) -> Iterator[Event]:
        """Every page, every row."""
        keep, table = keeps(plan.filtered), self.table
        for number in range(table.pages):
            yield self.ask("heap", number)
            rows = table.rows_on(number)
            self.looked_at += len(rows)
            for row in filter(keep, rows):
                self.counts[plan.name] += 1
                yield row

    def index_scan(self, plan: Plan) -> Iterator[Event]:
        """Down to the first entry, along the leaves, and to the table for each entry."""
        keep, table, index = keeps(plan.filtered), self.table, Index(self.table.size)
        if contradictory(plan.looked_up):
            return
        first, stop = self.range_of(plan.looked_up)
        places, leaf, page = places_by_id(table), -1, -1
        if index.height:
            yield self.ask("index", 0, "root")
        ranks = range(stop - 1, first - 1, -1) if plan.backward else range(first, stop)
        if not ranks:
            yield self.ask("index", 1 + index.leaf_of(min(first, table.size - 1)), "leaf")
        for rank in ranks:
            if index.leaf_of(rank) != leaf:
                leaf = index.leaf_of(rank)
                yield self.ask("index", 1 + leaf, "leaf")
            if places[rank] // ROWS_A_PAGE != page:
                page = places[rank] // ROWS_A_PAGE
                yield self.ask("heap", page)
            self.looked_at += 1
            row = table.row(places[rank])
            if keep(row):
                self.counts[plan.name] += 1
                yield row

    def range_of(self, clauses: tuple[Clause, ...]) -> tuple[int, int]:
        """The entries that fulfil the clauses, by rank: found by search, as on the way down a tree."""
        first, stop = 0, self.table.size
        entries = range(1, self.table.size + 1)
        for clause in clauses:
            if not isinstance(clause, Comparison):
                continue
            value = int(clause.value)
            if clause.operator in (">", "="):
                first = max(first, (bisect_right if clause.operator == ">" else bisect_left)(entries, value))
            if clause.operator == ">=":
                first = max(first, bisect_left(entries, value))
            if clause.operator in ("<=", "="):
                stop = min(stop, bisect_right(entries, value))
            if clause.operator == "<":
                stop = min(stop, bisect_left(entries, value))
        return first, max(first, stop)

    # What stands on a scan.

    def count(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        """Counts what comes, and then gives one row."""
        total = 0
        for event in self.below(plan, bound):
            if isinstance(event, Asked):
                yield event
            else:
                total += 1
        self.counts[plan.name] = 1
        yield (total,)

    def in_order(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        """Takes all rows before it gives the first."""
        rows: list[Event] = []
        for event in self.below(plan, bound):
            if isinstance(event, Asked):
                yield event
            else:
                rows.append(event)
        place = PLACES[bound.order]
        self.counts[plan.name] = len(rows)
        yield from sorted(rows, key=lambda row: row[place], reverse=bound.descending)

    def first(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        """Stops pulling when it has enough."""
        wanted = bound.limit or 0
        if not wanted:
            return
        for event in self.below(plan, bound):
            if not isinstance(event, Asked):
                self.counts[plan.name] += 1
                wanted -= 1
            yield event
            if not wanted:
                return


def contradictory(clauses: tuple[Clause, ...]) -> bool:
    """One value is asked for, and another clause forbids it: then no page is read."""
    known = [clause for clause in clauses if isinstance(clause, Comparison)]
    values = [clause.value for clause in known if clause.operator == "="]
    return any(not COMPARE[clause.operator](value, clause.value) for value in values for clause in known)

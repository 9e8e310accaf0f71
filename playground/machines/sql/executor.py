"""Operators pull rows from each other; at the bottom a scan asks the pool for pages.

An operator yields rows, and passes on what happens to pages below it, so that one can watch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from typing import NamedTuple

from playground.machines.sql import plans
from playground.machines.sql.binder import Bound, Clause, Comparison
from playground.machines.sql.plans import Plan
from playground.machines.sql.pool import Page, Pool
from playground.machines.sql.selectivity import COMPARE
from playground.machines.sql.table import COLUMNS, ROWS_A_PAGE, Index, Row, Table, places_by_id


class Asked(NamedTuple):
    """A page was asked for; `hit` if it was in memory. `place` says of the index what it was: root or leaf."""

    page: Page
    hit: bool
    place: str = ""


class Marked(NamedTuple):
    """A bitmap is complete: so many rows, on these pages of the table."""

    rows: int
    pages: tuple[int, ...]


Keep = Callable[[Row], bool]
Event = Asked | Marked | Row | tuple[int]
PLACES = {name: at for at, name in enumerate(COLUMNS)}


def keeps(clauses: tuple[Clause, ...]) -> Keep:
    """Whether a row fulfils all the clauses."""
    tests = [test_of(clause) for clause in clauses]
    return reduce(both, tests) if tests else lambda row: True


def test_of(clause: Clause) -> Keep:
    if isinstance(clause, Comparison):
        compare, place, value = COMPARE[clause.operator], PLACES[clause.column], clause.value
        return lambda row: compare(row[place], value)
    return reduce(either, [keeps(branch) for branch in clause.branches])


# A scan asks for every row: two by two, which takes a third of the time of all() and any() over a generator.


def both(one: Keep, other: Keep) -> Keep:
    return lambda row: one(row) and other(row)


def either(one: Keep, other: Keep) -> Keep:
    return lambda row: one(row) or other(row)


class Executor:
    """Runs plans on a table.

    `counts` are the rows that came out of each operator, by its name, what makes a bitmap with its place in the plan;
    `looked_at` are the rows of the table that the scan has met.
    """

    def __init__(self, table: Table, pool: Pool) -> None:
        self.table, self.pool = table, pool
        self.counts: dict[str, int] = {}
        self.looked_at = 0

    def run(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        """The rows of a plan, and the pages asked for on the way."""
        self.counts = {one.name: 0 for one in plan.chain()}
        self.counts |= {f"{one.name}{path}": 0 for _, path, one in plan.scan.bitmaps()}
        return self.operator(plan, bound)

    def operator(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        rows: Iterator[Event]
        if plan.name == plans.LIMIT:
            rows = self.first(plan, bound)
        elif plan.name == plans.SORT:
            rows = self.in_order(plan, bound)
        elif plan.name == plans.COUNT:
            rows = self.count(plan, bound)
        elif plan.name == plans.SEQ:
            rows = self.seq_scan(plan)
        elif plan.name == plans.BITMAP:
            rows = self.bitmap_scan(plan)
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
            for row in table.rows_on(number):
                self.looked_at += 1
                if keep(row):
                    self.counts[plan.name] += 1
                    yield row

    def index_scan(self, plan: Plan) -> Iterator[Event]:
        """Down to the first entry, along the leaves, and to the table for each entry.

        An index-only scan does the same: whether a row may be seen stands in the table, as long as VACUUM has not
        said so of its page.
        """
        keep, table = keeps(plan.filtered), self.table
        places, page = places_by_id(table), -1
        for entry in self.entries(plan):
            if isinstance(entry, Asked):
                yield entry
                continue
            place = places[entry]
            if place // ROWS_A_PAGE != page:
                page = place // ROWS_A_PAGE
                yield self.ask("heap", page)
            self.looked_at += 1
            row = table.row(place)
            if keep(row):
                self.counts[plan.name] += 1
                yield row

    def entries(self, plan: Plan) -> Iterator[Asked | int]:
        """The pages of the index on the way, and the ranks of the entries found (nbtsearch.c, _bt_first, _bt_next).

        The way down leads to the leaf where the value of the bound belongs, also if what is wanted begins on the next
        one. To the right, a leaf says in its high key what follows; to the left one has to look. And to go left from
        a leaf, it is asked for once more: the scan has let go of it meanwhile, unless it reads the index only.
        """
        if contradictory(plan.looked_up):
            return
        index, last = Index(self.table.size), self.table.size - 1
        low, high, first, stop = self.range_of(plan.looked_up)
        if index.height:
            yield self.ask("index", 0, "root")
        begin = (last if high is None else high - 1) if plan.backward else (0 if low is None else low - 1)
        leaf, held = index.leaf_of(min(max(begin, 0), last)), True
        yield self.ask("index", 1 + leaf, "leaf")
        for rank in range(stop - 1, first - 1, -1) if plan.backward else range(first, stop):
            if index.leaf_of(rank) != leaf:
                if not held:
                    yield self.ask("index", 1 + leaf, "leaf")
                leaf = index.leaf_of(rank)
                yield self.ask("index", 1 + leaf, "leaf")
            held = not plan.backward or plan.name == plans.INDEX_ONLY
            yield rank
        if not held:
            yield self.ask("index", 1 + leaf, "leaf")
        if plan.backward and low is not None and leaf and min(first, stop) == index.first_of(leaf):
            yield self.ask("index", leaf, "leaf")

    def bitmap_scan(self, plan: Plan) -> Iterator[Event]:
        """The whole bitmap first; then the pages that it marks, each once, in the order of the disk."""
        keep, table, found = keeps(plan.filtered), self.table, set[int]()
        yield from self.marked(plan.bitmap[0], "/0", found)
        places, page = sorted(found), -1
        yield Marked(len(places), tuple(dict.fromkeys(place // ROWS_A_PAGE for place in places)))
        for place in places:
            if place // ROWS_A_PAGE != page:
                page = place // ROWS_A_PAGE
                yield self.ask("heap", page)
            self.looked_at += 1
            row = table.row(place)
            if keep(row):
                self.counts[plan.name] += 1
                yield row

    def marked(self, plan: Plan, path: str, found: set[int]) -> Iterator[Asked]:
        """Puts the places that a bitmap marks into `found`, and passes on the pages of the index asked for."""
        if plan.name == plans.BITMAP_INDEX:
            places = places_by_id(self.table)
            for entry in self.entries(plan):
                if isinstance(entry, Asked):
                    yield entry
                else:
                    found.add(places[entry])
        else:
            parts: list[set[int]] = []
            for at, one in enumerate(plan.bitmap):
                parts.append(set())
                yield from self.marked(one, f"{path}/{at}", parts[-1])
                if plan.name == plans.BITMAP_AND and not set.intersection(*parts):
                    break
            found |= set.union(*parts) if plan.name == plans.BITMAP_OR else set.intersection(*parts)
        self.counts[f"{plan.name}{path}"] = len(found)

    def range_of(self, clauses: tuple[Clause, ...]) -> tuple[int | None, int | None, int, int]:
        """The values at which a search begins from below and from above, and the ranks of the entries between."""
        known = [(clause.operator, int(clause.value)) for clause in clauses if isinstance(clause, Comparison)]
        known = [one for one in known if one[0] == "="] or known
        # The n-th entry holds n. Of two bounds that mean the same, the one with its value is kept.
        low = max(((at + (sign == ">"), at) for sign, at in known if sign in (">", ">=", "=")), default=None)
        high = min(((at - (sign == "<"), at) for sign, at in known if sign in ("<", "<=", "=")), default=None)
        first = min(max(low[0] - 1, 0), self.table.size) if low else 0
        stop = min(max(high[0], 0), self.table.size) if high else self.table.size
        return low and low[1], high and high[1], first, stop

    # What stands on a scan.

    def count(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        """Counts what comes, and then gives one row."""
        total = 0
        for event in self.below(plan, bound):
            if isinstance(event, (Asked, Marked)):
                yield event
            else:
                total += 1
        self.counts[plan.name] = 1
        yield (total,)

    def in_order(self, plan: Plan, bound: Bound) -> Iterator[Event]:
        """Takes all rows before it gives the first."""
        rows: list[Event] = []
        for event in self.below(plan, bound):
            if isinstance(event, (Asked, Marked)):
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
            if not isinstance(event, (Asked, Marked)):
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

"""Candidate plans with their costs, and which of them is taken, as PostgreSQL's add_path decides."""

from __future__ import annotations

from playground.machines.sql import bitmaps, costs
from playground.machines.sql.binder import AnyOf, Bound, Clause, Comparison, comparisons
from playground.machines.sql.bitmaps import Bitmaps, Bits, usable
from playground.machines.sql.costs import Weights
from playground.machines.sql.plans import BITMAP, COUNT, INDEX, INDEX_ONLY, LIMIT, SEQ, SORT, Plan
from playground.machines.sql.selectivity import Selectivity, rows_left
from playground.machines.sql.statistics import analyze
from playground.machines.sql.table import Index, Table

FUZZ = 1.01
"""Costs less than a hundredth apart are taken for equal."""


class Planner:
    """Plans for one table with its statistics and index, under these weights."""

    def __init__(self, table: Table, *, indexed: bool, weights: Weights) -> None:
        self.table, self.weights = table, weights
        self.index = Index(table.size) if indexed else None
        self.selectivity = Selectivity(table, indexed=indexed)

    def share(self, bound: Bound) -> float:
        return self.selectivity.of_all(bound.where) if bound.where else 1.0

    def seq_scan(self, bound: Bound) -> Plan:
        rows = rows_left(self.table.size, self.share(bound))
        cost = costs.seq_scan(self.weights, self.table.pages, self.table.size, comparisons(bound.where))
        return Plan(SEQ, cost, rows, filtered=bound.where, in_order=sorted_anyway(bound))

    def found(self, clauses: tuple[Clause, ...]) -> tuple[costs.Fetched, float]:
        """What the index finds by these clauses, and their share of the rows."""
        share = self.selectivity.of_all(clauses) if clauses else 1.0
        one = any(isinstance(clause, Comparison) and clause.operator == "=" for clause in clauses)
        rows = rows_left(self.table.size, share)
        return costs.fetched(Index(self.table.size), self.table.pages, rows, share, one=one), share

    def index_scan(self, bound: Bound) -> Plan | None:
        """Of use where a comparison with `id` must hold, the rows are wanted in its order, or nothing but `id` is."""
        looked_up = tuple(clause for clause in bound.where if usable(clause))
        by_id, enough = bound.order == "id", covered(bound)
        if not self.index or not (looked_up or by_id or enough):
            return None
        found, _ = self.found(looked_up)
        filtered = tuple(clause for clause in bound.where if clause not in looked_up)
        order = analyze(self.table, "id").correlation
        cost = costs.index_scan(self.weights, self.index, found, order, len(looked_up), comparisons(filtered))
        rows = rows_left(self.table.size, self.share(bound))
        backward = by_id and bound.descending and not sorted_anyway(bound)
        in_order = by_id or sorted_anyway(bound)
        name = INDEX_ONLY if enough else INDEX
        return Plan(name, cost, rows, None, looked_up, filtered, backward, in_order=in_order)

    def bitmap_scan(self, bound: Bound) -> Plan | None:
        """Of use where ranges of `id`, or an OR of some, say which rows can be meant."""
        if not self.index:
            return None
        rows = rows_left(self.table.size, self.share(bound))

        def one_range(clauses: tuple[Clause, ...]) -> Bits:
            found, share = self.found(clauses)
            inside = costs.in_index(self.weights, Index(self.table.size), found, len(clauses))
            return bitmaps.one_range(self.weights, inside, found.rows, share, rows, clauses)

        def heap(bits: Bits) -> costs.Cost:
            matching = rows_left(self.table.size, bits.share)
            return costs.bitmap_heap_scan(self.weights, self.table.pages, bits.cost, matching, comparisons(bound.where))

        making = Bitmaps(self.weights.operator, self.table.size, one_range, lambda bits: heap(bits).total)
        bits = making.best(bound.where)
        if not bits:
            return None
        return Plan(BITMAP, heap(bits), rows, filtered=bound.where, bitmap=(bits.plan,), in_order=sorted_anyway(bound))

    def candidates(self, bound: Bound) -> tuple[Plan, ...]:
        """The ways to the rows: the scan of the table first."""
        found = self.seq_scan(bound), self.index_scan(bound), self.bitmap_scan(bound)
        return tuple(plan for plan in found if plan)

    def shaped(self, bound: Bound, scan: Plan) -> Plan:
        """The rows of a scan, counted, or sorted if they must be."""
        if bound.counts:
            return Plan(COUNT, costs.counted(self.weights, scan.cost, scan.rows), 1.0, scan, in_order=True)
        if scan.in_order:
            return scan
        limit = None if bound.limit is None else max(bound.limit, 1)
        return Plan(SORT, costs.sort(self.weights, scan.cost, scan.rows, limit), scan.rows, scan, in_order=True)

    def limited(self, bound: Bound, plan: Plan) -> Plan:
        """No more rows than asked for."""
        if bound.limit is None:
            return plan
        count = float(max(bound.limit, 1))
        return Plan(LIMIT, costs.limited(plan.cost, plan.rows, count), min(count, plan.rows), plan, in_order=True)

    def finished(self, bound: Bound, scan: Plan) -> Plan:
        """The whole plan over a scan."""
        return self.limited(bound, self.shaped(bound, scan))

    def alternatives(self, bound: Bound) -> tuple[Plan, ...]:
        """Each candidate with the rest on top."""
        return tuple(self.finished(bound, scan) for scan in self.candidates(bound))

    def choose(self, bound: Bound) -> Plan:
        """The plan that is taken. Of the scans, those that another one beats are dropped at once."""
        early = bound.limit is not None
        scans: tuple[Plan, ...] = ()
        for scan in self.candidates(bound):
            scans = with_candidate(scans, scan, early=early)
        best = cheapest(scans)
        shaped: tuple[Plan, ...] = ()
        for scan in scans:
            if scan is best or scan.in_order or bound.counts:
                shaped = with_candidate(shaped, self.shaped(bound, scan), early=early)
        done: tuple[Plan, ...] = ()
        for plan in shaped:
            done = with_candidate(done, self.limited(bound, plan), early=early)
        return cheapest(done)


def covered(bound: Bound) -> bool:
    """Whether all that is asked for stands in the index: `id`, and nothing else."""
    return {*bound.columns, *named(bound.where), bound.order or "id"} <= {"id"}


def named(clauses: tuple[Clause, ...]) -> set[str]:
    """The columns of a condition."""
    found: set[str] = set()
    for clause in clauses:
        found |= set().union(*map(named, clause.branches)) if isinstance(clause, AnyOf) else {clause.column}
    return found


def sorted_anyway(bound: Bound) -> bool:
    """No order is asked for, or one of a column that has a single value."""
    fixed = {clause.column for clause in bound.where if isinstance(clause, Comparison) and clause.operator == "="}
    return not bound.order or bound.counts or bound.order in fixed


def cheapest(plans: tuple[Plan, ...]) -> Plan:
    return min(plans, key=lambda plan: (plan.cost.total, plan.cost.startup))


def with_candidate(kept: tuple[Plan, ...], new: Plan, *, early: bool) -> tuple[Plan, ...]:
    """The plans worth keeping, with another candidate. `early`: the first rows count, not only the last one."""
    for old in kept:
        if beats(old, new, early=early) and old.in_order >= new.in_order:
            return kept
        if beats(new, old, early=early) and new.in_order >= old.in_order:
            kept = tuple(plan for plan in kept if plan is not old)
    return (*kept, new)


def beats(one: Plan, other: Plan, *, early: bool) -> bool:
    """Whether the other plan has nothing for it. A hundredth more or less is no difference."""
    if one.cost.total > other.cost.total * FUZZ:
        return False
    if other.cost.total > one.cost.total * FUZZ:
        return not (early and one.cost.startup > other.cost.startup * FUZZ)
    if one.cost.startup > other.cost.startup * FUZZ:
        return False
    if other.cost.startup > one.cost.startup * FUZZ or one.in_order != other.in_order:
        return True
    return one.cost.total <= other.cost.total

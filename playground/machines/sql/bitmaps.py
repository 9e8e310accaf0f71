"""Which bitmap a statement's condition allows: of one range of the index, or of several put together.

PostgreSQL 15, indxpath.c: generate_bitmap_or_paths, build_paths_for_OR, choose_bitmap_and.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from playground.machines.sql import costs
from playground.machines.sql.binder import AnyOf, Clause, Comparison
from playground.machines.sql.costs import Cost
from playground.machines.sql.plans import BITMAP_AND, BITMAP_INDEX, BITMAP_OR, Plan


class Bits(NamedTuple):
    """A bitmap that could be made: how, for which share of the rows, and with which clauses."""

    plan: Plan
    share: float
    used: frozenset[Clause]
    marking: float = 0.0
    """What setting the bits costs beyond the scan of the index."""

    @property
    def cost(self) -> float:
        """As whoever reads the bitmap pays it (cost_bitmap_tree_node)."""
        return self.plan.cost.total + self.marking


class Bitmaps:
    """The bitmaps for one statement. `one_range` makes that of some clauses, `heap` tells the cost of reading by it."""

    def __init__(
        self,
        operator: float,
        rows: float,
        one_range: Callable[[tuple[Clause, ...]], Bits],
        heap: Callable[[Bits], float],
    ) -> None:
        self.operator, self.rows, self.one_range, self.heap = operator, rows, one_range, heap

    def best(self, where: tuple[Clause, ...]) -> Bits | None:
        """Of the ranges that must hold and of each OR, the cheapest combination."""
        ranges = tuple(clause for clause in where if usable(clause))
        found = [self.one_range(ranges)] if ranges else []
        found += self.of_ors(where, ())
        return self.cheapest(found) if found else None

    def of_ors(self, clauses: tuple[Clause, ...], others: tuple[Clause, ...]) -> list[Bits]:
        """For each OR of which every branch can be looked up, the bitmaps of its branches together."""
        found = []
        for clause in clauses:
            if isinstance(clause, AnyOf):
                branches = [self.of_branch(branch, (*clauses, *others)) for branch in clause.branches]
                known = [one for one in branches if one]
                if len(known) == len(branches):
                    found.append(self.together(BITMAP_OR, known))
        return found

    def of_branch(self, branch: tuple[Clause, ...], others: tuple[Clause, ...]) -> Bits | None:
        """One side of an OR. What must hold besides narrows its range."""
        ranges = tuple(clause for clause in branch if usable(clause))
        more = tuple(clause for clause in others if usable(clause))
        found = [self.one_range((*ranges, *more))] if ranges else []
        found += self.of_ors(branch, others)
        return self.cheapest(found) if found else None

    def together(self, name: str, parts: list[Bits]) -> Bits:
        """Bitmaps, one after the other, with AND or OR between them (cost_bitmap_and_node, cost_bitmap_or_node)."""
        total, share = 0.0, 1.0 if name == BITMAP_AND else 0.0
        for at, part in enumerate(parts):
            share = share * part.share if name == BITMAP_AND else share + part.share
            total += part.cost
            if at and (name == BITMAP_AND or part.plan.name != BITMAP_INDEX):
                total += 100.0 * self.operator
        share = min(share, 1.0)
        plan = Plan(
            name, Cost(total, total), max(float(round(share * self.rows)), 1.0), in_order=False,
            bitmap=tuple(part.plan for part in parts),
        )  # fmt: skip
        return Bits(plan, share, frozenset().union(*(part.used for part in parts)))

    def cheapest(self, found: list[Bits]) -> Bits:
        """A bitmap alone, or with others that use other clauses, as long as each makes it cheaper."""
        distinct: dict[frozenset[Clause], Bits] = {}
        for one in found:
            if one.used not in distinct or one.cost < distinct[one.used].cost:
                distinct[one.used] = one
        ordered = sorted(distinct.values(), key=lambda one: (one.cost, one.share))
        best, least = ordered[0], float("inf")
        for at, first in enumerate(ordered):
            group, cost = [first], self.heap(first)
            for other in ordered[at + 1 :]:
                if not any(other.used & one.used for one in group):
                    wider = self.heap(self.together(BITMAP_AND, [*group, other]))
                    if wider < cost:
                        group, cost = [*group, other], wider
            if cost < least:
                best, least = group[0] if len(group) == 1 else self.together(BITMAP_AND, group), cost
        return best


def one_range(weights: costs.Weights, down: costs.InIndex, matching: float, share: float, rows: float,
              clauses: tuple[Clause, ...]) -> Bits:  # fmt: skip
    """The bitmap of one range. A bit costs a tenth of an operator for every row that the statement brings."""
    plan = Plan(BITMAP_INDEX, Cost(0.0, down.total), matching, looked_up=clauses, in_order=False)
    return Bits(plan, share, frozenset(clauses), 0.1 * weights.operator * rows)


def usable(clause: Clause) -> bool:
    """Whether the index on `id` can look it up."""
    return isinstance(clause, Comparison) and clause.column == "id" and clause.operator != "<>"

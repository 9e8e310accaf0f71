"""How a database's work is told: names of plans, counts, costs, pages that were asked for."""

from playground.machines.sql import plans
from playground.machines.sql.binder import Bound, Clause, Comparison
from playground.machines.sql.costs import Term, spelled
from playground.machines.sql.parser import Select
from playground.machines.sql.plans import Plan
from playground.machines.sql.pool import Page
from playground.machines.sql.table import COLUMNS
from playground.scenes.many import many

THE = {
    plans.SEQ: "The sequential scan", plans.INDEX: "The index scan", plans.INDEX_ONLY: "The index-only scan",
    plans.BITMAP: "The bitmap heap scan",
}  # fmt: skip
SHORT = {plans.SEQ: "sequential", plans.INDEX: "index", plans.INDEX_ONLY: "index-only", plans.BITMAP: "bitmap"}
ABOVE = {plans.SORT: "a sort", plans.LIMIT: "a limit", plans.COUNT: "the count"}
NAMES = {plans.SEQ: "seq", plans.INDEX: "index", plans.INDEX_ONLY: "index", plans.BITMAP: "bitmap"}
LETTERS = {"heap": "t", "index": "i"}
ROWS = 5
"""Rows of a result that are shown."""


def parts(tree: Select) -> str:
    found = ["targets", "a table"]
    found += ["a condition"] * (tree.where is not None) + ["an order"] * (tree.order is not None)
    found += ["a limit"] * (tree.limit is not None)
    return ", ".join(found[:-1]) + " and " + found[-1]


def columns_of(clauses: tuple[Clause, ...]) -> set[str]:
    found: set[str] = set()
    for clause in clauses:
        found |= {clause.column} if isinstance(clause, Comparison) else set().union(*map(columns_of, clause.branches))
    return found


def condition_of(bound: Bound) -> str:
    """The first clause, to know the statement by."""
    return f"{bound.where[0].text()}: " if len(bound.where) == 1 and isinstance(bound.where[0], Comparison) else ""


def on_top(plan: Plan) -> str:
    above = [ABOVE[one.name] for one in plan.chain()[:-1]]
    return f", with {' and '.join(above)} on top" if above else ""


def each(term: Term) -> str:
    return f"{term.number} × {term.weight}" if term.weight else term.number


def term_words(name: str, term: Term) -> str:
    """A part of a cost."""
    of = f": {each(term)}" if term.number else ""
    return f"{THE[name]} pays {spelled(term.amount)} for {term.name}{of}."


def asked(page: Page | None, place: str, count: int, hits: int, rows: int) -> str:
    """Pages that were asked for."""
    so_far = f"{many(rows, 'row')} so far"
    if count == 1 and page:
        what = f"the {place} {label(page)} of the index" if place else f"page {label(page)} of the table"
        how = "it is in memory" if hits else "it comes from disk"
        return f"The scan asks for {what}: {how}; {so_far}."
    how = f"{hits:,} were in memory, {count - hits:,} come from disk"
    return f"The scan asks for {many(count, 'page')} more: {how}; {so_far}."


def choice(chosen: Plan, others: tuple[Plan, ...], where: str) -> str:
    """Which plan is taken, and what the others would have cost."""
    the, cost = THE[chosen.scan.name].lower(), spelled(chosen.cost.total)
    if not others:
        return f"{where}{'there' if where else 'There'} is one way only, {the}: it costs {cost}."
    against = " and ".join(f"{spelled(one.cost.total)} ({SHORT[one.scan.name]})" for one in others)
    words = f"{where}{'the' if where else 'The'} planner takes {the}: {cost} against {against}."
    cheaper = [one for one in others if one.cost.total < chosen.cost.total]
    if cheaper:
        sooner = all(chosen.cost.startup < one.cost.startup for one in cheaper)
        words += " Less than 1 % apart counts as equal" + (", and its first row comes sooner." if sooner else ".")
    return words


def flips(rows: int, size: int, now: str, before: str) -> str:
    """At so many rows another plan is taken."""
    share = f"{rows * 100 / size:.1f} %" if rows * 1000 >= size else f"{rows} in {size:,}"
    return f"The plan flips at {many(rows, 'row')} ({share}): {SHORT[before]} below, {SHORT[now]} from there."


def marked(rows: int, pages: int) -> str:
    """A bitmap is complete."""
    return f"The bitmap is complete: {many(rows, 'row')} on {many(pages, 'page')}. Each is read once, in order."


def label(page: Page) -> str:
    return f"{LETTERS[page.kind]}{page.number}"


def key_of(node: Plan, plan: Plan, path: str = "") -> str:
    """The key of a node of a plan: the plan is known by its scan, what makes its bitmap by its place too."""
    return f"{NAMES[plan.scan.name]}/{node.name}{path}"


def cells_of(bound: Bound, row: tuple[object, ...]) -> tuple[str, ...]:
    """The wanted columns of a row."""
    if bound.counts:
        return (str(row[0]),)
    places = {name: at for at, name in enumerate(COLUMNS)}
    return tuple(str(row[places[name]]) for name in dict.fromkeys(bound.columns))

"""How a database's work is told: names of plans, counts, costs, pages that were asked for."""

from playground.machines.sql import planner
from playground.machines.sql.binder import Bound, Clause, Comparison
from playground.machines.sql.costs import Term, spelled
from playground.machines.sql.parser import Select
from playground.machines.sql.planner import Plan
from playground.machines.sql.pool import Page
from playground.machines.sql.table import COLUMNS

THE = {planner.SEQ: "The sequential scan", planner.INDEX: "The index scan"}
ABOVE = {planner.SORT: "a sort", planner.LIMIT: "a limit", planner.COUNT: "the count"}
NAMES = {planner.SEQ: "seq", planner.INDEX: "index"}
LETTERS = {"heap": "t", "index": "i"}
ROWS = 5
"""Rows of a result that are shown."""


def many(count: int, thing: str) -> str:
    return f"{count:,} {thing}{'s' if count != 1 else ''}"


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
    return f"{THE[name]} pays {spelled(term.amount)} for {term.name}: {each(term)}."


def asked(page: Page | None, place: str, count: int, hits: int, rows: int) -> str:
    """Pages that were asked for."""
    so_far = f"{many(rows, 'row')} so far"
    if count == 1 and page:
        what = f"the {place} {label(page)} of the index" if place else f"page {label(page)} of the table"
        how = "it is in memory" if hits else "it comes from disk"
        return f"The scan asks for {what}: {how}; {so_far}."
    return (
        f"The scan asks for {count:,} pages more: {hits:,} were in memory, {count - hits:,} come from disk; {so_far}."
    )


def label(page: Page) -> str:
    return f"{LETTERS[page.kind]}{page.number}"


def key_of(node: Plan, plan: Plan) -> str:
    """The key of a node of a plan: the plan is known by its scan."""
    return f"{NAMES[plan.scan.name]}/{node.name}"


def cells_of(bound: Bound, row: tuple[object, ...]) -> tuple[str, ...]:
    """The wanted columns of a row."""
    if bound.counts:
        return (str(row[0]),)
    places = {name: at for at, name in enumerate(COLUMNS)}
    return tuple(str(row[places[name]]) for name in dict.fromkeys(bound.columns))

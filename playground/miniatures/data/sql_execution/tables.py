"""The table beside the tree: tokens of a statement, candidates for its plan, or rows that came out."""

from functools import lru_cache

from playground.machines.sql.binder import Bound
from playground.machines.sql.costs import spelled
from playground.machines.sql.plans import Plan
from playground.machines.sql.tokens import Token
from playground.miniatures.data.sql_execution import writes
from playground.miniatures.data.sql_execution.model import SqlExecution
from playground.miniatures.data.sql_execution.reading import WRITES
from playground.miniatures.data.sql_execution.words import NAMES, THE, cells_of
from playground.scenes.table import Column, Grid, Row, Table

TOKENS = (Column("token", 0, "strong"), Column("kind", 74), Column("at", 44))
COUNTED = (Column("count", 0),)
WIDTHS = {"id": 66, "customer": 82, "city": 62, "note": 0}
NOTHING = Table(Grid("Tokens", TOKENS, ()))


def beside(model: SqlExecution) -> Table:
    """Rows, or the terms of a cost, or tokens."""
    if model.stage == WRITES:
        return writes.readers(model)
    if model.running:
        return result(model.bound, model.result, model.came)
    if model.stage == 2:
        return candidates(model.alternatives, model.chosen if model.decided else None, model.priced)
    return tokens(model.tokens)


@lru_cache(64)
def tokens(found: tuple[Token, ...]) -> Table:
    rows = tuple(Row(f"token:{one.position}", (one.text, one.kind, str(one.position))) for one in found[:5])
    more = len(found) - len(rows)
    return Table(Grid("Tokens", TOKENS, rows, f"and {more} more" if more else ""))


@lru_cache(256)
def candidates(plans: tuple[Plan, ...], chosen: Plan | None, priced: int) -> Table:
    columns = (
        Column("plan", 0),
        Column("rows", 74),
        Column("first at", 74, narrow=False),
        Column("cost", 80, "strong"),
    )
    rows = tuple(
        Row(
            NAMES[plan.scan.name],
            (
                THE[plan.scan.name][4:], f"{int(plan.rows):,}", spelled(plan.cost.startup) if at < priced else "",
                spelled(plan.cost.total) if at < priced else "",
            ),
            chosen is not None and chosen.scan.name == plan.scan.name,
        )
        for at, plan in enumerate(plans)
    )  # fmt: skip
    return Table(Grid("Candidates", columns, rows))


@lru_cache(256)
def result(bound: Bound, rows: tuple[tuple[object, ...], ...], came: int) -> Table:
    names = ("count",) if bound.counts else tuple(dict.fromkeys(bound.columns))
    columns = COUNTED if bound.counts else tuple(
        Column(name, WIDTHS[name] if name != names[-1] else 0, narrow=at < 4) for at, name in enumerate(names)
    )  # fmt: skip
    shown = tuple(Row(f"row:{at}", cells_of(bound, row)) for at, row in enumerate(rows))
    more = came - len(rows)
    return Table(Grid("Rows that came out", columns, shown, f"and {more:,} more" if more > 0 else ""))

"""What a database shows: the tree of the statement or of its plans, buffers and disk, tokens, terms and rows."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from playground.engine.miniature import Metric
from playground.engine.schema import TEXT, WHOLE, listed, maybe, record, told
from playground.machines.sql import planner
from playground.machines.sql.binder import Bound, Clause, Comparison
from playground.machines.sql.costs import Term, spelled
from playground.machines.sql.parser import Between, Compare, Condition, Count, Literal, Name, Operand, Select, Star
from playground.machines.sql.planner import Plan
from playground.machines.sql.pool import Page
from playground.machines.sql.statistics import analyze
from playground.machines.sql.table import COLUMNS, Index
from playground.scenes.pool import Disk, Frame, Pool
from playground.scenes.scene import Scene
from playground.scenes.table import Column, Grid, Row, Table
from playground.scenes.tree import OUT, STANDS, Node, Part, Tree

if TYPE_CHECKING:
    from playground.machines.sql.tokens import Token
    from playground.miniatures.data.sql_execution import SqlExecution

ROWS = 5
"""Rows of a result that are shown."""
THE = {planner.SEQ: "The sequential scan", planner.INDEX: "The index scan"}
ABOVE = {planner.SORT: "a sort", planner.LIMIT: "a limit", planner.COUNT: "the count"}
NAMES = {planner.SEQ: "seq", planner.INDEX: "index"}
LETTERS = {"heap": "t", "index": "i"}

NODE = record(
    name=TEXT, startup=told(WHOLE, "hundredths, before the first row"), total=told(WHOLE, "hundredths"),
    expected=told(WHOLE, "rows"), actual=told(maybe(WHOLE), "rows, where it has been run"),
)  # fmt: skip
OUTCOME = record(
    statement=TEXT,
    rows=WHOLE,
    table_pages=WHOLE,
    index_pages=WHOLE,
    correlation_milli=told(WHOLE, "of id with the order on disk, in thousandths"),
    chosen=told(TEXT, "the scan at the bottom of the plan"),
    last_two=told(TEXT, "the scans of the last two plans"),
    candidates=told(listed(record(name=TEXT, total=told(WHOLE, "hundredths"))), "seq and index, with all on top"),
    plan=told(listed(NODE), "from the top to the scan"),
    runs=WHOLE,
    read=told(WHOLE, "pages read from disk by the last run"),
    hit=told(WHOLE, "pages that the last run found in memory"),
    came=told(WHOLE, "rows that came out of the last run"),
    first=told(listed(listed(TEXT)), "the first of them"),
    flip=told(maybe(WHOLE), "the fewest rows of a range from the beginning for which the table is read as a whole"),
)

TOKENS = (Column("token", 0, "strong"), Column("kind", 74), Column("at", 44))
COUNTED = (Column("count", 0),)
WIDTHS = {"id": 66, "customer": 82, "city": 62, "note": 0}

# Words.


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


# Pictures.


def scenes(model: SqlExecution) -> tuple[Scene, ...]:
    if not hasattr(model, "table"):
        return Tree("The statement", (), model.statement), empty_pool(model.buffers), NOTHING
    return tree(model), pool(model), beside(model)


NOTHING = Table(Grid("Tokens", TOKENS, ()))


@lru_cache(32)
def empty_pool(buffers: int) -> Pool:
    return Pool(f"{buffers} buffers", (Frame(),) * buffers, 0, (), quiet=True)


def tree(model: SqlExecution) -> Tree:
    if model.stage == 2:
        counts = tuple(model.executor.counts.items()) if model.executor else ()
        title = "The plan" if len(model.alternatives) == 1 else "Two plans"
        chosen = model.chosen if model.decided else None
        return Tree(
            title, plan_nodes(model.alternatives, chosen, model.priced, len(model.terms), counts),
            "costs in pages read in order", model.changed,
        )  # fmt: skip
    if model.stage == 1:
        return Tree(
            "The parser’s tree", parsed(model.select), f"from {many(len(model.tokens), 'token')}", model.changed
        )
    return Tree("The statement", (), "", "", "no tree yet")


def key_of(node: Plan, plan: Plan) -> str:
    """The key of a node of a plan: the plan is known by its scan."""
    return f"{NAMES[plan.scan.name]}/{node.name}"


@lru_cache(256)
def plan_nodes(
    plans: tuple[Plan, ...], chosen: Plan | None, priced: int, known_parts: int, counts: tuple[tuple[str, int], ...]
) -> tuple[Node, ...]:
    """Chains side by side: what each node costs, expects, and has brought.

    The first `priced` are known altogether, the next one as far as `known_parts`.
    """
    found, came = [], dict(counts)
    most = max([term.amount for plan in plans for term in plan.scan.cost.terms])
    for number, plan in enumerate(plans):
        parent, known = "", number < priced
        state = STANDS if chosen is None or plan.scan.name == chosen.scan.name else OUT
        for one in plan.chain():
            below = one.below.cost.total if one.below else 0.0
            share = int(1000 * max(one.cost.total - below, 0) / plan.cost.total) if plan.cost.total else 0
            ran = one.name in came and state == STANDS
            actual = f"{came[one.name]:,} came" if ran else ""
            key = key_of(one, plan)
            terms = one.cost.terms if one is plan.scan else ()
            told = terms if known else terms[: known_parts if number == priced else 0]
            lines = tuple(
                Part(term.name, each(term), spelled(term.amount), int(1000 * term.amount / most) if most else 0)
                for term in told
            )
            flow = came[one.name] if ran else int(one.rows) if known else 0
            found.append(
                Node(
                    key,
                    parent,
                    one.name,
                    about(one),
                    spelled(one.cost.total) if known else "",
                    f"{many(int(one.rows), 'row')} expected",
                    actual,
                    flow,
                    share if known else -1,
                    state,
                    lines,
                )
            )
            parent = key
    return tuple(found)


def about(node: Plan) -> str:
    if node.name == planner.SEQ:
        return "orders"
    if node.name == planner.INDEX:
        return "orders by id" + (", backward" if node.backward else "")
    return "count(*)" if node.name == planner.COUNT else ""


@lru_cache(64)
def parsed(select: Select) -> tuple[Node, ...]:
    """The tree of a statement."""
    nodes = [Node("select", "", "SELECT"), Node("columns", "select", "targets", ", ".join(map(target, select.targets)))]
    nodes.append(Node("from", "select", "FROM", select.table.text))
    if select.where:
        condition(select.where, "where", "select", nodes)
    if select.order:
        way = " desc" if select.order.descending else ""
        nodes.append(Node("order", "select", "ORDER BY", select.order.column.text + way))
    if select.limit is not None:
        nodes.append(Node("limit", "select", "LIMIT", str(select.limit)))
    return tuple(nodes)


def target(one: Name | Star | Count) -> str:
    return one.text if isinstance(one, Name) else "*" if isinstance(one, Star) else "count(*)"


def condition(one: Condition, key: str, parent: str, nodes: list[Node]) -> None:
    name = "WHERE" if key == "where" else ""
    if isinstance(one, Compare):
        nodes.append(
            Node(key, parent, name or one.operator, f"{operand(one.left)} {one.operator} {operand(one.right)}")
        )
    elif isinstance(one, Between):
        said = f"{operand(one.column)} between {operand(one.low)} and {operand(one.high)}"
        nodes.append(Node(key, parent, name or "between", said))
    else:
        nodes.append(Node(key, parent, name or one.word.upper(), "all of them" if one.word == "and" else "any of them"))
        for at, part in enumerate(one.parts):
            condition(part, f"{key}/{at}", key, nodes)


def operand(one: Operand) -> str:
    if isinstance(one, Literal):
        return f"'{one.value}'" if isinstance(one.value, str) else str(one.value)
    return one.text if isinstance(one, Name) else "count(*)"


def pool(model: SqlExecution) -> Pool:
    """Frames, and what of the table and the index is in memory."""
    held = model.pool
    frames = tuple(
        Frame(label(page) if page else "", uses if page else 0)
        for page, uses in zip(held.pages, held.uses, strict=True)
    )
    disks = [disk(model, "heap", "the table", model.table.pages)]
    if model.index:
        disks.append(disk(model, "index", "the index", Index(model.table.size).pages))
    hits, reads = held.hits, held.reads
    note = f"{hits:,} found, {reads:,} read in all" if hits or reads else "nothing was asked for yet"
    changed = label(model.page) if model.page else ""
    return Pool(f"{len(frames)} buffers", frames, held.hand, tuple(disks), note, changed, not (hits or reads))


def disk(model: SqlExecution, kind: str, name: str, pages: int) -> Disk:
    held = sorted(page.number for page in model.pool.where if page.kind == kind)
    return Disk(LETTERS[kind], name, pages, tuple(held), tuple(sorted(model.touched[kind])))


def beside(model: SqlExecution) -> Table:
    """Rows, or the terms of a cost, or tokens."""
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


def cells_of(bound: Bound, row: tuple[object, ...]) -> tuple[str, ...]:
    """The wanted columns of a row."""
    if bound.counts:
        return (str(row[0]),)
    places = {name: at for at, name in enumerate(COLUMNS)}
    return tuple(str(row[places[name]]) for name in dict.fromkeys(bound.columns))


# Figures.


def hundredths(cost: float) -> int:
    return int(spelled(cost).replace(".", ""))


def metrics(model: SqlExecution) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if not hasattr(model, "table"):
        return ()
    plan, pages = model.chosen if model.decided else None, Index(model.table.size).pages if model.index else 0
    hit, read = model.fetched()
    return (
        Metric("Plan", plan.scan.name if plan else "–", f"cost {spelled(plan.cost.total)}" if plan else "not chosen"),
        Metric("Rows", f"{model.came:,}" if model.running else "–",
               f"{int(plan.rows):,} expected" if plan else ""),
        Metric("Read by this run", str(read), f"{hit:,} found in memory"),
        Metric("On disk", f"{model.table.pages} pages", f"{pages} of the index" if pages else "no index"),
    )  # fmt: skip


def outcome(model: SqlExecution) -> dict[str, object]:
    """The plan with its costs, and what the last run has read and brought."""
    plan, bound = model.chosen, model.bound
    counts = model.executor.counts if model.executor else {}
    every = model.planner.alternatives(bound)
    return {
        "statement": model.text,
        "rows": model.table.size,
        "table_pages": model.table.pages,
        "index_pages": Index(model.table.size).pages if model.index else 0,
        "correlation_milli": round(analyze(model.table, "id").correlation * 1000),
        "chosen": plan.scan.name,
        "last_two": ", then ".join(model.plans[-2:]),
        "candidates": [{"name": NAMES[one.scan.name], "total": hundredths(one.cost.total)} for one in every],
        "plan": [
            {
                "name": one.name, "startup": hundredths(one.cost.startup), "total": hundredths(one.cost.total),
                "expected": int(one.rows), "actual": counts.get(one.name),
            }
            for one in plan.chain()
        ],
        "runs": model.runs,
        "read": model.fetched()[1],
        "hit": model.fetched()[0],
        "came": model.came,
        "first": [list(cells_of(bound, row)) for row in model.result],
        "flip": model.flip,
    }  # fmt: skip

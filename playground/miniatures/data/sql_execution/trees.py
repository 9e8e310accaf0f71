"""The tree that a database shows: the parser's, of a statement, or the planner's, of plans with their costs."""

from functools import lru_cache

from playground.machines.sql import plans
from playground.machines.sql.costs import spelled
from playground.machines.sql.parser import Between, Compare, Condition, Count, Literal, Name, Operand, Select, Star
from playground.machines.sql.plans import Plan
from playground.miniatures.data.sql_execution import writes
from playground.miniatures.data.sql_execution.model import SqlExecution
from playground.miniatures.data.sql_execution.reading import WRITES
from playground.miniatures.data.sql_execution.words import each, key_of
from playground.scenes.many import many
from playground.scenes.tree import OUT, STANDS, Node, Part, Tree

NO_TREE = Tree("The parser’s tree", ())
TITLES = {0: "No plan", 1: "The plan", 2: "Two plans", 3: "Three plans"}


def tree(model: SqlExecution) -> Tree:
    if model.stage == WRITES:
        return writes.tree(model)
    if model.stage == 2:
        counts = tuple(model.executor.counts.items()) if model.executor else ()
        title = TITLES[len(model.alternatives)]
        chosen = model.chosen if model.decided else None
        return Tree(
            title, plan_nodes(model.alternatives, chosen, model.priced, len(model.terms), counts),
            "costs in pages read in order", model.changed,
        )  # fmt: skip
    if model.stage == 1:
        return parsed_tree(model)
    words = tuple(Node(f"{one.position}", "", one.text, one.kind) for one in model.tokens)
    return Tree("The statement", words, many(len(words), "token"), flow=True)


def parsed_tree(model: SqlExecution) -> Tree:
    """What the parser has made of the statement, while it is looked at and after."""
    if model.stage == 0:
        return NO_TREE
    changed = model.changed if model.stage == 1 else ""
    return Tree("The parser’s tree", parsed(model.select), f"from {many(len(model.tokens), 'token')}", changed)


@lru_cache(256)
def plan_nodes(
    candidates: tuple[Plan, ...],
    chosen: Plan | None,
    priced: int,
    known_parts: int,
    counts: tuple[tuple[str, int], ...],
) -> tuple[Node, ...]:
    """Chains side by side: what each node costs, expects, and has brought.

    The first `priced` are known altogether, the next one as far as `known_parts`.
    """
    found, came = [], dict(counts)
    most = max([term.amount for plan in candidates for term in plan.scan.cost.terms])
    for number, plan in enumerate(candidates):
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
                Part(
                    term.name,
                    each(term).replace(" × ", "×"),
                    spelled(term.amount),
                    int(1000 * term.amount / most) if most else 0,
                )
                for term in told
            )
            flow = came[one.name] if ran else int(one.rows) if known else 0
            found.append(
                Node(
                    key,
                    parent,
                    one.name,
                    about(one),
                    spelled(one.cost.total),
                    f"{many(int(one.rows), 'row')} expected",
                    actual,
                    flow,
                    share if known else -1,
                    state,
                    lines,
                )
            )
            parent = key
        if known:
            found += bitmap_nodes(plan, state, came)
    return tuple(found)


def bitmap_nodes(plan: Plan, state: str, came: dict[str, int]) -> list[Node]:
    """Below a bitmap scan: what makes its bitmap. It comes with the whole cost, so that it need not move down."""
    found, keys = [], dict[str, str]()
    for parent, path, one in plan.scan.bitmaps():
        above = key_of(plan.scan, plan) if not parent else keys[parent]
        key = keys[path] = key_of(one, plan, path)
        marked = came.get(f"{one.name}{path}") if state == STANDS else None
        found.append(
            Node(
                key, above, one.name, about(one), spelled(one.cost.total),
                f"{many(int(one.rows), 'row')} expected", "" if marked is None else f"{marked:,} marked",
                int(one.rows) if marked is None else marked, -1, state,
            )
        )  # fmt: skip
    return found


def about(node: Plan) -> str:
    if node.name in (plans.SEQ, plans.BITMAP):
        return "orders"
    if node.name in (plans.INDEX, plans.INDEX_ONLY, plans.BITMAP_INDEX):
        return "orders by id" + (", backward" if node.backward else "")
    return "count(*)" if node.name == plans.COUNT else ""


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

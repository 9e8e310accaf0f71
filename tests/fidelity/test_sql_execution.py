"""The engine against PostgreSQL 15 and SQLite, on the same rows in the same order.

    postgresql-costs    random statements on tables of 1 to 20,000 rows, in order and shuffled, with and without an
                        index, under random weights: each node of the plan with both costs and its rows, as EXPLAIN
                        prints them. No method of the planner is switched off: its settings are those that PostgreSQL
                        is delivered with, but for the three weights that the miniature has as inputs.
    postgresql-results  the rows in the order in which they come, the pages that the plan asks for and the rows that
                        its scan looks at, as EXPLAIN (ANALYZE, BUFFERS) counts them
    postgresql-errors   statements with words dropped, doubled, exchanged: where our parser calls it wrong, so does
                        PostgreSQL, with the same SQLSTATE, at the same character, in the same words
    sqlite              the rows of the same statements, as a set where no order is asked for

Each comparison counts what the two answer differently, and that must be 0. Under each saboteur, one wrong line,
it must not be 0.
"""

import contextlib
import re
import sqlite3
from random import Random

import pytest

from playground.machines.sql import (
    binder,
    bitmaps,
    costs,
    executor,
    parser,
    planner,
    plans,
    pool,
    selectivity,
    statistics,
    table,
)  # fmt: skip
from playground.machines.sql.binder import bind
from playground.machines.sql.errors import SqlError
from playground.machines.sql.parser import parse
from tests.real.postgres import serving
from tests.tiers import seed

pytestmark = pytest.mark.fidelity

SLUG = "sql-execution"
TABLES = [
    (size, shuffled, indexed)
    for size in (1, 2, 3, 40, 59, 367, 368, 1000)
    for shuffled in (False, True)
    for indexed in (True, False)
] + [(size, shuffled, True) for size in (10_000, 20_000) for shuffled in (False, True)]
WEIGHTS = (
    costs.Weights(),
    costs.Weights(seq_page=1.0, random_page=1.1, tuple=0.01),
    costs.Weights(seq_page=2.0, random_page=8.0, tuple=0.005),
)
PLANS, RANGES, RESULTS, MOST = 14, 24, 12, 500
"""Statements a table: planned, under each of the weights, of any kind and mostly about ranges of the index; run, of
either kind, where they bring so many rows at most."""
ROTATING = 120
"""Statements a table that are others at every commit."""
BY_HAND_ON = 10_000
BY_HAND_PLANS = """
SELECT * FROM orders WHERE (id = 1 OR id = 2000) AND (id = 3 OR id = 2000)
SELECT * FROM orders WHERE (id <= 400 OR id >= 9900) AND (id < 20 OR id BETWEEN 300 AND 500)
SELECT * FROM orders WHERE (id <= 400 AND (id = 5 OR id = 7)) OR id = 9000
SELECT id FROM orders WHERE id <= 5 OR id >= 9990
SELECT * FROM orders WHERE id <= 300 AND (id = 3 OR id = 7) AND city = 'Oslo'
SELECT id FROM orders WHERE id BETWEEN 10 AND 534 AND (id >= 1000 OR id BETWEEN 10 AND 27)
SELECT count(*) FROM orders WHERE id <= 300
SELECT count(*) FROM orders
SELECT id FROM orders ORDER BY id DESC LIMIT 30
""".strip().splitlines()
"""What is rarely drawn: bitmaps put together, and nothing wanted but what the index has."""
EDGES = [
    f"SELECT {what} FROM orders WHERE {condition}{order}{limit}"  # noqa: S608 - written here
    for what in ("*", "id")
    for condition in (
        "id > 366 AND id < 400",
        "id >= 367 AND id <= 372",
        "id <= 366 AND id > 360",
        "id < 367 AND id > 9",
    )
    for order in ("", " ORDER BY id", " ORDER BY id DESC")
    for limit in ("", " LIMIT 3")
]
"""At the edge of a leaf, from both sides: which leaf the way down leads to, and which one is looked at in vain."""


class Draw:
    """Random statements, the same every time."""

    def __init__(self, seed, size):
        self.random, self.size = Random(seed), size  # noqa: S311 - the same cases every time

    def comparison(self):
        pick, size = self.random, self.size
        kind = pick.random()
        if kind < 0.45:
            value = pick.choice([pick.randint(-3, size + 5), pick.randint(1, max(size // 20, 1))])
            if pick.random() < 0.35:
                return f"id BETWEEN {value} AND {value + pick.randint(-2, max(size // pick.choice([1, 5, 50]), 1))}"
            column = "id"
        elif kind < 0.75:
            column, value = "customer", pick.randint(0, 500)
        else:
            return f"city {pick.choice(['=', '<>', '!='])} '{pick.choice((*table.CITIES, 'Bern'))}'"
        operator = pick.choice(["<", "<=", "=", "<>", ">=", ">"])
        return f"{column} {operator} {value}" if pick.random() < 0.85 else f"{value} {operator} {column}"

    def condition(self, depth=0):
        kind = self.random.random()
        if kind < 0.5 or depth > 1:
            return self.comparison()
        word = " and " if kind < 0.8 else " or "
        return f"({word.join(self.condition(depth + 1) for _ in range(self.random.randint(2, 3)))})"

    def statement(self):
        pick = self.random
        targets = pick.choice(["*", "count(*)", "id", "id, customer", "city, id", "customer"])
        text = f"SELECT {targets} FROM orders"  # noqa: S608 - drawn here
        if pick.random() < 0.85:
            text += f" WHERE {self.condition()}"
        if targets != "count(*)" and pick.random() < 0.4:
            text += f" ORDER BY {pick.choice(['id', 'id', 'customer', 'city'])}{pick.choice([' DESC', ' ASC', ''])}"
        if pick.random() < 0.3:
            text += f" LIMIT {pick.choice([0, 1, 3, 10, 100, pick.randint(1, self.size)])}"
        return text


class Ranges(Draw):
    """Mostly about ranges of the index, from one row to all of them."""

    def comparison(self):
        pick, size = self.random, self.size
        if pick.random() < 0.25:
            return super().comparison()
        wide, kind = pick.choice([1, 3, 10, size // 50 + 1, size // 5 + 1, size]), pick.random()
        at = pick.randint(-3, size + 5)
        if kind < 0.4:
            return f"id BETWEEN {at} AND {at + pick.randint(0, wide)}"
        if kind < 0.6:
            return f"id = {at}"
        if kind < 0.8:
            return f"id <= {pick.randint(0, wide)}"
        return f"id {pick.choice(['<', '>=', '>'])} {size - pick.randint(0, wide)}"


def listed(values):
    return f"'{{{','.join(map(str, values))}}}'"


def load(server, size, shuffled, indexed):
    """The table, row by row in our order, and its statistics."""
    rows = table.orders(size, shuffled)
    columns = f"{listed(rows.ids)}::int[], {listed(rows.customers)}::int[], {listed(rows.cities)}::text[]"
    server.done("DROP TABLE IF EXISTS orders")
    server.done("CREATE TABLE orders(id integer, customer integer, city text, note text)")
    drawn = f"SELECT i, c, t, '{table.NOTE}' FROM unnest({columns}) AS u(i, c, t)"  # noqa: S608 - our own rows
    server.done(f"INSERT INTO orders {drawn}")
    if indexed:
        server.done("CREATE UNIQUE INDEX orders_id ON orders(id)")
    server.done("ANALYZE orders")
    return rows


NODE = re.compile(
    r"\s*(?:->\s+)?([A-Z]\w+(?: (?!using|on|Backward)\w+)*)(?: Backward)?(?: using \w+)?(?: on \w+)?"
    r"  \(cost=(\S+) rows=(\d+)"
)


def theirs(lines):
    """The nodes of EXPLAIN from the top: name, cost, rows."""
    return [found.groups() for line in lines if (found := NODE.match(line))]


def ours(plan):
    return [(node.name, f"{node.cost.startup:.2f}..{node.cost.total:.2f}", f"{node.rows:.0f}") for node in plan.nodes()]


def statements(seed, size, count, kind=Draw):
    """Random statements that the engine takes, with what it makes of them."""
    draw = kind(seed, size)
    found: list[tuple[str, binder.Bound]] = []
    while len(found) < count:
        statement = draw.statement()
        with contextlib.suppress(SqlError):  # more comparisons than it takes
            found.append((statement, bind(parse(statement))))
    return found


def near_the_flip(size):
    """Where two plans cost almost the same, a hundredth decides: in order, and shuffled."""
    lasts = [size * part // 1000 for part in (*range(580, 660, 2), *range(340, 400, 2), 0)] + [1, 2, 3]
    return [f"SELECT * FROM orders WHERE id <= {last}" for last in lasts]  # noqa: S608 - drawn here


class Observed:
    """What PostgreSQL says about every case, asked once: the saboteurs are held against the same."""

    def __init__(self, server):
        self.version, self.pages, self.plans, self.results, self.wrong = server.version, [], [], [], []
        for number, (size, shuffled, indexed) in enumerate(TABLES):
            load(server, size, shuffled, indexed)
            pages = "SELECT relname, relpages FROM pg_class WHERE relname LIKE 'orders%' ORDER BY 1"
            self.pages.append(tuple(int(count) for _, count in server.done(pages).rows))
            for place, weights in enumerate(WEIGHTS):
                server.done(
                    f"SET seq_page_cost = {weights.seq_page}; SET random_page_cost = {weights.random_page}; "
                    f"SET cpu_tuple_cost = {weights.tuple}"
                )
                drawn = [statement for statement, _ in statements(100 * number + place, size, PLANS)]
                if indexed:
                    drawn += [one for one, _ in statements(50_000 + 100 * number + place, size, RANGES, Ranges)]
                if size == BY_HAND_ON and not place:
                    drawn += near_the_flip(size) + BY_HAND_PLANS
                self.plans += [(number, place, *told) for told in planned(server, drawn)]
            server.done("RESET ALL")
            drawn = [statement for statement, _ in statements(9000 + number, size, RESULTS)]
            if indexed:
                drawn += [statement for statement, _ in statements(70_000 + number, size, RESULTS, Ranges)]
            if indexed and size >= 1000:
                drawn += EDGES + BY_HAND_PLANS
            for statement in drawn:
                lines = server.explain(statement, "(ANALYZE, BUFFERS, TIMING OFF, SUMMARY OFF)")
                came = re.search(r"actual rows=(\d+)", lines[0])
                if came and int(came[1]) <= MOST and not any("One-Time Filter" in line for line in lines):
                    rows = [tuple(row) for row in server.done(statement).rows]
                    self.results.append((number, statement, rows, buffers(lines), looked_at(lines)))
        for statement in mutations():
            answer = server.ask(statement)
            self.wrong.append((statement, answer.state, answer.position, answer.message))


def planned(server, statements):
    """What EXPLAIN says of each. One that contradicts itself is left out: PostgreSQL plans nothing for it."""
    for statement in statements:
        lines = server.explain(statement)
        if not any("One-Time Filter" in line for line in lines):
            yield statement, theirs(lines)


def looked_at(lines):
    """Rows of the table that the scan has met: those that came out of it, and those that its filter has removed."""
    scan = next(line for line in lines if re.search(r"Scan .*on orders ", line))
    removed = [int(count) for line in lines for count in re.findall(r"Rows Removed by Filter: (\d+)", line)]
    came = re.search(r"actual rows=(\d+)", scan)
    return (int(came[1]) if came else 0) + sum(removed)  # never executed, under a limit of none


def buffers(lines):
    """Pages that the execution asked for: the first line is of the top node, with all below it."""
    for line in lines:
        if "Planning" in line:
            break
        if found := re.search(r"Buffers: shared (.*)", line):
            return sum(int(count) for count in re.findall(r"(?:hit|read)=(\d+)", found[1]))
    return 0


@pytest.fixture(scope="module")
def server():
    with serving() as connected:
        yield connected


@pytest.fixture(scope="module")
def observed(server):
    return Observed(server)


# Plans and costs.


def missed_plans(observed):
    """Each one, as it is found: a saboteur is noticed by the first."""
    for number, place, statement, expected in observed.plans:
        size, shuffled, indexed = TABLES[number]
        plans = planner.Planner(table.orders(size, shuffled), indexed=indexed, weights=WEIGHTS[place])
        if ours(plans.choose(bind(parse(statement)))) != expected:
            yield statement


def missed_pages(observed):
    """Pages of the table and of the index."""
    missed = 0
    for (size, shuffled, indexed), pages in zip(TABLES, observed.pages, strict=True):
        index = (table.Index(size).pages,) if indexed else ()
        missed += (table.orders(size, shuffled).pages, *index) != pages
    return missed


@pytest.mark.checks("sql-execution", "postgresql-costs")
def test_plan_cost_and_rows_of_every_node_are_postgresqls(observed, evidence):
    missed = len(list(missed_plans(observed))) + missed_pages(observed)
    nodes = sum(len(expected) for *_, expected in observed.plans)
    evidence(
        SLUG, "postgresql-costs",
        program="PostgreSQL", version=observed.version, cases=len(observed.plans) + len(TABLES), different=missed,
        compared=f"{nodes} nodes of the plans of {len(observed.plans)} random statements, each with the cost before "
        f"its first row and up to its last, and its rows; pages of {len(TABLES)} tables and their indexes",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.parametrize("shuffled", [False, True])
def test_so_are_those_of_statements_drawn_at_this_commit(server, shuffled):
    size = BY_HAND_ON
    rows = load(server, size, shuffled, indexed=True)
    ours_for = planner.Planner(rows, indexed=True, weights=costs.Weights())
    for kind in (Draw, Ranges):
        drawn = [statement for statement, _ in statements(f"{seed()} {kind.__name__}", size, ROTATING, kind)]
        for statement, expected in planned(server, drawn):
            assert ours(ours_for.choose(bind(parse(statement)))) == expected, statement


def test_every_way_to_the_rows_is_among_them(observed):
    met = {name for *_, expected in observed.plans for name, *_ in expected}
    assert {
        plans.SEQ, plans.INDEX, plans.INDEX_ONLY, plans.BITMAP, plans.BITMAP_INDEX, plans.BITMAP_AND, plans.BITMAP_OR,
    } <= met  # fmt: skip


def test_no_method_of_the_planner_is_switched_off(server):
    """The oracle is asked as it is delivered."""
    off = server.done("SELECT name FROM pg_settings WHERE name LIKE 'enable_%' AND setting <> boot_val").rows
    costs_set = server.done("SELECT name FROM pg_settings WHERE name LIKE '%_cost' AND source = 'command line'").rows
    assert (off, costs_set) == ((), ())


@pytest.mark.saboteur("sql-execution", "postgresql-costs")
@pytest.mark.parametrize(
    ("place", "name", "wrong"),
    [
        (costs, "DESCENT", 49.0),
        (costs, "comparing", lambda weights, operators: weights.operator * len(operators) if operators else 0.0),
        (planner, "FUZZ", 1.0),
        (selectivity, "DEFAULT_END", 2.0),
        (selectivity, "between", lambda low, high: low * high),
        (statistics, "TARGET", 99),
        (statistics, "correlation", lambda values: 1.0),
        (table, "LEAF", 367),
        (costs, "sqrt", lambda part: part),
        (bitmaps.Bits, "cost", property(lambda bits: bits.plan.cost.total)),
        (bitmaps.Bitmaps, "of_ors", lambda self, clauses, others: []),
        (bitmaps.Bitmaps, "cheapest", lambda self, found: found[0]),
        (planner, "covered", lambda bound: False),
        (planner.Planner, "bitmap_scan", lambda self, bound: None),
    ],
    ids=["a page costs less", "a clause is one operator", "no fuzz", "no default", "ends are independent",
         "less statistics", "always in order", "larger leaves", "a root less", "a bit for nothing", "no OR", "no AND",
         "never the index only", "no bitmap"],
)  # fmt: skip
def test_a_saboteur_of_the_planner_is_noticed(observed, monkeypatch, place, name, wrong):
    monkeypatch.setattr(place, name, wrong)
    statistics.analyze.cache_clear()
    assert any(missed_plans(observed))
    statistics.analyze.cache_clear()


# Rows and pages.


def answered(number, statement):
    """The rows of our run as text, the pages that it asked for, and the rows that its scan looked at."""
    size, shuffled, indexed = TABLES[number]
    rows = table.orders(size, shuffled)
    bound = bind(parse(statement))
    plan = planner.Planner(rows, indexed=indexed, weights=costs.Weights()).choose(bound)
    run = executor.Executor(rows, pool.Pool(8))
    found, asked = [], 0
    places = [executor.PLACES[name] for name in bound.columns] or [0]
    for event in run.run(plan, bound):
        if isinstance(event, executor.Asked):
            asked += 1
        elif not isinstance(event, executor.Marked):
            found.append(tuple(str(event[place]) for place in places))
    return found, asked, run.looked_at, bound


def same(found, expected, bound, *, exact):
    """Rows of equal order have no order among them; and of them a limit takes any."""
    if exact and (not bound.order or bound.order == "id"):
        return found == expected
    if bound.order and bound.order in bound.columns:
        place = bound.columns.index(bound.order)
        if [row[place] for row in found] != [row[place] for row in expected]:
            return False
    return len(found) == len(expected) and (bound.limit is not None or sorted(found) == sorted(expected))


def missed_results(observed):
    for number, statement, rows, pages, looked in observed.results:
        found, asked, met, bound = answered(number, statement)
        if not same(found, rows, bound, exact=True):
            yield statement
        if asked != pages:
            yield f"pages of {statement}"
        if met != looked:
            yield f"rows looked at for {statement}"


@pytest.mark.checks("sql-execution", "postgresql-results")
def test_rows_and_pages_are_postgresqls(observed, evidence):
    missed = len(list(missed_results(observed)))
    evidence(
        SLUG, "postgresql-results",
        program="PostgreSQL", version=observed.version, cases=3 * len(observed.results), different=missed,
        compared=f"the rows of {len(observed.results)} random statements, the pages that each plan asked "
        "for, and the rows that its scan looked at",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("sql-execution", "postgresql-results")
def test_a_saboteur_of_the_executor_is_noticed(observed, monkeypatch):
    monkeypatch.setitem(selectivity.COMPARE, "<=", selectivity.COMPARE["<"])
    assert any(missed_results(observed))


@pytest.mark.saboteur("sql-execution", "postgresql-results")
def test_a_saboteur_of_the_index_is_noticed(observed, monkeypatch):
    monkeypatch.setattr(table.Index, "leaf_of", lambda self, rank: rank % 7)
    assert any(missed_results(observed))


@pytest.mark.saboteur("sql-execution", "postgresql-results")
@pytest.mark.parametrize(
    ("place", "name", "wrong"),
    [
        (executor, "sorted", lambda rows, key=None, reverse=False: list(rows)),
        (table.Index, "first_of", lambda self, leaf: -1),
        (plans, "INDEX_ONLY", plans.INDEX),
    ],
    ids=["a bitmap as it was found", "never one leaf too many", "a leaf is always let go of"],
)
def test_a_saboteur_of_the_ways_to_the_rows_is_noticed(observed, monkeypatch, place, name, wrong):
    monkeypatch.setattr(place, name, wrong, raising=False)
    assert any(missed_results(observed))


def missed_by_sqlite(observed):
    loaded, link = -1, sqlite3.connect(":memory:")
    link.execute("CREATE TABLE orders(id integer, customer integer, city text, note text)")
    for number, statement, *_ in observed.results:
        if loaded != number:
            rows = table.orders(*TABLES[number][:2])
            link.execute("DELETE FROM orders")
            some = zip(rows.ids, rows.customers, rows.cities, [table.NOTE] * rows.size, strict=True)
            link.executemany("INSERT INTO orders VALUES (?, ?, ?, ?)", some)
            loaded = number
        expected = [tuple(map(str, row)) for row in link.execute(statement)]
        found, _, _, bound = answered(number, statement)
        if not same(found, expected, bound, exact=False):
            yield statement
    link.close()


@pytest.mark.checks("sql-execution", "sqlite")
def test_the_rows_are_sqlites(observed, evidence):
    missed = len(list(missed_by_sqlite(observed)))
    evidence(
        SLUG, "sqlite",
        program="SQLite", version=sqlite3.sqlite_version, cases=len(observed.results), different=missed,
        compared="the rows of the same statements, in order where one is asked for",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("sql-execution", "sqlite")
def test_a_saboteur_of_the_rows_is_noticed(observed, monkeypatch):
    monkeypatch.setattr(binder, "COMMUTED", {sign: sign for sign in binder.COMMUTED})
    assert any(missed_by_sqlite(observed))


# What is wrong with a statement.

WORDS = [
    "SELECT",
    "FROM",
    "WHERE",
    "ORDER",
    "BY",
    "LIMIT",
    "AND",
    "OR",
    "BETWEEN",
    "ASC",
    "DESC",
    "id",
    "customer",
    "city",
    "total",
    "note",
    "orders",
    "order_lines",
    "count",
    "(",
    ")",
    ",",
    "*",
    ";",
    "=",
    "<>",
    "<",
    ">=",
    "5",
    "42",
    "-",
    "'Oslo'",
    "'7'",
    "'x'",
    "foo",
    "group",
    "as",
    "in",
    "not",
]
BY_HAND = """
SELECT totl FROM orders
SELECT * FROM order
SELECT * FROM ordres WHERE id = 5
SELECT * FORM orders
SELECT id FROM orders WHERE count(*) > 5
SELECT count(*), id FROM orders
SELECT * FROM orders WHERE city = 5
SELECT * FROM orders WHERE id = 'five'
SELECT * FROM orders WHERE id = '99999999999'
SELECT * FROM orders WHERE
SELECT * FROM orders WHERE city = 'Oslo
SELECT id FROM orders ORDER BY prize
SELECT * FROM orders LIMIT
SELECT count(*) FROM orders ORDER BY id
SELECT * FROM orders WHERE 5 < city
SELEC * FROM orders
SELECT * FROM orders WHERE id BETWEEN 5
SELECT * FROM orders WHERE id BETWEEN 'a' AND 5
SELECT id, FROM orders
SELECT * FROM orders WHERE city BETWEEN 5 AND 6
SELECT * FROM orders WHERE id = 1 AND AND id = 2
""".strip().splitlines()


def mutations():
    """Statements in which something went wrong."""
    pick, draw = Random(11), Draw(12, 1000)  # noqa: S311 - the same cases every time
    found = list(BY_HAND)
    for _ in range(1000):
        pieces = re.findall(r"'[^']*'|\w+|<>|!=|<=|>=|\S", draw.statement())
        for _ in range(pick.choice((1, 1, 2))):
            at = pick.randrange(len(pieces))
            kind = pick.random()
            if kind < 0.3:
                del pieces[at]
            elif kind < 0.6:
                pieces.insert(at, pick.choice(WORDS))
            elif kind < 0.8:
                pieces[at] = pick.choice(WORDS)
            else:
                other = pick.randrange(len(pieces))
                pieces[at], pieces[other] = pieces[other], pieces[at]
            if not pieces:
                break
        found.append(" ".join(pieces))
    return [statement for statement in found if statement]


def judged(statement):
    """What our engine says: taken, wrong (SQLSTATE, position, words), or beyond it."""
    try:
        bind(parse(statement))
    except SqlError as wrong:
        return (wrong.state, wrong.position, wrong.message) if wrong.state else None
    return ("", 0, "")


def missed_errors(observed):
    missed = cases = 0
    for statement, *expected in observed.wrong:
        told = judged(statement)
        if told is not None:
            cases += 1
            missed += told != tuple(expected)
    return missed, cases


@pytest.mark.checks("sql-execution", "postgresql-errors")
def test_errors_are_postgresqls_in_state_place_and_words(observed, evidence):
    missed, cases = missed_errors(observed)
    states = sorted({state for statement, state, *_ in observed.wrong if state and judged(statement) is not None})
    evidence(
        SLUG, "postgresql-errors",
        program="PostgreSQL", version=observed.version, cases=cases, different=missed,
        compared=f"SQLSTATE, position and words of damaged statements, of {len(observed.wrong)} those that the engine "
        f"judges ({', '.join(states)}); it leaves the others to PostgreSQL and says so",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("sql-execution", "postgresql-errors")
def test_a_saboteur_of_the_parser_is_noticed(observed, monkeypatch):
    monkeypatch.setattr(parser.Parser, "end_of_clause", lambda self, also=(): None)
    assert missed_errors(observed)[0] > 0


@pytest.mark.saboteur("sql-execution", "postgresql-errors")
def test_a_saboteur_of_the_names_is_noticed(observed, monkeypatch):
    monkeypatch.setitem(table.COLUMNS, "total", table.INTEGER)
    assert missed_errors(observed)[0] > 0

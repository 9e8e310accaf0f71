"""The table and the statement on a real PostgreSQL, which tells its plan and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine import Recipe, Run
from playground.machines.sql.table import CITIES, CUSTOMERS, NOTE
from playground.machines.sql.transactions import Transactions
from playground.miniatures.data.sql_execution import sessions
from playground.miniatures.data.sql_execution.model import SqlExecution
from playground.miniatures.data.sql_execution.reading import SHUFFLED

# The columns are arithmetic on the number of the order, here as in the model (machines/sql/table.py).
TABLE = f"""\
CREATE {{kind}} {{name}} AS
SELECT g::int AS id,
       ((g * g * 31 + g * 17) % {CUSTOMERS} + 1)::int AS customer,
       (ARRAY['{"', '".join(CITIES)}'])[CASE WHEN d < 16 THEN 1 WHEN d < 24 THEN 2 WHEN d < 28 THEN 3
                                              WHEN d < 30 THEN 4 ELSE 5 END] AS city,
       '{NOTE}'::text AS note
FROM (SELECT g, g * 7919 % 31 AS d FROM generate_series(1::bigint, {{rows}}) AS g) AS numbers
ORDER BY {{order}};
"""  # noqa: S608 - printed for a reader, never sent by us

ROW = "statement=SELECT * FROM orders WHERE id = 4711"
WAITS = f"{ROW}&do=update:A:4711:10&do=update:B:4711:5&do=read_row:C:4711&do=commit:A&do=read_row:C:4711"
CIRCLE = "rows=40&do=update:A:7:10&do=update:B:8:5&do=update:A:8:1&do=update:B:7:5&do=commit:A&do=read_row:C:8"
TRIED = (
    WAITS,
    CIRCLE,
    f"{ROW}&order=shuffled&index=no&do=update:A:4711:-9&do=roll_back:A&do=checkpoint&do=update:A:4711:1&do=read_row:A:4711",
    "statement=SELECT * FROM orders WHERE id <= 7000",
    "statement=SELECT count(*) FROM orders WHERE city = 'Rome'&index=no&rows=3000",
    "random_page=1.1&a_row=0.02&do=explain:SELECT * FROM orders WHERE id BETWEEN 5 AND 4000",
    "order=shuffled&do=rewrite:ordered&do=run:SELECT customer FROM orders ORDER BY id LIMIT 5",
    "order=shuffled",
    "statement=SELECT id FROM orders WHERE id <= 12 OR id >= 9990&order=shuffled",
    "statement=SELECT count(*) FROM orders WHERE id <= 300",
    "statement=SELECT * FROM orders WHERE id <= 4000&order=shuffled",
)
WRONG = (
    ("", "cpu_tuple_cost = ", "cpu_tuple_cost = 1"),
    (WAITS, "customer + 5", "customer + 6"),
    (WAITS, "BEGIN; ", ""),
)
NODE = r"\s*(?:->\s+)?([A-Z]\w+(?: (?!using|on|Backward)\w+)*)(?: Backward)?(?: using \w+)?(?: on \w+)?  \(cost="
"""A node of a plan, by its name."""
COSTS = NODE + r"\S+?\.\.(\S+) rows=(\d+)"
"""The same with the cost up to its last row, and its rows."""
SHUFFLE = (
    "PostgreSQL shuffles the rows otherwise than the model does, so the cost of the index differs by a little. "
    "With the rows in order it is the same to the cent."
)


LOADED = "The statement is planned on the table as it was loaded: what sessions have changed since is left out."
PIPES = (
    "Each session is a psql that reads a pipe: 3, 4 and 5 lead to A, B and C. In three windows the statements can be "
    "typed by hand, in this order. Where one waits, it prints nothing until it goes on."
)


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """What sessions did; the table as it was before that, and the last statement."""
    model, asked = done.model(SqlExecution), done.query
    shuffled = model.correlation() != "1.00" if model.table.size > 1 else asked["order"] == SHUFFLED
    lines = [
        table(model, "orders", "TEMP TABLE", shuffled=shuffled),
        "ANALYZE orders;\n",
        f"SET random_page_cost = {asked['random_page']};\nSET seq_page_cost = {asked['seq_page']};\n",
        f"SET cpu_tuple_cost = {asked['a_row']};\n",
        f"EXPLAIN {model.text.rstrip().rstrip(';')};\n",
    ]
    commands = "# as somebody who may log in: PGHOST, PGUSER, PGDATABASE\npsql -X -q -A -t -f orders.sql\n"
    told = " ".join([*[SHUFFLE] * shuffled, *[LOADED] * bool(model.store.wal.records)])
    recipe = Recipe("PostgreSQL", commands, (("orders.sql", "".join(lines)),), told)
    explained = recipe._replace(prints=tuple(printed(model, shuffled)), picks=NODE if shuffled else COSTS)
    return (*written(done, model, shuffled=shuffled), explained)


def table(model: SqlExecution, name: str, kind: str, *, shuffled: bool) -> str:
    made = TABLE.format(kind=kind, name=name, rows=model.table.size, order="md5(g::text)" if shuffled else "g")
    return made + (f"CREATE UNIQUE INDEX {name}_id ON {name} (id);\n" if model.index else "")


def written(done: Run, model: SqlExecution, *, shuffled: bool) -> Iterator[Recipe]:
    """The same changes by sessions of a reader's own; none where the server dies, or where a race would decide."""
    if done.refusal or done.stopped or not model.updates:
        return
    asked = sessions.Sessions(Transactions(model.table, indexed=model.index), done.query.acts)
    if asked.certain:
        files = (("table.sql", table(model, sessions.TABLE, "TABLE", shuffled=shuffled)),)
        yield Recipe("PostgreSQL, sessions", asked.commands(), files, PIPES, tuple(asked.prints))


def printed(model: SqlExecution, shuffled: bool) -> Iterator[str]:
    """The nodes of the plan; their costs where the real table is the same to the row."""
    for node in model.chosen.nodes() if model.chosen else ():
        yield node.name if shuffled else f"{node.name} {node.cost.total:.2f} {node.rows:.0f}"

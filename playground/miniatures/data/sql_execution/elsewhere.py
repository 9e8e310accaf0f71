"""The table and the statement on a real PostgreSQL, which tells its plan and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine import Recipe, Run
from playground.machines.sql.table import CITIES, CUSTOMERS, NOTE
from playground.miniatures.data.sql_execution.model import SqlExecution
from playground.miniatures.data.sql_execution.reading import SHUFFLED

# The columns are arithmetic on the number of the order, here as in the model (machines/sql/table.py).
TABLE = f"""\
CREATE TEMP TABLE orders AS
SELECT g::int AS id,
       ((g * g * 31 + g * 17) % {CUSTOMERS} + 1)::int AS customer,
       (ARRAY['{"', '".join(CITIES)}'])[CASE WHEN d < 16 THEN 1 WHEN d < 24 THEN 2 WHEN d < 28 THEN 3
                                              WHEN d < 30 THEN 4 ELSE 5 END] AS city,
       '{NOTE}'::text AS note
FROM (SELECT g, g * 7919 % 31 AS d FROM generate_series(1::bigint, {{rows}}) AS g) AS numbers
ORDER BY {{order}};
"""  # noqa: S608 - printed for a reader, never sent by us

TRIED = (
    "statement=SELECT * FROM orders WHERE id <= 7000",
    "statement=SELECT count(*) FROM orders WHERE city = 'Rome'&index=no&rows=3000",
    "random_page=1.1&a_row=0.02&do=explain:SELECT * FROM orders WHERE id BETWEEN 5 AND 4000",
    "order=shuffled&do=rewrite:ordered&do=run:SELECT customer FROM orders ORDER BY id LIMIT 5",
    "order=shuffled",
    "statement=SELECT id FROM orders WHERE id <= 12 OR id >= 9990&order=shuffled",
    "statement=SELECT count(*) FROM orders WHERE id <= 300",
    "statement=SELECT * FROM orders WHERE id <= 4000&order=shuffled",
)
WRONG = (("", "cpu_tuple_cost = ", "cpu_tuple_cost = 1"),)
NODE = r"\s*(?:->\s+)?([A-Z]\w+(?: (?!using|on|Backward)\w+)*)(?: Backward)?(?: using \w+)?(?: on \w+)?  \(cost="
"""A node of a plan, by its name."""
COSTS = NODE + r"\S+?\.\.(\S+) rows=(\d+)"
"""The same with the cost up to its last row, and its rows."""
SHUFFLE = (
    "PostgreSQL shuffles the rows otherwise than the model does, so the cost of the index differs by a little. "
    "With the rows in order it is the same to the cent."
)


LOADED = "The statement is planned on the table as it was loaded: what sessions have changed since is left out."


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The table as it lies at the end of the run, and the last statement."""
    model, asked = done.model(SqlExecution), done.query
    shuffled = model.correlation() != "1.00" if model.table.size > 1 else asked["order"] == SHUFFLED
    lines = [
        TABLE.format(rows=model.table.size, order="md5(g::text)" if shuffled else "g"),
        "CREATE UNIQUE INDEX orders_id ON orders (id);\n" if asked["index"] else "",
        "ANALYZE orders;\n",
        f"SET random_page_cost = {asked['random_page']};\nSET seq_page_cost = {asked['seq_page']};\n",
        f"SET cpu_tuple_cost = {asked['a_row']};\n",
        f"EXPLAIN {model.text.rstrip().rstrip(';')};\n",
    ]
    commands = "# as somebody who may log in: PGHOST, PGUSER, PGDATABASE\npsql -X -q -A -t -f orders.sql\n"
    told = " ".join([*[SHUFFLE] * shuffled, *[LOADED] * bool(model.store.wal.records)])
    recipe = Recipe("PostgreSQL", commands, (("orders.sql", "".join(lines)),), told)
    return (recipe._replace(prints=tuple(printed(model, shuffled)), picks=NODE if shuffled else COSTS),)


def printed(model: SqlExecution, shuffled: bool) -> Iterator[str]:
    """The nodes of the plan; their costs where the real table is the same to the row."""
    for node in model.chosen.nodes() if model.chosen else ():
        yield node.name if shuffled else f"{node.name} {node.cost.total:.2f} {node.rows:.0f}"

"""The engine: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Scenario, Source

SOURCES = (
    Source("PostgreSQL 15, costsize.c", "https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/optimizer/path/costsize.c"),
    Source("PostgreSQL 15, selfuncs.c", "https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/utils/adt/selfuncs.c"),
    Source("PostgreSQL 15, Row Estimation Examples", "https://www.postgresql.org/docs/15/row-estimation-examples.html"),
    Source("PostgreSQL, src/backend/storage/buffer/README", "https://github.com/postgres/postgres/blob/REL_15_STABLE/src/backend/storage/buffer/README"),
)  # fmt: skip

SIMPLIFIED = (
    "One table, one index, one session: no joins, no writes, no transactions, no log.",
    "Bitmap scans, index-only scans and incremental sorts are left out; PostgreSQL is asked with them switched off.",
    "A condition has at most eight comparisons, each of a column and a literal, and one column to order by.",
    "A condition that contradicts itself, such as id = 1 AND id = 2, is planned and run; PostgreSQL sees through it.",
    "PostgreSQL gives a scan of a large table a small ring of buffers, so that it does not push out all others.",
    "Rows of equal value come in the order of the scan below; PostgreSQL promises no order among them.",
)

CHECKS = (
    Check("postgresql-costs", "plan, cost and rows of every node of random statements, against EXPLAIN", "exact"),
    Check(
        "postgresql-results",
        "rows and pages of random statements, against EXPLAIN ANALYZE and the rows",
        "exact sequence",
    ),
    Check("postgresql-errors", "SQLSTATE and position of what is wrong with a statement", "exact"),
    Check("sqlite", "the rows of the same statements", "exact set"),
)

SCENARIOS = (
    Scenario(
        "two-hundred-rows", "Two hundred rows by the index", "step=16",
        "The rows lie side by side, so the index leads to a few pages.",
    ),
    Scenario(
        "most-of-the-table", "Most of the table",
        "statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+7000&step=14",
        "For seven rows in ten the whole table is read, though there is an index.",
    ),
    # The same statement and the same rows; the correlation is 0.00 instead of 1.00.
    Scenario(
        "shuffled", "The same rows, shuffled", "order=shuffled&step=16",
        "Two hundred rows lie on more than a hundred pages, and the index loses.",
    ),
    Scenario(
        "the-range-grows", "The range grows", "do=grow&step=29",
        "The plan flips where the sum for the index passes the sum for the table.",
    ),
    Scenario(
        "the-range-grows-shuffled", "The range grows, shuffled", "order=shuffled&do=grow&step=26",
        "The same table in another order: the plan flips far earlier.",
    ),
    Scenario(
        "again-and-it-fits", "Once more, and it fits",
        "statement=SELECT+count%28*%29+FROM+orders&rows=900&do=again&step=16",
        "Sixteen pages, sixteen buffers: the second run reads nothing from disk.",
    ),
    Scenario(
        "again-and-it-does-not", "Once more, and it does not fit",
        "statement=SELECT+count%28*%29+FROM+orders&rows=1000&do=again&do=restart&step=16",
        "Two pages too many, and the second run reads every page again.",
    ),
    Scenario(
        "put-in-order", "Put in order",
        "order=shuffled&do=rewrite:ordered&do=again&do=run:SELECT+count%28*%29+FROM+orders+WHERE+city+%3D+%27Rome%27&step=25",
        "The rows are written in order of id, and the same statement takes the index.",
    ),
    Scenario(
        "the-first-twenty", "The first twenty",
        "statement=SELECT+*+FROM+orders+ORDER+BY+id+LIMIT+20&do=explain:SELECT+*+FROM+orders+ORDER+BY+customer+LIMIT+20&step=20",
        "In the order of the index twenty rows are enough; in another order every row is read and sorted.",
    ),
)  # fmt: skip

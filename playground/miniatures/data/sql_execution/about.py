"""The engine: what it is written from, what it leaves out, what it is checked against, and runs that teach."""

from playground.engine import Check, Moment, Scenario, Source

SOURCE = "https://github.com/postgres/postgres/blob/REL_15_18/src/backend"
DOCS = "https://www.postgresql.org/docs/15"
SOURCES = (
    Source("PostgreSQL 15.18, costsize.c", f"{SOURCE}/optimizer/path/costsize.c"),
    Source("PostgreSQL 15.18, indxpath.c", f"{SOURCE}/optimizer/path/indxpath.c"),
    Source("PostgreSQL 15.18, selfuncs.c", f"{SOURCE}/utils/adt/selfuncs.c"),
    Source("PostgreSQL 15.18, nbtsearch.c", f"{SOURCE}/access/nbtree/nbtsearch.c"),
    Source("PostgreSQL 15.18, src/backend/storage/buffer/README", f"{SOURCE}/storage/buffer/README"),
    Source("PostgreSQL 15, Row Estimation Examples", f"{DOCS}/row-estimation-examples.html"),
    Source("PostgreSQL 15.18, heapam.c", f"{SOURCE}/access/heap/heapam.c"),
    Source("PostgreSQL 15.18, src/backend/access/heap/README.HOT", f"{SOURCE}/access/heap/README.HOT"),
    Source("PostgreSQL 15.18, src/backend/access/heap/README.tuplock", f"{SOURCE}/access/heap/README.tuplock"),
    Source("PostgreSQL 15, Transaction Isolation, Read Committed", f"{DOCS}/transaction-iso.html"),
    Source("PostgreSQL 15, Write-Ahead Logging (WAL)", f"{DOCS}/wal-intro.html"),
)  # fmt: skip

SIMPLIFIED = (
    "One table and one index: nothing is joined, so the order of joins, which a planner chooses too, is not seen here.",
    (
        "Three sessions write single rows under READ COMMITTED, the default. Once a row has been changed, statements "
        "on the whole table are refused in that run."
    ),
    (
        "Old versions stay, as they do while an old transaction is open. PostgreSQL otherwise clears them, and those "
        "of a rollback, when somebody comes to a page that is nearly full, be it to read; VACUUM clears the rest. So "
        "later versions lie elsewhere than here."
    ),
    (
        "The log goes to disk at a commit and at a checkpoint. PostgreSQL’s log writer flushes it between them too, "
        "five times a second by default; a transaction without its COMMIT record counts for nothing either way."
    ),
    (
        "A session looks for a deadlock once, when it has waited for a second (deadlock_timeout). Here all who wait "
        "have looked before, so whoever closes the circle is ended. If it is closed within that second, it is the one "
        "who began to wait first."
    ),
    (
        "Of two that wait for one row, the first to come goes first. When the holder commits, PostgreSQL lets them "
        "race for the new version, and now and then the other one wins."
    ),
    (
        "The table has been analysed and not vacuumed, so an index-only scan looks at the table for every row, and "
        "costs what an index scan costs. After a VACUUM it costs less, and wins more often."
    ),
    "A bitmap always fits into memory. One that is too large forgets rows and keeps pages, whose rows are all checked.",
    "Nobody else uses the buffers, and none is pinned for longer than a step.",
    "A condition has at most eight comparisons, each of a column and a literal, and one column to order by.",
    "A condition that contradicts itself, such as id = 1 AND id = 2, is planned and run; PostgreSQL sees through it.",
    (
        "PostgreSQL gives a scan of a table larger than a quarter of its buffers a small ring of them, so that it does "
        "not push out all others. Such a scan, run again, finds little of itself in memory there too."
    ),
    "Rows of equal value come in the order of the scan below; PostgreSQL promises no order among them.",
)

CHECKS = (
    Check(
        "postgresql-costs",
        "plan, cost and rows of every node of random statements, against EXPLAIN as it is delivered",
        "exact",
    ),
    Check(
        "postgresql-results",
        "rows, pages and rows looked at of random statements, against EXPLAIN ANALYZE and the rows",
        "exact sequence",
    ),
    Check(
        "postgresql-writing",
        "random transactions of three sessions: who waits, what each reads, versions, log and crashes",
        "exact sequence",
    ),
    Check("postgresql-errors", "SQLSTATE and position of what is wrong with a statement", "exact"),
    Check("sqlite", "the rows of the same statements", "exact set"),
)

SCENARIOS = (
    Scenario(
        "two-hundred-rows", "Two hundred rows by the index", "step=20",
        "The rows lie side by side, so the index leads to a few pages.",
    ),
    # The same statement and the same rows; the correlation is 0.00 instead of 1.00.
    Scenario(
        "shuffled", "The same rows, shuffled", "order=shuffled&step=24",
        "The rows lie on more than a hundred pages: a bitmap says on which, and each is read once, in order.",
    ),
    Scenario(
        "four-in-ten", "Four rows in ten, shuffled",
        "statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+4000&order=shuffled&step=20",
        "Every page would be marked, so the whole table is read, though there is an index.",
    ),
    Scenario(
        "most-of-the-table", "Most of the table",
        "statement=SELECT+*+FROM+orders+WHERE+id+%3C%3D+7000&step=20",
        "For seven rows in ten the whole table is read, in whatever order the rows lie.",
    ),
    Scenario(
        "the-range-grows", "The range grows", "do=grow&step=34",
        "In order, the plan flips once, where the sum for the index passes the sum for the table.",
    ),
    Scenario(
        "the-range-grows-shuffled", "The range grows, shuffled", "order=shuffled&do=grow&step=39",
        "The same table in another order: two rows are enough for a bitmap, and the table is read far earlier.",
    ),
    Scenario(
        "either-end", "Either end",
        "statement=SELECT+*+FROM+orders+WHERE+id+%3C+6+OR+id+%3E+9990&order=shuffled&step=19",
        "One scan of the index cannot do an OR; two bitmaps can be put together.",
    ),
    Scenario(
        "again-and-it-fits", "Once more, and it fits",
        "statement=SELECT+count%28*%29+FROM+orders&rows=900&do=again&step=22",
        "Sixteen pages, sixteen buffers: the second run reads nothing from disk.",
    ),
    Scenario(
        "again-and-it-does-not", "Once more, and it does not fit",
        "statement=SELECT+count%28*%29+FROM+orders&rows=1000&do=again&do=restart&step=22",
        "Two pages too many, and the second run reads every page again.",
    ),
    Scenario(
        "one-update", "One UPDATE, and who waits",
        "statement=SELECT+*+FROM+orders+WHERE+id+%3D+4711&do=update:A:4711:10&do=update:B:4711:5&do=read_row:C:4711&do=commit:A&do=read_row:C:4711&step=28",
        "The second writer waits for the first; the reader waits for nobody, and reads the old version.",
    ),
    Scenario(
        "crash", "Committed, and the server dies",
        "statement=SELECT+*+FROM+orders+WHERE+id+%3D+4711&do=update:A:4711:10&do=commit:A&do=update:B:4711:5&do=checkpoint&do=crash&do=read_row:C:4711&step=28",
        "A commit brings the log to disk and no page; what was not committed lies on its page and counts for nobody.",
    ),
    # Both rows lie on a page with room, so each new version stays beside the old one.
    Scenario(
        "deadlock", "Each waits for the other",
        "statement=SELECT+*+FROM+orders+WHERE+id+%3D+7&rows=40&do=update:A:7:10&do=update:B:8:5&do=update:A:8:1&do=update:B:7:5&do=roll_back:A&step=25",
        "Two rows, two writers, two orders: one of them is ended.",
    ),
    Scenario(
        "put-in-order", "Put in order",
        "order=shuffled&do=rewrite:ordered&do=again&do=run:SELECT+count%28*%29+FROM+orders+WHERE+city+%3D+%27Rome%27&step=33",
        "The rows are written in order of id, and the same statement takes the index.",
    ),
    Scenario(
        "the-first-twenty", "The first twenty",
        "statement=SELECT+*+FROM+orders+ORDER+BY+id+LIMIT+20&do=explain:SELECT+*+FROM+orders+ORDER+BY+customer+LIMIT+20&step=18",
        "In the order of the index twenty rows are enough; in another order every row is read and sorted.",
    ),
)  # fmt: skip

MOMENT = Moment("step=25", lambda done: str(done.outcome["read"]), "pages")

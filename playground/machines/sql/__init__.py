"""A small relational engine: a statement goes through tokens, tree, names, plans and pages, as in PostgreSQL.

errors       what is wrong with a statement: SQLSTATE, sentence, position
tokens       characters become tokens
parser       tokens become a tree
binder       names become columns, literals become values
table        rows on pages, and the pages of an index
statistics   what ANALYZE keeps of a column
selectivity  which part of the rows a condition leaves, by the statistics
costs        the formulas of the planner
plans        what a plan is
bitmaps      which bitmap a condition allows
planner      candidate plans, and which of them is taken
pool         pages in memory, and the clock that gives them up
executor     operators that pull rows from each other
versions     versions of rows on the pages of a table
wal          the write-ahead log
locks        who waits for whom
transactions what writes: versions, locks and the log together
"""

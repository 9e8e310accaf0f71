"""`python -m tests.mutate engine --seed 7 --count 30`: would a test notice if one token were another?

Places are drawn by seed from all that a room has. Each mutant runs in a copy of the tree with the tests that can
reach it, cheap ones first, until one fails: killed. What survives is printed, and is a test that is missing, or
code that says the same either way; the latter stand in `equivalent.toml`, with the reason, and are not counted.

    python -m tests.mutate machines --seed 7 --count 30
    python -m tests.mutate rest --file config/compress.py    all places of one file
"""

"""Real processes are killed while a class answers; afterwards every acknowledged save is counted.

    make chaos                      both databases, 10,000 saves, 20 kills each, and a run without keys
    python -m tests.chaos sqlite --saves 500 --kills 4

What is sent again carries the key that it had; without keys (`--without-keys`) whatever was stored and not
acknowledged is stored twice, which shows that the count can fail.
"""

"""`make bench`: what the site costs, as ratios of two things that are measured in turn in one run.

Nothing here fails: speed depends on the machine and on what else it does. The ratios travel, the figures
beside them do not.

    python -m tests.bench           every measure, as one table
    python -m tests.bench runs load the named sections alone
    python -m tests.bench.search    look for dearer runs than those in worst.json
    python -m tests.bench.climb     look for dearer requests, address by address
"""

from playground.drawn import symbols

# Measures run without the site, which hands this in as it starts.
symbols.hand_in()

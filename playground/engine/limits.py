"""Every limit of a run, in one place. Bounds of inputs are chosen so that most runs stay inside."""

STEPS = 500
"""Steps of a run, step 0 included. A longer run stops with a last step that says so."""

ACTIONS = 100
"""Actions in one query."""

QUERY = 4096
"""Characters of a query string, as it arrives (percent-encoded)."""

THINGS = 40
"""Things (servers, keys, packets) that a picture shows one by one; beyond, it groups them."""

MARKS = 150
"""Marks of one picture."""

TRACE = 300_000
"""Bytes of a trace in one layout, before compression."""

FIELDS = 160
"""Name=value pairs in one query: every input, every action, and some room for foreign names."""

"""Every limit of a run, in one place. Bounds of inputs are chosen so that most runs stay inside.

What a picture may hold is said where it is painted: `MARKS_AIM` in `scenes/marks.py`.
"""

STEPS = 500
"""Steps of a run, step 0 included. A longer run stops with a last step that says so."""

ACTIONS = 100
"""Actions in one query."""

QUERY = 4096
"""Characters of a query string, as it arrives (percent-encoded)."""

TRACE = 300_000
"""Bytes of a trace in one layout, before compression."""

FIELDS = 160
"""Name=value pairs in one query: every input, every action, and some room for foreign names."""

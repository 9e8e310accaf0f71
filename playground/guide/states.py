"""The states that every kind of picture tells in the same way, each on a sample that has it."""

from __future__ import annotations

from typing import NamedTuple


class State(NamedTuple):
    """A state, what tells it, and a sample in which it is seen."""

    name: str
    told_by: str
    kind: str
    sample: str


STATES = (
    State("at rest", "an outline with a faint tint; a solid disc", "ring", "typical"),
    State("working", "solid: a lamp for each task, a full bar", "topology", "crowded trays"),
    State("waiting", "hollow; in time, a whisker", "timeline", "one lane"),
    State("held back", "hatched, and who holds it is named", "timeline", "typical"),
    State("changed now", "a brass ring, and a brass wedge in the margin: one thing a step", "table", "typical"),
    State("changed earlier", "a brass hairline", "ring", "one failed"),
    State("failed", "dashed, the name struck, with a cross", "topology", "all failed"),
    State("lost", "dashed, and a cross before the goal", "sequence", "a lost answer"),
    State("cut off", "a broken line between the two sides, and dotted ways", "peers", "typical"),
    State("slow", "dashes and dots, and the figure printed", "topology", "typical"),
    State("gone", "dotted and struck; it stays to the end of the run", "ring", "every state"),
    State("to come", "dotted or faint, with its place kept", "pool", "empty"),
)

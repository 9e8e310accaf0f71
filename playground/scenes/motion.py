"""What moves in a kind of picture, where a run goes on by one step: in words, and mark by mark.

A step stays what it is; how its picture comes about is seen for a moment. What stands elsewhere goes there by itself.
"""

from __future__ import annotations

from typing import NamedTuple

DRAWN = "draw"
"""A line, from where it begins; one that has grown, from where it ended."""
LANDS = "land"
"""It comes when the lines are drawn."""
FILLED = "fill"
"""It is uncovered from left to right."""
LEFT, RIGHT, ABOVE, BELOW = "left", "right", "above", "below"
"""It slides in from there; what came from the left slides out to the right."""
PARTS = "parts"
"""A thing of which each part comes in its own way."""
FADES = ""
"""What comes where nothing else is said."""


class Coming(NamedTuple):
    """How marks come that were not there a step before. The first that speaks of a mark counts."""

    begins: str
    """What the keys of these marks begin with; empty: they are parts of a thing."""
    how: str
    ends: str = ""
    """What their keys end with."""
    anew: bool = False
    """Whether it goes and comes where it stands elsewhere, instead of moving there."""


class Motion(NamedTuple):
    """What moves in a kind: a sentence, and the ways in which its marks come."""

    said: str
    comes: tuple[Coming, ...] = ()

    @property
    def ways(self) -> tuple[Coming, ...]:
        """Brass too: it does not fly, but fades on what was new and comes on what is."""
        return (*self.comes, *BRASS)


BRASS = (Coming("changed", FADES, anew=True), Coming("wedge", FADES, anew=True))

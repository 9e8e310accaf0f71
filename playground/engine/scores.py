"""What a solution of a challenge cost, so that one comes back to do it with less."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.engine.run import Run


@dataclass(frozen=True)
class Score:
    """A figure of a run: the fewer the better. The best was found by `python -m tests.fewest`; a test replays it."""

    unit: str
    """What is counted, in the plural, as it stands after the figure: `points`."""
    one: str
    """The same after a figure of one."""
    of: Callable[[Run], int]
    """How many of them a run has taken."""
    par: int
    """What is good; the best known is at most that."""
    best: int
    """The fewest that are known."""
    best_run: str
    """Query of a run that passes with so few."""
    limit: int | None = None
    """The most with which it passes, where one of the conditions says so."""

    def counted(self, number: int) -> str:
        """A figure with its unit: `48 points`."""
        return f"{number:,} {self.one if number == 1 else self.unit}"


def acts(done: Run) -> int:
    """Actions of a run: what many a challenge is scored by."""
    return len(done.query.acts)

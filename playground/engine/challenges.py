"""Challenges: operate it until a stated condition holds. Checked by replaying the URL. Who is stuck is told a hint,
then a second one, then shown a solution; who has solved it, with how few it can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playground.engine.run import Run
from playground.engine.scores import Score


@dataclass(frozen=True)
class Condition:
    """One line of the check list: a sentence, and a test of the run."""

    sentence: str
    holds: Callable[[Run], bool]


@dataclass(frozen=True)
class Challenge:
    """A goal in words, the run it starts from, its conditions, and a stored solution."""

    name: str
    goal: str
    start: str
    """Query of the run to begin with; it does not pass."""
    solution: str
    """Query of a run that passes; a test replays it."""
    hints: tuple[str, str]
    """What to think of, then nearly how: each a sentence or two, told one after the other to who asks for them."""
    conditions: tuple[Condition, ...]
    score: Score
    """What a solution has cost, beside what is good and the fewest that are known."""
    title: str = ""
    """What it is called in a list; its name as words, where nothing is said."""
    claim: str = ""
    """What many believe, in a sentence, where the challenge is to find a run that refutes it: *break it*."""

    @property
    def kind(self) -> str:
        """How it is announced."""
        return "Break it" if self.claim else "Challenge"

    @property
    def asked(self) -> str:
        """What is to be done, after what is to be refuted."""
        return f"“{self.claim}” {self.goal}" if self.claim else self.goal

    def check(self, done: Run) -> list[tuple[str, bool]]:
        """Every condition's sentence, and whether it holds. A refused or cut run holds nothing."""
        sound = not done.refusal and not done.stopped
        return [(condition.sentence, sound and condition.holds(done)) for condition in self.conditions]

    def passed(self, done: Run) -> bool:
        return all(holds for _, holds in self.check(done))

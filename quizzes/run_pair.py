"""A challenge that has been answered: the run that somebody made, beside one solution, as far as both may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from playground.asking.request import Asked, ask, entry_for
from playground.engine.content import Content
from playground.page.drawings import Drawings
from playground.page.forms import Forms
from quizzes.challenged import begins, part_of
from quizzes.showing import Stage, asked_stage
from quizzes.today import is_todays


class Line(NamedTuple):
    """One condition, and whether it held of the run."""

    sentence: str
    holds: bool
    at_start: bool


@dataclass(frozen=True)
class RunPair:
    """What is shown of an answer to a challenge. Takes a run for each of the two that is shown."""

    content: Content
    value: str | None
    """The run that is the answer; None for a blank."""
    held: tuple[bool, ...]
    """Which conditions held when it was saved."""
    page: str
    """Address of the page that shows it, and of the steps to the start."""
    trace: str
    whose: str = "you"
    """Whose run it is: `you`, or a name."""
    answer: bool = True
    """Whether the solution may be told, in words."""
    run: bool = True
    """Whether it may be seen."""

    @property
    def whose_run(self) -> str:
        return "Your run" if self.whose == "you" else f"The run of {self.whose}"

    @property
    def lines(self) -> list[Line]:
        held = self.held or (False,) * len(self.content.conditions)
        return [
            Line(one.sentence, holds, one.at_start) for one, holds in zip(self.content.conditions, held, strict=True)
        ]

    @property
    def words(self) -> str:
        """`3 of 4 conditions`."""
        return f"{sum(self.held)} of {len(self.content.conditions)} conditions"

    @property
    def solved(self) -> bool:
        return sum(self.held) == len(self.content.conditions)

    @property
    def is_part(self) -> bool:
        """Whether it is worth something, and not all."""
        return 0 < part_of(self.content, self.held) < 1

    @property
    def begins(self) -> int:
        """Conditions that hold before anything is done."""
        return begins(self.content)

    @cached_property
    def is_todays(self) -> bool:
        return is_todays(self.content)

    @cached_property
    def _mine(self) -> Asked | None:
        return self._asked(self.value) if self.value is not None and self.is_todays else None

    @cached_property
    def _solution(self) -> Asked | None:
        return self._asked(self.content.right) if self.answer and self.is_todays else None

    def _asked(self, text: str) -> Asked:
        asked = ask(entry_for(self.content.miniature), text)
        return asked.at(asked.run.last)

    @cached_property
    def mine(self) -> Stage:
        """The run that is the answer; for a blank, and where the model has changed, the start as it was frozen."""
        return staged(self._mine) if self._mine else asked_stage(self.content, self.page, self.trace)

    @cached_property
    def solution(self) -> Stage | None:
        return staged(self._solution) if self.run and self._solution else None

    @property
    def solution_words(self) -> list[str]:
        """What is set and done in the solution; nothing where it may not be told."""
        return in_words(self._solution) if self._solution else []

    @property
    def my_words(self) -> list[str]:
        """What is set and done in the run that is the answer."""
        return in_words(self._mine) if self._mine else []

    @property
    def playground(self) -> str:
        """The challenge in the playground."""
        return reverse("playground:challenge", args=[self.content.miniature, self.content.template])


def staged(asked: Asked) -> Stage:
    """A run on a stage, at the step at which it is opened."""
    return Stage(
        title=asked.entry.cls.title,
        trace=asked.address("trace", 0),
        page=asked.address("run", 0),
        step=asked.step,
        last=asked.run.last,
        said=tuple(step.text for step in asked.run.steps),
        drawings=tuple(Drawings(asked).first),
    )


def in_words(asked: Asked) -> list[str]:
    """What is set otherwise than by default, and what is done, in order."""
    inputs = asked.entry.cls.inputs()
    told = [
        f"{kind.label}: {kind.print(asked.query[name])}"
        for name, kind in inputs.items()
        if asked.query[name] != kind.default
    ]
    return [*told, *(words for words, _ in Forms(asked).done)]

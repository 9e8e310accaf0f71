"""A challenge as those who teach look at it before anybody gets it: its start, its conditions, hints and a solution."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from playground.engine.content import Content
from quizzes.challenged import Gone, found
from quizzes.frozen import whole_run
from quizzes.models import Item, Variant
from quizzes.run_pair import RunPair


@dataclass(frozen=True)
class ChallengePage:
    """Everything that the page of a challenge shows. Takes one run."""

    item: Item
    variant: Variant

    @cached_property
    def content(self) -> Content:
        return whole_run(self.variant)

    @cached_property
    def pair(self) -> RunPair:
        """The start, as it was frozen, beside the solution."""
        return RunPair(self.content, None, (), "", "", whose="nobody")

    @property
    def title(self) -> str:
        return f"{self.content.title[0].upper()}{self.content.title[1:]}"

    @property
    def hints(self) -> tuple[str, ...]:
        """As they are told in the playground, and not in a quiz; nothing where there is no such challenge any more."""
        try:
            return found(self.content.miniature, self.content.template)[1].hints
        except Gone:
            return ()

    @property
    def begins(self) -> int:
        return self.pair.begins

    @property
    def beyond(self) -> int:
        """Conditions for which there are points."""
        return len(self.content.conditions) - self.begins

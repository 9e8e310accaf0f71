"""Where a player's links and forms lead: the same run at other steps, elsewhere, alone, as a picture, as data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from playground.asking.paths import path_of
from playground.asking.request import Asked
from playground.engine.query import at_step, print_query
from playground.engine.questions import Posed
from playground.engine.registry import Entry
from playground.page import share
from playground.page.answered import Said
from playground.scenes.marks import NARROW

BESIDE = "beside"
"""What a widget’s trace leaves out: the pictures beside the first, for which it has no room."""


@dataclass(frozen=True)
class Addresses:
    """Every address on a player."""

    asked: Asked
    posed: Posed | None = None
    origin: str = ""
    """Scheme and host of this site, where the page offers to share the run."""
    said: Said | None = None
    """What the question has been answered with."""

    @property
    def entry(self) -> Entry:
        return self.asked.entry

    # The run itself; the player adds the step.

    @cached_property
    def page(self) -> str:
        """The page of this run without a step."""
        return self.asked.address("run", 0)

    @cached_property
    def fragment(self) -> str:
        """This run as a fragment, without a step."""
        return self.asked.address("player", 0)

    @cached_property
    def trace(self) -> str:
        """The steps of the run; of a question that waits for its answer, those up to it."""
        if self.posed and not self.said:
            text = print_query(self.entry.cls, at_step(self.posed.query, 0))
            return f"{self.answer}trace?{text}"
        whole = self.asked.address("trace", 0)
        return whole if self.asked.embedded is None or self.asked.versus else with_pair(whole, f"hide={BESIDE}")

    # Its states.

    def at(self, step: int) -> str:
        return self.asked.address("run", max(0, min(step, self.asked.run.last)))

    @cached_property
    def here(self) -> str:
        """The address of exactly this state."""
        return self.at(self.asked.step)

    @cached_property
    def links(self) -> dict[str, str]:
        """Where the buttons of the transport lead without JavaScript."""
        number = self.asked.step
        return {
            "first": self.at(0),
            "back": self.at(number - 1),
            "next": self.at(number + 1),
            "last": self.at(self.asked.run.last),
        }

    def picture_at(self, step: int) -> str:
        """The address of a step as a picture, as narrow as a phone."""
        return with_pair(self.asked.address("picture", step), f"layout={NARROW}")

    @cached_property
    def card(self) -> str:
        """The address of this state as the picture of a link's preview."""
        return with_pair(self.asked.address("png", self.asked.step), "format=card")

    @cached_property
    def undo(self) -> str:
        """This run without its last action, at the step from which somebody acted; empty where nothing was done."""
        return self._undone("run")

    @cached_property
    def undo_fragment(self) -> str:
        return self._undone("player")

    def _undone(self, view: str) -> str:
        acts = self.asked.query.acts
        if not acts:
            return ""
        before = replace(self.asked, query=replace(self.asked.query, acts=acts[:-1]))
        return before.address(view, max(self.asked.run.starts.get(len(acts) - 1, 0) - 1, 0))

    # Where its forms are sent.

    @cached_property
    def form(self) -> str:
        """The page, to which a form adds its pairs."""
        return self.asked.address("run").partition("?")[0]

    @cached_property
    def form_fragment(self) -> str:
        """The same, answered with the player alone."""
        return self.asked.address("player").partition("?")[0]

    @cached_property
    def model(self) -> str:
        """The page of every run of the model."""
        return path_of("playground:run", self.entry.slug)

    @property
    def answer(self) -> str:
        """The page of the question that is posed."""
        return path_of("playground:predict", self.entry.slug, self.posed.question.name) if self.posed else ""

    @property
    def on(self) -> str:
        """The end of the run that was asked about; where the ways part there, the step of asking."""
        if not self.posed or not self.said:
            return ""
        return self.asked.address("run", self.said.last if self.said.goes_on else self.posed.stop)

    @property
    def answer_fragment(self) -> str:
        return f"{self.answer}answer" if self.posed else ""

    @property
    def another(self) -> str:
        """The same question about another run."""
        return self._another("predict-another")

    @property
    def another_fragment(self) -> str:
        return self._another("another-answer")

    def _another(self, view: str) -> str:
        if not self.posed:
            return ""
        query = print_query(self.entry.cls, at_step(self.posed.query, 0))
        return f"{path_of(f'playground:{view}', self.entry.slug, self.posed.question.name)}?{query}"

    @property
    def solution(self) -> str:
        """The page of the challenge’s stored solution; empty without a challenge."""
        return self._solution("solution")

    @property
    def solution_fragment(self) -> str:
        return self._solution("solution-player")

    @property
    def afresh(self) -> str:
        """The challenge from its start."""
        return self._solution("challenge")

    @property
    def best(self) -> str:
        """The best known run of the challenge, at its end."""
        challenge = self.asked.challenge
        return f"{self.afresh}?{challenge.score.best_run}&step=last" if challenge else ""

    def _solution(self, view: str) -> str:
        challenge = self.asked.challenge
        return path_of(f"playground:{view}", self.entry.slug, challenge.name) if challenge else ""

    # The same run in other places.

    @property
    def alone(self) -> str:
        """The run by itself, where it stands beside another."""
        return replace(self.asked, versus=None).address("run", 0)

    @cached_property
    def own_page(self) -> str:
        """The page of this state, also where it is shown as a widget."""
        return self.own.address("run", self.asked.step)

    @property
    def own_fragment(self) -> str:
        """Its fragment, which holds the code that runs."""
        return self.own.address("player", 0)

    @cached_property
    def own_start(self) -> str:
        """Its page without a step."""
        return self.own.address("run", 0)

    @cached_property
    def own(self) -> Asked:
        """The same where it is no widget."""
        return replace(self.asked, embedded=None)

    @property
    def api(self) -> str:
        return f"/api/v1/miniatures/{self.entry.slug}/run?{self.asked.printed_at(0)}"

    # What one pastes or keeps.

    @property
    def codes(self) -> list[tuple[str, str, str]]:
        """What to paste elsewhere: (name, text for the step shown, the same with places for a step)."""
        patterns = share.codes(self.origin, self.entry, self.start)
        return [(name, share.filled(pattern, self.asked.step), pattern) for name, pattern in patterns]

    @property
    def files(self) -> list[tuple[str, str, str]]:
        """The same to keep: (name, address for the step shown, pattern)."""
        patterns = share.files(self.entry, self.start)
        return [(name, share.filled(pattern, self.asked.step), pattern) for name, pattern in patterns]

    @cached_property
    def start(self) -> str:
        """The query of what is shown, without a step."""
        return self.asked.beside(self.asked.printed_at(0))


def with_pair(address: str, pair: str) -> str:
    return f"{address}{'&' if '?' in address else '?'}{pair}"

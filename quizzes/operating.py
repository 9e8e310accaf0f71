"""A challenge on its page while it can be answered: the run on the stage, and beside it the one that is saved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from playground.asking.request import Asked, pairs_without, ran, read
from playground.engine.content import Content
from playground.engine.inputs import Invalid
from playground.engine.query import pairs_of
from playground.engine.replays import spelled
from playground.page.player import Player
from quizzes.challenged import found, held_by_value, held_now
from quizzes.sitting import Sitting

START = "from"
"""Stands in the address where the start is wanted though another run is saved; no input may be called so."""


@dataclass(frozen=True)
class Operated:
    """What the page of a challenge shows while it is open."""

    sitting: Sitting
    asked: Asked
    """The run on the stage."""

    @cached_property
    def player(self) -> Player:
        return Player(self.asked)

    @property
    def content(self) -> Content:
        return self.sitting.challenge

    @property
    def value(self) -> str:
        """The run on the stage, as Save sends it."""
        return spelled(self.asked.entry.cls, self.asked.query)

    @property
    def saved(self) -> str:
        """The run that is saved; empty for none."""
        return self.sitting.answer.value or ""

    @property
    def is_saved(self) -> bool:
        """Whether the run on the stage is the one that is saved."""
        return bool(self.saved) and self.saved == self.value

    @cached_property
    def saved_held(self) -> int:
        """How many conditions hold of the one that is saved."""
        return sum(held_now(self.sitting.answer))

    @property
    def checked_held(self) -> int:
        """How many conditions hold of the one that was checked last."""
        return sum(held_by_value(self.sitting.answer).get(self.sitting.checked_last, ()))

    @property
    def saved_address(self) -> str:
        """Where the saved run is put on the stage."""
        return self.sitting.question_address

    @property
    def start_address(self) -> str:
        """Where one begins anew."""
        return f"{self.sitting.question_address}?{START}=start"

    @property
    def playground(self) -> str:
        """The same challenge in the playground."""
        return replace(self.asked, within="").address("run", 0).partition("?")[0]


def operated(sitting: Sitting, text: str) -> tuple[Operated, bool]:
    """The run that a query spells, or where it says nothing of one the saved run, else the start; and whether the page
    has another address by now, as after an action that has been done.

    Takes as many runs as a page of the playground. Raises Gone where there is no such challenge any more.
    """
    entry, challenge = found(sitting.content.miniature, sitting.content.template)
    text, _ = pairs_without(text, "vs")
    bare = is_bare(text)
    told = read(entry, _said(sitting, text) if bare else text, challenge if bare else None)
    asked = replace(ran(told), challenge=challenge, within=sitting.question_address)
    if bare and "step" not in dict(pairs_of(text)):
        # As in a lesson one stands at the end, after all that has been done.
        asked = asked.at(asked.run.last)
    return Operated(sitting, asked), not bare and asked.sound and text != asked.spelled


def is_bare(text: str) -> bool:
    """Whether a query says nothing of a run but, perhaps, a step."""
    try:
        return all(name in ("step", START) for name, _ in pairs_of(text))
    except Invalid:
        return False


def _said(sitting: Sitting, text: str) -> str:
    """The saved run; nothing, which means the start, where that is wanted or none is saved. At the step wanted."""
    pairs = dict(pairs_of(text))
    step = f"step={pairs['step']}" if "step" in pairs else ""
    saved = "" if START in pairs else sitting.answer.value or ""
    return "&".join(part for part in (saved, step) if part)

"""The miniature on the first page: a real run in which it has happened, and what can be done to it next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from django.urls import reverse

from lessons.catalogue import Lesson, lessons
from playground.asking.request import ask
from playground.page.player import Player

SLUG = "hash-ring"
HAPPENED = "do=remove:cleo"
DEEDS = (
    ("Remove bob", "do=remove:bob", "act=remove&act.node=bob"),
    ("Bring cleo back", "do=add:cleo:1", "act=add&act.node=cleo&act.weight=1"),
    ("Add a server", "do=add:eve:1", "act=add&act.node=eve&act.weight=1"),
)
"""The words of a button, what it does next, and the same as its form would send it, which is then played."""


class Deed(NamedTuple):
    """An action on one button: its words, the page that shows it, and the same as a fragment."""

    label: str
    page: str
    fragment: str


@dataclass(frozen=True)
class Hero:
    """The lesson behind it, its player, and what can be done."""

    lesson: Lesson
    player: Player
    deeds: tuple[Deed, ...]

    @property
    def otherwise(self) -> int:
        """What the rule that it is compared with would have moved."""
        return int(self.player.run.outcome["moved_modulo"])

    @property
    def keys(self) -> int:
        return int(self.player.run.outcome["keys"])


@cache  # kept: one
def hero() -> Hero | None:
    """None while the lesson that it leads to does not exist."""
    lesson = lessons().get(SLUG)
    if lesson is None:
        return None
    asked = ask(lesson.entry, HAPPENED)
    shown = asked.at(asked.run.consequence(0))
    deeds = tuple(deed(lesson, shown.step, *told) for told in DEEDS)
    # It stands at the consequence; where there is a script, it is played to it once.
    return Hero(lesson, Player(replace(shown, begins=asked.run.starts[0])), deeds)


def deed(lesson: Lesson, step: int, label: str, what: str, form: str) -> Deed:
    """Opens the run where its action has led; on the page it is played up to there."""
    asked = ask(lesson.entry, f"{HAPPENED}&{what}")
    fragment = f"{reverse('playground:player', args=[lesson.entry.slug])}?{HAPPENED}&step={step}&{form}"
    return Deed(label, asked.address("run", asked.run.consequence(1)), fragment)

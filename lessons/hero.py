"""The miniature on the first page: a real run, and what can be done to it at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from django.urls import reverse

from lessons.catalogue import Lesson, lessons
from playground.asking.request import ask
from playground.page.player import Player

SLUG = "hash-ring"
# All keys are placed, and nothing has been done yet.
SHOWN = "step=21"
DEEDS = (
    ("Remove cleo", "do=remove:cleo", "act=remove&act.node=cleo"),
    ("Add a server", "do=add:eve:1", "act=add&act.node=eve&act.weight=1"),
)
"""The words of a button, the run that it leads to, and the action as its form would send it, which is then played."""


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


@cache  # kept: one
def hero() -> Hero | None:
    """None while the lesson that it leads to does not exist."""
    lesson = lessons().get(SLUG)
    if lesson is None:
        return None
    deeds = tuple(deed(lesson, *told) for told in DEEDS)
    return Hero(lesson, Player(ask(lesson.entry, SHOWN)), deeds)


def deed(lesson: Lesson, label: str, query: str, form: str) -> Deed:
    """Opens the run where its action has led; on the page it is played up to there."""
    asked = ask(lesson.entry, query)
    fragment = f"{reverse('playground:player', args=[lesson.entry.slug])}?{SHOWN}&{form}"
    return Deed(label, asked.address("run", asked.run.consequence(0)), fragment)

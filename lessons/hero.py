"""The miniature on the first page: a real run, and what can be done to it at once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from lessons.catalogue import Lesson, lessons
from playground.asking.request import ask
from playground.page.player import Player

SLUG = "hash-ring"
# All keys are placed, and nothing has been done yet.
SHOWN = "step=21"
DEEDS = (("Remove cleo", "do=remove:cleo"), ("Add a server", "do=add:eve:1"))


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
    deeds = tuple(deed(lesson, label, query) for label, query in DEEDS)
    return Hero(lesson, Player(ask(lesson.entry, SHOWN)), deeds)


def deed(lesson: Lesson, label: str, query: str) -> Deed:
    """Opens the run at the first step of its action."""
    asked = ask(lesson.entry, query)
    return Deed(label, asked.address("run", asked.run.starts[0]), asked.address("player", asked.run.starts[0]))

"""The picture on the first page: one step of a real run, and what can be done to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from lessons.catalogue import Lesson, lessons
from playground.player import Player
from playground.request import ask

SLUG = "hash-ring"
# cleo has just left: one key is on its way, and the figure counts.
SHOWN = "do=remove:cleo&step=27"
DEEDS = (("Remove cleo", "do=remove:cleo"), ("Add a server", "do=add:eve:1"))


@dataclass(frozen=True)
class Hero:
    """The lesson behind the picture, the picture in both layouts, and links that operate it."""

    lesson: Lesson
    player: Player
    deeds: tuple[tuple[str, str], ...]

    @property
    def drawings(self) -> Any:
        return self.player.first_scene


@cache
def hero() -> Hero | None:
    """None while the lesson that it leads to does not exist."""
    lesson = lessons().get(SLUG)
    if lesson is None:
        return None
    deeds = tuple((label, first_step(lesson, query)) for label, query in DEEDS)
    return Hero(lesson, Player(ask(lesson.entry, SHOWN)), deeds)


def first_step(lesson: Lesson, query: str) -> str:
    """The address of the run at the first step of its action."""
    asked = ask(lesson.entry, query)
    return asked.address("run", asked.run.starts[0])

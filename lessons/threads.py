"""Paths as far as they are written: the lessons that exist, in their order, and where one goes on from a lesson."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from lessons.catalogue import Lesson, lessons
from lessons.paths import PATHS, Path

FEWEST = 2
"""Lessons that make a way: with one there is nowhere to go on to."""


class Thread(NamedTuple):
    """A path with those of its lessons that exist."""

    path: Path
    lessons: Sequence[Lesson]

    @property
    def to_come(self) -> int:
        """How many of its lessons are not written yet."""
        return len(self.path.members) - len(self.lessons)

    @property
    def minutes(self) -> int:
        return sum(lesson.front.minutes for lesson in self.lessons)

    def around(self, lesson: Lesson) -> tuple[Lesson | None, Lesson | None]:
        """The lessons before and after one of its own."""
        place = [one.slug for one in self.lessons].index(lesson.slug)
        after = self.lessons[place + 1] if place + 1 < len(self.lessons) else None
        return self.lessons[place - 1] if place else None, after


class Step(NamedTuple):
    """A lesson on one of its paths: where it comes from, where it leads."""

    thread: Thread
    before: Lesson | None
    after: Lesson | None
    other: Thread | None
    """The path to begin where this one ends."""


def threads(known: Mapping[str, Lesson] | None = None) -> list[Thread]:
    """The paths that can be walked, in their order."""
    catalogue = lessons() if known is None else known
    drawn = [Thread(path, [catalogue[slug] for slug in path.members if slug in catalogue]) for path in PATHS]
    return [thread for thread in drawn if len(thread.lessons) >= FEWEST]


def steps(lesson: Lesson) -> list[Step]:
    """A lesson on each of its paths, the first one first."""
    every = threads()
    mine = [thread for thread in every if lesson in thread.lessons]
    return [step(thread, lesson, every) for thread in mine]


def step(thread: Thread, lesson: Lesson, every: Sequence[Thread]) -> Step:
    before, after = thread.around(lesson)
    return Step(thread, before, after, None if after else another(thread, lesson, every))


def another(thread: Thread, lesson: Lesson, every: Sequence[Thread]) -> Thread | None:
    """The next path that begins with another lesson, from the first on again after the last."""
    place = every.index(thread)
    return next((one for one in (*every[place + 1 :], *every[:place]) if one.lessons[0] != lesson), None)


def first_of_another(lesson: Lesson) -> Thread | None:
    """A path to begin, for a lesson that lies on none so far."""
    return next((one for one in threads() if one.lessons[0] != lesson), None)

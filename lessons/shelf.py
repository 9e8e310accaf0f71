"""The list of lessons: what was asked for in its address, and the rows that this leaves."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from lessons.areas import AREAS, BY_NAME
from lessons.catalogue import Lesson, lessons
from lessons.search import LONGEST, Found, matching, near, search
from lessons.threads import Thread, threads

SHORT = 8
"""Minutes of a short lesson, at most."""
LENGTHS = {"short": f"up to {SHORT} min", "long": "longer"}
NAMES = ("area", "path", "length")
"""What can be chosen, as an address and a sentence call it."""


class Option(NamedTuple):
    """One value of a filter: a link that keeps everything else that was asked for."""

    value: str
    label: str
    many: int
    """Lessons that it would leave."""
    address: str
    chosen: bool


class Unknown(NamedTuple):
    """A value that no lesson has, as a sentence; and one that looks like it."""

    sentence: str
    near: str = ""
    address: str = ""


class Filter(NamedTuple):
    """A line of options; the first one is all."""

    name: str
    title: str
    options: Sequence[Option]


class Group(NamedTuple):
    """Rows under one heading: of a path, of an area, or of what lies on no path."""

    name: str
    title: str
    note: str
    lessons: Sequence[Lesson]
    thread: Thread | None = None
    elsewhere: Sequence[Lesson] = ()
    """Lessons of the path whose rows stand under another one."""

    @property
    def minutes(self) -> int:
        return sum(lesson.front.minutes for lesson in self.lessons)


@dataclass(frozen=True)
class Asked:
    """What an address asks for: words, and of each filter one of its values or nothing."""

    words: str = ""
    area: str = ""
    path: str = ""
    length: str = ""

    def holds(self, lesson: Lesson, ways: Mapping[str, Thread]) -> bool:
        """Whether the filters leave this lesson. The words are not looked for here."""
        return (
            (not self.area or lesson.front.area == self.area)
            and (not self.path or lesson in ways[self.path].lessons)
            and (not self.length or (lesson.front.minutes <= SHORT) == (self.length == "short"))
        )

    def but(self, name: str, value: str) -> Asked:
        """The same with another value of one filter."""
        return Asked(**{**self.__dict__, name: value})

    @property
    def address(self) -> str:
        """The one spelling: what is not asked for is not in it."""
        pairs = [("q", self.words[:LONGEST]), *((name, getattr(self, name)) for name in NAMES)]
        query = urlencode([(name, value) for name, value in pairs if value])
        return reverse("lessons:list") + (f"?{query}" if query else "")


class Shelf:
    """The list as one address asks for it."""

    def __init__(self, query: Mapping[str, str], known: Mapping[str, Lesson] | None = None) -> None:
        self.known = lessons() if known is None else known
        self.ways = {thread.path.name: thread for thread in threads(self.known)}
        self.problems: list[Unknown] = []
        values = {name: self.value(name, query.get(name, "").strip()) for name in NAMES}
        # Where one thing cannot be had, all is shown, and nothing is left out for the rest of what was asked.
        self.asked = Asked(query.get("q", "").strip(), **({} if self.problems else values))

    def value(self, name: str, typed: str) -> str:
        """One of the values that there are, or nothing and a sentence."""
        values = dict(self.values(name))
        if typed and typed not in values:
            close = difflib.get_close_matches(typed[:LONGEST], values, 1, 0.5)
            near = (values[close[0]], Asked().but(name, close[0]).address) if close else ()
            self.problems.append(Unknown(f"There is no {name} “{typed[:40]}”.", *near))
        return typed if typed in values else ""

    def values(self, name: str) -> Iterable[tuple[str, str]]:
        """Values and labels of a filter, of which each has a lesson."""
        if name == "path":
            return [(way.path.name, way.path.title) for way in self.ways.values()]
        if name == "length":
            return LENGTHS.items()
        used = {lesson.front.area for lesson in self.known.values()}
        return [(area.name, area.title) for area in AREAS if area.name in used]

    @property
    def is_whole(self) -> bool:
        """Whether nothing was asked for, so that the page is the same as everybody's."""
        return self.asked == Asked() and not self.problems

    @property
    def words(self) -> str:
        return self.asked.words[:LONGEST]

    @property
    def is_cut(self) -> bool:
        return len(self.asked.words) > LONGEST

    @property
    def longest(self) -> int:
        return LONGEST

    @property
    def total(self) -> int:
        return len(self.known)

    @cached_property
    def candidates(self) -> list[Lesson]:
        """The lessons that hold the words, or all of them: what the filters choose from."""
        if not self.asked.words:
            return list(self.known.values())
        hits = matching(self.asked.words)
        return [lesson for slug, lesson in self.known.items() if slug in hits]

    def left(self, asked: Asked) -> list[Lesson]:
        """What the filters leave."""
        return [lesson for lesson in self.candidates if asked.holds(lesson, self.ways)]

    @cached_property
    def shown(self) -> list[Lesson]:
        return self.left(self.asked)

    @cached_property
    def found(self) -> list[Found]:
        """Where words were asked for: the lessons that hold them, the best first."""
        return search(self.asked.words, {lesson.slug for lesson in self.shown})

    @property
    def near(self) -> list[tuple[str, str]]:
        """Words of the lessons to ask for instead, with their addresses."""
        close = [] if self.candidates else near(self.asked.words)
        return [(word, self.asked.but("words", word).address) for word in close]

    @property
    def within(self) -> str:
        """The filters that are used, as the end of a sentence."""
        parts = []
        if self.asked.area:
            parts.append(f"in {BY_NAME[self.asked.area].title}")
        if self.asked.path:
            parts.append(f"on the path “{self.ways[self.asked.path].path.title}”")
        if self.asked.length:
            parts.append("of up to 8 minutes" if self.asked.length == "short" else "of more than 8 minutes")
        return ", ".join(parts)

    @cached_property
    def filters(self) -> list[Filter]:
        return [Filter(name, name.capitalize(), self.options(name)) for name in NAMES]

    def options(self, name: str) -> list[Option]:
        every = [("", "All"), *self.values(name)]
        return [self.option(name, value, label) for value, label in every]

    def option(self, name: str, value: str, label: str) -> Option:
        asked = self.asked.but(name, value)
        return Option(value, label, len(self.left(asked)), asked.address, getattr(self.asked, name) == value)

    @cached_property
    def groups(self) -> list[Group]:
        """The rows: of one path or of one area where that was chosen, else path by path, each lesson once."""
        if self.asked.path:
            way = self.ways[self.asked.path]
            return together([path_group(way, [one for one in way.lessons if one in self.shown])])
        if self.asked.area:
            area = BY_NAME[self.asked.area]
            return together([Group(area.name, area.title, area.question, self.shown)])
        return by_path(self.shown, list(self.ways.values()))


def by_path(shown: Sequence[Lesson], ways: Sequence[Thread]) -> list[Group]:
    """Each lesson under the first of its paths; last, those that lie on none that can be walked."""
    left = {lesson.slug: lesson for lesson in shown}
    made = []
    for way in ways:
        mine = [left.pop(one.slug) for one in way.lessons if one.slug in left]
        here = {one.slug for one in mine}
        made.append(path_group(way, mine, [one for one in way.lessons if one in shown and one.slug not in here]))
    made.append(Group("none", "On no path yet", "Each stands by itself so far.", list(left.values())))
    return together(made)


def path_group(way: Thread, mine: Sequence[Lesson], elsewhere: Collection[Lesson] = ()) -> Group:
    return Group(way.path.name, way.path.title, way.path.promise, mine, way, list(elsewhere))


def together(groups: Iterable[Group]) -> list[Group]:
    """Those that have rows."""
    return [group for group in groups if group.lessons]

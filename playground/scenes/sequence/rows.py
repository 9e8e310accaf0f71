"""Where lanes and rows stand. A row is as high as its words need; of a long story the end is in view."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from playground.scenes.marks import WIDE
from playground.scenes.sequence.parts import Message
from playground.scenes.type import end_cut, width

FALL = 10
"""Units that an arrow falls: travelling takes time."""
PITCH = 46
"""A row with a label over its arrow and a note under it."""
NARROW_ROWS = 6
MOST = {True: 250, False: 240}
"""Units that rows in plain speech may take, wide or not: all that a person acts with fits one screen."""
BREAK = {True: 26, False: 36}
"""Units of a break in time, wide or not: narrow, its words take two lines."""
LINE = 13
"""From a line of words to the next one."""
LINES = 3
"""Lines that words take at most; two, unless a number does not fit otherwise."""


class Told(NamedTuple):
    """Words as they are drawn."""

    lines: tuple[str, ...]
    style: str


class Row(NamedTuple):
    """A message and its words. It reaches from `above` its arrow to `below` it; over that, time may be `torn`."""

    message: Message
    told: Told
    above: float
    below: float
    torn: float = 0

    @property
    def high(self) -> float:
        return self.torn + self.above + self.below


class Places(NamedTuple):
    """The lanes of a sequence in one layout."""

    names: tuple[str, ...]
    layout: str
    window: int
    spoken: bool

    @property
    def wide(self) -> bool:
        return self.layout == WIDE

    @property
    def most(self) -> int:
        """Units that the rows take at most."""
        if self.spoken:
            return MOST[self.wide]
        return PITCH * (self.window if self.wide else min(self.window, NARROW_ROWS))

    @property
    def ends(self) -> tuple[int, int]:
        """The first lane and the last one. Four lanes or more need all the width that a narrow picture has."""
        if self.wide:
            return (84, 654) if self.spoken else (136, 628)
        if len(self.names) < 4:
            return 60, 300
        return (38, 322) if self.spoken else (42, 318)

    @property
    def gap(self) -> float:
        first, last = self.ends
        return (last - first) / max(len(self.names) - 1, 1)

    def x(self, name: str) -> float:
        return self.ends[0] + self.gap * self.names.index(name)

    def row(self, one: Message) -> Row:
        """A message with its words in the room that they have."""
        if not self.spoken:
            return Row(one, Told((), ""), 0, PITCH)
        torn = BREAK[self.wide] if one.silence else 0
        if one.own:
            told = fitted(one.said, self.gap - 18, ("label", "note") if self.wide else ("note",))
            return Row(one, told, 11, 12 + LINE * (len(told.lines) - 1), torn)
        spoken = f"“{one.said}”" if self.wide else one.said
        told = fitted(spoken, self.gap - 13, ("remark", "note") if self.wide else ("note",))
        return Row(one, told, 6 + LINE * len(told.lines), 21, torn)


@lru_cache(512)
def fitted(text: str, room: float, styles: tuple[str, ...]) -> Told:
    """A text on one line, in the first style in which it fits; else on more lines, in the last one."""
    for style in styles:
        if width(text, style) <= room:
            return Told((text,), style)
    style = styles[-1]
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".lstrip()
        if width(longer, style) <= room or not lines[-1] or len(lines) == LINES:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) == 2:
        lines = evenly(text, style)
    return Told(tuple(end_cut(line, style, room) for line in lines), style)


def evenly(text: str, style: str) -> list[str]:
    """Two lines, as alike in length as the words allow."""
    words = text.split(" ")
    halves = [[" ".join(words[:at]), " ".join(words[at:])] for at in range(1, len(words))]
    return min(halves, key=lambda lines: max(width(line, style) for line in lines))


def last_rows(messages: Sequence[Message], places: Places, most: float) -> list[Row]:
    """The rows in view: the last ones, as many as there is room for, one at least. In order."""
    found: list[Row] = []
    left = most
    for row in backwards(messages, places):
        left -= row.high
        if left < 0 and found:
            break
        found.append(row)
    return found[::-1]


def backwards(messages: Sequence[Message], places: Places) -> Iterator[Row]:
    for one in reversed(messages):
        yield places.row(one)


def height_of(messages: Sequence[Message], places: Places) -> int:
    """Units that the rows in view take; all there are, where some do not fit."""
    high = 0.0
    for row in backwards(messages, places):
        high += row.high
        if high > places.most:
            return places.most
    return int(high)

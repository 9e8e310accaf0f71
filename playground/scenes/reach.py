"""Where the things of a finished picture stand, and how far they reach."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from playground.scenes.marks import Mark, Picture
from playground.scenes.type import width

PLACE = re.compile(r"translate\((-?[0-9.]+) (-?[0-9.]+)\)")
GAP = 5
"""Units between a text and what is drawn round it."""


class Reach(NamedTuple):
    """The middle of a thing, and how far it reaches to each side, in units."""

    x: float
    y: float
    across: float
    down: float

    def meets(self, other: Reach) -> bool:
        return abs(self.x - other.x) < self.across + other.across and abs(self.y - other.y) < self.down + other.down

    def holds(self, x: float, y: float) -> bool:
        return abs(self.x - x) < self.across and abs(self.y - y) < self.down

    def within(self, picture: Picture) -> bool:
        across = self.across <= self.x <= picture.width - self.across
        return across and self.down <= self.y <= picture.height - self.down


def reach(picture: Picture, key: str) -> Reach | None:
    """That of the mark at the top with this key; None where it is not in view or has no place of its own."""
    mark = next((mark for mark in picture.marks if mark.key == key and not mark.parent), None)
    return around(picture, mark) if mark else None


def around(picture: Picture, mark: Mark) -> Reach | None:
    """A little more than a thing that stands at the top of its picture; None where it has no place of its own."""
    attrs = dict(mark.attrs)
    if mark.tag == "rect":
        return round_a_box(attrs)
    if mark.tag == "circle" and "cx" in attrs:
        r = float(attrs["r"]) + 4
        return Reach(float(attrs["cx"]), float(attrs["cy"]), r, r)
    return round_a_text(mark, attrs) if mark.tag == "text" else round_a_group(picture, mark, attrs)


def round_a_box(attrs: dict[str, str], x: float = 0, y: float = 0) -> Reach:
    """`x` and `y`: where its group stands."""
    half, high = float(attrs["width"]) / 2, float(attrs["height"]) / 2
    return Reach(x + float(attrs.get("x", 0)) + half, y + float(attrs.get("y", 0)) + high, half + 3, high + 3)


def round_a_text(mark: Mark, attrs: dict[str, str], x: float = 0, y: float = 0) -> Reach:
    """`x` and `y`: where its group stands."""
    wide = width(mark.text, attrs.get("style", "label"))
    start = {"end": wide, "middle": wide / 2}.get(attrs.get("text-anchor", ""), 0)
    return Reach(x + float(attrs["x"]) - start + wide / 2, y + float(attrs["y"]) - 4, wide / 2 + GAP, 10)


def round_a_group(picture: Picture, group: Mark, attrs: dict[str, str]) -> Reach | None:
    """A little more than its disc or its box, where it has one at its own place; else a small ring."""
    place = place_of(attrs)
    if not place:
        return None
    x, y = place
    for part in (mark for mark in picture.marks if mark.parent == group.key):
        told = dict(part.attrs)
        if part.tag == "circle":
            r = float(told["r"]) + 4
            return Reach(x + float(told.get("cx", 0)), y + float(told.get("cy", 0)), r, r)
        if part.tag == "rect":
            return round_a_box(told, x, y)
    return Reach(x, y, 10, 10)


def place_of(attrs: dict[str, str]) -> tuple[float, float] | None:
    """Where a mark has been moved to."""
    moved = PLACE.match(attrs.get("transform", ""))
    return (float(moved[1]), float(moved[2])) if moved else None


def texts(picture: Picture) -> Iterator[Reach]:
    """Where there is something to read."""
    moved = {mark.key: place_of(dict(mark.attrs)) for mark in picture.marks if mark.tag == "g"}
    for mark in picture.marks:
        if mark.tag == "text" and mark.text:
            x, y = moved.get(mark.parent) or (0, 0)
            found = round_a_text(mark, dict(mark.attrs), x, y)
            yield found._replace(across=found.across - GAP, down=6)


def badges(picture: Picture) -> Iterator[Reach]:
    """Where badges and numbered discs stand."""
    groups = {mark.key: place for mark in picture.marks if (place := place_of(dict(mark.attrs)))}
    for mark in picture.marks:
        if mark.tag == "circle" and mark.parent in groups:
            told, (x, y) = dict(mark.attrs), groups[mark.parent]
            r = float(told["r"])
            yield Reach(x + float(told.get("cx", 0)), y + float(told.get("cy", 0)), r, r)

"""Marks: keyed shapes, one level of groups, colours by role. What painters make and everything shows.

A mark's key comes from the domain (`key:user:7`), never from a position in a list. Its tag, parent
and layer never change during a run. Colours are role names (`ink`, `m1`, `fail`); the page resolves
them by class, pictures outside the page by attribute.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

MARKS_AIM = 150
"""Marks a picture should stay within; painters group what would not fit."""

# Paint order: later layers lie on top.
FURNITURE, BAND, EDGE, BOX, TOKEN, LABEL, CROSS, CHANGED = range(8)

NARROW, WIDE, THUMB = "narrow", "wide", "thumb"
LAYOUTS = (NARROW, WIDE)
WIDTH = {NARROW: 360, WIDE: 720, THUMB: 240}


class Mark(NamedTuple):
    """One shape. `attrs` are sorted; `parent` is the key of its group, empty at the top."""

    key: str
    tag: str
    attrs: tuple[tuple[str, str], ...]
    text: str
    parent: str
    layer: int


@dataclass(frozen=True)
class Picture:
    """A painted scene: its size in units, and its marks in paint order."""

    kind: str
    width: int
    height: int
    marks: tuple[Mark, ...]


@lru_cache(4096)
def number(value: float) -> str:
    """A coordinate with at most one decimal, without a trailing zero or a negative zero."""
    text = f"{value:.1f}"
    text = text.removesuffix(".0")
    return "0" if text == "-0" else text


class Sheet:
    """Collects marks in any order and hands them out in paint order.

    Attribute names are written with `_` for `-`. `fill` and `stroke` take role names.
    """

    def __init__(self, kind: str, layout: str, height: int) -> None:
        self.kind, self.layout, self.height = kind, layout, height
        self._marks: dict[str, Mark] = {}

    @property
    def width(self) -> int:
        return WIDTH[self.layout]

    def __len__(self) -> int:
        """Marks so far."""
        return len(self._marks)

    def add(self, key: str, tag: str, layer: int, *, parent: str = "", text: str = "", **attrs: Any) -> str:
        """Add a mark and return its key. An attribute that is None is left out."""
        return self._put(key, tag, layer, parent, text, attrs)

    def _put(self, key: str, tag: str, layer: int, parent: str, text: str, attrs: dict[str, Any]) -> str:
        if key in self._marks:
            raise ValueError(f"two marks have the key {key!r}")
        self._marks[key] = mark_of(key, tag, tuple(attrs.items()), text, parent, layer)
        return key

    def group(self, key: str, layer: int, x: float, y: float, name: str, **attrs: Any) -> str:
        """A thing: a group at a place, with a spoken name."""
        attrs |= {"transform": f"translate({number(x)} {number(y)})", "aria_label": name}
        return self._put(key, "g", layer, "", "", attrs)

    def label(
        self, key: str, x: float, y: float, text: str, style: str, *, parent: str = "", layer: int = LABEL, **attrs: Any
    ) -> str:
        """A text. `style` is one of the type styles: figure, heading, remark, name, label, note, value, tick."""
        attrs |= {"x": x, "y": y, "style": style}
        return self._put(key, "text", layer, parent, text, attrs)

    def path(self, key: str, layer: int, d: Iterable[str] | str, *, parent: str = "", **attrs: Any) -> str:
        """A path; furniture of many lines is one path."""
        attrs["d"] = d if isinstance(d, str) else "".join(d)
        return self._put(key, "path", layer, parent, "", attrs)

    def take(self, part: Sheet) -> None:
        """Add the marks of another sheet: a part that is the same in many frames is painted once."""
        if not self._marks.keys().isdisjoint(part._marks):
            raise ValueError(f"two marks have the keys {sorted(self._marks.keys() & part._marks.keys())}")
        self._marks |= part._marks

    def done(self) -> Picture:
        """The picture."""
        return Picture(self.kind, self.width, self.height, tuple(in_paint_order(self._marks.values())))


PAINTED = attrgetter("layer", "key")
"""What marks are painted in the order of."""


def in_paint_order(marks: Iterable[Mark]) -> list[Mark]:
    """By layer, then key. Groups stand at their layer; the parts of a group follow it in order of their own layer."""
    tops: list[Mark] = []
    parts: dict[str, list[Mark]] = {}
    for mark in sorted(marks, key=PAINTED):
        (parts.setdefault(mark.parent, []) if mark.parent else tops).append(mark)
    if not parts:
        return tops
    return [mark for top in tops for mark in (top, *parts.get(top.key, ()))]


def spelled(attrs: dict[str, str | float | None]) -> tuple[tuple[str, str], ...]:
    """Attributes with their final names and rounded numbers, sorted by name."""
    return in_order(tuple(attrs.items()))


@lru_cache(4096)
def mark_of(
    key: str, tag: str, attrs: tuple[tuple[str, str | float | None], ...], text: str, parent: str, layer: int
) -> Mark:
    """A mark. Most marks of a run are the same from step to step: they are made once, and compare at a glance."""
    return Mark(key, tag, in_order(attrs), text, parent, layer)


def in_order(attrs: tuple[tuple[str, str | float | None], ...]) -> tuple[tuple[str, str], ...]:
    """The same from pairs."""
    found = [
        (name.replace("_", "-"), value if isinstance(value, str) else number(value))
        for name, value in attrs
        if value is not None
    ]
    return tuple(sorted(found))

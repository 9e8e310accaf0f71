"""A value becomes a picture: each kind says here, in its `__init__`, who paints it, and whoever shows one asks here.

A painter knows its value, a value knows no painter: what is there can be read without how it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from playground.scenes.marks import Picture
from playground.scenes.scene import Scene

Value = TypeVar("Value")
Painter = Callable[[Value, str, tuple[int, ...]], Picture]
Thumb = Callable[[Value], Picture]

PAINTERS: dict[type[Any], Painter[Any]] = {}
THUMBS: dict[type[Any], Thumb[Any]] = {}


class Unpainted(LookupError):
    """Nobody has said who paints such a value."""


def paints(value: type[Value], painter: Painter[Value], thumb: Thumb[Value]) -> None:
    """Values of this class are painted by these two."""
    PAINTERS[value], THUMBS[value] = painter, thumb


def paint(scene: Scene, layout: str, room: tuple[int, ...]) -> Picture:
    """The state as marks, for the narrow or the wide layout."""
    return found(PAINTERS, scene)(scene, layout, room)


def thumb(scene: Scene) -> Picture:
    """A small painting of its own, 240 by 150: few marks, no small text."""
    return found(THUMBS, scene)(scene)


Way = TypeVar("Way")


def found(ways: dict[type[Any], Way], scene: Scene) -> Way:
    """What its kind has said."""
    try:
        return ways[type(scene)]
    except KeyError:
        name = type(scene).__name__
        raise Unpainted(f"Nobody paints a {name}. Its module says who does: paints({name}, painted, thumb).") from None

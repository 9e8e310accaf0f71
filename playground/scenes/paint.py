"""A value becomes a picture: each kind says here, in its `__init__`, who paints it, and whoever shows one asks here.

A painter knows its value, a value knows no painter: what is there can be read without how it is drawn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from playground.scenes.marks import Mark, Picture
from playground.scenes.motion import Motion
from playground.scenes.scene import Scene

Value = TypeVar("Value")
Painter = Callable[[Value, str, tuple[int, ...]], Picture]
Thumb = Callable[[Value], Picture]


class Travellers(NamedTuple):
    """Things that move along the ways of a picture: how each kind looks, and where they come in and go out."""

    looks: Callable[[str, str], tuple[Mark, ...]]
    """A look and what stands on it -> its marks around the point where the thing is; an empty text stands for the
    thing's own name."""
    ends: tuple[str, ...]
    """Looks of what is not seen any more where its way ends."""
    door: str = ""
    """The way by which a thing comes in before its first move, and goes out after its last; empty: there is none."""
    under: str = ""
    """The first mark that hides what travels; empty: nothing does."""


class Through(NamedTuple):
    """Marks that grow through the time between two steps, on an axis of time from left to right."""

    grows: tuple[str, ...]
    """What the keys of these paths begin with. Left of now the next step shows them as they are."""
    now: str
    """The mark that stands where now is."""


PICTURES = 128
"""Pictures of a kind that are kept: a long run from its first step to its last, or some that many look at, in both
layouts. A kind keeps them where it takes longer to paint one than to tell that it is the same as before.
"""

PAINTERS: dict[type[Any], Painter[Any]] = {}
THUMBS: dict[type[Any], Thumb[Any]] = {}
TRAVELLERS: dict[type[Any], Travellers] = {}
THROUGH: dict[type[Any], Through] = {}
MOTIONS: dict[type[Any], Motion] = {}


class Unpainted(LookupError):
    """Nobody has said who paints such a value."""


def paints(
    value: type[Value],
    painter: Painter[Value],
    thumb: Thumb[Value],
    travellers: Travellers | None = None,
    through: Through | None = None,
    motion: Motion | None = None,
) -> None:
    """Values of this class are painted by these two; what travels, grows or moves in them is as the others say."""
    PAINTERS[value], THUMBS[value] = painter, thumb
    if travellers:
        TRAVELLERS[value] = travellers
    if through:
        THROUGH[value] = through
    if motion:
        MOTIONS[value] = motion


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

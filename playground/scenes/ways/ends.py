"""Where a way ends: the thing of a finished picture that somebody has named."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from playground.scenes.marks import Mark, Picture
from playground.scenes.reach import Reach, around


class Way(NamedTuple):
    """Where a way ends: the things that it may be, the likeliest first, and the words beside it."""

    ends: tuple[str, ...]
    """Values of `data-pick`, or keys of marks."""
    words: str


def named(picture: Picture, way: Way) -> Iterator[tuple[Mark, Reach]]:
    """The marks of the first of its names that is in view."""
    for name in filter(None, way.ends):
        marks = [mark for mark in picture.marks if name in (mark.key, dict(mark.attrs).get("data-pick"))]
        found = [(mark, reach) for mark in marks if (reach := around(picture, mark))]
        if found:
            yield from found
            return


def end_of(picture: Picture, way: Way) -> Reach | None:
    """The thing at which a way ends; None where it is not in view. Of several of one name a box, or the first."""
    found = [reach for _, reach in named(picture, way)]
    return next((reach for reach in found if reach.across > 2 * found[0].across), found[0]) if found else None

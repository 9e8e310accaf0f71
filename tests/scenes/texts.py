"""What a picture is asked: its marks, where they stand, and whether its texts leave the sheet or meet, by the table of
widths.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from playground.scenes.marks import Picture
from playground.scenes.paint import paint
from playground.scenes.reach import place_of
from playground.scenes.scene import Scene
from playground.scenes.type import STYLES, width

ABOVE, BELOW = 0.72, 0.1
"""How far a text reaches above its base line and below it, in parts of its size."""


def marks(scene: Scene, layout: str) -> dict[str, dict[str, str]]:
    """The attributes of every mark of a scene, by key."""
    return {mark.key: dict(mark.attrs) for mark in paint(scene, layout, scene.room()).marks}


def place(attrs: dict[str, str]) -> tuple[float, float]:
    """Where a group stands."""
    found = place_of(attrs)
    assert found
    return found


class Box(NamedTuple):
    """A text, by the key of its mark."""

    key: str
    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        return not (
            self.right <= other.left or other.right <= self.left or self.bottom <= other.top or other.bottom <= self.top
        )


def boxes(picture: Picture, above: float = ABOVE, below: float = BELOW) -> Iterator[Box]:
    """Every text of a picture."""
    stands = {mark.key: place_of(dict(mark.attrs)) or (0, 0) for mark in picture.marks if mark.tag == "g"}
    for mark in picture.marks:
        if mark.tag != "text":
            continue
        attrs = dict(mark.attrs)
        dx, dy = stands.get(mark.parent, (0, 0))
        x, y = dx + float(attrs["x"]), dy + float(attrs["y"])
        wide, size = width(mark.text, attrs["style"]), STYLES[attrs["style"]][1]
        left = x - {"middle": wide / 2, "end": wide}.get(attrs.get("text-anchor", ""), 0)
        yield Box(mark.key, left, y - above * size, left + wide, y + below * size)


def misplaced(picture: Picture, above: float = ABOVE, below: float = BELOW) -> list[tuple[str, ...]]:
    """Texts that are over the edge of the sheet, and pairs that meet."""
    found = list(boxes(picture, above, below))
    over = [
        (one.key,)
        for one in found
        if one.left < 0 or one.top < 0 or one.right > picture.width or one.bottom > picture.height
    ]
    return over + [(one.key, other.key) for one, other in combinations(found, 2) if one.meets(other)]

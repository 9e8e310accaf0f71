"""One thing of a picture, cut out of it: its marks as the painter of the whole has painted them, and their frame."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property

from playground.scenes.marks import NARROW, Mark, Picture
from playground.scenes.paint import paint
from playground.scenes.scene import Scene

PLACE = re.compile(r"(?:translate\(|^M)(-?[0-9.]+) (-?[0-9.]+)")
"""Where a group has been moved to, or a path begins."""


@dataclass(frozen=True)
class Piece:
    """The marks of a scene with these keys, and what is grouped under them but for one, `without`.

    `frame`, from where the first of them stands, or the mark `at`: how far to the left and upwards, how wide and high.
    """

    scene: Scene
    keys: tuple[str, ...]
    frame: tuple[int, int, int, int]
    at: str = ""
    without: str = ""

    @cached_property
    def whole(self) -> Picture:
        return paint(self.scene, NARROW, self.scene.room())

    @property
    def picture(self) -> Picture:
        """The picture without all other marks."""
        return replace(self.whole, marks=tuple(mark for mark in self.whole.marks if self.holds(mark)))

    def holds(self, mark: Mark) -> bool:
        return (mark.key in self.keys or mark.parent in self.keys) and mark.key != self.without

    @cached_property
    def box(self) -> tuple[float, float, int, int]:
        """Its frame in the picture: left, top, width, height."""
        left, top, wide, high = self.frame
        x, y = stands(next(mark for mark in self.whole.marks if mark.key == (self.at or self.keys[0])))
        return x + left, y + top, wide, high

    @property
    def view(self) -> str:
        return " ".join(f"{value:g}" for value in self.box)


def stands(mark: Mark) -> tuple[float, float]:
    """Where a mark has been moved to, or else where it begins."""
    attrs = dict(mark.attrs)
    if found := PLACE.match(attrs.get("transform") or attrs.get("d", "")):
        return float(found[1]), float(found[2])
    return float(attrs["x"]), float(attrs["y"])

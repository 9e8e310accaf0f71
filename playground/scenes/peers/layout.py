"""Where peers stand. A row (wide) or a column (narrow); a cut moves its two sides apart, across the row.

Messages go along arcs: those towards a later machine on one side of the row, those back on the other; within a
bank, all on the side that is turned away from the cut. A place is (along the row, across it); narrow pictures are
the same turned by a quarter.
"""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import WIDE, number

Place = tuple[float, float]


class Shape(NamedTuple):
    """The measures of a layout: along the row, then across it."""

    first: float
    pitch: float
    middle: float
    apart: float
    half: float
    rise: float
    more: float
    back: float
    height: int
    box: tuple[float, float]


def shape_of(layout: str, count: int) -> Shape:
    far = max(count - 1, 1)
    if layout == WIDE:
        pitch = min(640 / max(count, 1), 190)
        rise, more = 46.0, 40.0
        half = 34 + 40 + (rise + more * (far - 1)) / 2 + 28
        top = 34
        return Shape(
            360 - pitch * (count - 1) / 2,
            pitch,
            top + half,
            40,
            34,
            rise,
            more,
            34,
            round(top + 2 * half + 6),
            (118, 68),
        )
    pitch = 76 if count < 5 else 72
    return Shape(
        72, pitch, 180, 62, 56, 40, 12 if count > 3 else 20, 26, round(72 + pitch * (max(count, 1) - 1) + 46), (112, 58)
    )


class Plan:
    """The places of so many peers in a layout, some of them aside."""

    def __init__(self, layout: str, aside: tuple[bool, ...], cut: bool, count: int) -> None:
        self.wide = layout == WIDE
        self.cut = cut
        self.shape = shape_of(layout, count)
        s = self.shape
        self.at = [
            (s.first + s.pitch * place, s.middle + (0 if not cut else -s.apart if far else s.apart))
            for place, far in enumerate(aside)
        ]

    def turned(self, place: Place) -> Place:
        """As x and y."""
        return place if self.wide else (place[1], place[0])

    def arc(self, one: int, other: int) -> tuple[Place, Place, Place]:
        """From a machine to another: its ends and what bends it."""
        s, way = self.shape, -1 if other > one else 1
        (a, up), (b, down) = self.at[one], self.at[other]
        bend = s.rise + s.more * (abs(other - one) - 1)
        if self.cut and up == down:
            # Within a bank, both ways lie on the side that is turned away from the cut; those back further out.
            bend += s.back if way > 0 else 0
            way = -1 if up < s.middle else 1
        edge = min(up, down) if way < 0 else max(up, down)
        across = edge + way * (s.half + bend)
        return (a, up + way * s.half), ((a + b) / 2, across), (b, down + way * s.half)

    def on_arc(self, one: int, other: int, part: float) -> Place:
        """x and y at a part of the way."""
        (ax, ay), (bx, by), (cx, cy) = self.arc(one, other)
        t, u = part, 1 - part
        return self.turned((u * u * ax + 2 * u * t * bx + t * t * cx, u * u * ay + 2 * u * t * by + t * t * cy))

    def d(self, one: int, other: int) -> str:
        a, b, c = (" ".join(map(number, self.turned(place))) for place in self.arc(one, other))
        return f"M{a}Q{b} {c}"

"""How a body of the map is drawn: a disc, half of it hatched, as path data for SVG."""

from __future__ import annotations

from functools import cache
from math import sqrt
from typing import NamedTuple

LINE = 3
"""Pixels from one line of the hatch to the next."""
RIM = 6
"""Pixels around the disc: room for the arc of what has been read."""


class Disc(NamedTuple):
    """A disc around (0, 0). The hatch lies at its right: the style sheet turns it away from the sun."""

    radius: int
    room: int
    """Half the width of the drawing."""
    wide: int
    ring: int
    """The radius of the arc around it."""
    hatch: str


@cache  # kept: one for each size
def disc(radius: int) -> Disc:
    count = int(radius / LINE)
    heights = [(number + 0.5) * LINE for number in range(-count, count)]
    lines = []
    for y in heights:
        rim = sqrt(max(radius**2 - y**2, 0))
        if rim >= 1:
            # The shadow begins beyond the middle: its edge is half an ellipse, as of a moon.
            lines.append(f"M{0.2 * rim:.1f} {y:g}H{rim:.1f}")
    return Disc(radius, radius + RIM, 2 * (radius + RIM), radius + 4, "".join(lines))

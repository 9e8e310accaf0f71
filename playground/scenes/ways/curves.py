"""Places on a path that is in a picture already."""

from __future__ import annotations

import re
from itertools import pairwise

from playground.scenes.ways.routes import Place

COMMAND = re.compile(r"([MLHVQC])([^A-Za-z]*)")
PARTS = 16
"""Places on a curve."""


def sampled(d: str) -> list[Place]:
    """Places on a path of absolute commands without arcs."""
    found: list[Place] = []
    for letter, told in COMMAND.findall(d):
        numbers = [float(one) for one in told.split()]
        x, y = found[-1] if found else (0.0, 0.0)
        if letter in "HV":
            found.append((numbers[0], y) if letter == "H" else (x, numbers[0]))
        else:
            through = list(zip(numbers[::2], numbers[1::2], strict=True))
            found += (
                [bezier([(x, y), *through], at / PARTS) for at in range(1, PARTS + 1)] if letter in "QC" else through
            )
    return found


def bezier(places: list[Place], t: float) -> Place:
    """The place at a part of a curve, by de Casteljau."""
    while len(places) > 1:
        places = [(ax + (bx - ax) * t, ay + (by - ay) * t) for (ax, ay), (bx, by) in pairwise(places)]
    return places[0]

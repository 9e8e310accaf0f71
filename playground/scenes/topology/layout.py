"""Where everything stands. A fan needs no layout program: rows in order of appearance, and a port of its own for
each edge, so that edges never cross. Narrow is another arrangement: the balancer on top, one trunk down the margin.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from playground.scenes.marks import WIDE, number

ROOMY = 5
"""Up to so many servers, requests are drawn one by one; beyond, those at a server are dots and a count."""


MOST = 8
"""Servers in a picture."""


def places_for(count: int) -> int:
    """So many places a picture of so many servers has: one is free for the next, which lets all others stand where
    they are. Five are as many as are drawn roomily, and eight as there can be: they have none.
    """
    return count if count in (ROOMY, MOST) else max(count + 1, 3)


class Row(NamedTuple):
    """Where a server stands: its box, its tray (from the outer end to the box), and the edge that leads there."""

    x: float
    y: float
    width: float
    height: float
    tray: float
    edge: tuple[tuple[float, float], ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def on_edge(self, part: float) -> tuple[float, float]:
        """The place at a part of the edge's length; of an edge with a corner, its last leg, clear of the others."""
        points = samples(self.edge)
        if len(points) == 3:
            (x, _), (end, y) = points[1:]
            return x + 10 + (end - x - 14) * part, y
        lengths = measured(self.edge)
        goal = part * lengths[-1]
        place = bisect_left(lengths, goal, 1)
        if place < len(points):
            share = (goal - lengths[place - 1]) / max(lengths[place] - lengths[place - 1], 0.001)
            (ax, ay), (bx, by) = points[place - 1], points[place]
            return ax + (bx - ax) * share, ay + (by - ay) * share
        return points[-1]

    def d(self) -> str:
        """The edge as a path: a cubic of four points, or a line with a round corner of three."""
        points = [f"{number(x)} {number(y)}" for x, y in self.edge]
        if len(points) == 4:
            return f"M{points[0]}C{' '.join(points[1:])}"
        (x, _), _, (end, y) = self.edge
        corner = f"Q{number(x)} {number(y)} {number(x + 8)} {number(y)}"
        return f"M{points[0]}V{number(y - 8)}{corner}H{number(end)}"


@lru_cache(256)
def samples(edge: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """A cubic as 33 points; lines as they are."""
    if len(edge) != 4:
        return edge
    found = []
    for step in range(33):
        t = step / 32
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x = sum(share * x for share, (x, _) in zip(weights, edge, strict=True))
        y = sum(share * y for share, (_, y) in zip(weights, edge, strict=True))
        found.append((x, y))
    return tuple(found)


@lru_cache(256)
def measured(edge: tuple[tuple[float, float], ...]) -> tuple[float, ...]:
    """How long an edge is up to each of its samples."""
    lengths = [0.0]
    for (ax, ay), (bx, by) in pairwise(samples(edge)):
        lengths.append(lengths[-1] + ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
    return tuple(lengths)


@lru_cache(64)
def rows(layout: str, count: int) -> tuple[tuple[Row, ...], int]:
    """So many rows, and the height of the picture. The first ones stand where they are, however many follow."""
    roomy = count <= ROOMY
    found = []
    if layout == WIDE:
        pitch, height = (78, 62) if roomy else (51, 43)
        top = 16.0
        total = round(2 * top + pitch * count - (pitch - height))
        for place in range(count):
            y = top + pitch * place
            port = total / 2 + (place - (count - 1) / 2) * (22 if roomy else 14)
            middle = y + height / 2
            cubic = ((310.0, port), (364.0, port), (372.0, middle), (426.0, middle))
            found.append(Row(548, y, 156, height, 430, cubic))
        return tuple(found), total
    pitch, height = (72, 60) if roomy else (58, 44)
    top = 96 if roomy else 132
    for place in range(count):
        y = top + pitch * place
        x = 52.0 - (6 if not roomy else 10) * place * (36 / 40 if roomy else 1)
        edge = ((x, float(top - 18)), (x, y + height / 2), (96.0, y + height / 2))
        found.append(Row(204, y, 144, height, 98, edge))
    return tuple(found), round(top + pitch * count - (pitch - height) + 12)

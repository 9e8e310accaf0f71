"""Arithmetic on a circle: places, dashes, spreading of badges, levels of dots. Turns run clockwise from the top."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import cos, pi, sin
from typing import NamedTuple

from playground.scenes.marks import number

Interval = tuple[float, float]
"""Part of a circle, from one turn (0..1) to a later one (at most 1); never past the top."""


class Circle(NamedTuple):
    """A centre and a radius, in units."""

    x: float
    y: float
    r: float

    def at(self, turn: float) -> tuple[float, float]:
        """The place on the circle at a turn."""
        angle = 2 * pi * turn - pi / 2
        return self.x + self.r * cos(angle), self.y + self.r * sin(angle)

    def to(self, r: float) -> Circle:
        """The concentric circle with another radius."""
        return self._replace(r=r)

    @property
    def length(self) -> float:
        return 2 * pi * self.r

    def d(self) -> str:
        """The circle as a path that starts at the top and runs clockwise, so that dashes are turns."""
        x, r = number(self.x), number(self.r)
        top, bottom = number(self.y - self.r), number(self.y + self.r)
        return f"M{x} {top}A{r} {r} 0 0 1 {x} {bottom}A{r} {r} 0 0 1 {x} {top}"

    def arc(self, start: float, end: float, back: bool = False) -> str:
        """Path commands: from `start` clockwise to `end`; `back`: the other way round."""
        r = number(self.r)
        large = 1 if (start - end if back else end - start) % 1 > 0.5 else 0
        return f"M{point(self.at(start))}A{r} {r} 0 {large} {0 if back else 1} {point(self.at(end))}"

    def spokes(self, turns: Sequence[float], inner: float, outer: float) -> str:
        """Radial lines at the turns, from `inner` to `outer`, as one path."""
        near, far = self.to(inner), self.to(outer)
        return "".join(f"M{point(near.at(turn))}L{point(far.at(turn))}" for turn in turns)


def point(place: tuple[float, float]) -> str:
    return f"{number(place[0])} {number(place[1])}"


def split(start: float, end: float) -> list[Interval]:
    """The interval from `start` clockwise to `end`, cut at the top. Equal ends mean the whole circle."""
    if start < end:
        return [(start, end)]
    return [part for part in ((start, 1.0), (0.0, end)) if part[0] < part[1]]


def dashes(intervals: Sequence[Interval], length: float) -> str:
    """A `stroke-dasharray` that draws exactly the intervals (sorted, disjoint) of a circle of that length."""
    tenths = [(round(start * length * 10), round(end * length * 10)) for start, end in intervals]
    return units(tenths, round(length * 10), 10)


def units(intervals: Sequence[tuple[int, int]], length: int, per: int = 1) -> str:
    """The same for intervals in whole units, `per` of which make one unit of the path's length."""
    edges: list[int] = []
    for first, last in intervals:
        if edges and edges[-1] == first:
            edges[-1] = last
        elif last > first:
            edges += [first, last]
    if not edges:
        return f"0 {number(2 * length / per)}"
    # A dash of no length first, so that the array begins with a gap where the first interval does not start at the top.
    steps = [0, edges[0], *(after - before for before, after in pairwise(edges)), 2 * length]
    return " ".join(number(step / per) for step in steps)


def hatch(intervals: Sequence[Interval], length: float, pitch: float = 5, line: float = 1.1) -> str:
    """A `stroke-dasharray` of short dashes inside the intervals: radial hatching of a thick stroke."""
    strokes: list[Interval] = []
    for start, end in intervals:
        at = start + pitch / 2 / length
        while at + line / length < end:
            strokes.append((at, at + line / length))
            at += pitch / length
    return dashes(strokes, length)


def spread(turns: Sequence[float], gap: float) -> list[float]:
    """Turns moved apart until neighbours are at least `gap` apart, order kept, moving as little as it can.

    Pools of touching neighbours share their displacement (pool adjacent violators). `turns` is sorted.
    """
    count = len(turns)
    if count < 2 or count * gap > 0.98:
        return list(turns)
    # Cut the circle in its widest hole, so that pools need not run around it.
    holes = [(turns[(i + 1) % count] - turns[i]) % 1 for i in range(count)]
    first = (holes.index(max(holes)) + 1) % count
    line = [(turns[(first + i) % count] - turns[first]) % 1 for i in range(count)]
    pools: list[list[float]] = []  # each: sum of (turn - i * gap) over its members, members
    for index, turn in enumerate(line):
        pools.append([turn - index * gap, 1])
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            total, members = pools.pop()
            pools[-1][0] += total
            pools[-1][1] += members
    placed: list[float] = []
    for total, members in pools:
        placed += [total / members + (len(placed) + i) * gap for i in range(int(members))]
    moved = [(turns[first] + turn) % 1 for turn in placed]
    return moved[count - first :] + moved[: count - first]


def levels(turns: Sequence[float], circles: Sequence[Circle], least: float) -> list[int | None]:
    """For each turn (sorted) the first circle on which its dot is `least` units from all before it; None: no room."""
    placed: list[list[float]] = [[] for _ in circles]
    found: list[int | None] = []
    for turn in turns:
        level = None
        for number_, circle in enumerate(circles):
            near = least / circle.length
            there = placed[number_]
            # The dots stand in order: no other is nearer than the last one, or, across the top, the first.
            if not there or (turn - there[-1] >= near and (there[0] - turn) % 1 >= near):
                there.append(turn)
                level = number_
                break
        found.append(level)
    return found

"""In a ring the machine’s way runs inside from the key, clockwise to the point of a server. Mine does too, unless it
ends at the point that lies just before the key: who picks that one has gone the other way round."""

from __future__ import annotations

import re
from math import atan2, hypot, pi
from typing import NamedTuple

from playground.scenes.circle import Circle, point
from playground.scenes.names import escaped, unescaped
from playground.scenes.reach import Reach, around, reach
from playground.scenes.ring.lane import BANDS, INSIDE, along
from playground.scenes.ways.ends import Way
from playground.scenes.ways.plates import HIGH
from playground.scenes.ways.routes import Line, Place, Route, Routes, Seen, Spot, ends_alone

LEADER = re.compile(r"M(\S+) (\S+)L(\S+) ([^M]+)")
EDGE = 9
"""Units from the middle of the key to where its lines begin, clear of its brass ring."""
NEAR = 0.05
"""Turns within which mine is a straight line."""
ASIDE = 9
"""Units between two ways that run beside each other."""


class Point(NamedTuple):
    """A point of a server: its exact turn, and its badge."""

    turn: float
    badge: Reach


class Start(NamedTuple):
    """The key in question, on its band."""

    band: Circle
    lane: Circle
    spot: Place
    turn: float

    def ahead(self, one: Point) -> float:
        """Turns from the key clockwise to a point."""
        return (one.turn - self.turn) % 1

    def away(self, one: Point) -> float:
        return min(self.ahead(one), 1 - self.ahead(one))

    def line(self, one: Point, aside: float = 0, back: bool = False) -> Line:
        """From the inner edge of the ring round the key."""
        inner = self.band.to(hypot(self.spot[0] - self.band.x, self.spot[1] - self.band.y) - EDGE).at(self.turn)
        return Line(*along(self.band, self.lane.to(self.lane.r + aside), inner, self.turn, one.turn, back))

    def straight(self, one: Point) -> Line:
        """To a point so near that a way by the lane would come back upon itself."""
        (x, y), tip = self.spot, self.band.to(self.band.r - 9).at(one.turn)
        far = hypot(tip[0] - x, tip[1] - y)
        out = x + (tip[0] - x) * EDGE / far, y + (tip[1] - y) * EDGE / far
        return Line(f"M{point(out)}L{point(tip)}", tip, out)


def round_the_ring(seen: Seen, machines: Way, mine: Way | None) -> Routes:
    """Where the key or the points have no marks of their own, the ends alone."""
    start, right = start_of(seen), points_of(seen, machines)
    wrong = points_of(seen, mine) if mine else []
    if not start or not right:
        return ends_alone(seen, machines, mine)
    first = min(right, key=start.ahead)
    route = Route(first.badge, start.line(first), outside(start.band, first.badge))
    if not wrong:
        return route, ends_alone(seen, machines, mine)[1]
    last = max((start.ahead(one) for one in all_points(seen)), default=0)
    before = max(wrong, key=start.ahead)
    back = start.ahead(before) >= last and 1 - start.ahead(before) < start.ahead(min(wrong, key=start.ahead))
    other = before if back else min(wrong, key=start.ahead)
    near = (1 - start.ahead(other) if back else start.ahead(other)) < NEAR
    line = start.straight(other) if near else start.line(other, aside(start, first, other, back), back)
    return route, Route(other.badge, line, outside(start.band, other.badge))


def aside(start: Start, first: Point, other: Point, back: bool) -> float:
    """How far mine runs from the lane of the machine’s: nothing where they part at the key for good."""
    if back:
        return -ASIDE if start.ahead(first) + start.away(other) > 1 else 0
    return -ASIDE if start.ahead(other) > start.ahead(first) else ASIDE


def outside(band: Circle, badge: Reach) -> tuple[Spot, ...]:
    """Under a badge in the lower half, or beside it: above it are the band and its line."""
    if badge.y < band.y:
        return ()
    return Spot(badge.x, badge.y + badge.down + HIGH + 2, False), Spot(badge.x + badge.across + 3, badge.y)


def start_of(seen: Seen) -> Start | None:
    band, key = BANDS[seen.layout], reach(seen.picture, seen.asked)
    if not key:
        return None
    return Start(band, band.to(band.r - INSIDE[seen.layout]), (key.x, key.y), turn_of(band, (key.x, key.y)))


def all_points(seen: Seen) -> list[Point]:
    """The points of all servers in the picture."""
    names = {unescaped(mark.key.removeprefix("ticks:")) for mark in seen.picture.marks if mark.key.startswith("ticks:")}
    return [point for name in names for point in points_of(seen, Way((name,), ""))]


def points_of(seen: Seen, way: Way) -> list[Point]:
    """The points of a server. A badge is moved where others are near: the leader that ends at it has its turn."""
    band, picture = BANDS[seen.layout], seen.picture
    for name in way.ends:
        ticks = next((dict(mark.attrs)["d"] for mark in picture.marks if mark.key == f"ticks:{escaped(name)}"), "")
        lines = [tuple(float(one) for one in told) for told in LEADER.findall(ticks)]
        badges = [mark for mark in picture.marks if mark.key.startswith(f"point:{escaped(name)}/") and not mark.parent]
        found = []
        for badge in (one for mark in badges if (one := around(picture, mark))):
            x, y, *_ = min(lines, key=lambda line: hypot(line[2] - badge.x, line[3] - badge.y))
            found.append(Point(turn_of(band, (x, y)), badge))
        if found:
            return found
    return []


def turn_of(circle: Circle, place: Place) -> float:
    """The turn at which a place lies, seen from the middle of a circle."""
    return (atan2(place[1] - circle.y, place[0] - circle.x) / (2 * pi) + 0.25) % 1

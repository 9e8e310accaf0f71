"""Where peers stand: in a row (wide) or under each other (narrow), with clients above or beside them.

Machines next to each other have a lane for each direction between them where there is room; all other ways are arcs on
the side where no client stands, the farther the deeper. A place is (along the row, across it, away from the clients);
narrow pictures are the same turned by a quarter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from playground.scenes.marks import WIDE, number

Place = tuple[float, float]
Curve = tuple[Place, Place, Place, Place]

LANE = 12
"""How far the lanes of a gap lie from its middle."""
ROOMY = 38
"""A gap that has room for what travels in it."""
LINE = 18
"""A client in one line."""


class Shape(NamedTuple):
    """The measures of a layout: box, pitch and first middle along the row, the near edge of boxes across it."""

    box: Place
    pitch: float
    first: float
    edge: float
    shallow: float
    deeper: float
    more: float
    """Room for all clients of a machine but one."""


def shape_of(layout: str, count: int, clients: int, head: int = 0) -> Shape:
    more = LINE * max(clients - 1, 0)
    if layout == WIDE:
        box = {4: 124.0, 5: 108.0}.get(count, 150.0)
        pitch = (676 - box) / max(count - 1, 1)
        edge = 146 + more if clients else 46
        return Shape((box, 84), pitch, 22 + box / 2, edge, 26, 19, more)
    return Shape((74, 130), 114 + more, 73 + more + head, 160, 15, {3: 9.0, 4: 6.5}.get(count, 5), more)


@lru_cache(64)
def plan_of(layout: str, row: tuple[int, ...], tear: int, room: tuple[int, int], head: int = 0) -> Plan:
    """From step to step mostly the same one."""
    return Plan(layout, row, tear, room, head)


class Plan:
    """The places of machines in a layout. `row` says which stands where, `tear` before which place it is cut, `head`
    how much further down a narrow picture begins.
    """

    def __init__(self, layout: str, row: tuple[int, ...], tear: int, room: tuple[int, int], head: int = 0) -> None:
        self.wide, self.row = layout == WIDE, row
        self.shape = s = shape_of(layout, room[0], room[1], head)
        self.place = {who: at for at, who in enumerate(row)}
        self.at = [s.first + s.pitch * self.place[who] for who in range(len(row))]
        self.long, self.across = s.box
        self.gap = s.pitch - self.long
        self.straight = self.gap - (0 if self.wide else s.more) >= ROOMY
        self.tear = self.between(tear) if tear else 0.0
        self.beyond = {who: bool(tear) and at >= tear for who, at in self.place.items()}
        self.far = s.edge + self.across
        levels = 2 * max(room[0] - (2 if self.straight else 1), 0)
        who = range(len(row))
        self.deepest = self.far + (s.shallow + s.deeper * (levels - 1) if levels else 0)
        self.pairs = [(one, other) for one in who for other in who if one != other]
        self.seen = {pair: self.d(*pair) for pair in self.pairs}
        self.travelled = {pair: self.there_and_back(*pair) for pair in self.pairs}

    def between(self, place: int) -> float:
        """The middle of the gap before a place of the row; the clients of the next one are beyond it."""
        s = self.shape
        return s.first + s.pitch * (place - 0.5) - (0 if self.wide else s.more / 2)

    def box(self, who: int) -> tuple[float, float, float, float]:
        """Left, top, width and height of a machine's box."""
        start = self.at[who] - self.long / 2
        if self.wide:
            return start, self.shape.edge, self.long, self.across
        return self.shape.edge, start, self.across, self.long

    def turned(self, place: Place) -> Place:
        """As x and y."""
        return place if self.wide else (place[1], place[0])

    def curve(self, one: int, other: int) -> Curve:
        """From a machine to another."""
        s, (a, b) = self.shape, (self.at[one], self.at[other])
        way = 1 if b > a else -1
        apart = abs(self.place[one] - self.place[other])
        if apart == 1 and self.straight:
            middle = s.edge + self.across / 2 - way * LANE * (1 if self.wide else 2)
            start, end = a + way * self.long / 2, b - way * self.long / 2
            third = (end - start) / 3
            return (start, middle), (start + third, middle), (end - third, middle), (end, middle)
        level = 2 * (apart - (2 if self.straight else 1)) + (way < 0)
        deep = self.far + (s.shallow + s.deeper * level) * 4 / 3
        # Ways to farther machines begin farther inside, so that no two begin at one place.
        side = self.long * max(0.34 - 0.09 * (apart - 1), 0.1) + (3 if way > 0 else 0)
        start, end = a + way * side, b - way * side
        return (start, self.far), (start, deep), (end, deep), (end, self.far)

    def parted(self, one: int, other: int) -> bool:
        """Whether the tear lies between two machines."""
        return self.beyond[one] != self.beyond[other]

    def to_tear(self, curve: Curve) -> Curve:
        """The part of a way up to where it is torn."""
        low, high = 0.0, 1.0
        rises = curve[3][0] > curve[0][0]
        for _ in range(24):
            part = (low + high) / 2
            low, high = (part, high) if (point(curve, part)[0] < self.tear) == rises else (low, part)
        return begun(curve, low)

    def on_way(self, one: int, other: int, part: float) -> Place:
        """x and y at a part of the way. Where it is torn, the tear is its middle, and nothing comes further."""
        curve = self.curve(one, other)
        if not self.parted(one, other):
            return self.turned(point(curve, part))
        return self.turned(point(self.to_tear(curve), min(2 * part, 1)))

    def d(self, one: int, other: int) -> str:
        """The way as it is seen."""
        return self.path(self.curve(one, other))

    def there_and_back(self, one: int, other: int) -> str:
        """The way of what travels. What is lost stops halfway: a torn way goes to the tear, and would lead back."""
        curve = self.curve(one, other)
        if not self.parted(one, other):
            return self.path(curve)
        half = self.to_tear(curve)
        return self.path(half) + self.path(half[::-1])[1 + len(self.spelled(half[-1])) :]

    def path(self, curve: Curve) -> str:
        start, *bends = map(self.spelled, curve)
        return f"M{start}C{' '.join(bends)}"

    def spelled(self, place: Place) -> str:
        return " ".join(map(number, self.turned(place)))


def mixed(one: Place, other: Place, part: float) -> Place:
    return one[0] + (other[0] - one[0]) * part, one[1] + (other[1] - one[1]) * part


def begun(curve: Curve, part: float) -> Curve:
    """A curve up to a part of it, by de Casteljau's halving."""
    a, b, c = (mixed(curve[at], curve[at + 1], part) for at in range(3))
    d, e = mixed(a, b, part), mixed(b, c, part)
    return curve[0], a, d, mixed(d, e, part)


def point(curve: Curve, part: float) -> Place:
    return begun(curve, part)[3]

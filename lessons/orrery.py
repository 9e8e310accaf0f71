"""The map of the first page: areas as bodies on orbits, and what each one says where it stands.

Nothing here is drawn: a body has an orbit, one of 48 places on it, one of six sizes and a side on which its name
stands: classes that `map.css` knows. Places are chosen for the areas that have lessons, so that no name meets
another one and no side is empty, be they six or sixteen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache, cached_property
from math import cos, hypot, pi, sin
from typing import NamedTuple

from lessons.areas import ORBITS, Area
from lessons.catalogue import Lesson, by_area
from lessons.engraving import Disc, disc

PLACES = 48
"""Places on an orbit, from the right and clockwise."""
SIZES = (9, 12, 15, 19, 23, 28)
"""Radii of bodies, in pixels."""
RADII = {
    1: ((290, 170),),
    2: ((200, 118), (360, 224)),
    3: ((150, 92), (262, 162), (372, 232)),
    4: ((118, 72), (202, 125), (287, 178), (372, 232)),
}
"""Half the width and half the height of each orbit, in pixels, by how many there are."""
SUN = 42
SIDES = ("below", "above", "right", "left")
UPPER = ("above", "below", "right", "left")
"""Of a body above the sun the name stands above it, if it can: the hand comes from below."""
SCALES = (1.0, 0.86)
"""The map is drawn in two sizes; its letters stay as large as they are."""
HALF = (434, 290)
"""Half the map."""
PHASES = (5 / 6, 3 / 16, 19 / 48, 7 / 24)
"""Where the first body of each orbit would be, as a part of a turn: elsewhere than that of the next orbit."""
AWAY = 6
"""How many places a body may stand from where it would be if all on its orbit were evenly spread."""
NEAR = 4
"""Pixels between two things that do not touch."""

Box = tuple[float, float, float, float]


class Body(NamedTuple):
    """An area on the map."""

    area: Area
    lessons: Sequence[Lesson]
    orbit: int
    """From the innermost of those that are drawn, which is 1."""
    place: int
    size: int
    """The smallest is 1."""
    side: str
    """Where its name stands."""

    @property
    def minutes(self) -> int:
        return sum(lesson.front.minutes for lesson in self.lessons)

    @property
    def disc(self) -> Disc:
        return disc(SIZES[self.size - 1])

    def boxes(self, orbits: int, scale: float) -> tuple[Box, Box]:
        """What it takes of the map: its disc, and its name with the number of its lessons."""
        across, down = RADII[orbits][self.orbit - 1]
        turn = 2 * pi * self.place / PLACES
        x, y, radius = scale * across * cos(turn), scale * down * sin(turn), SIZES[self.size - 1]
        wide, high = max(7.6 * len(self.area.title), 58), 35
        rim = radius + 4  # around the disc stands the arc of what one has read
        left, top = {
            "below": (x - wide / 2, y + rim),
            "above": (x - wide / 2, y - rim - high),
            "right": (x + rim + 5, y - high / 2),
            "left": (x - rim - 5 - wide, y - high / 2),
        }[self.side]
        return (x - rim, y - rim, x + rim, y + rim), (left, top, left + wide, top + high)


class Orbit(NamedTuple):
    """An orbit that has bodies on it."""

    number: int
    means: str
    across: int
    down: int

    def box(self, scale: float) -> Box:
        """What its name takes, which stands on its upper end."""
        wide, top = 6.6 * len(self.means), -scale * self.down
        return -wide / 2, top - 8, wide / 2, top + 8


class Orrery:
    """The whole map of a catalogue."""

    def __init__(self, found: Sequence[tuple[Area, Sequence[Lesson]]]) -> None:
        self.found = found

    @cached_property
    def orbits(self) -> list[Orbit]:
        """Those that have bodies, the innermost first."""
        used = [means for means in ORBITS if any(area.orbit == means for area, _ in self.found)]
        return [Orbit(number, means, *RADII[len(used)][number - 1]) for number, means in enumerate(used, 1)]

    @property
    def lessons(self) -> int:
        return sum(len(lessons) for _, lessons in self.found)

    def turns(self) -> list[tuple[Body, Body | None, Body | None]]:
        """Every body with the one before it and the one after it, where the handle turns to; of one alone, none."""
        bodies = self.bodies
        if len(bodies) == 1:
            return [(bodies[0], None, None)]
        return [(body, bodies[place - 1], bodies[(place + 1) % len(bodies)]) for place, body in enumerate(bodies)]

    @cached_property
    def bodies(self) -> list[Body]:
        """In the order of the orbits, then of the areas. The outer ones, which have more room, are placed first."""
        most = max((len(lessons) for _, lessons in self.found), default=0)
        placed: dict[str, Body] = {}
        for orbit in reversed(self.orbits):
            here = [one for one in self.found if one[0].orbit == orbit.means]
            for number, (area, lessons) in enumerate(here):
                evenly = round(PLACES * (number / len(here) + PHASES[orbit.number - 1]))
                size = size_of(len(lessons), most)
                tries = [
                    Body(area, lessons, orbit.number, (evenly + off) % PLACES, size, side)
                    for off in sorted(range(-AWAY, AWAY + 1), key=abs)
                    for side in (UPPER if (evenly + off) % PLACES > PLACES / 2 else SIDES)
                ]
                placed[area.name] = self.freest(tries, list(placed.values()))
        order = [area.name for orbit in self.orbits for area, _ in self.found if area.orbit == orbit.means]
        return [placed[name] for name in order]

    def freest(self, tries: Sequence[Body], others: Collection[Body]) -> Body:
        """The first that meets nothing; where all do, the one that does so least."""
        free = (body for body in tries if not self.crowding(body, others))
        return next(free, None) or min(tries, key=lambda body: self.crowding(body, others))

    def crowding(self, body: Body, others: Collection[Body]) -> float:
        """Square pixels that it would share with what is there, in both sizes of the map, or have outside of it.

        Worse is a body behind another one, or behind its name: the hand that leads to it would cross that.
        """
        return sum(self.crowded(body, others, scale) for scale in SCALES)

    def crowded(self, body: Body, others: Collection[Body], scale: float) -> float:
        """The same in one size. Its disc may lie on the name of its own orbit as little as on others'."""
        boxes = body.boxes(len(self.orbits), scale)
        taken: list[Box] = [(-SUN, -SUN, SUN, SUN), *(orbit.box(scale) for orbit in self.orbits)]
        taken += [box for other in others for box in other.boxes(len(self.orbits), scale)]
        crossed = sum(crosses(boxes[0], other.boxes(len(self.orbits), scale)[0]) for other in others)
        crossed += is_on_its_way(*boxes)
        return 500 * crossed + sum(outside(mine, scale) + sum(shared(mine, box) for box in taken) for mine in boxes)


@cache  # kept: one
def orrery() -> Orrery:
    """The map of what there is."""
    return Orrery(by_area())


def size_of(count: int, most: int) -> int:
    """By its disc: four times the lessons, twice as wide, as far as six sizes can say it."""
    wanted = SIZES[-1] * (count / most) ** 0.5
    return min(range(1, len(SIZES) + 1), key=lambda size: abs(SIZES[size - 1] - wanted))


def shared(one: Box, other: Box) -> float:
    """Square pixels of two boxes that lie on each other, or nearly."""
    wide = min(one[2], other[2]) - max(one[0], other[0]) + NEAR
    high = min(one[3], other[3]) - max(one[1], other[1]) + NEAR
    return max(wide, 0) * max(high, 0)


def crosses(one: Box, other: Box) -> bool:
    """Whether the hand that leads from the sun to one of two discs crosses the other."""
    (x1, y1, r1), (x2, y2, r2) = round_of(one), round_of(other)
    far1, far2 = hypot(x1, y1), hypot(x2, y2)
    along = (x1 * x2 + y1 * y2) / max(far1, far2)
    aside = abs(x1 * y2 - x2 * y1) / max(far1, far2)
    return along > 0 and aside < (r1 if far1 < far2 else r2)


def is_on_its_way(disc: Box, name: Box) -> bool:
    """Whether the hand that leads to a disc crosses the name beside it."""
    x, y, _ = round_of(disc)
    points = ((x * part / 40, y * part / 40) for part in range(40))
    return any(name[0] < at < name[2] and name[1] < down < name[3] for at, down in points)


def round_of(box: Box) -> tuple[float, float, float]:
    """The middle of a disc, and its radius."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, (box[2] - box[0]) / 2


def outside(box: Box, scale: float) -> float:
    """How far a box reaches beyond the map, as if each pixel were a name on a name."""
    across, down = scale * HALF[0], scale * HALF[1]
    return 1000 * max(-across - box[0], box[2] - across, -down - box[1], box[3] - down, 0)

"""In a timeline a way leads out of the moment that is asked about to a lane."""

from __future__ import annotations

import re
from typing import NamedTuple

from playground.scenes.marks import NARROW, WIDE, Picture, number
from playground.scenes.reach import Reach, reach
from playground.scenes.ways.ends import Way, named
from playground.scenes.ways.plates import HIGH, half
from playground.scenes.ways.routes import Line, Place, Route, Routes, Seen, Spot, ends_alone

CROSS = re.compile(r"M(\S+) (\S+)L(\S+) (\S+?)M\S+ \S+L\S+ [^M]+")
LONG = {WIDE: 34, NARROW: 22}
"""Layout -> units from a moment to the tip of a line."""
LOW = 7
"""Half the height of a ring round the name of a lane, in units: its neighbours are close."""


class Lane(NamedTuple):
    """A lane by its name: the key of its group, and where the name stands."""

    group: str
    name: Reach


def out_of_a_moment(seen: Seen, machines: Way, mine: Way | None) -> Routes:
    """To the lanes of the lowest group, which is the latest; without a moment their names alone are ringed."""
    right, wrong = lane_of(seen.picture, machines), lane_of(seen.picture, mine) if mine else None
    if not right and not wrong:
        return ends_alone(seen, machines, mine)
    found = [one for one in (right, wrong) if one]
    start = place_of_moment(seen, found[0].group)
    apart = 2 * HIGH + 1 - abs(found[0].name.y - found[-1].name.y) if len(found) == 2 else 0
    routes = []
    for lane, way, other in ((right, machines, wrong), (wrong, mine, right)):
        nudge = 0.0
        if lane and other and apart > 0:
            nudge = apart / 2 if lane.name.y > other.name.y else -apart / 2
        routes.append(lane and way and route(seen, start, lane, 2 * half(way.words), nudge))
    return routes[0] or None, routes[1] or None


def lane_of(picture: Picture, way: Way) -> Lane | None:
    """Where the name of a lane stands that a way ends at; of several groups in the lowest."""
    found = [
        Lane(mark.key.removeprefix("lane:").removesuffix(f"/{dict(mark.attrs).get('data-pick')}/name"), reach)
        for mark, reach in named(picture, way)
    ]
    lane = max(found, key=lambda lane: lane.name.y, default=None)
    return lane._replace(name=lane.name._replace(down=LOW)) if lane else None


def place_of_moment(seen: Seen, group: str) -> Place | None:
    """The asked thing, where there is one in the picture; else the last cross of a group."""
    if thing := reach(seen.picture, seen.asked):
        return thing.x, thing.y
    crosses = [
        cross
        for mark in seen.picture.marks
        if mark.key.endswith("/cross") and mark.key.startswith((f"moment:{group}/", f"moments:{group}/"))
        for cross in CROSS.findall(dict(mark.attrs)["d"])
    ]
    found = [((float(a) + float(c)) / 2, (float(b) + float(d)) / 2) for a, b, c, d in crosses]
    return max(found, default=None)


def route(seen: Seen, start: Place | None, lane: Lane, wide: float, nudge: float) -> Route:
    """`wide`: the width of its plate, which stands at the tip; to the left of the moment where there is more room."""
    if not start:
        return Route(lane.name)
    (x, y), goal = start, lane.name.y
    long: float = LONG[seen.layout]
    # What has happened since the moment is not covered, where there is room beyond it.
    wanted = (max(long, since(seen.picture, x) + 12), long)
    room = [one for one in wanted if x + one + wide + 6 <= seen.picture.width]
    ahead, long = (1, room[0]) if room else (-1, long)
    tip, out = (x + ahead * long, goal), x + ahead * 7
    d = (
        f"M{number(out)} {number(y)}C{number(out + ahead * long / 2)} {number(y)} "
        f"{number(tip[0] - ahead * long / 2)} {number(goal)} {number(tip[0])} {number(goal)}"
    )
    spot = Spot(tip[0] + 3 if ahead > 0 else tip[0] - 3 - wide, goal + nudge)
    return Route(lane.name, Line(d, tip, (tip[0] - ahead * 10, goal)), (spot,))


def since(picture: Picture, x: float) -> float:
    """Units from a place on the axis to the line of now."""
    now = next((mark for mark in picture.marks if mark.key == "changed"), None)
    return float(dict(now.attrs)["d"][1:].split()[0]) - x if now else 0

"""In a topology a way leads from the balancer along the edge to a server."""

from __future__ import annotations

from itertools import pairwise
from math import hypot

from playground.scenes.circle import point
from playground.scenes.marks import Picture
from playground.scenes.names import escaped
from playground.scenes.reach import place_of
from playground.scenes.ways.curves import sampled
from playground.scenes.ways.ends import Way, named
from playground.scenes.ways.routes import Line, Place, Route, Routes, Seen, ends_alone

CLEAR = 15
"""Units round the middle of a request that stay free, so that its number can be read."""
STEP = 2
"""Units from one place of a line to the next, where it is broken."""


def along_the_edges(seen: Seen, machines: Way, mine: Way | None) -> Routes:
    """The lines end where the edges do, before what waits for the server."""
    right, wrong = ends_alone(seen, machines, mine)
    picture = seen.picture
    return right and with_line(picture, machines, right), wrong and mine and with_line(picture, mine, wrong)


def with_line(picture: Picture, way: Way, route: Route) -> Route:
    name = next((dict(mark.attrs).get("data-pick") for mark, _ in named(picture, way)), None)
    edge = next((mark for mark in picture.marks if mark.key == f"edge:{escaped(name or '')}"), None)
    if not edge:
        return route
    line = sampled(dict(edge.attrs)["d"])
    return route._replace(line=Line(broken(line, requests(picture)), line[-1], line[-2]))


def requests(picture: Picture) -> list[Place]:
    """Where the requests stand that are drawn by themselves."""
    groups = [dict(mark.attrs) for mark in picture.marks if mark.key.startswith("request:") and mark.tag == "g"]
    return [place for attrs in groups if (place := place_of(attrs))]


def broken(line: list[Place], discs: list[Place]) -> str:
    """A line through these places, with a gap round each disc."""
    d, drawn = [], False
    for place in dense(line):
        clear = all(hypot(place[0] - x, place[1] - y) >= CLEAR for x, y in discs)
        if clear or place in (line[0], line[-1]):
            d.append(f"{'L' if drawn else 'M'}{point(place)}")
        drawn = clear
    return "".join(d)


def dense(line: list[Place]) -> list[Place]:
    """The same line with more places on it."""
    found = [line[0]]
    for (ax, ay), (bx, by) in pairwise(line):
        parts = max(round(hypot(bx - ax, by - ay) / STEP), 1)
        found += [(ax + (bx - ax) * at / parts, ay + (by - ay) * at / parts) for at in range(1, parts)] + [(bx, by)]
    return found

"""A way as it is drawn: what it ends at, the line that leads there, and where its name may stand."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import BAND, BOX, EDGE, Picture, Sheet
from playground.scenes.reach import Reach
from playground.scenes.shapes import head
from playground.scenes.ways.ends import Way, end_of

MINE, MACHINES = "mine", "machines"
PENS = {MINE: "fail", MACHINES: "brass-line"}

Place = tuple[float, float]


class Seen(NamedTuple):
    """A finished picture, its layout, and the key of the mark that is asked about, empty for none."""

    picture: Picture
    layout: str
    asked: str


class Spot(NamedTuple):
    """A place for a name: its middle, or its left end."""

    x: float
    y: float
    start: bool = True


class Line(NamedTuple):
    """A line to the end of a way, as path commands; its tip, and a place from which it comes to it."""

    d: str
    tip: Place
    bend: Place


class Route(NamedTuple):
    end: Reach
    line: Line | None = None
    spots: tuple[Spot, ...] = ()
    """Places for its name that are better than those round its end, the best first."""


Routes = tuple[Route | None, Route | None]
"""The machine’s, and mine; None where its end is not in view."""


def ends_alone(seen: Seen, machines: Way, mine: Way | None) -> Routes:
    """Without lines: in any picture."""
    right, wrong = end_of(seen.picture, machines), end_of(seen.picture, mine) if mine else None
    return Route(right) if right else None, Route(wrong) if wrong else None


def draw(sheet: Sheet, name: str, route: Route) -> None:
    """The line and the ring round its end: mine is dashed."""
    pen, dash = PENS[name], "6 4" if name == MINE else None
    if route.line:
        d, tip, bend = route.line
        sheet.path(f"{name}/line/under", BAND, d, fill="none", stroke="sheet", stroke_width=6)
        sheet.path(
            f"{name}/line", EDGE, d, fill="none", stroke=pen, stroke_width=2.25, stroke_dasharray=dash,
            stroke_linejoin="round",
        )  # fmt: skip
        sheet.path(f"{name}/line/head", EDGE, head(*tip, *bend), fill=pen)
    end = route.end
    sheet.add(
        name, "rect", BOX, x=end.x - end.across, y=end.y - end.down, width=2 * end.across, height=2 * end.down,
        rx=end.down if end.across == end.down else 6, fill="none", stroke=pen, stroke_width=2.25,
        stroke_dasharray="4 3" if dash else None,
    )  # fmt: skip

"""In a table a way is a thread in the left margin, from what is asked about down or up to a row."""

from __future__ import annotations

from playground.scenes.marks import NARROW, WIDE, number
from playground.scenes.reach import Reach, reach
from playground.scenes.ways.ends import Way
from playground.scenes.ways.routes import Line, Routes, Seen, Spot, ends_alone

TITLE = "rows/title"
"""Where the threads begin when what is asked about is no row."""
LANES = {WIDE: (8.0, 18.0), NARROW: (7.0, 14.0)}
"""Layout -> units from the rows to the thread of the nearer row, and to the other, between the brackets of a table."""
CORNER = 5
"""Radius of a corner, in units."""


def down_the_margin(seen: Seen, machines: Way, mine: Way | None) -> Routes:
    """The thread to the farther row runs outside the other, so that they do not cross; the names stand by the title."""
    right, wrong = ends_alone(seen, machines, mine)
    title, row = reach(seen.picture, TITLE), reach(seen.picture, seen.asked)
    start = row or title
    if not title or not start:
        return right, wrong
    lanes = LANES[seen.layout]
    rows = [one for one in (right, wrong) if one and beside(one.end, title) and one.end.y != start.y]
    near = sorted(rows, key=lambda one: abs(one.end.y - start.y))
    spots = tuple(Spot(x, title.y) for x in range(round(title.x + title.across) + 2, seen.picture.width, 4))
    found = {one: one._replace(line=thread(start, one.end, lanes[at]), spots=spots) for at, one in enumerate(near)}
    return right and found.get(right, right), wrong and found.get(wrong, wrong)


def beside(end: Reach, title: Reach) -> bool:
    """Whether a row is one of the table under this title: of two tables the second has no margin of its own."""
    return abs((end.x - end.across) - (title.x - title.across)) < CORNER


def thread(start: Reach, end: Reach, lane: float) -> Line:
    """Out to the left, along the margin, and in to the row."""
    left, edge = start.x - start.across, end.x - end.across
    x, tip = edge - lane, (edge - 1, end.y)
    turn = CORNER if end.y > start.y else -CORNER
    d = (
        f"M{number(left)} {number(start.y)}H{number(x + CORNER)}Q{number(x)} {number(start.y)} "
        f"{number(x)} {number(start.y + turn)}V{number(end.y - turn)}Q{number(x)} {number(end.y)} "
        f"{number(x + CORNER)} {number(end.y)}H{number(tip[0])}"
    )
    return Line(d, tip, (x, end.y))

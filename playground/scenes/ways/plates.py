"""The name of a way on a plate, where it covers least."""

from __future__ import annotations

from collections.abc import Sequence

from playground.scenes.marks import CHANGED, Picture, Sheet
from playground.scenes.reach import GAP, Reach
from playground.scenes.type import middle_cut, width
from playground.scenes.ways.routes import MINE, Route

LONGEST = 160
"""Units that a name may take."""
HIGH = 9
"""Half the height of a plate, in units."""


def shown(words: str) -> str:
    """A name, as far as there is room for it."""
    return middle_cut(words, "name", LONGEST)


def half(words: str) -> float:
    """Half the width of a plate, in units."""
    return width(shown(words), "name") / 2 + GAP


def plate(
    sheet: Sheet, picture: Picture, name: str, route: Route, words: str, taken: Sequence[Reach], read: Sequence[Reach]
) -> Reach:
    """The words of a way: inside the picture, off what is taken where that can be, and over as few texts as can be.

    `taken`: the ends, the other plate. `read`: what the picture has to read.
    """

    def covers(one: Reach) -> tuple[int, int]:
        return sum(one.meets(other) for other in taken), sum(one.meets(other) for other in read)

    wanted = [one for one in places(picture, route, half(words)) if one.within(picture)]
    chosen = min(wanted, key=covers)
    role = "fail" if name == MINE else "brass"
    x, y = chosen.x - chosen.across, chosen.y - HIGH
    sheet.add(f"{name}/plate", "rect", CHANGED, x=x, y=y, width=2 * chosen.across, height=2 * HIGH, rx=3, fill=role)
    sheet.label(
        f"{name}/words", chosen.x, y + 13.5, shown(words), "name", fill="sheet", text_anchor="middle", layer=CHANGED
    )
    return chosen


def places(picture: Picture, route: Route, across: float) -> list[Reach]:
    """Where a plate may stand, the best first; some are inside every picture that a plate fits into."""
    end = route.end
    at = min(max(end.x, across + 2), picture.width - across - 2)
    beside = end.across + across + 3
    above, below = max(end.y - end.down - HIGH - 2, HIGH), min(end.y + end.down + HIGH + 2, picture.height - HIGH)
    stacked = [Reach(at, above, across, HIGH), Reach(at, below, across, HIGH)]
    sides = [Reach(end.x + beside, end.y, across, HIGH), Reach(end.x - beside, end.y, across, HIGH)]
    wanted = [Reach(spot.x + across * spot.start, spot.y, across, HIGH) for spot in route.spots]
    rows = (end.y - end.down - HIGH, end.y + end.down + HIGH)
    corners = [Reach(end.x + far, y, across, HIGH) for y in rows for far in (beside, -beside)]
    slid = [Reach(at + part * across, y, across, HIGH) for y in (above, below) for part in (-1, -0.5, 0.5, 1)]
    # What is much wider than high stands in a list: above and below it are others.
    near = [*sides, *stacked] if end.across > 1.5 * end.down else [*stacked, *sides]
    return [*wanted, *near, *corners, *slid]

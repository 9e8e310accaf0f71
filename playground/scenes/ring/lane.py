"""A way inside a ring: from a key inwards, along a lane, and out to a point."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes import circle as round_
from playground.scenes.circle import Circle
from playground.scenes.marks import NARROW, WIDE

BANDS = {WIDE: Circle(222, 212, 140), NARROW: Circle(180, 172, 104)}
"""Layout -> the band of a ring."""

INSIDE = {WIDE: 56, NARROW: 39}
"""Layout -> how far inside the band a way runs, clear of the keys."""


class Along(NamedTuple):
    """Path commands, their last place, and the place from which they come to it."""

    d: str
    tip: tuple[float, float]
    bend: tuple[float, float]


def along(band: Circle, lane: Circle, spot: tuple[float, float], start: float, end: float, back: bool = False) -> Along:
    """From `spot`, at the turn `start`, clockwise to the tick at the turn `end`; `back`: the other way round."""
    span = (start - end if back else end - start) % 1
    tip, bend = band.to(band.r - 9).at(end), lane.at(end)
    if span < 0.2:
        near, far = lane.at(start), bend
        curve = f"C{round_.point(near)} {round_.point(far)} {round_.point(tip)}"
    else:
        # Round the two corners: a tenth of a turn is more than enough room for both.
        ease = (-9 if back else 9) / lane.length
        first, last = lane.arc(start + ease, end - ease, back)[1:].split("A")
        into = f"Q{round_.point(lane.at(start))} {first}A{last}"
        curve = f"{into}Q{round_.point(bend)} {round_.point(band.to(lane.r + 9).at(end))}L{round_.point(tip)}"
    return Along(f"M{round_.point(spot)}{curve}", tip, bend)

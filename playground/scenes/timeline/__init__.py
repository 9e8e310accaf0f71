"""Timeline: lanes of spans over one axis of time, in groups that compare the same things under other rules.

SCENES: one axis for all groups, the same lanes in the same order; connect is a ticked bar, waiting a
whisker, arriving solid, held back hatched in the colour of failure, not sent yet dots. A moment is a
dashed vertical; the total is a flag; now is a brass line.
"""

from playground.scenes.motion import DRAWN, FADES, FILLED, LANDS, Coming, Motion
from playground.scenes.paint import Through, paints
from playground.scenes.timeline.kinds import ARRIVING, CONNECT, HELD, PIECE, REST, UNSENT, WAITING
from playground.scenes.timeline.painter import painted
from playground.scenes.timeline.thumb import thumb
from playground.scenes.timeline.value import Grip, Group, Lane, Moment, Piece, Span, Timeline

__all__ = [
    "ARRIVING", "CONNECT", "HELD", "PIECE", "REST", "UNSENT", "WAITING",
    "Grip", "Group", "Lane", "Moment", "Piece", "Span", "Timeline",
]  # fmt: skip

MOTION = Motion(
    "Bars grow to the right with the clock, and the brass line stands where now is.",
    (
        Coming("changed", FADES),
        Coming("lane:", FILLED),
        Coming("packet:", FILLED),
        Coming("group:", LANDS, "/total"),
        Coming("group:", LANDS, "/flag"),
        Coming("group:", LANDS, "/words"),
        Coming("group:", FILLED),
        Coming("moment:", LANDS, "/words"),
        Coming("moment:", LANDS, "/cross"),
        Coming("moment:", DRAWN),
    ),
)

paints(Timeline, painted, thumb, through=Through(grows=("lane:", "group:", "packet:"), now="changed"), motion=MOTION)

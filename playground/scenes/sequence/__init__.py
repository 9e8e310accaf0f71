"""Sequence: who says what to whom, in order. Time runs down; lanes never change places.

SCENES: a row for each message, in order of sending; arrows fall, since travelling takes time; a longer story is a
window around its end. Gaps of time are not to scale, so each row prints its time. A lifeline is solid while somebody
works and hollow while somebody waits. What the talk is about may stand under it as one bar (`Stock`).
"""

from playground.scenes.motion import DRAWN, FADES, LANDS, PARTS, Coming, Motion
from playground.scenes.paint import Travellers, paints
from playground.scenes.sequence.painter import painted
from playground.scenes.sequence.parts import LOST, WAITS, WORKS, Lane, Level, Message, Stock
from playground.scenes.sequence.thumb import look, thumb
from playground.scenes.sequence.value import Sequence

__all__ = ["LOST", "WAITS", "WORKS", "Lane", "Level", "Message", "Sequence", "Stock"]

MOTION = Motion(
    "An arrow is drawn from who sends to who receives, and its words come with it; what was said before moves up.",
    (
        Coming("changed", DRAWN, anew=True),
        Coming("lane:", DRAWN, f"/{WORKS}"),
        Coming("lane:", DRAWN, f"/{WAITS}"),
        Coming("lane:", DRAWN, "/hollow"),
        Coming("level:", LANDS),
        Coming("msg:", PARTS),
        Coming("did:", PARTS),
        Coming("", DRAWN, "/line"),
        Coming("", LANDS, "/head"),
        Coming("", LANDS, "/cross"),
        Coming("", FADES, "/label"),
        Coming("", FADES, "/note"),
        Coming("", FADES, "/time"),
    ),
)

paints(Sequence, painted, thumb, Travellers(look, ends=("data", "done", "fail", "other")), motion=MOTION)

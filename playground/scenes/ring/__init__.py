"""Ring: servers and keys on one circle of positions; arcs show who owns what.

Arcs that an owner has inherited in this action are hatched, so that the whole lesson is visible without
one key. Keys never move (their hash is fixed); arcs and badges do.
"""

from playground.scenes.motion import DRAWN, FADES, FILLED, LANDS, LEFT, Coming, Motion
from playground.scenes.paint import paints
from playground.scenes.ring.painter import painted
from playground.scenes.ring.thumb import thumb
from playground.scenes.ring.value import Key, Ring, Server, Way

__all__ = ["Key", "Ring", "Server", "Way"]

MOTION = Motion(
    "Arcs sweep to where their owner now ends, badges spread, bars grow, and the way of a key is drawn to its owner.",
    (
        Coming("way", LANDS, "/head", anew=True),
        Coming("way", DRAWN, anew=True),
        Coming("arc:", DRAWN),
        Coming("row:", FILLED, "/gained"),
        Coming("row:", FILLED, "/kept"),
        Coming("row:", LEFT),
        Coming("hatch:", FILLED),
        Coming("key:", FADES),
    ),
)

paints(Ring, painted, thumb, motion=MOTION)

"""Pool: pages of a disk on their shelves, the frames of memory into which they come, the plan that asks for them."""

from playground.scenes.motion import BELOW, DRAWN, FADES, FILLED, LANDS, LEFT, Coming, Motion
from playground.scenes.paint import paints
from playground.scenes.pool.painter import painted
from playground.scenes.pool.thumb import thumb
from playground.scenes.pool.value import Disk, Frame, Pool

__all__ = ["Disk", "Frame", "Pool"]

MOTION = Motion(
    "The scan goes from page to page on the shelf; a page that comes from there is drawn up into its frame.",
    (
        Coming("way/under", FADES, anew=True),
        Coming("way", DRAWN, anew=True),
        Coming("frame:", LANDS),
        Coming("disk:", FILLED, "/seen"),
        Coming("edge:", DRAWN),
        Coming("node:", LEFT),
        Coming("part:", LEFT),
        Coming("bars:", DRAWN),
        Coming("reader", BELOW),
        Coming("word", LANDS),
        Coming("question", FADES),
    ),
)

paints(Pool, painted, thumb, motion=MOTION)

"""Pool: frames of memory that hold pages, the clock hand over them, and all pages on disk below."""

from playground.scenes.motion import BELOW, FADES, FILLED, Coming, Motion
from playground.scenes.paint import paints
from playground.scenes.pool.painter import painted
from playground.scenes.pool.thumb import thumb
from playground.scenes.pool.value import Disk, Frame, Pool

__all__ = ["Disk", "Frame", "Pool"]

MOTION = Motion(
    "A page comes up from the disk into its frame.",
    (Coming("frame:", BELOW), Coming("disk:", FADES, "/now", anew=True), Coming("disk:", FILLED)),
)

paints(Pool, painted, thumb, motion=MOTION)

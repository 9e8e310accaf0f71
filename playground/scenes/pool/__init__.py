"""Pool: frames of memory that hold pages, the clock hand over them, and all pages on disk below."""

from playground.scenes.paint import paints
from playground.scenes.pool.painter import painted
from playground.scenes.pool.thumb import thumb
from playground.scenes.pool.value import Disk, Frame, Pool

__all__ = ["Disk", "Frame", "Pool"]

paints(Pool, painted, thumb)

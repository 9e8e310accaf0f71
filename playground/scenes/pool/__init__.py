"""Pool: frames of memory that hold pages, the clock hand over them, and all pages on disk below."""

from playground.scenes.pool.value import Disk, Frame, Pool

__all__ = ["Disk", "Frame", "Pool"]

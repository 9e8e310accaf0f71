"""Log: batches in the order of their offsets, newest right; segments, the sparse index below, readers above.

The older end is torn off. What a reader has not read yet is a row of hollow cells, so a backlog is seen as
length. A look-up goes from the index entry up to its batch, and from there forward in hops.
"""

from playground.scenes.log.painter import painted
from playground.scenes.log.thumb import thumb
from playground.scenes.log.value import Cell, Entry, Log, LookUp, Reader, Stretch
from playground.scenes.paint import paints

__all__ = ["Cell", "Entry", "Log", "LookUp", "Reader", "Stretch"]

paints(Log, painted, thumb)

"""Bytes: a run of cells, a part of it picked out, its bits, and the values that follow from it.

SCENES: all cells in one row if they fit, else rows of eight (a multiple of eight when wide); offsets under
every second cell; a picked run is tinted and is copied down as bits; the source stays.
"""

from playground.scenes.bytes.painter import painted
from playground.scenes.bytes.thumb import thumb
from playground.scenes.bytes.value import Bytes, Nibble, Value, Verdict
from playground.scenes.paint import paints

__all__ = ["Bytes", "Nibble", "Value", "Verdict"]

paints(Bytes, painted, thumb)

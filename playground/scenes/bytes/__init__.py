"""Bytes: a run of cells, a part of it picked out, its bits, and the values that follow from it.

SCENES: all cells in one row if they fit, else rows of eight (a multiple of eight when wide); offsets under
every second cell; a picked run is tinted and is copied down as bits; the source stays.
"""

from playground.scenes.bytes.painter import painted
from playground.scenes.bytes.thumb import thumb
from playground.scenes.bytes.value import Bytes, Nibble, Value, Verdict
from playground.scenes.motion import ABOVE, DRAWN, FADES, FILLED, LANDS, Coming, Motion
from playground.scenes.paint import paints

__all__ = ["Bytes", "Nibble", "Value", "Verdict"]

MOTION = Motion(
    "Cells are read one after the other; what is picked is drawn down to its bits, then a value lands.",
    (
        Coming("way", LANDS, "/head", anew=True),
        Coming("way", DRAWN, anew=True),
        Coming("byte:", FADES),
        Coming("bit/", ABOVE),
        Coming("how:", LANDS, "/head"),
        Coming("how:", DRAWN, "/line"),
        Coming("guides", DRAWN),
        Coming("value:", LANDS),
        Coming("tint", FILLED),
        Coming("picked", FILLED),
        Coming("note", FADES, anew=True),
        Coming("qr", FADES),
    ),
)

paints(Bytes, painted, thumb, motion=MOTION)

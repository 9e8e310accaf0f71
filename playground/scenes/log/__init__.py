"""Log: batches in the order of their offsets, newest right; segments, the sparse index below, readers above.

The older end is torn off. What a reader has not read yet is a row of hollow cells, so a backlog is seen as
length; a dashed line leads back to where it would go on after a failure. A look-up goes from the index entry up to
its batch, and from there forward in hops.
"""

from playground.scenes.log.painter import painted
from playground.scenes.log.thumb import thumb
from playground.scenes.log.value import Cell, Entry, Log, LookUp, Reader, Stretch
from playground.scenes.motion import BELOW, DRAWN, FADES, FILLED, LANDS, RIGHT, Coming, Motion
from playground.scenes.paint import paints

__all__ = ["Cell", "Entry", "Log", "LookUp", "Reader", "Stretch"]

MOTION = Motion(
    "A batch is appended from the right, readers step along, and a look-up goes up from the index and on in hops.",
    (
        Coming("batch:", RIGHT),
        Coming("entry:", BELOW),
        Coming("look/found", LANDS),
        Coming("look/words", LANDS),
        Coming("look/up/head", LANDS),
        Coming("look/", DRAWN),
        Coming("reader:", FADES, "/name", anew=True),
        Coming("reader:", FADES, "/note", anew=True),
        Coming("reader:", LANDS, "/head"),
        Coming("reader:", DRAWN, "/stem"),
        Coming("reader:", DRAWN, "/back"),
        Coming("reader:", FILLED, "/lag"),
    ),
)

paints(Log, painted, thumb, motion=MOTION)

"""Bitmap: a message whose first bits say which fields follow, its fields as a person reads them, its bytes.

Rows of sixteen bits, the most significant first, each set bit with the number of its field; a field's line
stands beside them (narrow: under them), and the bytes of the whole message under that.
"""

from playground.scenes.bitmap.painter import painted
from playground.scenes.bitmap.thumb import thumb
from playground.scenes.bitmap.value import Bitmap, Part
from playground.scenes.motion import FADES, FILLED, Coming, Motion
from playground.scenes.paint import paints

__all__ = ["Bitmap", "Part"]

MOTION = Motion(
    "Bits are set one after the other, each with the field that it announces; bytes follow in their order.",
    (Coming("field:", FILLED), Coming("set:", FADES), Coming("bytes/", FILLED), Coming("tint", FILLED)),
)

paints(Bitmap, painted, thumb, motion=MOTION)

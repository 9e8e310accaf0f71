"""Fields: bytes laid out as a header, so many bits a row under a ruler; the layout “as fields” of bytes."""

from playground.scenes.fields.painter import painted
from playground.scenes.fields.thumb import thumb
from playground.scenes.fields.value import Field, Fields, Tally
from playground.scenes.motion import FILLED, LANDS, Coming, Motion
from playground.scenes.paint import paints

__all__ = ["Field", "Fields", "Tally"]

MOTION = Motion(
    "Fields arrive one after the other, from left to right; a sum lands when they are there.",
    (Coming("tally:", LANDS), Coming("field:", FILLED), Coming("tint", FILLED)),
)

paints(Fields, painted, thumb, motion=MOTION)

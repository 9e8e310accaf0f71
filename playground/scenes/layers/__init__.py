"""Layers: plates above each other, things in columns, and what is seen through them from above.

For protocols the plates nest: each adds its own chip at the left and carries the others. For images of files the
view on top shows which layer each name comes from.
"""

from playground.scenes.layers.painter import painted
from playground.scenes.layers.thumb import thumb
from playground.scenes.layers.value import (
    AHEAD,
    CARRIED,
    COVERED,
    DELETED,
    SOLID,
    Cell,
    Layer,
    Layers,
    Move,
    Stations,
    View,
)
from playground.scenes.motion import DRAWN, FILLED, LANDS, Coming, Motion
from playground.scenes.paint import paints

__all__ = ["AHEAD", "CARRIED", "COVERED", "DELETED", "SOLID", "Cell", "Layer", "Layers", "Move", "Stations", "View"]

MOTION = Motion(
    "Chips rise and fall along their column, and a copy is drawn from plate to plate.",
    (
        Coming("move/words", LANDS),
        Coming("move/head", LANDS, anew=True),
        Coming("move", DRAWN, anew=True),
        Coming("way", DRAWN),
        Coming("chip:", FILLED),
    ),
)

paints(Layers, painted, thumb, motion=MOTION)

"""Tree: nodes below each other, joined by edges as thick as what flows along them; one tree, or two to compare."""

from playground.scenes.motion import ABOVE, DRAWN, FADES, FILLED, LANDS, LEFT, Coming, Motion
from playground.scenes.paint import paints
from playground.scenes.tree.nodes import OUT, STANDS, Node, Part
from playground.scenes.tree.painter import painted
from playground.scenes.tree.thumb import thumb
from playground.scenes.tree.value import Tree

__all__ = ["OUT", "STANDS", "Node", "Part", "Tree"]

MOTION = Motion(
    "An edge is drawn from its parent, and the node below comes down to it; bars and shares grow.",
    (
        Coming("edge:", LANDS, "/head"),
        Coming("edge:", DRAWN),
        Coming("node:", FILLED, "/share"),
        Coming("node:", FADES, "/figure"),
        Coming("node:", ABOVE),
        Coming("part:", LEFT),
    ),
)

paints(Tree, painted, thumb, motion=MOTION)

"""Tree: nodes below each other, joined by edges as thick as what flows along them; one tree, or two to compare."""

from playground.scenes.paint import paints
from playground.scenes.tree.nodes import OUT, STANDS, Node, Part
from playground.scenes.tree.painter import painted
from playground.scenes.tree.thumb import thumb
from playground.scenes.tree.value import Tree

__all__ = ["OUT", "STANDS", "Node", "Part", "Tree"]

paints(Tree, painted, thumb)

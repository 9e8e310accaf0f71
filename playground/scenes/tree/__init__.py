"""Tree: nodes below each other, joined by edges as thick as what flows along them; one tree, or two to compare."""

from playground.scenes.tree.value import OUT, STANDS, Node, Part, Tree

__all__ = ["OUT", "STANDS", "Node", "Part", "Tree"]

"""Where the nodes of a tree stand: below each other's middle where there is room, else as an indented list."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import WIDE
from playground.scenes.tree.heights import BOX, BROADEST, DEEPEST, LINE, PART, ROW, TOP, drops, is_flat
from playground.scenes.tree.nodes import Node
from playground.scenes.tree.value import Tree

INDENT = 18


class Place(NamedTuple):
    """A box: its corner, width and height."""

    x: float
    y: float
    wide: float
    tall: float


class Places:
    """The places of one painting."""

    def __init__(self, tree: Tree, layout: str, room: tuple[int, ...]) -> None:
        tall, listed, broad = room
        self.wide = layout == WIDE
        self.listed = not self.wide or tree.leaves > BROADEST or max(tree.depths.values(), default=0) >= DEEPEST
        self.right = 706 if self.wide else 350
        self.height = TOP + 14 + (max(tall, broad, 60) if self.wide else max(listed, 60))
        self.of = self.as_list(tree) if self.listed else self.as_tree(tree)

    def as_tree(self, tree: Tree) -> dict[str, Place]:
        """Leaves share the width; a node stands over the middle of those below it."""
        left = 14.0
        below: dict[str, list[Node]] = {}
        for node in tree.nodes:
            below.setdefault(node.parent, []).append(node)
        slot = (self.right - left) / max(tree.leaves, 1)
        wide = min(slot - 6, 330.0)
        found: dict[str, Place] = {}
        down = drops(tree.nodes)
        taken = 0

        def stand(node: Node) -> float:
            nonlocal taken
            middles = [stand(one) for one in below.get(node.key, ())]
            if middles:
                middle = (middles[0] + middles[-1]) / 2
            else:
                middle, taken = left + slot * (taken + 0.5), taken + 1
            found[node.key] = Place(middle - wide / 2, TOP + down[node.key], wide, BOX)
            return middle

        for root in below.get("", ()):
            stand(root)
        return found

    def as_list(self, tree: Tree) -> dict[str, Place]:
        """One below the other, each level further to the right."""
        y, found = float(TOP), {}
        flat = is_flat(tree.nodes)
        for node in tree.nodes:
            depth = tree.depths[node.key]
            x = 14.0 + min(depth, 8) * INDENT + max(depth - 8, 0) * 8
            found[node.key] = Place(x, y, self.right - x, LINE - 5 if flat else ROW - 12)
            y += (LINE if flat else ROW) + PART * len(node.parts) + (6 if node.parts else 0)
        return found

"""How high a tree is: with its nodes below each other, and as an indented list."""

from __future__ import annotations

from playground.scenes.tree.nodes import Node, depths

TOP, BOX, GAP = 46, 54, 36
PART = 25
"""Height of a line under a box."""
BROADEST = 5
"""Leaves that stand side by side; of more it becomes a list."""
DEEPEST = 6
ROW, LINE = 62, 27
"""Height of a row in a list: with two lines, with one."""


def is_flat(nodes: tuple[Node, ...]) -> bool:
    """Nodes with one line of words."""
    return all(not node.expected for node in nodes)


def list_height(nodes: tuple[Node, ...]) -> int:
    """Below the title."""
    parts = sum(PART * len(node.parts) + 6 for node in nodes if node.parts)
    return len(nodes) * (LINE if is_flat(nodes) else ROW) + parts


def parts_height(node: Node) -> int:
    """What is listed under a node."""
    return PART * len(node.parts) + 8 if node.parts else 0


def drops(nodes: tuple[Node, ...]) -> dict[str, int]:
    """How far below its root each node stands: under the one above it and all that is listed there."""
    found: dict[str, int] = {}
    above = {node.key: node for node in nodes}
    for node in nodes:
        if node.parent in found:
            found[node.key] = found[node.parent] + BOX + parts_height(above[node.parent]) + GAP
        else:
            found[node.key] = 0
    return found


def tree_height(nodes: tuple[Node, ...]) -> int:
    """Below the title; a list if it is too deep."""
    if max(depths(nodes).values(), default=0) >= DEEPEST:
        return list_height(nodes)
    down = drops(nodes)
    return max([BOX, *(down[node.key] + BOX + parts_height(node) for node in nodes)])

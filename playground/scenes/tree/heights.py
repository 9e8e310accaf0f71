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


def tree_height(nodes: tuple[Node, ...]) -> int:
    """Below the title; a list if it is too deep."""
    depth = depths(nodes)
    if max(depth.values(), default=0) >= DEEPEST:
        return list_height(nodes)
    levels = max(depth.values(), default=0) + 1
    deepest = [depth[node.key] * (BOX + GAP) + BOX + PART * len(node.parts) + 8 for node in nodes]
    return max([levels * (BOX + GAP) - GAP, *deepest])

"""The small picture of a tree."""

from __future__ import annotations

from math import sqrt

from playground.scenes.marks import BOX, EDGE, THUMB, TOKEN, Picture, Sheet, number
from playground.scenes.tree.nodes import Node
from playground.scenes.tree.value import Tree


def thumb(tree: Tree) -> Picture:
    """Boxes and edges."""
    sheet = Sheet("tree", THUMB, 150)
    below: dict[str, list[Node]] = {}
    for node in tree.nodes[:12]:
        below.setdefault(node.parent, []).append(node)
    leaves = max(sum(node.key not in below for node in tree.nodes[:12]), 1)
    levels = max(tree.depths.values(), default=0) + 1
    slot, pitch = 208 / leaves, min(126 / levels, 58)
    wide, tall = min(slot - 10, 84), pitch * 0.55
    top = 75 - (pitch * (levels - 1) + tall) / 2
    most = max([node.flow for node in tree.nodes] or [0])
    taken = 0

    def stand(node: Node) -> float:
        nonlocal taken
        under = [(one, stand(one)) for one in below.get(node.key, ())]
        x = (under[0][1] + under[-1][1]) / 2 if under else 16 + slot * (taken + 0.5)
        taken += not under
        y = top + tree.depths[node.key] * pitch
        for one, spot in under:
            d = f"M{number(spot)} {number(y + pitch)}V{number(y + (pitch + tall) / 2)}H{number(x)}V{number(y + tall)}"
            thick = 2 + (6 * sqrt(one.flow / most) if most else 0)
            pen = "data" if most and not one.state else "mute"
            sheet.path(f"edge:{one.key}", EDGE, d, fill="none", stroke=pen, stroke_width=thick)
        sheet.add(
            f"node:{node.key}", "rect", BOX, x=x - wide / 2, y=y, width=wide, height=tall, rx=4, fill="sheet",
            stroke="mute" if node.state else "ink", stroke_width=2, stroke_dasharray="3 3" if node.state else None,
        )  # fmt: skip
        if node.share >= 0:
            bar = max((wide - 12) * min(node.share, 1000) / 1000, 3)
            pen = "guide" if node.state else "data"
            d = f"M{number(x - wide / 2 + 6)} {number(y + tall - 8)}h{number(bar)}"
            sheet.path(f"share:{node.key}", TOKEN, d, fill="none", stroke=pen, stroke_width=5)
        return x

    for root in below.get("", ()):
        stand(root)
    return sheet.done()

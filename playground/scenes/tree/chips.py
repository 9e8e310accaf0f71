"""What has no tree yet, beside other things: a statement as it came, or the words into which it falls."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from playground.scenes.marks import BOX, Sheet, number
from playground.scenes.tree.nodes import Node
from playground.scenes.type import end_cut, width

TALL, PITCH, PAD = 24, 46, 8
"""Height of a chip, and from one row to the next: below it stands what it is."""
MOST = 24
"""Chips that are drawn."""


class Chip(NamedTuple):
    """A word in its box: where it begins, how wide it is."""

    node: Node
    x: float
    y: float
    wide: float


@lru_cache(64)
def chips(nodes: tuple[Node, ...], across: float) -> tuple[Chip, ...]:
    """As one writes: from left to right, line by line."""
    found: list[Chip] = []
    x = y = 0.0
    for node in nodes[:MOST]:
        wide = min(max(width(node.name, "value") + 2 * PAD, width(node.about, "note") + 4), across)
        if found and x + wide > across:
            x, y = 0.0, y + PITCH
        found.append(Chip(node, x, y, wide))
        x += wide + 6
    return tuple(found)


def chips_height(nodes: tuple[Node, ...], across: float) -> int:
    """From the first row to below the last."""
    return int(chips(nodes, across)[-1].y + PITCH) if nodes else 0


def draw(sheet: Sheet, nodes: tuple[Node, ...], left: float, right: float, top: float) -> None:
    """Each word in its box, and below it what it is."""
    boxes: list[str] = []
    for chip in chips(nodes, right - left):
        x, y = left + chip.x, top + chip.y
        boxes.append(f"M{number(x)} {number(y)}h{number(chip.wide)}v{TALL}h{number(-chip.wide)}z")
        word, middle = end_cut(chip.node.name, "value", chip.wide - PAD), x + chip.wide / 2
        sheet.label(f"word:{chip.node.key}", middle, y + 16, word, "value", fill="ink", text_anchor="middle")
        sheet.label(
            f"word:{chip.node.key}/kind", middle, y + TALL + 13, chip.node.about, "note", fill="mute",
            text_anchor="middle",
        )  # fmt: skip
    sheet.path("words", BOX, boxes, fill="none", stroke="ink", stroke_width=1.25)

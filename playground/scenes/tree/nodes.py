"""The nodes of a tree."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from playground.scenes.type import width

STANDS, OUT = "", "out"
"""A node is in play, or is not: another plan was taken."""


class Part(NamedTuple):
    """A part of what a node costs: its name, its sum, the figure, and its size in thousandths of the most."""

    name: str
    sum: str
    figure: str
    size: int


class Node(NamedTuple):
    """A node: its key, the key of the node above it, its name, what it is about, and a figure.

    `expected` and `actual` stand in the second line. `flow` is how much goes up to the node above: it makes the
    edge thick. `share` is the node's own part of the whole, in thousandths (-1: no bar).
    """

    key: str
    parent: str
    name: str
    about: str = ""
    figure: str = ""
    expected: str = ""
    actual: str = ""
    flow: int = 0
    share: int = -1
    state: str = STANDS
    parts: tuple[Part, ...] = ()
    """Listed under the node; what is below it stands further down."""


def name_width(name: str) -> float:
    """Units that a name takes at most; one in capitals, as those of a statement are, takes more."""
    return width(name, "name") * (1.25 if name.isupper() else 1)


@lru_cache(256)
def depths(nodes: tuple[Node, ...]) -> Mapping[str, int]:
    """How far below its root each node stands."""
    found: dict[str, int] = {}
    for node in nodes:
        found[node.key] = found[node.parent] + 1 if node.parent in found else 0
    return MappingProxyType(found)

"""What a tree says: its nodes, what each is expected to bring and has brought, and which of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from playground.scenes.many import many
from playground.scenes.scene import Words
from playground.scenes.tree.heights import BROADEST, list_height, tree_height
from playground.scenes.tree.nodes import OUT, Node, depths


@dataclass(frozen=True)
class Tree:
    """One tree or more. A node stands after the node above it. `changed` is a node's key."""

    title: str
    nodes: tuple[Node, ...]
    note: str = ""
    changed: str = ""
    empty: str = "no tree yet"
    flow: bool = False
    """There is no tree yet: the nodes are words that follow each other."""

    kind = "tree"

    @property
    def depths(self) -> Mapping[str, int]:
        """How far below its root each node stands."""
        return depths(self.nodes)

    @property
    def leaves(self) -> int:
        return len(self.nodes) - len({node.parent for node in self.nodes if node.parent})

    def room(self) -> tuple[int, ...]:
        """Height as a tree, as a list; and as a list in a wide picture, where it is too broad for a tree."""
        listed = list_height(self.nodes)
        return tree_height(self.nodes), listed, listed if self.leaves > BROADEST else 0

    def blank(self) -> bool:
        return not self.nodes

    def words(self) -> Words:
        rows = []
        for node in self.nodes:
            said = "not taken" if node.state == OUT else ""
            name = "– " * self.depths[node.key] + node.name
            rows.append((name, node.about, node.figure, node.expected, node.actual, said))
            rows += [
                ("– " * self.depths[node.key] + "pays for " + one.name, one.sum, one.figure, "", "", "")
                for one in node.parts
            ]
        return Words(self.sentence(), ("node", "about", "figure", "expected", "actual", "state"), tuple(rows))

    def sentence(self) -> str:
        if not self.nodes:
            return f"{self.title}: {self.empty}."
        changed = [node for node in self.nodes if node.key == self.changed]
        told = [" ".join(part for part in (one.name, one.about, one.figure) if part) for one in changed]
        return f"{self.title}: {'; '.join(told) or many(len(self.nodes), 'node')}."

"""What a dag says: columns of objects under their commits, and the names that point at commits."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words

MOST = {True: 4, False: 3}
"""Columns in view, wide or narrow; older ones are folded, except the one that HEAD names."""

SHORT = 7
"""Digits of an id in the picture, as git shows it; the table has them all."""

LIVE, LOST, GONE, NEXT = "live", "lost", "gone", "next"
"""A commit that a name leads to; one that none leads to; one that was thrown away; one that is still to come."""


class Lane(NamedTuple):
    """A path: its key, its last name, how deep it lies, and whether it is a folder."""

    key: str
    name: str
    depth: int
    folder: bool
    note: str = ""
    """What stands beside the name where there is room, such as the text of the file in the folder."""


class Cell(NamedTuple):
    """An object at a path: new in its column, or standing at `origin` (column, lane) already. No id: to come."""

    lane: str
    id: str
    within: str
    """Lane of the tree that names it; empty for the root, which the commit names."""
    origin: tuple[int, str] | None = None
    state: str = LIVE


class Column(NamedTuple):
    """A commit (no id: to come) with its parents' columns, its state, and the objects below it."""

    id: str
    message: str
    parents: tuple[int, ...]
    state: str
    cells: tuple[Cell, ...]


class Ref(NamedTuple):
    """A name of a commit; `head`: the one that HEAD names."""

    name: str
    column: int
    head: bool


@dataclass(frozen=True)
class Dag:
    """`changed` is what wears brass: `commit:2`, `cell:2:src/`, `ref:main`; empty for nothing."""

    title: str
    lanes: tuple[Lane, ...]
    columns: tuple[Column, ...]
    refs: tuple[Ref, ...]
    changed: str = ""
    notes: str = ""
    """The head over the lanes’ notes."""
    empty: str = "nothing is stored yet"

    kind = "dag"

    def room(self) -> tuple[int, ...]:
        """Lanes, columns in view, flags above one another."""
        stacks = [sum(1 + ref.head for ref in self.refs if ref.column == at) for at in range(len(self.columns))]
        return len(self.lanes), min(len(self.columns), MOST[True]), max(stacks, default=0)

    def blank(self) -> bool:
        return not self.lanes

    def words(self) -> Words:
        rows = tuple(
            (
                column.id or "to come", column.message,
                " ".join(self.columns[parent].id for parent in column.parents) or "none",
                listed(cell for cell in column.cells if cell.id and not cell.origin),
                listed(cell for cell in column.cells if cell.origin),
            )
            for column in self.columns
        )  # fmt: skip
        return Words(self.sentence(), ("commit", "message", "parent", "new", "shared"), rows)

    def sentence(self) -> str:
        if not self.columns:
            return f"{self.title}: {self.empty}."
        names = [
            f"{'HEAD, ' * ref.head}{ref.name} at {self.columns[ref.column].id[:SHORT]}"
            for ref in sorted(self.refs, key=lambda ref: not ref.head)
        ]
        return f"{self.title}: {'; '.join(names) or 'no commit has a name yet'}."


def listed(cells: Iterable[Cell]) -> str:
    """Paths with their ids."""
    found = [f"{cell.lane} {cell.id}" for cell in cells]
    return ", ".join(found) or "nothing"

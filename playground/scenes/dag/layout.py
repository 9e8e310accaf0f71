"""Where things stand: a column for each commit in view, a lane for each path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.scenes.marks import WIDE

if TYPE_CHECKING:
    from playground.scenes.dag.value import Cell, Dag

MOST = {True: 5, False: 3}
"""Columns in view, wide or narrow; older ones are folded, except the one that HEAD names."""

FLAG = 24
"""Height of a flag with the gap above it."""


class Places:
    """The geometry of one painting."""

    def __init__(self, scene: Dag, layout: str, room: tuple[int, ...]) -> None:
        lanes, columns, stack = room
        self.wide = layout == WIDE
        self.left, self.first, self.right = (24, 156, 708) if self.wide else (18, 104, 354)
        self.indent, self.names = (11, 14) if self.wide else (7, 8)
        self.most = min(max(columns, 2), MOST[self.wide])
        self.pitch = min((self.right - self.first) / self.most, 210)
        self.commits = 60 + FLAG * max(stack, 1)
        self.top, self.step = self.commits + 44, 26
        self.height = self.top + self.step * max(lanes, 1) + 22
        self.lane = {lane.key: (at, lane) for at, lane in enumerate(scene.lanes)}
        self.columns = in_view(scene, self.most)
        self.at = {column: place for place, column in enumerate(self.columns)}

    def x(self, column: int) -> float:
        """The commit of a column; what lies left of the picture ends at its edge."""
        return self.first + self.pitch * self.at[column] if column in self.at else self.first - 16

    def y(self, lane: str) -> float:
        return self.top + self.step * self.lane[lane][0]

    def spot(self, column: int, lane: str) -> tuple[float, float]:
        """Where an object stands: further right the deeper it lies."""
        far = self.indent * self.lane[lane][1].depth if column in self.at else 0
        return self.x(column) + far, self.y(lane)

    def folder(self, cell: Cell) -> bool:
        return self.lane[cell.lane][1].folder


def in_view(scene: Dag, most: int) -> list[int]:
    """The last columns, and the one that HEAD names."""
    shown = list(range(len(scene.columns)))[-most:]
    head = next((ref.column for ref in scene.refs if ref.head), None)
    if head is not None and head not in shown:
        shown[0] = head
    return shown

"""Where things stand: a column for each commit in view, a lane for each path."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.dag.value import MOST, Dag
from playground.scenes.marks import WIDE

FLAG = 24
"""Height of a flag with the gap above it."""

STEP = 26
"""From lane to lane."""


class Frame(NamedTuple):
    """What all columns of a run have in common."""

    layout: str
    indent: int
    """How much further right an object stands for each folder that it lies in."""
    pitch: float
    commits: int
    top: int

    def y(self, row: int) -> float:
        return self.top + STEP * row


class Margins(NamedTuple):
    """What stands left of the columns: names from `left`, deeper ones further in by `indent`; then notes."""

    left: int
    indent: int
    notes: int
    first: int
    """Where the first column begins."""


class Places:
    """The geometry of one painting."""

    def __init__(self, scene: Dag, layout: str, room: tuple[int, ...]) -> None:
        lanes, columns, stack = room
        self.wide = layout == WIDE
        self.margins = Margins(24, 14, 146, 250) if self.wide else Margins(18, 6, 104, 104)
        self.right = 708 if self.wide else 354
        self.most = min(max(columns, 2), MOST[self.wide])
        pitch = min((self.right - self.margins.first) / self.most, 210)
        commits = 60 + FLAG * max(stack, 1)
        self.frame = Frame(layout, 11 if self.wide else 6, pitch, commits, commits + 44)
        self.height = int(self.frame.y(max(lanes, 1)) + 48)
        self.lane = {lane.key: (row, lane) for row, lane in enumerate(scene.lanes)}
        self.columns = in_view(scene, self.most)
        self.at = {column: place for place, column in enumerate(self.columns)}

    def x(self, column: int) -> float:
        """The commit of a column; what lies left of the picture ends at its edge."""
        return self.margins.first + self.frame.pitch * self.at[column] if column in self.at else self.margins.first - 16

    def y(self, lane: str) -> float:
        return self.frame.y(self.lane[lane][0])

    def spot(self, column: int, lane: str) -> tuple[float, float]:
        """Where an object stands: further right the deeper it lies."""
        row, one = self.lane[lane]
        return self.x(column) + (self.frame.indent * one.depth if column in self.at else 0), self.frame.y(row)


def in_view(scene: Dag, most: int) -> list[int]:
    """The last columns, and the one that HEAD names."""
    shown = list(range(len(scene.columns)))[-most:]
    head = next((ref.column for ref in scene.refs if ref.head), None)
    if head is not None and head not in shown:
        shown[0] = head
    return shown

"""Where things stand in a log: which batches are in view, and the heights of the rows."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.log.value import Cell, Log
from playground.scenes.marks import NARROW, WIDE

PITCHES = {NARROW: 46, WIDE: 54}
"""Width of a cell; cells are equally wide, however many bytes they hold."""

TALL = 44
READER = 36


class Rows(NamedTuple):
    """Heights, from the top down."""

    cells: float
    ticks: float
    hops: float
    entries: float
    files: float
    words: float
    height: int


def rows(layout: str, readers: int, looks: bool) -> Rows:
    cells = 44 + READER * readers + 12
    entries = cells + TALL + 44
    files = entries + 46
    words = files + 36
    lines = (1 if layout == WIDE else 3) if looks else 0
    return Rows(cells, cells + TALL + 15, cells + TALL + 22, entries, files, words, int(words - 6 + 17 * lines))


class Window:
    """The batches in view: the newest, or those around what is looked for."""

    def __init__(self, scene: Log, layout: str) -> None:
        self.left, self.most = (50, 11) if layout == WIDE else (30, 6)
        self.pitch = PITCHES[layout]
        last, bases = len(scene.cells), focus(scene)
        wanted = [place for place, cell in enumerate(scene.cells) if cell.base in bases]
        start = max(last - self.most, 0)
        if wanted and wanted[0] < start:
            start = max(min(wanted[0] - 1, wanted[-1] - self.most + 1), 0)
            start = min(start, wanted[0])
        self.first, self.cells = start, scene.cells[start : start + self.most]
        self.older, self.newer = start, last - start - len(self.cells)
        self.place = {cell.base: self.left + self.pitch * at for at, cell in enumerate(self.cells)}
        self.right = self.left + self.pitch * len(self.cells)
        """Where the cells end; the next one comes there."""

    def of_offset(self, offset: int) -> float:
        """The place of an offset, within its cell: left of the window at the tear, right of it at the end."""
        for cell in self.cells:
            if cell.base <= offset <= cell.last:
                return self.place[cell.base] + self.pitch * inside(cell, offset)
        return self.left - 12 if self.cells and offset < self.cells[0].base else self.right


def inside(cell: Cell, offset: int) -> float:
    """How far into its cell an offset is, from 0 to 1."""
    return (offset - cell.base) / (cell.last - cell.base + 1)


def focus(scene: Log) -> set[int]:
    """First offsets of the batches that must be in view, if they fit: what is looked for, what has changed."""
    look = scene.look_up
    if look:
        holds = {cell.base for cell in scene.cells if cell.base <= look.target <= cell.last}
        return holds | {look.entry, *look.read} - {-1}
    kind, _, base = scene.changed.partition(":")
    return {int(base)} if kind in ("batch", "entry") else set()

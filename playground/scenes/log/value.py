"""What a log says: its batches, its segments, its index, who has read how far, and what is being looked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.many import many
from playground.scenes.scene import Words


class Cell(NamedTuple):
    """A batch: its first and last offset, its first byte in its segment and how many it takes.

    `state` is sent (it goes out in this fetch), cold (it is on disk only) or nothing.
    """

    base: int
    last: int
    position: int
    size: int
    state: str = ""


class Entry(NamedTuple):
    """An index entry: the first offset of the batch that it points to, and what stands in it."""

    batch: int
    offset: int
    position: int


class Stretch(NamedTuple):
    """A segment: its first offset, its file's name, whether it is the one written to."""

    base: int
    name: str
    active: bool


class Reader(NamedTuple):
    """Somebody who reads: name, order of appearance, the offset read next, and the one to go on from after a failure.

    A `committed` of -1 says nothing.
    """

    name: str
    order: int
    next: int
    committed: int = -1

    @property
    def goes_back(self) -> bool:
        """Whether it would go on from an earlier offset than it stands at."""
        return 0 <= self.committed < self.next


class LookUp(NamedTuple):
    """What is looked for: the entry it begins at (the first offset of its batch; -1: the segment's beginning),
    the batches read from there by their first offsets, and the story in words."""

    target: int
    entry: int
    read: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class Log:
    """One partition. `changed` says what wears brass: `batch:12`, `entry:12`, `reader:billing`, `segment:28`, or
    `coming`."""

    title: str
    cells: tuple[Cell, ...]
    entries: tuple[Entry, ...]
    segments: tuple[Stretch, ...]
    end: int
    """The offset that the next record will have."""
    readers: tuple[Reader, ...] = ()
    look_up: LookUp | None = None
    changed: str = ""
    coming: int = 0
    """Bytes of the batch that a producer is making, and that is not in the log yet."""

    kind = "log"

    def room(self) -> tuple[int, ...]:
        """Readers; whether something is looked for. More cells than fit are left out of view: they need no room."""
        return len(self.readers), int(self.look_up is not None)

    def blank(self) -> bool:
        return not self.cells

    def words(self) -> Words:
        indexed = {entry.batch: entry for entry in self.entries}
        rows = tuple(
            (
                f"{cell.base} to {cell.last}", str(cell.size), str(cell.position),
                f"{indexed[cell.base].offset} at {cell.position}" if cell.base in indexed else "",
                {"sent": "sent", "cold": "on disk only"}.get(cell.state, ""),
            )
            for cell in self.cells
        )  # fmt: skip
        return Words(self.sentence(), ("offsets", "bytes", "first byte", "index entry", "state"), rows)

    def sentence(self) -> str:
        if not self.cells:
            return f"{self.title}: nothing yet; the next offset is 0."
        lags = [f"{one.name} has {self.end - one.next} to read" for one in self.readers if one.next < self.end]
        ready = [f"{one.name} has read everything" for one in self.readers if one.next >= self.end]
        again = [f"{one.name} has committed {one.committed}" for one in self.readers if one.goes_back]
        found = [self.look_up.words.rstrip(".")] if self.look_up else []
        parts = [many(len(self.segments), "segment"), *lags, *ready, *again, *found]
        held = f"offsets 0 to {self.end - 1} in {many(len(self.cells), 'batch', 'batches')}"
        return f"{self.title}: {'; '.join([held, *parts])}."

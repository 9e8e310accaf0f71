"""What a pool says: its frames, the hand, and of every file on disk which pages are in memory and which were read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.many import many
from playground.scenes.scene import Words


class Frame(NamedTuple):
    """A frame: which page it holds (the disk's letter and number, as `t17`; empty: none), and its usage count."""

    page: str = ""
    uses: int = 0


class Disk(NamedTuple):
    """A file: its letter, its name, how many pages it has, those in memory, those read since a run began, and those
    that are known to be wanted and wait for their turn."""

    letter: str
    name: str
    pages: int
    held: tuple[int, ...] = ()
    read: tuple[int, ...] = ()
    waiting: tuple[int, ...] = ()


@dataclass(frozen=True)
class Pool:
    """The frames, the frame that the hand looks at next, the disks. `changed` is a page, as `t17`."""

    title: str
    frames: tuple[Frame, ...]
    hand: int
    disks: tuple[Disk, ...]
    note: str = ""
    changed: str = ""
    quiet: bool = False
    """Nothing has been asked for yet."""

    kind = "pool"

    def room(self) -> tuple[int, ...]:
        """Frames, and pages of each disk."""
        sizes = [disk.pages for disk in self.disks]
        return len(self.frames), *[*sizes, 0, 0][:2]

    def blank(self) -> bool:
        return self.quiet

    def words(self) -> Words:
        frames = [(f"frame {at}", one.page or "empty", str(one.uses)) for at, one in enumerate(self.frames)]
        disks = [
            (
                disk.name,
                many(disk.pages, "page"),
                f"{len(disk.held)} in memory, {len(disk.read)} read in this run"
                + (f", {len(disk.waiting)} marked and still to come" if disk.waiting else ""),
            )
            for disk in self.disks
        ]
        return Words(self.sentence(), ("place", "holds", "uses"), (*frames, *disks))

    def sentence(self) -> str:
        full = sum(bool(frame.page) for frame in self.frames)
        last = f"; {self.changed} was asked for last" if self.changed else ""
        return f"{self.title}: {full} of {len(self.frames)} frames hold a page{last}."

"""What a pool says: its frames, the hand, of every file on disk which pages are in memory and which were asked for; and
the plan that asks for them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.many import many
from playground.scenes.scene import Words
from playground.scenes.tree.column import column_height
from playground.scenes.tree.value import Tree


class Frame(NamedTuple):
    """A frame: which page it holds (the disk's letter and number, as `t17`; empty: none), and its usage count."""

    page: str = ""
    uses: int = 0


class Disk(NamedTuple):
    """A file: its letter, its name, how many pages it has, those in memory, those asked for since a run began, and
    those that are known to be wanted and wait for their turn."""

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
    plan: Tree | None = None
    """What asks for the pages: it stands beside them, or above them where the picture is narrow."""
    planning: bool = False
    """The plan is what one looks at now, and no page is asked for. A narrow picture then shows all of it."""

    kind = "pool"

    def room(self) -> tuple[int, ...]:
        """Frames, pages of each disk; the height of the plan while it is made, and while pages are read: with two lines
        a node and with one.
        """
        sizes = [disk.pages for disk in self.disks]
        two, one = (self.plan_height(roomy=roomy) for roomy in (True, False))
        plan = (two, one, 0, 0) if self.planning else (0, 0, two, one)
        strip = 0 if self.plan is None or self.planning else column_height(self.plan, whole=False, roomy=False)
        return len(self.frames), *[*sizes, 0, 0][:2], *plan, strip

    def plan_height(self, *, roomy: bool) -> int:
        return 0 if self.plan is None else column_height(self.plan, whole=True, roomy=roomy)

    def blank(self) -> bool:
        return self.quiet and self.plan is None

    def came(self) -> int:
        """The frame into which the changed page has just come from disk; -1 where it was in memory already.

        The hand has moved on by one from the frame that it gave, and a page that was met since has more uses.
        """
        at = (self.hand - 1) % max(len(self.frames), 1)
        return at if self.changed and self.frames[at] == (self.changed, 1) else -1

    def words(self) -> Words:
        disks = [(disk.name, many(disk.pages, "page"), told(disk)) for disk in self.disks]
        if self.plan is None:
            frames = [(f"frame {at}", one.page or "empty", str(one.uses)) for at, one in enumerate(self.frames)]
            return Words(self.sentence(), ("place", "holds", "uses"), (*frames, *disks))
        # The plan says what one looks at. The pages stand first: they stay so many, while a plan grows.
        plan = self.plan.words()
        held = ", ".join(f"{one.page} ({one.uses})" for one in self.frames if one.page)
        hand = f"the clock hand is at frame {self.hand}{self.asked_last()}"
        pages = (("frames, with uses", held or "empty", hand), *disks)
        spare = ("",) * (len(plan.head) - 3)
        return Words(
            plan.sentence, (f"place or {plan.head[0]}", *plan.head[1:]),
            (*((*row, *spare) for row in pages), *plan.rows),
        )  # fmt: skip

    def sentence(self) -> str:
        full = sum(bool(frame.page) for frame in self.frames)
        return f"{self.title}: {full} of {len(self.frames)} frames hold a page{self.asked_last()}."

    def asked_last(self) -> str:
        return f"; {self.changed} was asked for last" if self.changed else ""


def told(disk: Disk) -> str:
    """A disk in words."""
    if not (disk.held or disk.read or disk.waiting):
        return "none in memory, none asked for in this run"
    said = f"{len(disk.held)} in memory, {len(disk.read)} asked for in this run, {spared(disk)} not asked for"
    return said + (f", {len(disk.waiting)} marked and still to come" if disk.waiting else "")


def spared(disk: Disk) -> int:
    """Pages that this run has not asked for."""
    return disk.pages - len(disk.read)

"""What a sequence is made of: who speaks, what was said, what each does meanwhile, and what it is about."""

from __future__ import annotations

from typing import NamedTuple

LOST = "lost"
WORKS, WAITS = "works", "waits"


class Lane(NamedTuple):
    """Somebody who speaks: name, colour role, and where that is."""

    name: str
    role: str
    note: str = ""


class Message(NamedTuple):
    """Something said. From a lane to itself it is a thing done there.

    `state` is data (asked), done (granted), fail (refused), other (the second actor's), or lost on the way.
    """

    number: int
    time: str
    sender: str
    receiver: str
    label: str
    note: str
    state: str
    said: str = ""
    """The same in plain speech: it stands on the arrow."""
    code: str = ""
    """What stands small under plain speech."""
    silence: str = ""
    """How long nobody had said anything before it, where that was long: a break in time."""
    lanes: tuple[str, ...] = ()
    """What each lane does from then on, in their order: works, waits, or nothing."""

    @property
    def own(self) -> bool:
        """Whether it is a thing done on a lane."""
        return self.sender == self.receiver

    @property
    def key(self) -> str:
        """A thing done has a key of its own kind where it is told in plain speech: nothing of it can be lost."""
        return f"{'did' if self.own and self.said else 'msg'}:{self.number}"


class Level(NamedTuple):
    """How a stock stood once: when that began and why, how much was in each of its parts, and what was left."""

    when: str
    why: str
    gone: int
    aside: int
    left: int
    told: str
    """What was left, spelled."""


class Stock(NamedTuple):
    """What the talk is about, as one bar: a part that is gone, a part that is set aside, and what is left."""

    title: str
    note: str
    whole: str
    """All of it, spelled."""
    names: tuple[str, str, str]
    told: tuple[str, str, str]
    """The three amounts, spelled."""
    levels: tuple[Level, ...]
    """How it came to this, one at least; the last one is now."""
    changed: str = ""
    """The name of the part that this step is about."""

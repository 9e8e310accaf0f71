"""What a picture of peers says: who holds what, who asks whom, on which side of the cut, what is on its way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words


class Peer(NamedTuple):
    """A machine: what it holds, a note to it, and when that was written; `aside` is the smaller side of a cut."""

    name: str
    value: str
    note: str = ""
    alive: bool = True
    aside: bool = False
    written: int = -1
    """Milliseconds; -1: nothing has been written yet."""


OPEN, GOOD, REFUSED, LOST = "open", "ok", "refused", "lost"


class Seat(NamedTuple):
    """A client at the machine that it asks, with what it can press. `state` is empty until it has pressed something."""

    client: str
    at: str
    buttons: tuple[tuple[str, str], ...]
    """Verbs, and what stands on them."""
    pressed: str = ""
    """The verb of the last one."""
    state: str = ""
    answer: str = ""
    """What an answer carries: ok, or a value."""
    said: str = ""
    """The same as one says it, or why there is none."""
    took: str = ""

    def words(self) -> str:
        asked = dict(self.buttons).get(self.pressed, "")
        return ", ".join(filter(None, (f"{self.client} {asked}".rstrip(), self.said, self.took)))


class Switch(NamedTuple):
    """A rule that can be another one: an input, its values that are sides with their names, and the one that is on."""

    name: str
    sides: tuple[tuple[str, str], ...]
    at: str


class Message(NamedTuple):
    """Something on its way: `at` in thousandths of it. An answer is a lozenge; lost, it has a cross."""

    id: int
    sender: str
    receiver: str
    label: str
    at: int
    answer: bool = False
    lost: bool = False


@dataclass(frozen=True)
class Peers:
    """Machines in a row, and the cut between two groups of them. `changed` is the one that the step is about.

    `rule` says when they answer, `switch` which rule that is and what else it could be, `sides` what the larger and the
    smaller group may do, `against` names two clients whose answers contradict each other; `movable` where somebody can
    cut elsewhere.
    """

    title: str
    peers: tuple[Peer, ...]
    messages: tuple[Message, ...] = ()
    cut: bool = False
    changed: str = ""
    seats: tuple[Seat, ...] = ()
    rule: str = ""
    sides: tuple[str, str] = ("", "")
    against: tuple[str, str] | None = None
    movable: bool = False
    switch: Switch | None = None

    kind = "peers"

    def row(self) -> tuple[int, ...]:
        """Machines as they stand, so that one cut parts them: the cut off go to the end, unless they are the first."""
        away = [at for at, one in enumerate(self.peers) if one.aside]
        near = [at for at, one in enumerate(self.peers) if not one.aside]
        first = not self.cut or away == [*range(len(away))]
        return (*away, *near) if first and self.cut else (*near, *away) if self.cut else (*range(len(self.peers)),)

    def tear(self) -> int:
        """Before which place of the row it is torn; 0: it is whole."""
        sides = [self.peers[at].aside for at in self.row()]
        return next((at for at in range(1, len(sides)) if self.cut and sides[at] != sides[at - 1]), 0)

    def room(self) -> tuple[int, ...]:
        """Machines; clients at one of them."""
        return len(self.peers), max(Counter(one.at for one in self.seats).values(), default=0)

    def blank(self) -> bool:
        return not self.peers

    def words(self) -> Words:
        held = ", ".join(f"{one.name} {one.value}" if one.alive else f"{one.name} is dead" for one in self.peers)
        away = [one.name for one in self.peers if one.aside]
        cut = f"; the cut parts {' '.join(away)} from the others" if self.cut else ""
        count = len(self.messages)
        flying = f"; {count} messages are on their way" if count > 1 else "; 1 message is on its way" if count else ""
        head = ("node", "holds", "written", "note", "side", "clients")
        return Words(f"{self.title}: {held or 'nobody'}{cut}{flying}.", head, tuple(map(self.told, self.peers)))

    def told(self, one: Peer) -> tuple[str, ...]:
        """A machine as a row of the table."""
        side = ("cut off" if one.aside else "with the others") if self.cut else "connected"
        asking = "; ".join(seat.words() for seat in self.seats if seat.at == one.name)
        when = f"{one.written} ms" if one.written >= 0 else "never"
        return one.name, one.value, when, one.note if one.alive else "dead", side, asking

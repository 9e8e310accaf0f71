"""What a picture of peers says: who holds what, on which side of the cut, what is on its way, who waits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words


class Peer(NamedTuple):
    """A machine: what it holds, a note to it, the clients that wait at it; `aside` is the smaller side of a cut."""

    name: str
    value: str
    note: str
    clients: str = ""
    alive: bool = True
    aside: bool = False


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
    """Machines in a row, in two banks while the network is cut. `changed` is the one that the step is about."""

    title: str
    peers: tuple[Peer, ...]
    messages: tuple[Message, ...] = ()
    cut: bool = False
    changed: str = ""

    kind = "peers"

    def room(self) -> tuple[int, ...]:
        """Machines."""
        return (len(self.peers),)

    def blank(self) -> bool:
        return not self.peers

    def words(self) -> Words:
        held = ", ".join(f"{one.name} {one.value}" if one.alive else f"{one.name} is dead" for one in self.peers)
        away = [one.name for one in self.peers if one.aside]
        cut = f"; the cut parts {' '.join(away)} from the others" if self.cut else ""
        count = len(self.messages)
        flying = f"; {count} messages are on their way" if count > 1 else "; 1 message is on its way" if count else ""
        sides = {True: "cut off", False: "with the others"}
        rows = tuple(
            (one.name, one.value, one.note if one.alive else "dead", sides[one.aside] if self.cut else "connected")
            for one in self.peers
        )
        return Words(f"{self.title}: {held or 'nobody'}{cut}{flying}.", ("node", "holds", "note", "side"), rows)

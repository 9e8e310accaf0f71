"""What a load is made of: how a version uses connections, the link, the objects, and the connections."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from playground.machines.transfer.packet import AROUND, Packet
from playground.machines.transfer.sender import Sender

NEVER = 1 << 60
"""Later than everything."""


class Use(NamedTuple):
    """How a version of HTTP uses connections.

    `connections` is how many at most, 0 for a new one an object. `ahead`: asks without waiting for answers.
    `mixed`: answers travel in turns, packet by packet. `order`: bytes are handed over in the order of the
    whole connection, or of each object. `quic`: its windows and timers are those of QUIC, not of TCP.
    """

    connections: int
    ahead: bool
    mixed: bool
    order: str
    quic: bool = False


class Link(NamedTuple):
    """Round trip in microseconds, bits a second downwards, numbers of packets that get lost."""

    round_trip: int
    bandwidth: int
    lost: frozenset[int]

    def takes(self, size: int) -> int:
        """Microseconds to put a packet on the link."""
        return -(-(size + AROUND) * 8_000_000 // self.bandwidth)


@dataclass(eq=False)
class Thing:
    """An object of the page: bytes of its answer, and the instants of its life (-1: not yet)."""

    size: int
    connection: int = -1
    asked: int = -1
    ready: int = -1
    first: int = -1
    done: int = -1
    unsent: int = 0
    missing: int = 0
    held: list[tuple[int, int]] = field(default_factory=list)
    """Stretches in which bytes were at the client and could not be used."""
    behind: tuple[int, int] | None = None
    """The stretch in which its answer was ready and waited for an earlier answer."""


@dataclass(eq=False)
class Connection:
    """One connection: instants, its queue of answers in order of asking, and its window."""

    number: int
    opened: int
    ready: int
    sender: Sender
    queue: list[int] = field(default_factory=list)
    next: int = 0
    turns: int = 0
    flight: int = 0
    missing: list[Packet] = field(default_factory=list)
    """Lost, and the server does not know it."""
    again: list[Packet] = field(default_factory=list)
    """Lost, and waiting for room in the window to come again."""
    deadline: int = 0
    """When the server has heard nothing for too long, unless it hears something before."""
    looks: int = NEVER
    """When it looks at the clock next."""
    chains: dict[object, int] = field(default_factory=dict)


def merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of time without overlaps, in order."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out

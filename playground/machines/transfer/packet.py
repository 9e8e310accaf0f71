"""Packets of a transfer, and the client’s side of what must stay in order."""

from __future__ import annotations

from dataclasses import dataclass

PACKET = 1400
"""Bytes of an answer in one packet, at most."""

AROUND = 60
"""Bytes around them: addresses, numbers, a seal."""

CONNECTION, OBJECT = "connection", "object"


@dataclass(eq=False)
class Packet:
    """A packet of the server. `again` is the number of the lost one whose bytes it carries, else 0."""

    number: int
    connection: int
    flight: int
    thing: int
    size: int
    chain: object
    place: int
    turn: int
    """How many packets its connection had sent with it."""
    sequence: int = 0
    """Which new piece of its connection it carries; one that comes again keeps it."""
    sent: int = 0
    """When the server handed it to the link, in microseconds."""
    left: int = 0
    """When its last byte was on the link."""
    arrives: int = 0
    lost: bool = False
    again: int = 0
    used: int = -1
    """When its bytes could be used; never, if it was lost."""


class Receiver:
    """The client's side of what must stay in order: pieces of a chain are handed over one after the other."""

    def __init__(self) -> None:
        self.kept: dict[object, dict[int, Packet]] = {}
        self.next: dict[object, int] = {}

    def take(self, packet: Packet) -> list[Packet]:
        """A packet is there; told are those that may be used now."""
        kept = self.kept.setdefault(packet.chain, {})
        kept[packet.place] = packet
        out = []
        while (place := self.next.get(packet.chain, 0)) in kept:
            out.append(kept.pop(place))
            self.next[packet.chain] = place + 1
        return out

    def unusable(self) -> set[int]:
        """Objects with bytes that are there and may not be used."""
        return {packet.thing for kept in self.kept.values() for packet in kept.values()}


def chain_of(order: str, connection: int, thing: int) -> object:
    """TCP keeps all bytes of a connection in order, QUIC those of each stream."""
    return connection if order == CONNECTION else (connection, thing)

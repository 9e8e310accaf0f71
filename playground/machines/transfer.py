"""A page over one link: connections, windows, packets, losses, and which bytes may be used when.

Server and client are joined by a link with a delay and a bandwidth. Every packet is acknowledged as it
arrives. A connection starts with a window of ten packets and one more for each acknowledgement (RFC 6928,
RFC 9002, section 7.3.1), halves it at a loss, and sends again what three later packets have overtaken, or
what is late by an eighth of a round trip, or, at the end, by a whole one.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

PACKET = 1400
"""Bytes of an answer in one packet, at most."""

AROUND = 60
"""Bytes around them: addresses, numbers, a seal."""

WINDOW = 10
LEAST_WINDOW = 2
OVERTAKEN = 3
LAID, ANSWERED, SENDS = range(3)
"""What happens first at one instant: packets and acknowledgements, then requests, then sending."""


class Use(NamedTuple):
    """How a version of HTTP uses connections.

    `connections` is how many at most, 0 for a new one an object. `ahead`: asks without waiting for answers.
    `mixed`: answers travel in turns, packet by packet. `order`: bytes are handed over in the order of the
    whole connection, or of each object.
    """

    connections: int
    ahead: bool
    mixed: bool
    order: str


CONNECTION, OBJECT = "connection", "object"


class Link(NamedTuple):
    """Round trip in microseconds, bits a second downwards, numbers of packets that get lost."""

    round_trip: int
    bandwidth: int
    lost: frozenset[int]

    def takes(self, size: int) -> int:
        """Microseconds to put a packet on the link."""
        return -(-(size + AROUND) * 8_000_000 // self.bandwidth)


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
    left: int = 0
    arrives: int = 0
    lost: bool = False
    again: int = 0
    used: int = -1
    """When its bytes could be used; never, if it was lost."""


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


@dataclass(eq=False)
class Connection:
    """One connection: instants, its queue of answers in order of asking, and its window."""

    number: int
    opened: int
    ready: int
    queue: list[int] = field(default_factory=list)
    next: int = 0
    window: int = field(default_factory=lambda: WINDOW)
    grown: int = 0
    threshold: int = 1 << 30
    flying: int = 0
    turns: int = 0
    recovery: int = 0
    limited: bool = False
    flight: int = 0
    missing: list[Packet] = field(default_factory=list)
    chains: dict[object, int] = field(default_factory=dict)


class Load:
    """One load of the page, from the first packet to the last byte."""

    def __init__(self, sizes: list[int], use: Use, link: Link, set_up: int, think: list[int]) -> None:
        """`set_up` counts round trips before the first request; `think` is a time for each object."""
        self.use, self.link, self.set_up = use, link, set_up * link.round_trip
        self.think = think
        self.there, self.back = link.round_trip // 2, link.round_trip - link.round_trip // 2
        self.things = [Thing(size, unsent=size, missing=size) for size in sizes]
        self.waiting = list(range(len(sizes)))
        self.connections: list[Connection] = []
        self.packets: list[Packet] = []
        self.asks: list[tuple[int, int, tuple[int, ...]]] = []
        """Instant, connection, and the objects asked for."""
        self.free = 0
        self.receiver = Receiver()
        self.due: list[tuple[int, int, int, Callable[[], None]]] = []
        self.orders = 0
        self.now = 0
        self.run()

    def run(self) -> None:
        first = 1 if self.use.connections == 0 else min(self.use.connections, len(self.things))
        for _ in range(first):
            self.open()
        while self.due:
            self.now, _, _, happen = heapq.heappop(self.due)
            happen()

    def at(self, time: int, rank: int, happen: Callable[[], None]) -> None:
        self.orders += 1
        heapq.heappush(self.due, (time, rank, self.orders, happen))

    # The client.

    def open(self) -> None:
        made = Connection(len(self.connections), self.now, self.now + self.set_up)
        self.connections.append(made)
        self.at(made.ready, LAID, lambda: self.ask(made))

    def ask(self, connection: Connection) -> None:
        """Ask for the next object, or for all of them where nobody waits for answers."""
        count = len(self.waiting) if self.use.ahead else 1
        asked, self.waiting = self.waiting[:count], self.waiting[count:]
        if not asked:
            return
        self.asks.append((self.now, connection.number, tuple(asked)))
        for number in asked:
            thing = self.things[number]
            thing.connection, thing.asked = connection.number, self.now
            thing.ready = self.now + self.there + self.think[number]
            connection.queue.append(number)
            self.at(thing.ready, ANSWERED, lambda: self.wake(connection))
        if not self.use.mixed:
            self.line_up(connection)

    def line_up(self, connection: Connection) -> None:
        """In a queue, an answer that is ready waits for those before it."""
        latest = 0
        for number in connection.queue:
            thing = self.things[number]
            if latest > thing.ready:
                thing.behind = (thing.ready, latest)
            latest = max(latest, thing.ready)

    def arrive(self, packet: Packet) -> None:
        """A packet is at the client: hand over what its order allows."""
        thing = self.things[packet.thing]
        if thing.first < 0:
            thing.first = self.now
        self.at(self.now + self.there, LAID, lambda: self.acknowledge(packet))
        for usable in self.receiver.take(packet):
            self.hand_over(usable)

    def hand_over(self, packet: Packet) -> None:
        packet.used = self.now
        thing = self.things[packet.thing]
        if packet.arrives < self.now:
            thing.held.append((packet.arrives, self.now))
        thing.missing -= packet.size
        if not thing.missing:
            thing.done = self.now
            if not self.use.ahead:
                self.next_after(self.connections[packet.connection])

    def next_after(self, connection: Connection) -> None:
        """An answer is complete: ask for the next one, over this connection or a new one."""
        if self.use.connections == 0:
            if self.waiting:
                self.open()
        else:
            self.ask(connection)

    # The server.

    def wake(self, connection: Connection) -> None:
        """An answer is ready: a new flight begins, once everything of this instant has come."""
        flight = connection.flight + 1
        self.at(self.now, SENDS, lambda: self.send_all(connection, flight))

    def send_all(self, connection: Connection, flight: int) -> None:
        """Send as much as the window allows."""
        while (number := self.choose(connection)) is not None and connection.flying < connection.window:
            self.send(connection, flight, number)
        connection.limited = number is not None

    def choose(self, connection: Connection) -> int | None:
        """Whose bytes go next: in turn, or those of the earliest answer that is not sent yet."""
        unsent = (number for number in connection.queue if self.things[number].unsent)
        if not self.use.mixed:
            first = next(unsent, None)
            return first if first is not None and self.things[first].ready <= self.now else None
        ready = [number for number in unsent if self.things[number].ready <= self.now]
        return next((number for number in ready if number >= connection.next), ready[0] if ready else None)

    def send(self, connection: Connection, flight: int, number: int) -> None:
        thing = self.things[number]
        size = min(PACKET, thing.unsent)
        thing.unsent -= size
        connection.next = number + 1
        chain = chain_of(self.use.order, connection.number, number)
        place = connection.chains.get(chain, 0)
        connection.chains[chain] = place + 1
        self.put(connection, Packet(0, connection.number, flight, number, size, chain, place, 0))

    def put(self, connection: Connection, packet: Packet) -> None:
        """Onto the link, behind what is on it already."""
        connection.turns += 1
        connection.flying += 1
        connection.flight = max(connection.flight, packet.flight)
        packet.number, packet.turn = len(self.packets) + 1, connection.turns
        self.packets.append(packet)
        self.free = max(self.free, self.now) + self.link.takes(packet.size)
        packet.left, packet.arrives = self.free, self.free + self.back
        packet.lost = packet.number in self.link.lost
        if packet.lost:
            connection.missing.append(packet)
            self.at(packet.left + 2 * self.link.round_trip, LAID, lambda: self.missed(connection, packet))
        else:
            self.at(packet.arrives, LAID, lambda: self.arrive(packet))

    def acknowledge(self, packet: Packet) -> None:
        """The server learns that a packet has arrived, and so which ones have not."""
        connection = self.connections[packet.connection]
        connection.flying -= 1
        if packet.turn > connection.recovery and connection.limited:
            self.grow(connection)
        for lost in list(connection.missing):
            if lost.turn + OVERTAKEN <= packet.turn:
                self.missed(connection, lost, packet.flight + 1)
            elif lost.turn < packet.turn:
                late = max(self.now, lost.left + self.link.round_trip * 9 // 8)
                self.at(late, LAID, partial(self.missed, connection, lost))
        self.send_all(connection, packet.flight + 1)

    def grow(self, connection: Connection) -> None:
        """One packet more for each acknowledgement; beyond the threshold, for each window of them."""
        if connection.window < connection.threshold:
            connection.window += 1
            return
        connection.grown += 1
        if connection.grown >= connection.window:
            connection.window, connection.grown = connection.window + 1, 0

    def missed(self, connection: Connection, lost: Packet, flight: int = 0) -> None:
        """A packet counts as lost: halve the window, once for each round, and send its bytes again."""
        if lost not in connection.missing:
            return
        connection.missing.remove(lost)
        connection.flying -= 1
        if lost.turn > connection.recovery:
            connection.recovery = connection.turns
            connection.window = connection.threshold = max(connection.window // 2, LEAST_WINDOW)
        again = Packet(0, lost.connection, 0, lost.thing, lost.size, lost.chain, lost.place, 0, again=lost.number)
        again.flight = flight or connection.flight + 1
        self.put(connection, again)
        if not flight:
            self.send_all(connection, again.flight)

    # What came of it.

    def done(self) -> int:
        """When the last object was complete."""
        return max(thing.done for thing in self.things)

    def held(self) -> list[int]:
        """Objects that had bytes at the client which they could not use."""
        return [number for number, thing in enumerate(self.things) if thing.held]


def chain_of(order: str, connection: int, thing: int) -> object:
    """TCP keeps all bytes of a connection in order, QUIC those of each stream."""
    return connection if order == CONNECTION else (connection, thing)


def merged(stretches: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches of time without overlaps, in order."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if out and start <= out[-1][1]:
            out[-1] = (out[-1][0], max(out[-1][1], end))
        else:
            out.append((start, end))
    return out

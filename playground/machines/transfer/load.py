"""A page over one link: connections, windows, packets, losses, and which bytes may be used when.

Server and client are joined by a link with a delay and a bandwidth. Every packet is acknowledged as it arrives.
How much a connection may have under way, and when it sends again, is asked of its sender: `tcp.py` or `quic.py`.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from playground.machines.transfer.packet import PACKET, Packet, Receiver, chain_of
from playground.machines.transfer.parts import NEVER, Connection, Link, Thing, Use
from playground.machines.transfer.quic import Quic
from playground.machines.transfer.tcp import Tcp

LAID, ANSWERED, SENDS = range(3)
"""What happens first at one instant: packets and acknowledgements, then requests, then sending."""


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
        sender = (Quic if self.use.quic else Tcp)(self.link.round_trip)
        made = Connection(len(self.connections), self.now, self.now + self.set_up, sender)
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
        connection.sender.begins(self.now)
        self.at(self.now, SENDS, lambda: self.send_all(connection, flight))

    def send_all(self, connection: Connection, flight: int) -> None:
        """Send as much as the window allows, what was lost first."""
        sender = connection.sender
        before = sender.next
        while connection.again and sender.flying < sender.window:
            self.send_again(connection, connection.again.pop(0), flight)
        while (number := self.choose(connection)) is not None and sender.flying < sender.window:
            self.send(connection, flight, number)
        sender.has_sent(self.now, any=sender.next > before, more=number is not None)

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
        packet = Packet(0, connection.number, flight, number, size, chain, place, 0)
        connection.sender.number(packet)
        self.put(connection, packet)

    def send_again(self, connection: Connection, lost: Packet, flight: int) -> None:
        self.put(connection, replace(lost, flight=flight, lost=False, again=lost.number))

    def put(self, connection: Connection, packet: Packet) -> None:
        """Onto the link, behind what is on it already."""
        connection.turns += 1
        connection.flight = max(connection.flight, packet.flight)
        packet.number, packet.turn, packet.sent = len(self.packets) + 1, connection.turns, self.now
        self.packets.append(packet)
        self.free = max(self.free, self.now) + self.link.takes(packet.size)
        packet.left, packet.arrives = self.free, self.free + self.back
        packet.lost = packet.number in self.link.lost
        connection.sender.put(packet)
        if packet.lost:
            connection.missing.append(packet)
        else:
            self.at(packet.arrives, LAID, lambda: self.arrive(packet))
        self.watch(connection)

    def acknowledge(self, packet: Packet) -> None:
        """The server learns that a packet has arrived, and so which ones have not."""
        connection = self.connections[packet.connection]
        sender = connection.sender
        sender.acknowledged(packet, self.now)
        self.watch(connection)
        found = 0
        for lost in [lost for lost in connection.missing if lost.turn < packet.turn]:
            late = sender.counts_lost(lost, packet, self.now)
            if late <= self.now:
                found += 1
                self.missed(connection, lost, packet.flight + 1)
            else:
                self.at(late, LAID, partial(self.is_late, connection, lost))
        sender.settles(found)
        self.send_all(connection, packet.flight + 1)

    def is_late(self, connection: Connection, lost: Packet) -> None:
        """Time has passed, and a packet is still missing."""
        if lost in connection.missing:
            flight = connection.flight + 1
            self.missed(connection, lost, flight)
            connection.sender.settles(1)
            self.send_all(connection, flight)

    def missed(self, connection: Connection, lost: Packet, flight: int) -> None:
        """A packet counts as lost, and its bytes come again."""
        connection.missing.remove(lost)
        connection.sender.has_lost(lost)
        if connection.sender.at_once:
            self.send_again(connection, lost, flight)
        else:
            connection.again.append(lost)
            connection.again.sort(key=lambda one: one.sequence)

    # Silence.

    def watch(self, connection: Connection) -> None:
        """Something was sent or heard: the wait for news begins again. Where nothing is lost it is always heard."""
        if not self.link.lost:
            return
        connection.deadline = max(connection.sender.deadline(self.now), self.now)
        self.look_at_deadline(connection)

    def look_at_deadline(self, connection: Connection) -> None:
        if connection.deadline < connection.looks:
            connection.looks = connection.deadline
            self.at(connection.deadline, LAID, lambda: self.look(connection))

    def look(self, connection: Connection) -> None:
        """Whether the wait is over. While packets are under way that are not lost, there will be news."""
        connection.looks = NEVER
        if self.now < connection.deadline:
            self.look_at_deadline(connection)
        elif (connection.missing or connection.again) and connection.sender.flying <= len(connection.missing):
            self.hears_nothing(connection)

    def hears_nothing(self, connection: Connection) -> None:
        """The server sends something again that it does not know to be lost."""
        sender, flight = connection.sender, connection.flight + 1
        if sender.may_probe():
            number = self.choose(connection)
            sender.probes(fresh=number is not None)
            if number is not None:
                self.send(connection, flight, number)
            else:
                sender.flying -= 1
                self.send_again(connection, connection.missing.pop(), flight)
            return
        sender.times_out()
        for lost in list(connection.missing):
            self.missed(connection, lost, flight)
        self.send_all(connection, flight)

    # What came of it.

    def done(self) -> int:
        """When the last object was complete."""
        return max(thing.done for thing in self.things)

    def held(self) -> list[int]:
        """Objects that had bytes at the client which they could not use."""
        return [number for number, thing in enumerate(self.things) if thing.held]

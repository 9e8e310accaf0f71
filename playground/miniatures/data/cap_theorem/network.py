"""The network between replicas: what is on its way arrives, unless a cut or a death comes between."""

from __future__ import annotations

from collections.abc import Callable

from playground.engine import Steps
from playground.engine.clock import Wait
from playground.miniatures.data.cap_theorem.parts import ASKS, Flight, Model, Replica, listing

MIDDLE = 500  # thousandths of a way: there a cut goes through it


def seen(flight: Flight) -> tuple[str, str]:
    """A message in the picture, and its way."""
    return f"message:{flight.number}", f"way:{flight.sender.name}:{flight.receiver.name}"


class Network:
    """Replicas that send each other messages; a cut parts them into two groups, and messages between these are lost."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.replicas: dict[str, Replica] = {}
        self.flights: list[Flight] = []
        self.side: tuple[str, ...] = ()
        """Nodes on one side of the cut; none while the network is whole."""
        self.cut_after = 0
        """The last event of the clients' history before it was cut."""
        self.sent = self.changes = 0
        self.changed = ""
        """The node that this step is about."""

    def build(self, names: str) -> None:
        """The nodes begin; the first one leads, where anybody does."""
        self.replicas = {name: Replica(name, order, leader=names[0]) for order, name in enumerate(names)}

    def alive(self) -> list[Replica]:
        return [one for one in self.replicas.values() if one.alive]

    def others(self, node: Replica) -> list[Replica]:
        return [one for one in self.replicas.values() if one is not node]

    def others_named(self, node: Replica) -> str:
        return listing(one.name for one in self.others(node))

    @property
    def majority(self) -> int:
        return len(self.replicas) // 2 + 1

    def hears(self, one: Replica, other: Replica) -> bool:
        return one.alive and other.alive and not self.model.parted(one, other)

    def send(self, one: Replica, other: Replica, label: str, then: Callable[[], Steps], kind: str = ASKS) -> None:
        """Put a message on its way; when it arrives, the receiver does what `then` says."""
        if not one.alive:
            return
        self.sent += 1
        model = self.model
        takes = model.way(one, other) if kind == ASKS else model.way_back(one, other)
        flight = Flight(self.sent, one, other, label, kind, model.now, model.now + takes, model.parted(one, other))
        self.flights.append(flight)
        model.spawn(self.travel(flight, then), background=True)

    def travel(self, flight: Flight, then: Callable[[], Steps]) -> Steps:
        one, other, takes = flight.sender, flight.receiver, flight.lands - flight.since
        yield from self.on_way(flight, takes // 2, MIDDLE)
        if flight.lost:
            self.stops(flight)
        else:
            flight.halfway = True
            yield from self.on_way(flight, takes - takes // 2, 1000)
        if not flight.lost and other.alive:
            self.flights.remove(flight)
            yield from then()
            return
        if flight.label and flight.kind == ASKS and other.alive and not flight.told:
            alike = [also for also in self.flights if also.lost and self.alike(flight, also)]
            for also in alike:
                also.told = True
            self.changed = one.name
            swallows = "swallows" if self.side else "had swallowed"
            yield f"The cut {swallows} what {one.name} sent to {listing(also.receiver.name for also in alike)}."
        self.flights.remove(flight)

    def on_way(self, flight: Flight, lasts: int, reach: int) -> Steps:
        """A part of the way, up to so many thousandths of it; what has no label is not seen."""
        if not flight.label:
            yield Wait(lasts)
            return
        look = "message" if flight.kind == ASKS else "answer"
        yield self.model.move(*seen(flight), lasts, look, reach=reach, said=flight.label)

    def stops(self, flight: Flight) -> None:
        """What is lost stops in the middle, where the cut is."""
        if flight.label:
            look = "lost" if flight.kind == ASKS else "lost answer"
            self.model.move(*seen(flight), 0, look, reach=MIDDLE, said=flight.label)

    def lose(self, flight: Flight) -> None:
        """What is still on its way is lost; what has passed the middle, at once."""
        if flight.halfway and not flight.lost:
            self.stops(flight)
        flight.lost = True

    def alike(self, one: Flight, other: Flight) -> bool:
        """Two messages that went out together, over ways of equal length."""
        return (one.sender, one.since, one.lands, one.kind) == (other.sender, other.since, other.lands, other.kind)

    # What can go wrong.

    def part(self, side: str) -> None:
        """Cut the network: what is under way between the two groups is lost."""
        self.side, self.cut_after = tuple(side), self.model.history.events
        for flight in self.flights:
            if self.model.parted(flight.sender, flight.receiver):
                self.lose(flight)
        self.changes += 1

    def heal(self) -> None:
        self.side = ()
        self.changes += 1

    def stop(self, node: Replica) -> None:
        node.alive = False
        for flight in self.flights:
            if node is flight.receiver:
                self.lose(flight)
        self.changes += 1

"""What the machine for CAP is made of: replicas, messages on their way, operations of clients, and the network."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from playground.engine import Miniature, Steps
from playground.engine.clock import Event, Wait
from playground.machines.histories import NEVER, READ, WRITE, Done

PEEK = "peek"  # reads whatever one replica holds
OPEN, GOOD, REFUSED, NOTHING = "open", "ok", "refused", "no answer"
ASKS, ANSWERS = "asks", "answers"


class Entry(NamedTuple):
    """One line of a replica's log; value 0 marks the beginning of a term."""

    term: int
    value: int


@dataclass(eq=False)
class Replica:
    """A node. A quorum uses `stamp` and `value`; a leader and a primary use the log."""

    name: str
    order: int
    alive: bool = True
    stamp: tuple[int, int] = (-1, 0)
    value: int = 0
    issued: int = -1
    term: int = 1
    voted: int = 1
    leader: str = ""
    log: list[Entry] = field(default_factory=list)
    commit: int = 0

    @property
    def standing(self) -> int:
        """The value of the last line that is sure."""
        return next((line.value for line in reversed(self.log[: self.commit]) if line.value), 0)

    @property
    def leads(self) -> bool:
        return self.leader == self.name


@dataclass(eq=False)
class Flight:
    """A message between two replicas. One without a label is not told when it is lost."""

    number: int
    sender: Replica
    receiver: Replica
    label: str
    kind: str
    since: int
    lands: int
    lost: bool = False
    told: bool = False


@dataclass(eq=False)
class Operation:
    """What a client asked, where, and what came of it. `called` and `answered` count what happened, in order."""

    number: int
    client: str
    node: Replica
    kind: str
    value: int
    called: int
    since: int
    answered: int = NEVER
    ended: int = 0
    until: int = 0
    state: str = OPEN
    over: Event = field(default_factory=Event)

    def done(self) -> Done:
        """As the judge takes it: one that was refused had no effect and proves nothing."""
        return Done(self.number, WRITE if self.kind == WRITE else READ, self.value, self.called, self.answered)


def listing(words: Iterable[str]) -> str:
    """a, b and c."""
    *most, last = list(words) or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last


class Network(Miniature):
    """Replicas that send each other messages; a cut parts them into two groups, and messages between these are lost."""

    delay: int
    far: int

    def build(self, names: str) -> None:
        self.replicas = {name: Replica(name, order) for order, name in enumerate(names)}
        self.flights: list[Flight] = []
        self.side: tuple[str, ...] = ()
        self.sent = self.changes = 0
        self.changed = ""

    def alive(self) -> list[Replica]:
        return [one for one in self.replicas.values() if one.alive]

    def others(self, node: Replica) -> list[Replica]:
        return [one for one in self.replicas.values() if one is not node]

    def others_named(self, node: Replica) -> str:
        return listing(one.name for one in self.others(node))

    @property
    def majority(self) -> int:
        return len(self.replicas) // 2 + 1

    def parted(self, one: Replica, other: Replica) -> bool:
        """True where the cut lies between two replicas."""
        return (one.name in self.side) != (other.name in self.side)

    def hears(self, one: Replica, other: Replica) -> bool:
        return one.alive and other.alive and not self.parted(one, other)

    def way(self, one: Replica, other: Replica) -> int:
        """Microseconds from one replica to another: the last one stands further away."""
        last = len(self.replicas) - 1
        return (self.far if last in (one.order, other.order) else self.delay) * 1000

    def way_back(self, one: Replica, other: Replica) -> int:
        """The same for an acknowledgement."""
        return self.way(one, other)

    @property
    def longest(self) -> int:
        """The longest way there is."""
        return max(self.delay, self.far) * 1000

    def send(self, one: Replica, other: Replica, label: str, then: Callable[[], Steps], kind: str = ASKS) -> None:
        """Put a message on its way; when it arrives, the receiver does what `then` says."""
        if not one.alive:
            return
        self.sent += 1
        takes = self.way(one, other) if kind == ASKS else self.way_back(one, other)
        flight = Flight(self.sent, one, other, label, kind, self.now, self.now + takes, self.parted(one, other))
        self.flights.append(flight)
        self.spawn(self.travel(flight, then), background=True)

    def travel(self, flight: Flight, then: Callable[[], Steps]) -> Steps:
        one, other, takes = flight.sender, flight.receiver, flight.lands - flight.since
        yield Wait(takes // 2)
        if not flight.lost:
            yield Wait(takes - takes // 2)
        if not flight.lost and other.alive:
            self.flights.remove(flight)
            yield from then()
            return
        if flight.label and flight.kind == ASKS and other.alive and not flight.told:
            alike = [also for also in self.flights if also.lost and self.alike(flight, also)]
            for also in alike:
                also.told = True
            self.changed = one.name
            yield f"The cut swallows what {one.name} sent to {listing(also.receiver.name for also in alike)}."
        self.flights.remove(flight)

    def alike(self, one: Flight, other: Flight) -> bool:
        """Two messages that went out together, over ways of equal length."""
        return (one.sender, one.since, one.lands, one.kind) == (other.sender, other.since, other.lands, other.kind)

    # What can go wrong.

    def part(self, side: str) -> None:
        """Cut the network: what is under way between the two groups is lost."""
        self.side = tuple(side)
        for flight in self.flights:
            flight.lost = flight.lost or self.parted(flight.sender, flight.receiver)
        self.changes += 1

    def mend(self) -> None:
        self.side = ()
        self.changes += 1

    def stop(self, node: Replica) -> None:
        node.alive = False
        for flight in self.flights:
            flight.lost = flight.lost or node is flight.receiver
        self.changes += 1

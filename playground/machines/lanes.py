"""Servers behind one balancer: what each works on, what waits before it, and how long the answers took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from playground.machines.balancers import Balancer

WIRE = 4_000
"""Microseconds from the balancer to a server, and back."""

OUT, WAITING, WORKING, BACK, LOST, PAUSED = "out", "waiting", "working", "back", "lost", "paused"
"""Where a request is: underway, in a queue, in work, coming back (answered or not), waiting to be tried again."""


def address(client: int) -> str:
    """Where a client sends from."""
    return f"10.{client * 37 % 256}.{client * 101 % 256}.{client}"


@dataclass(eq=False)
class Flight:
    """A request on its way: where it is, since when, and the servers that may still be tried for it."""

    number: int
    client: int
    size: int
    """How many times the usual work it needs."""
    sent: int
    balancer: Balancer
    """The one that it came to: after a reload another one takes what comes, and this one ends what it has begun."""
    choices: Iterator[str] = field(default_factory=lambda: iter(()))
    server: str = ""
    phase: str = OUT
    since: int = 0
    tries: int = 0
    """Counts the servers tried; work that belongs to an earlier try is void."""

    def to(self, phase: str, now: int) -> None:
        self.phase, self.since = phase, now


@dataclass(eq=False)
class Host:
    """A server: microseconds for one usual request, whether it answers, its queue."""

    name: str
    work: int
    dead: bool = False
    working: list[Flight] = field(default_factory=list)
    waiting: list[Flight] = field(default_factory=list)
    answered: int = 0
    given: int = 0
    """Requests that the balancer gave to it, lost ones too."""
    longest: int = 0
    joined: int = 0


class Lane:
    """One rule with servers of its own."""

    def __init__(self, rule: str, balancer: Balancer) -> None:
        self.rule, self.balancer = rule, balancer
        self.hosts: dict[str, Host] = {}
        self.flights: dict[int, Flight] = {}
        """Requests that are not answered yet, by number."""
        self.served: dict[int, str] = {}
        """Request -> server that answered; empty: an error."""
        self.times: list[int] = []
        """Answer times in microseconds, in order of size."""
        self.homes: dict[int, tuple[str, int]] = {}
        """Client -> server of its last request, and when it was sent there."""
        self.cookies: dict[int, str] = {}
        self.retries = self.errors = self.switches = self.moved = 0
        self.chosen = ""
        self.compared: tuple[tuple[str, str], ...] = ()

    def join(self, host: Host) -> None:
        self.hosts[host.name] = host

    def goes_to(self, flight: Flight, server: str, now: int) -> None:
        """The balancer sends a request to a server, or gives up (empty)."""
        flight.server = self.chosen = server
        flight.tries += 1
        self.compared = flight.balancer.compared
        if not server:
            self.errors += 1
            self.served[flight.number] = ""
            self.flights.pop(flight.number, None)
            return
        flight.to(OUT, now)
        self.flights[flight.number] = flight
        flight.balancer.opened(server)
        self.hosts[server].given += 1
        home, when = self.homes.get(flight.client, (server, now))
        if home != server:
            self.switches += 1
            self.moved += self.balancer.serves(home) and self.hosts[server].joined <= when
        self.homes[flight.client] = (server, now)

    def goes_again(self, flight: Flight, now: int) -> None:
        """The balancer sends a request to the same server once more."""
        self.retries += 1
        flight.tries += 1
        flight.to(OUT, now)

    def answered(self, flight: Flight, now: int) -> int:
        """The answer has come back; how long it took."""
        took = now - flight.sent
        del self.flights[flight.number]
        self.served[flight.number] = self.cookies[flight.client] = flight.server
        self.hosts[flight.server].answered += 1
        flight.balancer.closed(flight.server)
        flight.balancer.took(flight.server, took)
        self.times.append(took)
        self.times.sort()
        return took

    def percentile(self, percent: int) -> int:
        """The answer time that so many of 100 answers do not exceed (nearest rank); 0 where there are none."""
        return self.times[-(-percent * len(self.times) // 100) - 1] if self.times else 0

    def fairness(self) -> int:
        """Jain's index of the requests given, in thousandths: 1000 where all got equally many."""
        given = [host.given for host in self.hosts.values()]
        squares = len(given) * sum(count * count for count in given)
        return sum(given) ** 2 * 1000 // squares if squares else 1000

    def longest(self) -> int:
        return max((host.longest for host in self.hosts.values()), default=0)

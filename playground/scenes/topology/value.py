"""What a topology says: servers with their queues, what is between them and the balancer, what was compared."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words
from playground.scenes.topology.layout import ROOMY


class Machine(NamedTuple):
    """A server: order of appearance, state (live or failed), weight, its time for a request, what it works on,
    what waits before it, and how many requests it was given."""

    name: str
    order: int
    state: str
    weight: int
    figure: str
    slow: bool
    working: tuple[int, ...]
    waiting: tuple[int, ...]
    given: int


class Packet(NamedTuple):
    """Something between the balancer and a server: a request, an answer, one that comes back (lost), or waits to be
    tried again (retry)."""

    id: int
    server: str
    kind: str
    at: int
    """Thousandths of the way from the balancer to the server."""


@dataclass(frozen=True)
class Topology:
    """A balancer with its rule, and what it compared: (server, number) pairs."""

    title: str
    rule: str
    servers: tuple[Machine, ...]
    packets: tuple[Packet, ...]
    compared: tuple[tuple[str, str], ...]
    chosen: str
    current: int
    """Number of the request that this step is about; 0 for none."""
    changed: str
    """Name of the server that changed in this step."""
    dense: int = 0
    """What is drawn as dots without numbers, where there is a lot of it: 1 what waits, 2 what is in work too."""

    most: int = 0
    """Servers that there may be: while there are fewer, a place for one more is drawn."""

    kind = "topology"

    def room(self) -> tuple[int, ...]:
        """Servers; what is drawn as dots: where there are many servers, everything."""
        return len(self.servers), self.dense if len(self.servers) <= ROOMY else 2

    def blank(self) -> bool:
        return not self.servers

    def spare(self, places: int) -> bool:
        """Whether one of so many places is for a server that may still come."""
        return 0 < len(self.servers) < min(places, self.most)

    def words(self) -> Words:
        rows = tuple(
            (
                one.name, "does not answer" if one.state == "failed" else "answers", str(one.weight), one.figure,
                str(len(one.working)), str(len(one.waiting)), str(one.given),
            )
            for one in self.servers
        )  # fmt: skip
        head_ = ("server", "state", "weight", "a request takes", "in work", "waiting", "requests so far")
        return Words(f"{self.title.capitalize()}, {self.rule}: {self.in_words()}.", head_, rows)

    def in_words(self) -> str:
        """Who works on how many requests, how many wait, who does not answer, who was chosen."""
        if not self.servers:
            return "no servers yet"
        working = [f"{one.name} {len(one.working)}" for one in self.servers if one.working]
        waiting = [f"{one.name} {len(one.waiting)}" for one in self.servers if one.waiting]
        failed = [one.name for one in self.servers if one.state == "failed"]
        parts = [f"in work {', '.join(working)}" if working else "nothing in work"]
        parts += [f"waiting {', '.join(waiting)}"] if waiting else []
        parts += [f"no answer from {', '.join(failed)}"] if failed else []
        parts += [f"chosen {self.chosen}"] if self.chosen else []
        return "; ".join(parts)

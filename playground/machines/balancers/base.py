"""What every rule of a load balancer is: a view of the servers, and a choice to be explained."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple


class Asked(NamedTuple):
    """What a rule may look at in a request: its address, its page, its cookie (the server that gave it, or empty)."""

    address: str
    page: str
    cookie: str = ""


@dataclass
class Peer:
    """A server as the balancer sees it."""

    name: str
    weight: int
    out: bool = False
    open: int = 0
    """Requests sent to it and not yet answered."""
    effective: int = 0
    current: int = 0
    """nginx: the weight that it counts with, and the one that it has saved up."""
    fails: int = 0
    failed_at: int = 0
    checked: int = 0
    """nginx: failures since it last answered, the second of the last one, and the second since which it is watched."""
    average: int = 0
    """Mean time of its answers in microseconds; 0: none yet."""


class Balancer:
    """A rule, and what it knows of the servers."""

    rule = ""
    program = ""
    """The program whose ways with a failure it has."""

    def __init__(self, below: Callable[[int], int]) -> None:
        """`below(n)` draws a whole number from 0 to n - 1."""
        self.below = below
        self.peers: dict[str, Peer] = {}
        self.compared: tuple[tuple[str, str], ...] = ()
        """The numbers of the last choice, server by server."""
        self.why = ""
        """Reason of the last choice, to follow a colon."""
        self.second = 0
        """The clock, in whole seconds: the caller sets it before a choice."""

    def begin(self) -> None:
        """The configuration is read: who joins now joins while it runs."""

    def join(self, name: str, weight: int) -> None:
        self.peers[name] = Peer(name, weight, effective=weight)

    def leave(self, name: str) -> None:
        """A health check takes it out: nothing is sent to it any more."""
        self.peers[name].out = True

    def come_back(self, name: str) -> None:
        self.peers[name].out = False

    def failed(self, name: str) -> None:
        """A request found nobody there, or was broken off."""

    def opened(self, name: str) -> None:
        self.peers[name].open += 1

    def closed(self, name: str) -> None:
        self.peers[name].open -= 1

    def took(self, name: str, microseconds: int) -> None:
        """An answer came after so long; later answers count for an eighth each."""
        peer = self.peers[name]
        peer.average += (microseconds - peer.average) // 8 if peer.average else microseconds

    def choices(self, asked: Asked) -> Iterator[str]:
        """The servers to try for a request, best first."""
        raise NotImplementedError

    def pick(self, tried: set[str]) -> str:
        """The server to try next; empty where nobody is left."""
        raise NotImplementedError

    def usable(self, peer: Peer, tried: set[str]) -> bool:
        return not peer.out and peer.name not in tried

    def nobody(self) -> str:
        """Why a request is given to nobody, to follow a colon."""
        return "no server is left"

    def able(self, tried: set[str]) -> list[Peer]:
        return [peer for peer in self.peers.values() if self.usable(peer, tried)]

    def serves(self, name: str) -> bool:
        """Whether it may be given a request now."""
        return self.usable(self.peers[name], set())

    def compare(self, numbers: Mapping[str, object], why: str) -> None:
        self.compared = self.spelled(numbers)
        self.why = why

    def standing(self) -> tuple[tuple[str, str], ...]:
        """The numbers as they stand between two choices, server by server; none before the first."""
        return self.compared

    def spelled(self, numbers: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
        # A weight that smooth rules have overdrawn is negative, and has the minus of print.
        return tuple((name, str(numbers.get(name, "–")).replace("-", "−")) for name in self.peers)


def toward_zero(number: int, by: int) -> int:
    """The quotient of two signed numbers as C has it: rounded towards zero."""
    return number // by if number >= 0 else -(-number // by)

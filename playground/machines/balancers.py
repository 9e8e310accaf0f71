"""How a load balancer chooses: the rules of nginx and HAProxy, and two that neither has.

nginx: `ngx_http_upstream_round_robin.c` and the modules `hash`, `ip_hash`, `least_conn`, `random`.
HAProxy: `lb_fwrr.c` (`balance roundrobin`) and `lb_map.c` (`balance static-rr`).

A rule hands out the servers to try for one request, best first: the caller takes the next one only
where the one before does not answer. What the rule compared, and why it chose, can be read afterwards.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from math import gcd
from typing import NamedTuple
from zlib import crc32

from playground.machines.ketama import Point, nginx_hash, nginx_points, place, successor

TRIES = 20
"""Servers of nginx's hash and random rules that may be out before it falls back to taking turns."""

POINTS = 160
"""Points on nginx's ring for each unit of weight."""

SCALE = 16
"""HAProxy counts in sixteenths of a weight."""


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
    average: int = 0
    """Mean time of its answers in microseconds; 0: none yet."""


class Balancer:
    """A rule, and what it knows of the servers."""

    rule = ""

    def __init__(self, below: Callable[[int], int]) -> None:
        """`below(n)` draws a whole number from 0 to n - 1."""
        self.below = below
        self.peers: dict[str, Peer] = {}
        self.compared: tuple[tuple[str, str], ...] = ()
        """The numbers of the last choice, server by server."""
        self.why = ""
        """Reason of the last choice, to follow a colon."""

    def join(self, name: str, weight: int) -> None:
        self.peers[name] = Peer(name, weight, effective=weight)

    def leave(self, name: str) -> None:
        """Nothing is sent to it any more."""
        self.peers[name].out = True

    def come_back(self, name: str) -> None:
        self.peers[name].out = False

    def failed(self, name: str) -> None:
        """A request found nobody there: one failure is enough, as with nginx's max_fails=1."""
        self.peers[name].effective = 0
        self.leave(name)

    def opened(self, name: str) -> None:
        self.peers[name].open += 1

    def closed(self, name: str) -> None:
        self.peers[name].open -= 1

    def took(self, name: str, microseconds: int) -> None:
        """An answer came after so long; later answers count for an eighth each."""
        peer = self.peers[name]
        peer.average += (microseconds - peer.average) // 8 if peer.average else microseconds

    def choices(self, asked: Asked) -> Iterator[str]:
        """The servers to try for a request, until nobody is left."""
        tried: set[str] = set()
        while name := self.pick(tried):
            tried.add(name)
            yield name

    def pick(self, tried: set[str]) -> str:
        """The server to try next; empty where nobody is left."""
        raise NotImplementedError

    def able(self, tried: set[str]) -> list[Peer]:
        return [peer for peer in self.peers.values() if not peer.out and peer.name not in tried]

    def compare(self, numbers: Mapping[str, object], why: str) -> None:
        self.compared = tuple((name, str(numbers.get(name, "–"))) for name in self.peers)
        self.why = why


class Smooth(Balancer):
    """Each adds its weight to what it has saved up; the richest is chosen, and pays what all have added."""

    rule = "smooth weights"

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        added = sum(peer.effective for peer in able)
        for peer in able:
            peer.current += peer.effective
            peer.effective += peer.effective < peer.weight
        best = max(able, key=lambda peer: peer.current)  # the first of equals
        self.compare({peer.name: peer.current for peer in able}, f"it has saved up {best.current}, the most")
        best.current -= added
        return best.name


class StaticTurns(Balancer):
    """A fixed list in which each server stands as often as its weight, and an index that moves by one."""

    rule = "fixed list"

    def __init__(self, below: Callable[[int], int]) -> None:
        super().__init__(below)
        self.list: list[str] = []
        self.next = 0

    def join(self, name: str, weight: int) -> None:
        super().join(name, weight)
        self.write()

    def leave(self, name: str) -> None:
        super().leave(name)
        self.write()

    def come_back(self, name: str) -> None:
        super().come_back(name)
        self.write()

    def write(self) -> None:
        """Write the list anew: at each place, the server that has waited longest for its share."""
        able = self.able(set())
        common = gcd(*(peer.weight for peer in self.peers.values()))
        weight = {peer.name: peer.weight // common for peer in able}
        total = sum(weight.values())
        score = dict.fromkeys(weight, 0)
        self.list = []
        for _ in range(total):
            for name in score:
                score[name] += weight[name]
            # Whole shares only, so that near ties go to the one named first.
            best = max(score, key=lambda name: toward_zero(score[name] + total, total))
            score[best] -= total
            self.list.append(best)

    def pick(self, tried: set[str]) -> str:
        size = len(self.list)
        at = self.next if self.next < size else 0
        order = [self.list[(at + step) % size] for step in range(size)]
        found = next((step for step, name in enumerate(order) if name not in tried), None)
        if found is None:
            return ""
        self.next = (at + found) % size + 1
        turns = {name: order.index(name) + 1 for name in set(order)}
        self.compare(turns, "it is its turn")
        return order[found]


class RoundRobin(StaticTurns):
    """Everybody in turn, whatever the weights."""

    rule = "everybody in turn"

    def join(self, name: str, weight: int) -> None:
        super().join(name, 1)


class Sticky(RoundRobin):
    """In turn for a client's first request; later ones follow its cookie."""

    rule = "cookie, or in turn"

    def choices(self, asked: Asked) -> Iterator[str]:
        home = self.peers.get(asked.cookie)
        if home and not home.out:
            self.compare({home.name: "✓"}, "the cookie says so")
            yield home.name
        for name in super().choices(asked):
            if not home or name != home.name:
                yield name


@dataclass
class Seat:
    """HAProxy: the place at which a server is due next, and the remainder of its step."""

    due: int = 0
    rest: int = 0
    row: str = ""
    """Where it waits: fresh, due, later; empty: nowhere."""
    since: int = 0
    """Order of arrival in its row."""


class Places(Balancer):
    """Each is due at a place on a line, one step of total / weight after its last; the first one due is taken."""

    rule = "places on a line"

    def __init__(self, below: Callable[[int], int]) -> None:
        super().__init__(below)
        self.seats: dict[str, Seat] = {}
        self.place = self.width = self.next_width = 0
        self.arrivals = 0

    def weight(self, name: str) -> int:
        return self.peers[name].weight * SCALE

    def join(self, name: str, weight: int) -> None:
        super().join(name, weight)
        self.seats[name] = Seat()
        self.next_width += self.weight(name)
        if self.width:
            self.enter(name)
        else:
            self.sit(name, "fresh")

    def leave(self, name: str) -> None:
        if not self.peers[name].out:
            super().leave(name)
            self.next_width -= self.weight(name)
            self.seats[name].row = ""

    def come_back(self, name: str) -> None:
        if self.peers[name].out:
            super().come_back(name)
            self.next_width += self.weight(name)
            self.enter(name)

    def enter(self, name: str) -> None:
        """One that joins while the others run: somewhere in what is left of the line."""
        left = self.next_width + self.width - self.place
        self.seats[name].due = self.place + toward_zero(left, self.weight(name))
        self.queue(name)

    def sit(self, name: str, row: str) -> None:
        self.arrivals += 1
        self.seats[name].row, self.seats[name].since = row, self.arrivals

    def queue(self, name: str) -> None:
        """Into the row of those due on this line, or on the next one where the place is beyond its end."""
        seat = self.seats[name]
        if seat.due >= min(2 * self.width, self.width + self.next_width):
            seat.due -= self.width
            self.sit(name, "later")
        else:
            self.sit(name, "due")

    def first(self, row: str) -> str:
        """Who is first in a row: by weight, heavy ones first; among those due by place, then by what is left over."""

        def order(name: str) -> tuple[int, int]:
            seat, weight = self.seats[name], self.weight(name)
            key = 256 * seat.due + (256 * SCALE + seat.rest - weight) // SCALE if row == "due" else -weight
            return key, seat.since

        return min((name for name, seat in self.seats.items() if seat.row == row), key=order, default="")

    def take(self) -> str:
        """The first one due; one not yet placed where nobody is due; on a new line where nobody is left."""
        for _ in range(2):
            name, fresh = self.first("due"), self.first("fresh")
            if fresh and (not name or self.seats[name].due > self.place):
                self.seats[fresh].due = self.seats[fresh].rest = 0
                return fresh
            if name:
                return name
            for seat in self.seats.values():
                seat.row = {"later": "fresh", "fresh": "later"}.get(seat.row, seat.row)
            self.place = self.width = self.next_width
        return ""

    def pick(self, tried: set[str]) -> str:
        passed: list[str] = []
        found = ""
        while not found:
            if not self.width:
                self.place = self.width = self.next_width
            name = self.take()
            if not name:
                break
            numbers = {name: "new" for name, seat in self.seats.items() if seat.row == "fresh"} | {
                name: seat.due - self.place for name, seat in self.seats.items() if seat.row == "due"
            }
            seat, weight = self.seats[name], self.weight(name)
            seat.due = (seat.due or self.place) + self.next_width // weight
            seat.rest += self.next_width % weight
            if seat.rest >= weight:
                seat.rest -= weight
                seat.due += 1
            seat.row = ""
            self.place += 1
            if name in tried:
                passed.append(name)
            else:
                found = name
                self.compare(numbers, "it is the first one due")
        for name in [found, *passed] if found else passed:
            self.queue(name)
        return found


class LeastOpen(Smooth):
    """The fewest open requests for its weight; equals take turns by smooth weights."""

    rule = "fewest open"

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        best = able[0]
        for peer in able:
            if peer.open * best.weight < best.open * peer.weight:
                best = peer
        equal = [peer for peer in able if peer.open * best.weight == best.open * peer.weight]
        numbers = {peer.name: peer.open if peer.weight == 1 else f"{peer.open}/{peer.weight}" for peer in able}
        why = f"it has {best.open} open, the fewest" + (" for its weight" if best.weight > 1 else "")
        if len(equal) > 1:
            why = f"{len(equal)} have the fewest open, and it is its turn"
            added = sum(peer.effective for peer in equal)
            for peer in equal:
                peer.current += peer.effective
                peer.effective += peer.effective < peer.weight
                if peer.current > best.current:
                    best = peer
            best.current -= added
        self.compare(numbers, why)
        return best.name


class LeastTime(Balancer):
    """The smallest product of mean answer time and requests open with this one. A model: no program is followed."""

    rule = "least time"

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        if not able:
            return ""
        costs = {peer.name: peer.average * (peer.open + 1) // peer.weight for peer in able}
        best = min(able, key=lambda peer: (costs[peer.name], peer.open, -peer.weight))
        numbers = {name: -(-cost // 1000) if cost else "?" for name, cost in costs.items()}
        known = f"{numbers[best.name]} ms is the least to expect"
        self.compare(numbers, known if costs[best.name] else "nothing is known of its speed yet")
        return best.name


class Fallback(Smooth):
    """Rules that go to a place of their own choice, and take turns after too many that are out."""

    def choices(self, asked: Asked) -> Iterator[str]:
        tried: set[str] = set()
        missed = 0
        for name in self.places(asked):
            if missed > TRIES or not self.able(tried):
                break
            peer = self.peers[name]
            if peer.out or name in tried:
                missed += 1
                continue
            tried.add(name)
            yield name
        while name := self.pick(tried):
            self.why = "after twenty tries it is its turn"
            tried.add(name)
            yield name

    def places(self, asked: Asked) -> Iterator[str]:
        """The servers to which this request's own numbers lead, without end."""
        raise NotImplementedError

    def at(self, number: int, why: str) -> str:
        """The server in whose part of the total weight a number falls."""
        start, found, ranges = 0, "", {}
        rest = number % sum(peer.weight for peer in self.peers.values())
        for peer in self.peers.values():
            end = start + peer.weight
            ranges[peer.name] = str(start) if peer.weight == 1 else f"{start}–{end - 1}"
            if start <= rest < end:
                found = peer.name
            start = end
        self.compare(ranges, f"{why} leaves {rest} when divided by {start}")
        return found


class AddressHash(Fallback):
    """nginx's ip_hash: the first three parts of the address, modulo the total weight."""

    rule = "hash of the address"

    def places(self, asked: Asked) -> Iterator[str]:
        value = 89
        while True:
            for part in asked.address.split(".")[:3]:
                value = (value * 113 + int(part)) % 6271
            yield self.at(value, f"the hash of {asked.address.rpartition('.')[0]}, {value},")


class PageHash(Fallback):
    """nginx's hash: CRC-32 of the page, shifted and masked, modulo the total weight."""

    rule = "hash of the page"

    def places(self, asked: Asked) -> Iterator[str]:
        value, again = 0, 0
        while True:
            value += crc32(f"{again or ''}{asked.page}".encode()) >> 16 & 0x7FFF
            again += 1
            yield self.at(value, f"the hash of {asked.page}, {value},")


class RingHash(Fallback):
    """nginx's hash … consistent: the first point clockwise, 160 points for each unit of weight."""

    rule = "hash ring"

    def __init__(self, below: Callable[[int], int]) -> None:
        super().__init__(below)
        self.ring: list[Point] = []

    def join(self, name: str, weight: int) -> None:
        super().join(name, weight)
        self.ring = []  # placed anew for the next request

    def places(self, asked: Asked) -> Iterator[str]:
        self.ring = self.ring or ring_of(tuple((peer.name, peer.weight) for peer in self.peers.values()))
        position = nginx_hash(asked.page)
        at = successor(self.ring, position)
        while True:
            peer = self.peers[self.ring[at % len(self.ring)].server]
            self.compare({peer.name: "✓"}, f"its point is the next after {asked.page}")
            if not peer.out:
                peer.effective += peer.effective < peer.weight
            yield peer.name
            at += 1


@lru_cache(64)
def ring_of(weights: tuple[tuple[str, int], ...]) -> list[Point]:
    """The points of all servers, sorted. A caller may not change it."""
    return place((name, nginx_points(name, POINTS * weight)) for name, weight in weights)


class TwoChoices(Fallback):
    """nginx's random two: draw two different ones by weight, and take the one with fewer open requests."""

    rule = "two at random"

    def places(self, asked: Asked) -> Iterator[str]:
        return iter(())

    def choices(self, asked: Asked) -> Iterator[str]:
        tried: set[str] = set()
        missed = 0
        first: Peer | None = None
        while missed <= TRIES and self.able(tried):
            peer = self.drawn()
            if peer.out or peer.name in tried or peer is first:
                missed += 1
            elif first is None:
                first = peer
            else:
                fuller = peer.open * first.weight > first.open * peer.weight
                best = first if fuller else peer
                numbers = {one.name: one.open for one in (first, peer)}
                self.compare(numbers, f"of {first.name} and {peer.name}, drawn at random, it has no more open")
                tried.add(best.name)
                first = None
                yield best.name
        while name := self.pick(tried):
            tried.add(name)
            yield name

    def drawn(self) -> Peer:
        rest = self.below(sum(peer.weight for peer in self.peers.values()))
        for peer in self.peers.values():
            rest -= peer.weight
            if rest < 0:
                break
        return peer


def toward_zero(number: int, by: int) -> int:
    """The quotient as C has it: rounded towards zero."""
    return number // by if number >= 0 else -(-number // by)


RULES: dict[str, type[Balancer]] = {
    "round-robin": RoundRobin,
    "sticky": Sticky,
    "weighted-nginx": Smooth,
    "weighted-haproxy": Places,
    "weighted-static": StaticTurns,
    "ip-hash": AddressHash,
    "url-hash": PageHash,
    "ketama": RingHash,
    "least-connections": LeastOpen,
    "least-time": LeastTime,
    "two-choices": TwoChoices,
}
"""Name of a rule -> the rule."""

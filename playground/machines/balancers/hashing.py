"""Rules in which a number of the request’s own leads to its server: nginx’s `ip_hash`, `hash`, `hash … consistent`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from zlib import crc32

from playground.machines.balancers.base import Asked
from playground.machines.balancers.turns import Smooth
from playground.machines.ketama import Point, nginx_hash, nginx_points, place, successor

TRIES = 20
"""Servers of nginx's hash and random rules that may be out before it falls back to taking turns."""

POINTS = 160
"""Points on nginx's ring for each unit of weight."""


class Fallback(Smooth):
    """Rules that go to a place of their own choice, and take turns after too many that are out."""

    def choices(self, asked: Asked) -> Iterator[str]:
        tried: set[str] = set()
        missed = 0
        for name in self.places(asked):
            if missed > TRIES or not self.able(tried):
                break
            peer = self.peers[name]
            if not self.usable(peer, tried):
                missed += 1
                continue
            tried.add(name)
            self.taken(name)
            yield name
        while name := self.pick(tried):
            self.why = "after twenty tries it is its turn"
            tried.add(name)
            self.taken(name)
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
        self.ring = []  # placed again for the next request

    def places(self, asked: Asked) -> Iterator[str]:
        self.ring = self.ring or ring_of(tuple((peer.name, peer.weight) for peer in self.peers.values()))
        position = nginx_hash(asked.page)
        at = successor(self.ring, position)
        while True:
            peer = self.peers[self.ring[at % len(self.ring)].server]
            self.compare({peer.name: "✓"}, f"its point is the next after {asked.page}")
            if self.serves(peer.name):
                peer.effective += peer.effective < peer.weight
            yield peer.name
            at += 1


@lru_cache(64)
def ring_of(weights: tuple[tuple[str, int], ...]) -> list[Point]:
    """The points of all servers, sorted. A caller may not change it."""
    return place((name, nginx_points(name, POINTS * weight)) for name, weight in weights)

"""One load of the page, when it is known how it went."""

from functools import lru_cache
from typing import NamedTuple

from playground.machines.transfer import Connection, Link, Load, Use, merged


class Loaded(NamedTuple):
    """A load, the bytes of its requests, and what is told of it."""

    key: str
    version: str
    tls: str
    round_trip: int
    """In microseconds."""
    names: tuple[str, ...]
    """Of the objects."""
    load: Load
    requests: tuple[bytes, ...]
    header_bytes: int
    held: tuple[str, ...]
    """Objects with bytes at the client which they may not use for a while."""
    began: int

    @property
    def trips_before(self) -> int:
        """Round trips before the first request."""
        return self.load.set_up // self.round_trip

    @property
    def trips(self) -> int:
        """Whole round trips until everything is there."""
        return self.load.done() // self.round_trip

    def first_done(self) -> int:
        """When the first object was complete."""
        return min(thing.done for thing in self.load.things)

    def held_for(self) -> int:
        """Microseconds in which bytes were at the client and could not be used, all objects together."""
        return sum(end - start for thing in self.load.things for start, end in merged(thing.held))

    def lost_from(self) -> int | None:
        """When the first packet that is lost should have come; None where all came."""
        return min((packet.arrives for packet in self.load.packets if packet.lost), default=None)

    def waits_from(self) -> int | None:
        """When the last of those that wait for a lost packet has bytes that it may not use."""
        begins = [min(thing.held)[0] for thing in self.load.things if thing.held]
        return max(begins) if begins and self.lost_from() is not None else self.lost_from()

    def without_loss(self) -> int | None:
        """When the same load is done if all its packets come; None where they did."""
        return None if self.lost_from() is None else max(self.done_without_loss())

    def done_without_loss(self) -> tuple[int, ...]:
        """When each object of the same load is done if all its packets come."""
        load = self.load
        sizes = tuple(thing.size for thing in load.things)
        link = load.link._replace(lost=frozenset())
        return done_in(sizes, load.use, link, load.set_up // self.round_trip, tuple(load.think))


@lru_cache(64)
def done_in(sizes: tuple[int, ...], use: Use, link: Link, set_up: int, think: tuple[int, ...]) -> tuple[int, ...]:
    """When each object of such a load is done. Of one link, many runs ask the same."""
    return tuple(thing.done for thing in Load(list(sizes), use, link, set_up, list(think)).things)


def opener(one: Connection) -> int:
    """The object that a connection was opened for."""
    return one.queue[0] if one.queue else 0

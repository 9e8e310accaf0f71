"""One load of the page, when it is known how it went."""

from typing import NamedTuple

from playground.machines.transfer import Connection, Load, merged


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


def opener(one: Connection) -> int:
    """The object that a connection was opened for."""
    return one.queue[0] if one.queue else 0

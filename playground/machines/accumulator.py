"""When a producer closes a batch: it is full, or its first message has waited long enough.

Source: Apache Kafka, RecordAccumulator.ready: a batch is sendable when it is full (`batch.size`) or when it has
waited for `linger.ms` since it was begun. What arrives at that very instant still joins it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

SIZE, LINGER = "size", "linger"


class Closing(NamedTuple):
    """A closed batch: its first message, how many it has, when it is closed (ms), and by which of the two."""

    first: int
    messages: int
    at: int
    by: str


def closings(arrivals: Sequence[int], most: int, linger: int) -> list[Closing]:
    """The batches of messages that arrive at these instants (ms, in order): at most so many each, or after linger."""
    found: list[Closing] = []
    first = 0
    while first < len(arrivals):
        last, ends = first, arrivals[first] + linger
        while last + 1 < len(arrivals) and last + 1 - first < most and arrivals[last + 1] <= ends:
            last += 1
        count = last + 1 - first
        full = count == most
        found.append(Closing(first, count, arrivals[last] if full else ends, SIZE if full else LINGER))
        first = last + 1
    return found


def waits(arrivals: Sequence[int], closed: Sequence[Closing]) -> list[int]:
    """What each message has waited until its batch was closed, in milliseconds."""
    return [batch.at - at for batch in closed for at in arrivals[batch.first : batch.first + batch.messages]]


def percentile(times: Sequence[int], percent: int) -> int:
    """The time that so many of 100 do not exceed (nearest rank); 0 where there are none."""
    return sorted(times)[-(-percent * len(times) // 100) - 1] if times else 0

"""What it takes to write batches to a disk that turns: at the end of a file, or each at a place of its own.

A model: a seek, then the bytes at the disk's rate. At the end of a file the head stands where it has to be, so that a
file costs one seek; at random places every batch costs one. No cache of the disk, no queue that is put in order, no
read-ahead. Kafka's documentation (Design, Persistence) has about 600 MB a second for linear writes on six disks and
about 100 kB a second for random ones; a seek of 10 ms and writes of 1,000 bytes give both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple


class Stroke(NamedTuple):
    """One thing the disk does: a seek or a write, from when to when, in microseconds."""

    seek: bool
    start: int
    end: int


def strokes(files: Sequence[Sequence[int]], seek: int, rate: int, *, scattered: bool) -> list[Stroke]:
    """What is done for batches of so many bytes, file by file. `seek` is in microseconds, `rate` in bytes for each."""
    found: list[Stroke] = []
    turns = written = 0
    for sizes in files:
        for place, size in enumerate(sizes):
            if scattered or not place:
                start = turns * seek - (-written // rate)
                turns += 1
                found.append(Stroke(True, start, start + seek))
            start = turns * seek - (-written // rate)
            written += size
            found.append(Stroke(False, start, turns * seek - (-written // rate)))
    return found


def seeks(done: Sequence[Stroke]) -> int:
    return sum(one.seek for one in done)


def ended(done: Sequence[Stroke]) -> int:
    """How long it takes, in microseconds."""
    return done[-1].end if done else 0

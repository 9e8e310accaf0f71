"""A partition on a broker's disk: segments named by their first offset, each with a sparse index of offsets.

An index entry is 8 bytes: an offset, counted from the segment's first, and a position in the segment's file. It
is written for the batch that arrives after more than an interval of bytes since the last entry; its offset is
the batch's last, its position the batch's first byte. So an entry never promises more than it can hold: what is
at or above its offset lies at or behind its position.

Source: Apache Kafka, LogSegment.append, OffsetIndex.lookup and AbstractIndex.binarySearch.
"""

from __future__ import annotations

import struct
from typing import NamedTuple

from playground.machines.record_batch import header_of, placed

ENTRY = struct.Struct(">ii")


class Kept(NamedTuple):
    """A batch in a segment: its first byte there, how many it takes, its first and its last offset."""

    position: int
    size: int
    base: int
    last: int


class Entry(NamedTuple):
    """An entry of the index: an offset, and where to begin reading for it."""

    offset: int
    position: int


class Segment:
    """A file of batches, and its index."""

    def __init__(self, base: int) -> None:
        self.base = base
        self.log = bytearray()
        self.index = bytearray()
        self.batches: list[Kept] = []
        self.since_entry = 0

    @property
    def name(self) -> str:
        return f"{self.base:020d}.log"

    @property
    def entries(self) -> list[Entry]:
        return [Entry(self.base + offset, position) for offset, position in ENTRY.iter_unpack(self.index)]

    def bytes_of(self, batch: Kept) -> bytes:
        return bytes(self.log[batch.position : batch.position + batch.size])

    def append(self, batch: bytes, interval: int) -> bool:
        """Add a batch at the end. Told is whether the index has a new entry."""
        header, position = header_of(batch), len(self.log)
        last = header["baseOffset"] + header["lastOffsetDelta"]
        self.log += batch
        self.batches.append(Kept(position, len(batch), header["baseOffset"], last))
        due = self.since_entry > interval
        if due:
            self.index += ENTRY.pack(last - self.base, position)
            self.since_entry = 0
        self.since_entry += len(batch)
        return due

    def floor(self, target: int) -> tuple[int, list[int]]:
        """The slot of the last entry at or below an offset, -1 for none, and the slots that were looked at."""
        entries = self.entries
        if not entries or entries[0].offset > target:
            return -1, [0] if entries else []
        low, high, looked = 0, len(entries) - 1, [0]
        while low < high:
            middle = (low + high + 1) // 2
            looked.append(middle)
            if entries[middle].offset == target:
                return middle, looked
            if entries[middle].offset > target:
                high = middle - 1
            else:
                low = middle
        return low, looked

    def scan(self, target: int, position: int) -> list[Kept]:
        """The batches read from a position on, up to the one that holds the offset."""
        read = []
        for batch in self.batches:
            if batch.position >= position:
                read.append(batch)
                if batch.last >= target:
                    break
        return read


class Partition:
    """Segments in order of their offsets. Only the last one is written to."""

    def __init__(self, segment_bytes: int, interval: int) -> None:
        self.segment_bytes, self.interval = segment_bytes, interval
        self.segments = [Segment(0)]
        self.end = 0
        """The offset that the next record will have."""

    @property
    def active(self) -> Segment:
        return self.segments[-1]

    def must_roll(self, size: int) -> bool:
        """Whether a batch of so many bytes goes to a new segment."""
        return len(self.active.log) > self.segment_bytes - size

    def roll(self) -> Segment:
        self.segments.append(Segment(self.end))
        return self.active

    def append(self, batch: bytes) -> tuple[Kept, bool]:
        """Give a batch its offsets and add it to the active segment; told is whether the index grew."""
        indexed = self.active.append(placed(batch, self.end, 0), self.interval)
        kept = self.active.batches[-1]
        self.end = kept.last + 1
        return kept, indexed

    def segment_of(self, offset: int) -> Segment:
        """The last segment that begins at or below an offset."""
        return max((one for one in self.segments if one.base <= offset), key=lambda one: one.base)

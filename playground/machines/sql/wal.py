"""The write-ahead log: what is done to a page in memory is written here, and on disk before the page reaches its file.

PostgreSQL 15 documentation, chapter 30 (reliability and the write-ahead log); access/transam/README. The names of
the records are those that pg_waldump prints.
"""

from __future__ import annotations

from typing import NamedTuple

from playground.machines.sql.versions import Place, Version

LOCK, UPDATE, HOT_UPDATE, INSERT_LEAF = "LOCK", "UPDATE", "HOT_UPDATE", "INSERT_LEAF"
COMMIT, ABORT, CHECKPOINT = "COMMIT", "ABORT", "CHECKPOINT"


class Record(NamedTuple):
    """A record: its transaction (0: none), what it is, and of an update the version that is replaced, and the new.

    `leaf`: the leaf of the index that has a new entry, from 0.
    """

    xid: int
    kind: str
    old: Place | None = None
    new: Version | None = None
    leaf: int | None = None


class Wal:
    """Records in order. The first `flushed` of them are on disk; of those, redo begins with number `redo`, from 0."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.flushed = self.redo = 0

    def add(self, record: Record) -> None:
        self.records.append(record)

    def flush(self) -> int:
        """All records go to disk; how many there were to write."""
        written = len(self.records) - self.flushed
        self.flushed = len(self.records)
        return written

    def lose(self) -> int:
        """The server dies: what is in memory only is gone. How many records that were."""
        lost = len(self.records) - self.flushed
        del self.records[self.flushed :]
        return lost

"""Transactions that write: versions, locks and the log together, under READ COMMITTED, PostgreSQL's default.

PostgreSQL 15 documentation, 13.2.1 (Read Committed), 13.3.2 (row-level locks), 30.3 (write-ahead logging);
heapam.c, heap_update; nodeModifyTable.c, ExecUpdate; execMain.c, EvalPlanQual; xact.c, RecordTransactionCommit.
Nothing is vacuumed, and no page is pruned: so it is while an old transaction is still open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.machines.sql.locks import Queue, Waiting, Wanted
from playground.machines.sql.table import Index, Table
from playground.machines.sql.versions import LOADED, Heap, Place, Version
from playground.machines.sql.wal import ABORT, CHECKPOINT, COMMIT, HOT_UPDATE, INSERT_LEAF, LOCK, UPDATE, Record, Wal

FIRST = LOADED + 4
"""The first transaction number that is given out: the index, the statistics and an old transaction had the others."""


@dataclass
class Session:
    """A connection with its server process: its transaction's number (0: none), and the page it last found room on."""

    xid: int = 0
    target: int | None = None


class Written(NamedTuple):
    """An UPDATE is done: what it replaced, and what it wrote."""

    wanted: Wanted
    old: Version
    new: Version


class Deadlock(NamedTuple):
    """An UPDATE that would have closed a circle of waiting (SQLSTATE 40P01); its transaction is rolled back.

    So it is when the others have waited for deadlock_timeout, a second, before: each looks for a circle once, then.
    """

    wanted: Wanted
    behind: str


Done = Written | Waiting | Deadlock


class Pages(NamedTuple):
    """Pages that are newer in memory than in their file: of the table, and leaves of the index."""

    of_table: int
    of_index: int


class Transactions:
    """One table, its sessions and its log. What happens is told by what each method returns."""

    def __init__(self, table: Table, *, indexed: bool) -> None:
        self.heap, self.wal, self.queue, self.indexed = Heap(table), Wal(), Queue(), indexed
        self.sessions: dict[str, Session] = {}
        self.committed = {LOADED}
        self.next_xid = FIRST
        self.dirty: set[int] = set()
        """Pages of the table that are newer in memory than in their file."""
        self.leaves: set[int] = set()
        """The same of the index."""

    def session(self, name: str) -> Session:
        return self.sessions.setdefault(name, Session())

    def xid(self, name: str) -> int:
        """The number of a session's transaction; 0 where it has written nothing."""
        return self.session(name).xid

    def holder(self, version: Version) -> str:
        """The session that holds the lock on a version: its transaction has replaced it and runs. Empty: nobody."""
        return next((name for name, one in self.sessions.items() if one.xid and one.xid == version.xmax), "")

    # Reading.

    def is_visible(self, version: Version, xid: int) -> bool:
        """Written by a transaction that counts for the reader, and not replaced by one: committed, or its own."""
        counts = self.committed | {xid}
        return version.xmin in counts and (version.lock_only or version.xmax not in counts - {0})

    def seen(self, row: int, xid: int) -> Version:
        """What a statement that begins now finds. There is always exactly one."""
        return next(one for one in self.heap.of(row) if self.is_visible(one, xid))

    # Writing.

    def update(self, wanted: Wanted) -> Done:
        """A statement begins, and with it a transaction where none runs."""
        session = self.session(wanted.session)
        if not session.xid:
            session.xid, self.next_xid = self.next_xid, self.next_xid + 1
        return self.go_on(wanted, self.seen(wanted.row, session.xid), followed=False)

    def go_on(self, wanted: Wanted, version: Version, *, followed: bool) -> Done:
        """Past what has been committed meanwhile, to the newest version: written if it is free, else waited for."""
        while version.xmax in self.committed and version.next:
            version, followed = self.heap.at(version.next), True
        holder = self.holder(version)
        if not holder or holder == wanted.session:
            return self.write(wanted, version, followed=followed)
        behind = holder if followed else self.queue.behind(version, holder)
        if self.queue.closes(wanted.session, behind):
            return Deadlock(wanted, behind)
        waiting = Waiting(wanted, version, holder, behind, followed)
        self.queue.waiting.append(waiting)
        return waiting

    def write(self, wanted: Wanted, old: Version, *, followed: bool) -> Written:
        """The pages in memory, and the log with them."""
        session = self.session(wanted.session)
        if followed:
            self.log(Record(session.xid, LOCK, old.place))
        page = self.heap.page_for(old.place.page, session.target)
        hot = page == old.place.page
        place = Place(page, self.heap.items(page) + 1)
        # Whoever has locked the old version before replacing it hands the lock on to the new one.
        locked = followed or (old.lock_only and old.xmax == session.xid)
        new = Version(
            old.row, place, self.based_on(old, wanted) + wanted.add, session.xid, session.xid if locked else 0,
            hot=hot, lock_only=locked,
        )  # fmt: skip
        if not hot:
            session.target = page
            self.log(Record(session.xid, LOCK, old.place))
        self.log(Record(session.xid, HOT_UPDATE if hot else UPDATE, old.place, new))
        if self.indexed and not hot:
            leaf = Index(self.heap.table.size).leaf_of(old.row - 1)
            self.log(Record(session.xid, INSERT_LEAF, leaf=leaf))
        return Written(wanted, old, new)

    def based_on(self, version: Version, wanted: Wanted) -> int:
        """The number that is added to: that of the version which is replaced."""
        return version.customer

    def log(self, record: Record) -> None:
        """Does to the pages in memory what a record says, and writes the record. No page goes to its file meanwhile."""
        self.apply(record)
        self.wal.add(record)

    def changed(self) -> Pages:
        """Pages that a checkpoint would write."""
        return Pages(len(self.dirty), len(self.leaves))

    def apply(self, record: Record) -> None:
        """What a record does to the pages: when it is written, and again when the log is redone."""
        if record.new and record.old:
            old = self.heap.versions.get(record.old) or self.heap.first(record.new.row)
            self.heap.replace(old, record.new)
            self.dirty |= {record.old.page, record.new.place.page}
        if record.leaf is not None:
            self.leaves.add(record.leaf)
        if record.kind == COMMIT:
            self.committed.add(record.xid)

    # The end of a transaction.

    def commit(self, name: str) -> int:
        """The commit record, and the log up to it on disk: how many records that took. No page of the table is."""
        record = Record(self.xid(name), COMMIT)
        self.wal.add(record)
        written = self.wal.flush()
        self.apply(record)
        self.session(name).xid = 0
        return written

    def roll_back(self, name: str) -> None:
        """A record says so, and nobody waits for the disk. No page is changed back."""
        self.log(Record(self.xid(name), ABORT))
        self.session(name).xid = 0

    def wake(self, name: str) -> list[Done]:
        """Those who have waited for a session go on, in order of coming."""
        return [
            self.go_on(one.wanted, self.heap.at(one.version.place), followed=one.followed)
            for one in self.queue.woken(name)
        ]

    # The server.

    def checkpoint(self) -> Pages:
        """All pages go to their files, after the log that tells of them. How many pages that took."""
        self.wal.add(Record(0, CHECKPOINT))
        self.wal.flush()
        self.wal.redo = len(self.wal.records)
        pages = self.changed()
        self.dirty, self.leaves = set(), set()
        return pages

    def crash(self) -> int:
        """Memory is gone, and all sessions with it. How many records were not on disk."""
        self.sessions, self.queue = {}, Queue()
        return self.wal.lose()

    def recover(self) -> int:
        """The pages from their files, and the log from the last checkpoint on. How many records that were.

        What was flushed earlier is in the files, so that all of the log that is left says what the pages hold.
        """
        self.heap, self.committed, self.dirty, self.leaves = Heap(self.heap.table), {LOADED}, set(), set()
        for record in self.wal.records:
            self.apply(record)
        redone = len(self.wal.records) - self.wal.redo
        self.next_xid = max([FIRST - 1, *(record.xid for record in self.wal.records)]) + 1
        self.checkpoint()
        return redone

"""Who waits for whom. A row is locked by the transaction whose number it carries as xmax; waiting is for its end.

PostgreSQL 15 documentation, 13.3.2 (row-level locks) and 13.3.4 (deadlocks); access/heap/README.tuplock. The first to
wait for a row holds its tuple lock, and the next ones wait behind it, in order of coming. Who has followed a row to a
newer version waits for its holder without a tuple lock; of several who wake at once, here the first to come goes
first, where PostgreSQL lets a race decide.
"""

from __future__ import annotations

from typing import NamedTuple

from playground.machines.sql.versions import Version


class Wanted(NamedTuple):
    """An UPDATE under way: its session, the row, and how much is added to the customer's number."""

    session: str
    row: int
    add: int


class Waiting(NamedTuple):
    """An UPDATE that waits: at this version, for the end of the holder's transaction, behind a session.

    `followed`: it has come to this version from an older one.
    """

    wanted: Wanted
    version: Version
    holder: str
    behind: str
    followed: bool


class Queue:
    """All who wait, in order of coming."""

    def __init__(self) -> None:
        self.waiting: list[Waiting] = []

    def of(self, session: str) -> Waiting | None:
        return next((one for one in self.waiting if one.wanted.session == session), None)

    def behind(self, version: Version, holder: str) -> str:
        """The session that lets a newcomer go on: the last one with a tuple lock on that version, else the holder."""
        ahead = [one.wanted.session for one in self.waiting if one.version.place == version.place and not one.followed]
        return ahead[-1] if ahead else holder

    def closes(self, session: str, behind: str) -> bool:
        """Whether all would wait for ever if this session waited too: the circle is a deadlock."""
        while behind != session:
            ahead = self.of(behind)
            if not ahead:
                return False
            behind = ahead.behind
        return True

    def woken(self, holder: str) -> list[Waiting]:
        """Those who have waited for this holder leave the queue."""
        found = [one for one in self.waiting if one.holder == holder]
        self.waiting = [one for one in self.waiting if one.holder != holder]
        return found

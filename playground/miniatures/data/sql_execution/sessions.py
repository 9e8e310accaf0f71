"""The sessions of a run as a reader's shell has them: a psql for each, fed through a pipe, and what they print."""

from __future__ import annotations

from collections.abc import Iterator

from playground.engine import Act
from playground.machines.sql.locks import Waiting, Wanted
from playground.machines.sql.transactions import Deadlock, Done, Transactions

TABLE = "changed_orders"
"""A plain table: of a temporary one other sessions know nothing."""

PIPES = {"A": 3, "B": 4, "C": 5}
AT_ONCE, LATER = "0.3", "2"
"""Seconds after a statement; and after one that waits, so that it has looked for a deadlock before the next."""

BEGIN = """\
# as somebody who may log in: PGHOST, PGUSER, PGDATABASE
psql -X -q -f table.sql
mkfifo A B C
psql -X -q -A -t -f A & psql -X -q -A -t -f B & psql -X -q -A -t -f C &
exec 3>A 4>B 5>C
say() { echo "$2" >&"$1"; sleep "$3"; }
"""
END = f"exec 3>&- 4>&- 5>&-; wait\npsql -X -q -c 'DROP TABLE {TABLE}'\n"


class Sessions:
    """What is said to each, act by act, and what comes. `certain`: no race decides what that is."""

    def __init__(self, store: Transactions, acts: tuple[Act, ...]) -> None:
        self.store, self.lines, self.prints, self.certain = store, list[str](), list[str](), True
        for act in acts:
            if act.verb in ("update", "read_row", "commit", "roll_back"):
                getattr(self, act.verb)(*act.arguments)
            self.certain &= len(store.queue.waiting) < 2 and act.verb != "crash"

    def commands(self) -> str:
        return f"{BEGIN}{''.join(self.lines)}{END}"

    def say(self, session: str, statement: str, pause: str = AT_ONCE) -> None:
        self.lines.append(f'say {PIPES[session]} "{statement};" {pause}\n')

    def update(self, session: str, row: int, add: int) -> None:
        begins = "" if self.store.xid(session) else "BEGIN; "
        done = self.store.update(Wanted(session, row, add))
        change = f"customer {'-' if add < 0 else '+'} {abs(add)}"
        self.say(
            session,
            f"{begins}UPDATE {TABLE} SET customer = {change} WHERE id = {row} RETURNING '{session} wrote ' || customer",  # noqa: S608 - printed for a reader, never sent by us
            LATER if isinstance(done, Waiting | Deadlock) else AT_ONCE,
        )
        self.prints += self.came([done])

    def read_row(self, session: str, row: int) -> None:
        self.say(session, f"SELECT '{session} reads ' || customer FROM {TABLE} WHERE id = {row}")  # noqa: S608 - the same
        self.prints.append(f"{session} reads {self.store.seen(row, self.store.xid(session)).customer}")

    def commit(self, session: str) -> None:
        self.say(session, "COMMIT")
        self.store.commit(session)
        self.prints += self.came(self.store.wake(session))

    def roll_back(self, session: str) -> None:
        self.say(session, "ROLLBACK")
        self.store.roll_back(session)
        self.prints += self.came(self.store.wake(session))

    def came(self, done: list[Done]) -> Iterator[str]:
        """What the sessions print for updates that are done. One that a deadlock ends prints to the other output."""
        for one in done:
            name = one.wanted.session
            if isinstance(one, Deadlock):
                self.say(name, "ROLLBACK")
                self.store.roll_back(name)
                yield from self.came(self.store.wake(name))
            elif not isinstance(one, Waiting):
                yield f"{name} wrote {one.new.customer}"

"""Sessions that write to the table: UPDATE, COMMIT, ROLLBACK, and a server that dies."""

from collections.abc import Iterable

from playground.engine import Choice, Refused, Steps, Whole, action, decide
from playground.machines.sql.binder import bind
from playground.machines.sql.executor import Asked, Executor
from playground.machines.sql.locks import Waiting, Wanted
from playground.machines.sql.parser import parse
from playground.machines.sql.pool import Page
from playground.machines.sql.transactions import Deadlock, Done, Written
from playground.machines.sql.versions import Version
from playground.miniatures.data.sql_execution import telling
from playground.miniatures.data.sql_execution.reading import WRITES, Reading
from playground.miniatures.data.sql_execution.statement import one_row
from playground.scenes.many import many

SESSIONS = {"A": "session A", "B": "session B", "C": "session C"}
ROW = 4711
MOST = 24  # versions that a run may write
ON = "node:A node:B node:C"
"""Sessions in the picture."""


class Writing(Reading):
    """A row is never overwritten: an UPDATE writes a new version, and whoever reads takes the one that counts."""

    row = 0
    """The row in view; 0 while a statement is."""
    reader, found, row_read, updates = "", "", 0, 0

    # The rules.

    def what_counts(self, session: str, row: int) -> Version:
        """The version that a session reads."""
        return self.store.seen(row, self.store.xid(session))

    # What can happen.

    @action(
        "Update a row",
        on="node:v",
        session=Choice("A", SESSIONS, suggest="free", on=ON),
        row=Whole(ROW, least=1, most=20_000, label="id"),
        add=Whole(10, least=-99, most=99, help="UPDATE orders SET customer = customer + …"),
        help="Begins a transaction where none runs",
    )
    def update(self, session: str, row: int, add: int) -> Steps:
        self.is_free(session)
        if self.updates == MOST:
            raise Refused("", f"This run has seen {MOST} updates. Begin another one.")
        pages, came = self.look_up(session, row)
        xid = self.store.xid(session)
        what = (
            f"updates row {row} in transaction {xid}" if xid else f"begins {self.store.next_xid} and updates row {row}"
        )
        yield f"{session} {what}: its plan asks for {many(pages, 'page')}, {came} from disk."
        done = self.store.update(Wanted(session, row, add))
        self.updates += 1
        yield from self.tell([done])

    @action(
        "Read a row",
        on="node:v",
        session=Choice("C", SESSIONS, suggest="reads", on=ON),
        row=Whole(ROW, least=1, most=20_000, label="id"),
        help="SELECT customer FROM orders WHERE id = …",
    )
    def read_row(self, session: str, row: int) -> Steps:
        self.is_free(session)
        self.look_up(session, row)
        one = self.what_counts(session, row)
        self.reader, self.found, self.row_read = session, str(one.customer), row
        self.changed = telling.key_of(one.place)
        yield decide(telling.reads(session, one, self.store), f"row {row} as {session} reads it", str(one.customer))

    @action("Commit", session=Choice("A", SESSIONS, suggest="ends", on=ON))
    def commit(self, session: str) -> Steps:
        self.has_begun(session)
        xid, records = self.store.xid(session), self.store.commit(session)
        self.stage, self.changed = WRITES, "wal"
        yield telling.committed(session, xid, records, self.store.changed())
        yield from self.tell(self.store.wake(session))

    @action("Roll back", session=Choice("A", SESSIONS, suggest="ends", on=ON))
    def roll_back(self, session: str) -> Steps:
        self.has_begun(session)
        xid = self.store.xid(session)
        self.store.roll_back(session)
        self.stage, self.changed = WRITES, "wal"
        yield f"{session} rolls {xid} back: no page is changed back, what {xid} wrote counts for nobody."
        yield from self.tell(self.store.wake(session))

    @action("Crash and recover", on="node:wal", help="Memory is lost; the log is read again")
    def crash(self) -> Steps:
        self.has_changes()
        lost = self.store.crash()
        hits, reads = self.fetched()
        self.pool, self.before = self.new_pool(), (-hits, -reads)
        self.stage, self.changed = WRITES, "wal"
        yield f"The server dies: buffers, sessions and {many(lost, 'record')} that were not on disk are gone."
        redone = self.store.recover()
        value = str(self.store.seen(self.row, 0).customer)
        yield decide(
            f"It starts, and redoes {many(redone, 'record')} since the checkpoint. What has no COMMIT counts for "
            f"nobody: row {self.row} has customer {value}.",
            f"row {self.row} after the crash", value, stop=True,
        )  # fmt: skip

    @action("Checkpoint", on="node:wal", help="CHECKPOINT: changed pages go to their files")
    def checkpoint(self) -> Steps:
        self.has_changes()
        pages = self.store.checkpoint()
        self.stage, self.changed = WRITES, "wal"
        yield f"The log goes to disk, then {telling.changed(pages)}: a recovery begins after this point."

    # Small parts.

    def look_up(self, session: str, row: int) -> tuple[int, int]:
        """The plan finds the row, and its pages come into memory: how many it asks for, how many come from disk."""
        if row > self.table.size:
            raise Refused("row", f"The table has {many(self.table.size, 'row')}.")
        self.enough()
        hits, reads = self.pool.hits, self.pool.reads
        bound = bind(parse(one_row(row)))
        pages = Executor(self.table, self.pool).run(self.planner.choose(bound), bound)
        asked = [event.page for event in pages if isinstance(event, Asked)]
        asked += self.fetched_for(one.place.page for one in self.store.heap.of(row))
        self.row, self.stage, self.page, self.marked = row, WRITES, None, ()
        self.touched = {kind: {page.number for page in asked if page.kind == kind} for kind in ("heap", "index")}
        self.before = self.before[0] + self.pool.hits - hits, self.before[1] + self.pool.reads - reads
        self.work += len(asked)
        self.changed = session
        return len(asked), self.pool.reads - reads

    def fetched_for(self, pages: Iterable[int]) -> list[Page]:
        """Pages of the table that versions lie on, those that are not in memory yet."""
        found = [page for number in dict.fromkeys(pages) if (page := Page("heap", number)) not in self.pool.where]
        for page in found:
            self.pool.fetch(page)
        return found

    def tell(self, done: list[Done]) -> Steps:
        """What became of updates, one after the other. Whoever a deadlock ends lets others go on."""
        for one in done:
            name = one.wanted.session
            thing = f"{name}’s UPDATE of row {one.wanted.row}"
            if isinstance(one, Written):
                self.fetched_for([one.new.place.page])
                self.row, self.changed = one.wanted.row, telling.key_of(one.new.place)
                yield decide(telling.wrote(one), thing, "writes")
            elif isinstance(one, Waiting):
                self.row, self.changed = one.wanted.row, name
                yield decide(telling.waits(one, self.store), thing, f"waits for {one.behind}", stop=True)
            else:
                yield from self.end(one, thing)

    def end(self, one: Deadlock, thing: str) -> Steps:
        name, told = one.wanted.session, telling.ended(one, self.store.queue)
        self.store.roll_back(name)
        self.changed = name
        yield decide(told, thing, "is ended", stop=True)
        yield from self.tell(self.store.wake(name))

    def is_free(self, session: str) -> None:
        waiting = self.store.queue.of(session)
        if waiting:
            raise Refused(
                "session", f"{session} waits for {waiting.behind}, and takes no statement before it has gone on."
            )

    def has_begun(self, session: str) -> None:
        self.is_free(session)
        if not self.store.xid(session):
            raise Refused("session", f"{session} has no transaction under way. Update a row with it first.")

    def has_changes(self) -> None:
        if not self.store.wal.records:
            raise Refused("", "Nothing has been written yet. Update a row first.")

    def free(self) -> str:
        """Who can begin: the first without a transaction, else the first who does not wait."""
        ready = [name for name in SESSIONS if not self.store.queue.of(name)]
        return next((name for name in ready if not self.store.xid(name)), ready[0])

    def reads(self) -> str:
        """Who can read beside the others: the last without a transaction, else who does not wait."""
        ready = [name for name in SESSIONS if not self.store.queue.of(name)]
        return next((name for name in reversed(ready) if not self.store.xid(name)), ready[-1])

    def ends(self) -> str:
        """Whose transaction can end."""
        return next((name for name in SESSIONS if self.store.xid(name) and not self.store.queue.of(name)), "A")

    def written(self) -> dict[str, object] | None:
        """What sessions have done so far."""
        store = self.store
        if not self.row:
            return None
        return {
            "row": self.row,
            "customer": store.seen(self.row, 0).customer,
            "read": self.found,
            "reader": self.reader,
            "versions": [str(one.place) for one in store.heap.of(self.row)],
            "waiting": [one.wanted.session for one in store.queue.waiting],
            "records": len(store.wal.records),
            "flushed": store.wal.flushed,
            "dirty": len(store.dirty),
        }

"""What is asked about rows that are changed: wrong models of transactions, and the question made from them."""

from playground.engine import Query, Question, Rng, Run, WrongModel, do, query_for
from playground.machines.sql.locks import Wanted
from playground.machines.sql.table import orders
from playground.machines.sql.transactions import Transactions, Written
from playground.machines.sql.versions import Version
from playground.machines.sql.wal import ABORT, COMMIT, Record
from playground.miniatures.data.sql_execution.model import SqlExecution
from playground.miniatures.data.sql_execution.reading import SHUFFLED
from playground.miniatures.data.sql_execution.statement import one_row

# What sensible people believe instead.


class TheNewest(WrongModel, SqlExecution):
    belief = "a reader finds what was written last, committed or not"

    def what_counts(self, session: str, row: int) -> Version:
        return self.store.heap.of(row)[-1]


class PutBack(WrongModel, SqlExecution):
    belief = "a rollback puts back what stood in the row when its transaction began"

    def what_counts(self, session: str, row: int) -> Version:
        rolled = any(record.kind == ABORT for record in self.store.wal.records)
        return self.store.heap.first(row) if rolled else super().what_counts(session, row)


class FoundAtFirst(Transactions):
    """Goes on with the value from before the wait."""

    def based_on(self, version: Version, wanted: Wanted) -> int:
        return self.heap.first(version.row).customer


class AnUpdateIsLost(WrongModel, SqlExecution):
    belief = "a writer that has waited adds to the value that it had found before, and the first one’s change is lost"

    def new_store(self) -> Transactions:
        return FoundAtFirst(self.table, indexed=self.index)


class InVain(Transactions):
    """Writes nothing new after a wait."""

    def write(self, wanted: Wanted, old: Version, *, followed: bool) -> Written:
        return super().write(wanted._replace(add=0) if followed else wanted, old, followed=followed)


class TheSecondIsTurnedAway(WrongModel, SqlExecution):
    belief = "a writer that has waited finds the row changed, and its own change is dropped"

    def new_store(self) -> Transactions:
        return InVain(self.table, indexed=self.index)


class PagesFirst(Transactions):
    """A commit that brings nothing to disk."""

    def commit(self, name: str) -> int:
        self.log(Record(self.xid(name), COMMIT))
        self.session(name).xid = 0
        return 0


class OnlyPagesLast(WrongModel, SqlExecution):
    belief = "what is committed outlasts a crash once its page is on disk, with the next checkpoint"

    def new_store(self) -> Transactions:
        return PagesFirst(self.table, indexed=self.index)


class AllIsRedone(Transactions):
    """What ran is finished at a crash."""

    def crash(self) -> int:
        for name in [name for name, one in self.sessions.items() if one.xid]:
            self.commit(name)
        return super().crash()


class TheLogHasAll(WrongModel, SqlExecution):
    belief = "a recovery brings back all that was written before the crash, committed or not"

    def new_store(self) -> Transactions:
        return AllIsRedone(self.table, indexed=self.index)


ENDS = (("commit", "commit"), ("commit", "commit", "crash"), ("commit", "roll_back"), ("commit", "crash"))
"""How it goes on, once the first has written and the second waits."""

CRASH = "the server crashes and recovers"
THEN = {"commit": "commits", "roll_back": "rolls back"}


class WhatIsRead(Question):
    """Two sessions change one row, one after the other; they end, or the server does; a third one reads."""

    name = "what-is-read"
    title = "two writers, one row"
    because = (
        "The second writer waits, then adds to what the first has committed; others read the newest committed version; "
        "and a commit is done when its record in the log is on disk, so a crash takes the rest only."
    )
    form = "number"
    goes = "{thing}: {choice}."
    reads = "writing.read"
    about = "row {writing[row]} as {writing[reader]} reads it"
    before = 2
    wrong = (TheNewest, PutBack, AnUpdateIsLost, TheSecondIsTurnedAway, OnlyPagesLast, TheLogHasAll)
    verbs = "update update commit( commit| roll_back)?( crash)? read_row"
    needs = (
        "a run in which one session updates a row, another one updates the same row and waits, the first commits, the "
        "second ends or the server crashes, and a third session reads the row"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        first, second, *ends = (act.arguments for act in done.query.acts)
        told = [first[0], *([second[0]] if len(ends[:-1]) > 1 and ends[1] else [])]
        named = [one[0] for one in ends[:-1] if one]
        rows = {first[1], second[1], ends[-1][1]}
        return bool(named == told and len(rows) == 1 and len({first[0], second[0], ends[-1][0]}) == 3)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        rows = rng.choice((400, 1000, 3000))
        row, (first, second, third) = rng.between(1, rows), rng.shuffled(("A", "B", "C"))
        adds = [rng.between(2, 40) * rng.choice((1, -1)) for _ in range(2)]
        names = iter((first, second))
        ends = [do(verb) if verb == "crash" else do(verb, next(names)) for verb in rng.choice(ENDS)]
        return query_for(
            SqlExecution, do("update", first, row, adds[0]), do("update", second, row, adds[1]), *ends,
            do("read_row", third, row), rows=rows, order=rng.choice(("ordered", SHUFFLED)), statement=one_row(row),
        )  # fmt: skip

    @classmethod
    def prompt(cls, query: Query) -> str:
        first, second, *ends, last = query.acts
        (one, row, add), (two, _, more) = first.arguments, second.arguments
        table = orders(query["rows"], query["order"] == SHUFFLED)
        value = table.customers[table.ids.index(row)]
        told = [f"{act.arguments[0]} {THEN[act.verb]}" if act.arguments else CRASH for act in ends]
        then = ", then ".join(told)
        return (
            f"Row {row} has customer {value}. {one} {adds(add)}; before {one} commits, {two} {adds(more)} too. "
            f"{then[0].upper()}{then[1:]}. Which customer does {last.arguments[0]} then read?"
        )


def adds(count: int) -> str:
    """An UPDATE in words."""
    return f"adds {count} to that number" if count > 0 else f"takes {-count} from that number"

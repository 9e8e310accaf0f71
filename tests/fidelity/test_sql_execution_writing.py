"""Transactions that write, against a real PostgreSQL: three sessions, random verbs, and the server's own pages.

    postgresql-writing  UPDATE, COMMIT, ROLLBACK, CHECKPOINT by three sessions on a few rows, and crashes: who waits
                        behind whom (pg_blocking_pids), who is ended by a deadlock, what each session reads with
                        ctid, xmin and xmax after each verb, how much of the log is flushed; at the end all versions
                        on the pages (pageinspect), the records of the log (pg_waldump), and which pages of table
                        and index they have changed since the last checkpoint

The server is as it is delivered, but that a deadlock is looked for at once, that the log writer stands still (it
flushes now and then what no commit has asked for), and that an old transaction stays open, so that no page is pruned.
What is expected comes from the server alone.
"""

import contextlib
import os
import re
import select
import signal
import subprocess
from contextlib import ExitStack, closing
from random import Random

import pytest

from playground.machines.sql import locks, table, transactions, versions, wal
from playground.machines.sql.locks import Wanted
from playground.machines.sql.transactions import FIRST, Deadlock, Transactions
from playground.machines.sql.versions import LOADED
from tests.real.postgres import SETTINGS, cluster, program, running
from tests.tiers import seed

pytestmark = pytest.mark.fidelity

SLUG = "sql-execution"
TOLD = SETTINGS | {"max_connections": "10", "deadlock_timeout": "1ms"}
NAMES = ("A", "B", "C")
SIZES = (1, 40, 55, 57, 58, 116, 130, 1000)
SEQUENCES, ROTATING = 208, 25
CRASHES = 16
"""Of so many sequences one ends with a crash."""
CHAIN = "SELECT ctid, xmin, xmax, customer FROM orders WHERE id = "
ITEMS = """SELECT p, lp, t_xmin, t_xmax, t_ctid, (t_infomask2 & 32768) > 0 FROM generate_series(0,
pg_relation_size('orders') / 8192 - 1) p, heap_page_items(get_raw_page('orders', p::int)) WHERE lp_flags = 1"""


class Story:
    """A sequence as the real server had it: the table, the verbs, and what was seen after each."""

    def __init__(self, number, chosen):
        pick = Random(chosen)  # noqa: S311 - the same cases every time
        self.size, self.shuffled, self.indexed = pick.choice(SIZES), pick.random() < 0.5, pick.random() < 0.85
        self.rows = pick.sample(range(1, self.size + 1), min(2, self.size))
        if pick.random() < 0.4:
            self.rows[0] = self.size
        self.crashes = not number % CRASHES
        self.verbs: list[tuple] = []
        self.states: list[dict] = []
        self.lsns: list[int] = []
        self.pick, self.pages, self.log, self.blocks, self.version = pick, [], [], [], ""

    def changed(self):
        """Pages of the table and of the index that the log names since the last checkpoint."""
        since = max(
            [lsn for verb, lsn in zip(self.verbs, self.lsns, strict=True) if verb[0] == "checkpoint"], default=0
        )
        found = {(kind, page) for lsn, kind, page in self.blocks if lsn >= since}
        return tuple(sum(one == kind for one, _ in found) for kind in ("heap", "index"))

    def draw(self, server):
        """The next verb, of a session that does not wait."""
        pick = self.pick
        if pick.random() < 0.05:
            return ("checkpoint",)
        name = pick.choice([name for name in NAMES if name not in server.pending])
        rows = [row for row in self.rows if server.is_certain(name, row)]
        if name in server.open and (not rows or pick.random() < 0.55):
            # Of two who wait at one row, either may be the first at the new version that a commit has made.
            ends = ("commit", "commit", "roll_back") if len(server.pending) < 2 else ("roll_back",)
            return pick.choice(ends), name
        return ("update", name, pick.choice(rows), pick.randint(1, 99)) if rows else ("checkpoint",)


class Real:
    """Three sessions, one that looks on, and an old transaction that keeps all versions."""

    def __init__(self, server, stack):
        self.watch = server
        self.old = stack.enter_context(closing(server.another()))
        self.old.done("BEGIN; SELECT pg_current_xact_id()")
        self.stop_writer()
        stack.callback(self.tell_writer, signal.SIGCONT)
        self.links = {name: stack.enter_context(closing(server.another())) for name in NAMES}
        self.pids = {name: link.done("SELECT pg_backend_pid()").rows[0][0] for name, link in self.links.items()}
        self.open: set[str] = set()
        self.pending: dict[str, str] = {}
        self.wrote: dict[str, set[int]] = {name: set() for name in NAMES}
        self.wants: dict[str, int] = {}

    def stop_writer(self):
        """The log writer stands still while it sleeps: then it holds no lock that others need."""
        asked = "SELECT pid, wait_event FROM pg_stat_activity WHERE backend_type = 'walwriter'"
        while True:
            ((pid, _),) = self.watch.done(asked).rows
            self.writer = int(pid)
            self.tell_writer(signal.SIGSTOP)
            if self.watch.done(asked).rows[0][1] == "WalWriterMain":
                return
            self.tell_writer(signal.SIGCONT)

    def tell_writer(self, what):
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.writer, what)

    def crash(self):
        """The server ends at once, and the log writer does not use its last moment."""
        self.watch.process.send_signal(signal.SIGQUIT)
        self.tell_writer(signal.SIGKILL)
        self.watch.process.wait(20)

    def is_certain(self, name, row):
        """Whether no race would decide: two who wait for one transaction at two rows go on at once when it ends."""
        others = [one for one in self.open if one != name and row in self.wrote[one] and one not in self.pending]
        return not others or all(self.wants[one] == row for one in self.pending)

    def load(self, story):
        """The table of the model, row by row; the target pages of the sessions are forgotten."""
        rows, told = table.orders(story.size, story.shuffled), self.watch
        lists = [f"'{{{','.join(map(str, one))}}}'" for one in (rows.ids, rows.customers, rows.cities)]
        told.done("DROP TABLE IF EXISTS orders; CREATE TABLE orders(id int, customer int, city text, note text)")
        drawn = f"unnest({lists[0]}::int[], {lists[1]}::int[], {lists[2]}::text[]) AS u(i, c, t)"
        told.done(f"INSERT INTO orders SELECT i, c, t, '{table.NOTE}' FROM {drawn}")  # noqa: S608 - our own rows
        if story.indexed:
            told.done("CREATE UNIQUE INDEX orders_id ON orders(id)")
        self.loaded = int(told.done("SELECT xmin FROM orders LIMIT 1").rows[0][0])
        self.next = int(told.done("SELECT pg_snapshot_xmax(pg_current_snapshot())").rows[0][0])
        told.done("CHECKPOINT")
        self.start = told.done("SELECT pg_current_wal_insert_lsn()").rows[0][0]

    def xid(self, text):
        """A transaction number as the model counts them."""
        return LOADED if int(text) == self.loaded else int(text) and int(text) - self.next + FIRST

    def do(self, verb):
        """Does it, waits until everybody has an answer or waits for somebody; who was ended by a deadlock."""
        kind, *rest = verb
        if kind == "checkpoint":
            self.watch.done("CHECKPOINT")
            return ""
        name = rest[0]
        if kind == "update":
            if name not in self.open:
                self.links[name].done("BEGIN")
            self.open.add(name)
            self.links[name].send(f"UPDATE orders SET customer = customer + {rest[2]} WHERE id = {rest[1]}")  # noqa: S608 - drawn here
            self.pending[name], self.wants[name] = "", rest[1]
            return self.settle()
        self.end(name, {"commit": "COMMIT", "roll_back": "ROLLBACK"}[kind])
        return self.settle()

    def end(self, name, how):
        self.links[name].done(how)
        self.open.discard(name)
        self.wrote[name] = set()

    def settle(self):
        """Until all who have no answer wait behind somebody, twice in a row."""
        ended, before = "", None
        while self.pending:
            for name in [name for name in self.pending if select.select([self.links[name].socket], [], [], 0.002)[0]]:
                answer = self.links[name].read()
                del self.pending[name]
                before = None
                if answer.state:
                    assert answer.state == "40P01", answer
                    self.end(name, "ROLLBACK")
                    ended = name
                else:
                    self.wrote[name].add(self.wants[name])
            by_pid = {pid: name for name, pid in self.pids.items()}
            for name in self.pending:
                found = self.watch.done(f"SELECT unnest(pg_blocking_pids({self.pids[name]}))").rows
                self.pending[name] = " ".join(by_pid[pid] for (pid,) in found)
            if before == self.pending and not any(self.circles(name) for name in self.pending):
                break
            before = dict(self.pending)
        return ended

    def circles(self, name):
        """Whether nobody who can go on stands before a session: a deadlock that is about to be found."""
        for _ in NAMES:
            if name not in self.pending:
                return name not in self.open
            name = self.pending[name]
        return True

    def state(self, story, ended):
        """Who waits behind whom, who was ended, and what everybody reads."""
        seen = {}
        readers = {"": self.watch} | {name: self.links[name] for name in sorted(self.open - self.pending.keys())}
        for name, link in readers.items():
            for row in story.rows:
                ((ctid, xmin, xmax, customer),) = link.done(f"{CHAIN}{row}").rows
                seen[name, row] = ctid, self.xid(xmin), self.xid(xmax), int(customer)
        return {"waiting": dict(sorted(self.pending.items())), "ended": ended, "seen": seen}

    def flushed(self):
        return lsn_of(self.watch.done("SELECT pg_current_wal_flush_lsn()").rows[0][0])

    def after(self, story):
        """All versions of the rows on their pages, and the records of the log."""
        for page, item, xmin, xmax, ctid, hot in self.watch.done(ITEMS).rows:
            if self.xid(xmin) != LOADED or int(xmax):
                story.pages.append((f"({page},{item})", self.xid(xmin), self.xid(xmax), ctid, hot == "t"))
        story.log, story.blocks = self.dumped()
        return story

    def dumped(self):
        """The records of transactions since the table was loaded: whose, what, where; and the pages they change."""
        end = self.watch.done("SELECT pg_current_wal_insert_lsn()").rows[0][0]
        self.watch.done("CHECKPOINT")
        command = [
            program().with_name("pg_waldump"),
            "-p",
            self.watch.folder / "data/pg_wal",
            "-s",
            self.start,
            "-e",
            end,
        ]
        lines = subprocess.run(command, capture_output=True, text=True, check=False).stdout.splitlines()
        found = [re.search(r"tx: +(\d+), lsn: ([0-9A-F/]+), prev \S+ desc: (\w+)", line) for line in lines]
        kept = [(one, line) for one, line in zip(found, lines, strict=True) if one and int(one[1]) >= self.next]
        kinds = {self.node("orders"): "heap", self.node("orders_id"): "index"}
        blocks = [
            (lsn_of(one[2]), kinds.get(node, ""), int(page))
            for one, line in kept
            for node, page in re.findall(r"rel \d+/\d+/(\d+) blk (\d+)", line)
        ]
        return [(self.xid(one[1]), one[3], lsn_of(one[2])) for one, _ in kept], blocks

    def node(self, name):
        """The number in the name of a relation's file; none where there is no such relation."""
        return self.watch.done(f"SELECT coalesce(pg_relation_filenode(to_regclass('{name}')), 0)").rows[0][0]


def lsn_of(text):
    high, low = text.split("/")
    return (int(high, 16) << 32) + int(low, 16)


def observed_by(path, count, chosen):
    """Stories, each told by the server; a crash ends one, and the next server tells how it ended."""
    found, number, crashed = [], 0, None
    while number < count:
        with running(path, TOLD) as server, ExitStack() as stack:
            if crashed:
                real, story = crashed
                real.watch, real.pending, real.open = server, {}, set()
                found.append(real.after(story))
                story.states.append(real.state(story, ""))
                crashed = None
            server.done("CREATE EXTENSION IF NOT EXISTS pageinspect")
            real = Real(server, stack)
            while number < count and not crashed:
                story = Story(number, f"{chosen} {number}")
                number += 1
                real.load(story)
                story.version = server.version
                for _ in range(story.pick.randint(4, 9)):
                    verb = story.draw(real)
                    story.verbs.append(verb)
                    story.states.append(real.state(story, real.do(verb)))
                    story.lsns.append(real.flushed())
                if story.crashes:
                    story.verbs.append(("crash",))
                    crashed = real, story
                    real.crash()
                else:
                    found.append(real.after(story))
                    finish(real)
    return found


def finish(real):
    """All transactions end, those that nobody waits behind first."""
    while real.open:
        name = next(name for name in sorted(real.open) if name not in real.pending)
        real.do(("roll_back", name))


class Ours:
    """The same verbs on the model."""

    def __init__(self, story, cls=Transactions):
        self.story = story
        self.model = cls(table.orders(story.size, story.shuffled), indexed=story.indexed)

    def do(self, verb):
        kind, *rest = verb
        if kind == "update":
            return self.ended([self.model.update(Wanted(*rest))])
        if kind == "crash":
            self.model.crash()
            self.model.recover()
        elif kind == "checkpoint":
            self.model.checkpoint()
        else:
            getattr(self.model, kind)(*rest)
            return self.ended(self.model.wake(rest[0]))
        return ""

    def ended(self, done):
        """Whoever a deadlock has ended is rolled back, as the real session was, and others go on."""
        for one in done:
            if isinstance(one, Deadlock):
                name = one.wanted.session
                self.model.roll_back(name)
                self.ended(self.model.wake(name))
                return name
        return ""

    def state(self, ended):
        model, seen = self.model, {}
        waiting = {one.wanted.session: one.behind for one in model.queue.waiting}
        running = sorted(name for name, one in model.sessions.items() if one.xid and name not in waiting)
        for name in ("", *running):
            for row in self.story.rows:
                one = model.seen(row, model.xid(name) if name else 0)
                seen[name, row] = str(one.place), one.xmin, one.xmax, one.customer
        return {"waiting": dict(sorted(waiting.items())), "ended": ended, "seen": seen}

    def versions(self):
        return sorted(
            (str(one.place), one.xmin, one.xmax, str(one.next or one.place), one.hot)
            for one in self.model.heap.versions.values()
        )

    def records(self):
        return [(one.xid, one.kind) for one in self.model.wal.records if one.xid]


def missed(stories, cls=Transactions):
    """What the two tell differently."""
    for number, story in enumerate(stories):
        ours, flushed = Ours(story, cls), []
        for at, (verb, state) in enumerate(zip(story.verbs, story.states, strict=True)):
            told = ours.state(ours.do(verb))
            for part, expected in state.items():
                if told[part] != expected:
                    yield f"{number}, step {at} {verb}: {part} {told[part]}, PostgreSQL {expected}"
            flushed.append(sum(1 for one in ours.model.wal.records[: ours.model.wal.flushed] if one.xid))
        if ours.records() != [one[:2] for one in story.log]:
            yield f"{number}: log {ours.records()}, PostgreSQL {story.log}"
        for at, lsn in enumerate(story.lsns):
            if sum(1 for one in story.log if one[2] < lsn) != flushed[at]:
                yield f"{number}, step {at} {story.verbs[at]}: flushed {flushed[at]}"
        if not story.crashes and ours.model.changed() != story.changed():
            yield f"{number}: changed pages {ours.model.changed()}, PostgreSQL {story.changed()}"
        if ours.versions() != sorted(story.pages):
            yield f"{number}: versions {ours.versions()}, PostgreSQL {sorted(story.pages)}"


@pytest.fixture(scope="module")
def path():
    with cluster() as made:
        yield made


@pytest.fixture(scope="module")
def observed(path):
    return observed_by(path, SEQUENCES, "recorded")


@pytest.mark.checks(SLUG, "postgresql-writing")
def test_versions_waits_and_log_of_transactions_that_write_are_postgresqls(observed, evidence):
    different = len(list(missed(observed)))
    states = sum(len(story.states) for story in observed)
    reads = sum(len(state["seen"]) for story in observed for state in story.states)
    waits = sum(len(state["waiting"]) for story in observed for state in story.states)
    evidence(
        SLUG, "postgresql-writing",
        program="PostgreSQL", version=observed[0].version, cases=states + 2 * len(observed), different=different,
        compared=f"after each of {states} verbs in {len(observed)} random sequences who waits for whom ({waits} "
        f"times), what each session reads with ctid, xmin and xmax ({reads} times), how much of the log is flushed; at "
        f"the end all versions on the pages and the records of the log; {sum(one.crashes for one in observed)} crashes",
    )  # fmt: skip
    assert different == 0


def test_so_are_those_of_sequences_drawn_at_this_commit(path):
    assert list(missed(observed_by(path, ROTATING, seed()))) == []


def test_there_are_waits_deadlocks_crashes_and_full_pages_among_them(observed):
    states = [state for story in observed for state in story.states]
    kinds = {kind for story in observed for _, kind, _ in story.log}
    assert any(len(state["waiting"]) == 2 for state in states)
    assert any(state["ended"] for state in states)
    assert {wal.LOCK, wal.UPDATE, wal.HOT_UPDATE, wal.INSERT_LEAF, wal.COMMIT, wal.ABORT} == kinds
    assert any(story.verbs[-1] == ("crash",) and len(story.log) > 1 for story in observed)


@pytest.mark.saboteur(SLUG, "postgresql-writing")
@pytest.mark.parametrize(
    ("place", "name", "wrong"),
    [
        (versions.Heap, "has_room", lambda self, page: False),
        (transactions.Transactions, "is_visible", lambda self, version, xid: not version.next),
        (transactions.Transactions, "holder", lambda self, version: ""),
        (transactions.Transactions, "based_on", lambda self, version, wanted: self.heap.first(version.row).customer),
        (locks.Queue, "closes", lambda self, session, behind: False),
        (locks.Queue, "behind", lambda self, version, holder: holder),
        (wal.Wal, "flush", lambda self: 0),
        (wal.Wal, "lose", lambda self: 0),
        (transactions.Transactions, "changed", lambda self: (len(self.dirty), 0)),
    ],
    ids=["never on the same page", "the newest is read", "nobody waits", "an update is lost", "no deadlock",
         "no queue", "a commit need not reach the disk", "nothing is lost", "no page of the index"],
)  # fmt: skip
def test_a_saboteur_of_writing_is_noticed(observed, monkeypatch, place, name, wrong):
    monkeypatch.setattr(place, name, wrong)
    assert any(missed(observed))

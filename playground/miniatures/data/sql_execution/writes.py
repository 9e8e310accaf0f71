"""How transactions that write are drawn: versions, sessions and the log, as three trees side by side."""

from __future__ import annotations

from playground.engine import Metric
from playground.machines.sql.transactions import Transactions
from playground.machines.sql.versions import Version
from playground.miniatures.data.sql_execution.telling import key_of
from playground.miniatures.data.sql_execution.writing import SESSIONS, Writing
from playground.scenes.many import many
from playground.scenes.table import Column, Grid, Row, Table
from playground.scenes.tree import OUT, STANDS, Node, Part, Tree

COUNTS, LOCKED, NEW, OLD, VOID = "counts", "locked", "new", "old", "void"
"""A version that counts for others; the same where a transaction that runs has replaced or locked it; one whose
transaction runs; one that was replaced; one of a void transaction."""

READERS = (Column("reader", 0), Column("version", 110), Column("customer", 90, "strong"))

VERSIONS, RECORDS = 3, 6
"""The newest versions and records that are drawn."""


def tree(model: Writing) -> Tree:
    """The row's versions, the sessions, the log."""
    nodes = (*versions(model), *sessions(model), log(model.store))
    return Tree(f"Row {model.row}", nodes, "versions, sessions, log", model.changed)


def versions(model: Writing) -> list[Node]:
    """The newest versions, each below the one that it has replaced."""
    store, found = model.store, []
    shown = store.heap.of(model.row)[-VERSIONS:]
    for one in shown:
        above = next((key_of(old.place) for old in shown if old.next == one.place), "")
        told = f"xmin {one.xmin}"
        if one.xmax:
            told += f" · {'lock' if one.lock_only else 'xmax'} {one.xmax}"
        now = standing(store, one)
        state = OUT if now in (OLD, VOID) else STANDS
        found.append(Node(key_of(one.place), above, str(one.place), "", str(one.customer), told, now, state=state))
    return found


def standing(store: Transactions, one: Version) -> str:
    """What a version is to a transaction that begins now."""
    if store.is_visible(one, 0):
        return LOCKED if store.holder(one) else COUNTS
    if one.xmin in store.committed:
        return OLD
    return NEW if any(session.xid == one.xmin for session in store.sessions.values()) else VOID


def sessions(model: Writing) -> list[Node]:
    """Who has a transaction, who has read, and who waits, below whom it waits for."""
    store, found = model.store, []
    waiting = {one.wanted.session: one.behind for one in store.queue.waiting}
    present = {name for name, one in store.sessions.items() if one.xid or name == model.reader} | {*waiting.values()}
    for name in [*sorted(present - waiting.keys()), *waiting]:
        xid, behind = store.xid(name), waiting.get(name, "")
        told = f"transaction {xid}" if xid else "no transaction"
        state = "waits" if behind else did(model, name, xid)
        found.append(Node(name, behind, f"Session {name}", "", "", told, state, state=OUT if behind else STANDS))
    return found or [Node("nobody", "", "Sessions", "", "", "nobody is at work")]


def did(model: Writing, name: str, xid: int) -> str:
    """What a session that does not wait has done with the row: what it wrote in it last, or else read."""
    wrote = [one.customer for one in model.store.heap.of(model.row) if xid and one.xmin == xid]
    if wrote:
        return f"wrote {wrote[-1]}"
    return f"read {model.found}" if (name, model.row) == (model.reader, model.row_read) else ""


def readers(model: Writing) -> Table:
    """What each session would read now."""
    store, rows = model.store, []
    for name in SESSIONS:
        one = store.seen(model.row, store.xid(name))
        found = ("–", "waits") if store.queue.of(name) else (str(one.place), str(one.customer))
        rows.append(Row(f"session:{name}", (f"session {name}", *found)))
    return Table(Grid(f"Row {model.row}, if each reads it now", READERS, tuple(rows)))


def log(store: Transactions) -> Node:
    """The newest records of the log, those on disk with a bar."""
    records, flushed = store.wal.records, store.wal.flushed
    shown = list(enumerate(records, 1))[-RECORDS:]
    parts = tuple(
        Part(
            f"{at} {one.kind}",
            str(one.xid) if one.xid else "",
            "disk" if at <= flushed else "",
            1000 if at <= flushed else 0,
        )
        for at, one in shown
    )
    return Node("wal", "", "WAL", "", "", f"{flushed} of {len(records)} on disk", "", parts=parts)


def metrics(model: Writing) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    store, count = model.store, len(model.store.heap.of(model.row))
    waiting = " ".join(one.wanted.session for one in store.queue.waiting)
    return (
        Metric("A new reader finds", str(store.seen(model.row, 0).customer), "customer of the row"),
        Metric("Versions", str(count), "of the row"),
        Metric("Waiting", waiting or "nobody"),
        Metric(
            "Log on disk", f"{store.wal.flushed} of {len(store.wal.records)}",
            f"{many(sum(store.changed()), 'changed page')} in memory",
        ),
    )  # fmt: skip

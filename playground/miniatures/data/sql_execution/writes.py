"""How transactions that write are told and drawn: versions, sessions and the log, as three trees side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playground.engine import Metric
from playground.machines.sql.locks import Waiting
from playground.machines.sql.transactions import Transactions, Written
from playground.machines.sql.versions import Place, Version
from playground.miniatures.data.sql_execution.words import many
from playground.scenes.table import Column, Grid, Row, Table
from playground.scenes.tree import OUT, STANDS, Node, Part, Tree

if TYPE_CHECKING:
    from playground.miniatures.data.sql_execution.writing import Writing

READ, NEW, OLD, VOID = "read", "new", "old", "void"
"""A version that others read, one whose transaction runs, one that was replaced, one whose transaction is void."""

NAMES = ("A", "B", "C")
READERS = (Column("reader", 0), Column("version", 110), Column("customer", 90, "strong"))

CROWDED = 3
"""Versions and sessions that end a branch: with so many the boxes are too narrow for all words."""

VERSIONS, RECORDS = 3, 6
"""The newest versions and records that are drawn."""


def key_of(place: Place) -> str:
    return f"v/{place.page}.{place.item}"


# In words.


def reads(session: str, one: Version, store: Transactions) -> str:
    """Why a reader takes this version."""
    own = one.xmin == store.xid(session)
    why = "its own" if own else f"{one.xmin} has committed"
    beside = f"; {one.xmax} has not" if one.xmax and not one.lock_only and not own else ""
    return (
        f"{session} reads {one.place}: customer {one.customer}. {why[0].upper()}{why[1:]}{beside}. It waits for nobody."
    )


def wrote(one: Written) -> str:
    """A new version, and where it lies."""
    where = "beside it, which the index need not know (HOT)" if one.new.hot else f"on page {one.new.place.page}"
    return (
        f"{one.wanted.session} tells the log, then writes {one.new.place} {where}: customer {one.new.customer}. "
        f"{one.old.place} stays, with xmax {one.new.xmin}."
    )


def committed(session: str, xid: int, records: int, dirty: int) -> str:
    """What a commit waits for, and what it does not."""
    log = f"{session} commits {xid}: {many(records, 'record')} of the log {'go' if records > 1 else 'goes'} to disk."
    if not dirty:
        return f"{log} No page of the table has to."
    return f"{log} {many(dirty, 'changed page')} of the table {'stay' if dirty > 1 else 'stays'} in memory."


def waits(one: Waiting, store: Transactions) -> str:
    """Whom a writer waits for."""
    holder = f"xmax {one.version.xmax} is {one.holder}’s transaction, which runs"
    behind = f", and {one.behind} is first in line" if one.behind != one.holder else ""
    return f"{one.wanted.session} finds {one.version.place} locked: {holder}{behind}. {one.wanted.session} waits."


# In the picture.


def tree(model: Writing) -> Tree:
    """The row's versions, the sessions, the log."""
    people = sessions(model)
    chain = versions(model)
    ends = [one for one in (*chain, *people) if one.key not in {other.parent for other in (*chain, *people)}]
    nodes = (*chain, *people, log(model.store))
    if len(ends) >= CROWDED:
        nodes = tuple(map(short, nodes))
    return Tree(f"Row {model.row}", nodes, "versions, sessions, log", model.changed)


def short(node: Node) -> Node:
    """The same in fewer words: many stand side by side."""
    parts = tuple(part._replace(sum="", figure="") for part in node.parts)
    told = re.sub(" · lock .*|xmin |xmax |transaction |no ", "", node.expected)
    return node._replace(expected=told.replace(" of ", "/"), parts=parts)


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
        return READ
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
        state = "waits" if behind else f"reads {store.seen(model.row, xid).customer}"
        found.append(Node(name, behind, f"Session {name}", "", "", told, state, state=OUT if behind else STANDS))
    return found or [Node("nobody", "", "Sessions", "", "", "nobody is at work")]


def readers(model: Writing) -> Table:
    """What each session would read now."""
    store, rows = model.store, []
    for name in NAMES:
        one = store.seen(model.row, store.xid(name))
        found = ("–", "waits") if store.queue.of(name) else (str(one.place), str(one.customer))
        rows.append(Row(f"session:{name}", (f"session {name}", *found)))
    return Table(Grid(f"Row {model.row}, as each session reads it", READERS, tuple(rows)))


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
            f"{many(len(store.dirty), 'changed page')} in memory",
        ),
    )  # fmt: skip

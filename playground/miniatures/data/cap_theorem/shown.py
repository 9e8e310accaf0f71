"""What the CAP miniature shows: the nodes and their messages, what clients saw, figures."""

from __future__ import annotations

from playground.engine import Metric
from playground.machines.histories import READ, WRITE, Verdict
from playground.miniatures.data.cap_theorem.model import CLIENTS, MODES, CapTheorem
from playground.miniatures.data.cap_theorem.network import Network
from playground.miniatures.data.cap_theorem.parts import (
    ANSWERS,
    GOOD,
    NOTHING,
    OPEN,
    PEEK,
    REFUSED,
    History,
    Operation,
    Replica,
)
from playground.scenes.history import History as Saw
from playground.scenes.history import Stretch
from playground.scenes.peers import Message, Peer, Peers, Seat, Switch
from playground.scenes.rounding import nearest
from playground.scenes.scene import Scene

OPPOSITES = (("quorum", "lww"), ("leader", "primary"))
"""Rules that differ in one thing: whether who is asked waits for the others. Each pair is a switch."""


def short(op: Operation) -> str:
    """An operation in two or three words."""
    if op.kind == WRITE:
        return f"write {op.value}"
    verb = "copy" if op.kind == PEEK else "read"
    return f"{verb} {op.value}" if op.state == GOOD else verb


def explained(found: Verdict) -> str:
    """What the judge says, in a few words."""
    if found.core:
        return "no order explains the red ones"
    if not found.order:
        return ""
    return "one order explains it: follow the thread"


def scenes(model: CapTheorem) -> tuple[Scene, ...]:
    """The nodes with what is on its way, and beside them what the clients saw."""
    return nodes(model), saw(model.history)


def nodes(model: CapTheorem) -> Peers:
    """The nodes with their clients; before anything has begun, as they will begin."""
    net, rule = model.net, model.rule
    if not net.replicas:
        net = Network(model)
        net.build(names_of(model))
    smaller = {name for name in net.replicas if name in net.side}
    peers = tuple(
        Peer(one.name, str(rule.value(one)), rule.note(one), one.alive, one.name in smaller, rounded(rule.written(one)))
        for one in net.replicas.values()
    )
    messages = tuple(
        Message(
            flight.number,
            flight.sender.name,
            flight.receiver.name,
            flight.label,
            (model.now - flight.since) * 1000 // max(flight.lands - flight.since, 1),
            flight.kind == ANSWERS,
            flight.lost and 2 * (model.now - flight.since) >= flight.lands - flight.since - 1,
        )
        for flight in net.flights
        if flight.label
    )
    return Peers(
        "The nodes",
        peers,
        messages,
        bool(net.side),
        net.changed,
        seats(model),
        rule.in_words(),
        sides(model, net),
        contradiction(model.history),
        movable=True,
        switch=switch(model.mode),
    )


def switch(mode: str) -> Switch:
    """The rule and the one opposite to it, the one that waits first."""
    pair = next(some for some in OPPOSITES if mode in some)
    return Switch("mode", tuple((one, MODES[one]) for one in pair), mode)


def names_of(model: CapTheorem) -> str:
    return "".join(model.names_of_nodes())


def rounded(us: int) -> int:
    """Milliseconds; -1 stands for never."""
    return nearest(us, 1000) if us >= 0 else -1


def sides(model: CapTheorem, net: Network) -> tuple[str, str]:
    """What the nodes on each side may do without the others, as far as it has been seen since the cut: the larger side,
    then the one cut off. Said before, it would be the answer to what a question asks.
    """
    if not net.side:
        return "", ""
    told = []
    for aside in (False, True):
        here = [one for one in net.alive() if (one.name in net.side) == aside]
        told.append(model.rule.may(len(here), seen(model, here)))
    return told[0], told[1]


def seen(model: CapTheorem, here: list[Replica]) -> set[str]:
    """Writes and reads that were asked of these nodes since the cut and have ended as their number lets expect: what
    took too long, or found no leader yet, tells nothing about it. A peek asks nobody else.
    """
    since = [op for op in model.history.operations if op.called > model.net.cut_after and op.node in here]
    ended = [op for op in since if op.state in (GOOD, NOTHING) and op.kind != PEEK]
    return {op.kind for op in ended if (op.state == GOOD) == model.rule.able(op.kind, len(here))}


def seats(model: CapTheorem) -> tuple[Seat, ...]:
    """Each client at the node that it asked last, in the order in which they did; at first at a node each."""
    history = model.history
    last = {op.client: op for op in history.operations}
    idle = [
        Seat(client, name, presses(history))
        for client, name in zip(CLIENTS[:3], names_of(model), strict=False)
        if client not in last
    ]
    asked = sorted(last.values(), key=lambda op: op.number)
    return (*idle, *(seat(model, op) for op in asked))


def presses(history: History, op: Operation | None = None) -> tuple[tuple[str, str], ...]:
    """What a client can press: its last operation as it was, else a write of the next number, and a read."""
    number = op.value if op and op.kind == WRITE else history.writes + 1
    copy = op is not None and op.kind == PEEK
    return (WRITE, f"write {number}"), (PEEK, "copy") if copy else (READ, "read")


def seat(model: CapTheorem, op: Operation) -> Seat:
    """A client and what became of its latest operation."""
    took = f"{nearest((op.until if op.state != OPEN else model.now) - op.since, 1000)} ms"
    got = f"{op.value}"
    said = {
        OPEN: "waits",
        GOOD: "“done”" if op.kind == WRITE else f"“it is {got}”",
        REFUSED: "refused",
        NOTHING: "no answer",
    }[op.state]
    state = {OPEN: "open", GOOD: "ok", REFUSED: "refused"}.get(op.state, "lost")
    answer = "ok" if op.kind == WRITE else got
    return Seat(op.client, op.node.name, presses(model.history, op), op.kind, state, answer, said, took)


def contradiction(history: History) -> tuple[str, str] | None:
    """Two clients whose answers no order explains: who was answered last of these, and another who was told
    something else before. Only where both have asked for nothing since.
    """
    latest = {op.client: op for op in history.operations}
    told = [op for op in history.answered() if op.number in history.verdict.core]
    told.sort(key=lambda op: op.answered)
    for op in reversed(told[:-1]):
        last = told[-1]
        if op.client != last.client and op.value != last.value:
            return (op.client, last.client) if latest[op.client] is op and latest[last.client] is last else None
    return None


def saw(history: History) -> Saw:
    """The operations of each client, and the thread of the order that was found."""
    clients = tuple(dict.fromkeys(["ann", "ben", "cat", *(op.client for op in history.operations)]))
    stretches = tuple(
        Stretch(
            op.number,
            op.client,
            short(op),
            op.called,
            # One without an answer ends where its client gave up; its effect may come later.
            0 if op.state == OPEN else op.ended,
            {GOOD: "ok", OPEN: "open", REFUSED: "refused"}.get(op.state, "lost"),
            "" if op.state == OPEN else f"{(op.until - op.since) // 1000} ms",
        )
        for op in history.operations
    )
    current = history.latest.number if history.latest else 0
    found = history.verdict
    return Saw("What clients saw", clients, stretches, found.order, found.core, explained(found), current)


def metrics(model: CapTheorem) -> tuple[Metric, ...]:
    history, answered = model.history, model.history.answered()
    if not model.net.replicas:
        return ()  # no node has begun
    took = [op.until - op.since for op in answered]
    mean = f"{sum(took) // len(took) // 1000} ms" if took else "–"
    linearizable = "yes" if history.verdict.linearizable else "no"
    return (
        Metric("Linearizable", linearizable, f"states searched: {history.verdict.states}"),
        Metric("Without an answer", str(history.unanswered())),
        Metric("Stale reads", str(len(history.stale()))),
        Metric("Lost writes", str(len(history.lost))),
        Metric("Mean latency", mean, f"the last {took[-1] // 1000} ms" if took else ""),
    )

"""What the CAP miniature shows: the nodes and their messages, what clients saw, figures."""

from __future__ import annotations

from playground.engine import Metric
from playground.machines.histories import WRITE, Verdict
from playground.miniatures.data.cap_theorem.model import CapTheorem
from playground.miniatures.data.cap_theorem.parts import ANSWERS, GOOD, OPEN, PEEK, REFUSED, History, Operation
from playground.scenes.history import History as Saw
from playground.scenes.history import Stretch
from playground.scenes.peers import Message, Peer, Peers
from playground.scenes.scene import Scene


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
    net = model.net
    waits: dict[str, list[str]] = {name: [] for name in net.replicas}
    for op in model.history.operations:
        if op.state == OPEN:
            waits[op.node.name].append(op.client)
    smaller = {name for name in net.replicas if name in net.side}
    peers = tuple(
        Peer(
            one.name,
            str(model.rule.value(one)),
            model.rule.note(one),
            f"{' '.join(waits[one.name])} {'waits' if len(waits[one.name]) == 1 else 'wait'}"
            if waits[one.name]
            else "",
            one.alive,
            one.name in smaller,
        )
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
    return Peers("The nodes", peers, messages, bool(net.side), net.changed)


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

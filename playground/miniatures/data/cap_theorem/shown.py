"""What the CAP miniature shows: its words, its pictures, its figures, its outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.engine import Metric
from playground.engine.schema import TEXT, WHOLE, described, listed, maybe, record
from playground.machines.histories import NEVER, WRITE
from playground.miniatures.data.cap_theorem.parts import ANSWERS, GOOD, OPEN, PEEK, REFUSED, Operation, listing
from playground.scenes.history import History, Stretch
from playground.scenes.peers import Message, Peer, Peers
from playground.scenes.scene import Scene

if TYPE_CHECKING:
    from playground.miniatures.data.cap_theorem.model import CapTheorem

OPERATION = record(
    client=TEXT,
    node=TEXT,
    kind=described(TEXT, "write, read, or peek: a read of one copy"),
    state=described(TEXT, "ok, refused, no answer, or open: still waiting"),
    value=described(maybe(WHOLE), "what was written or read"),
    called_us=WHOLE,
    took_us=described(maybe(WHOLE), "microseconds until the answer, or until the client gave up"),
)
OUTCOME = record(
    operations=listed(OPERATION),
    answer=described(TEXT, "what the last operation came to: ok, the value read, or no answer"),
    latency_ms=described(WHOLE, "milliseconds of the last operation that was answered; 0 if none was"),
    linearizable=described(TEXT, "yes or no"),
    order=described(listed(WHOLE), "numbers of operations in the order found"),
    core=described(listed(WHOLE), "the smallest part of the history that has no order"),
    states=described(WHOLE, "states that the judge looked at"),
    held=described(listed(TEXT), "what the nodes hold, in order; – for a dead one"),
    unanswered=described(WHOLE, "operations without an answer, refused ones among them"),
    stale=described(WHOLE, "reads of less than what was acknowledged before they began"),
    lost=described(WHOLE, "acknowledged writes that no living node has kept"),
)


def ready(model: CapTheorem) -> bool:
    return hasattr(model, "verdict")


def short(op: Operation) -> str:
    """An operation in two or three words."""
    if op.kind == WRITE:
        return f"write {op.value}"
    verb = "copy" if op.kind == PEEK else "read"
    return f"{verb} {op.value}" if op.state == GOOD else verb


def spoken(op: Operation) -> str:
    """An operation as the proof names it."""
    whose = "write of" if op.kind == WRITE else "read of"
    unsure = "" if op.answered < NEVER else ", which had no answer"
    return f"{op.client}’s {whose} {op.value}{unsure}"


def proof(model: CapTheorem) -> str:
    """Why there is no order, by the smallest part of the history that has none."""
    core = [op for op in model.operations if op.number in model.verdict.core]
    return f"No order explains {listing(spoken(op) for op in core)}: the history is not linearizable."


def verdict(model: CapTheorem) -> str:
    found = model.verdict
    if found.core:
        return "no order explains the red ones"
    if not found.order:
        return ""
    return "one order explains it: follow the thread"


def scenes(model: CapTheorem) -> tuple[Scene, ...]:
    """The nodes with what is on its way, and beside them what the clients saw."""
    if not ready(model):
        return Peers("The nodes", ()), History("What clients saw", ("ann", "ben", "cat"), ())
    return nodes(model), history(model)


def nodes(model: CapTheorem) -> Peers:
    waits: dict[str, list[str]] = {name: [] for name in model.replicas}
    for op in model.operations:
        if op.state == OPEN:
            waits[op.node.name].append(op.client)
    smaller = {name for name in model.replicas if name in model.side}
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
        for one in model.replicas.values()
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
        for flight in model.flights
        if flight.label
    )
    return Peers("The nodes", peers, messages, bool(model.side), model.changed)


def history(model: CapTheorem) -> History:
    clients = tuple(dict.fromkeys(["ann", "ben", "cat", *(op.client for op in model.operations)]))
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
        for op in model.operations
    )
    current = model.latest.number if model.latest else 0
    return History(
        "What clients saw", clients, stretches, model.verdict.order, model.verdict.core, verdict(model), current
    )


def metrics(model: CapTheorem) -> tuple[Metric, ...]:
    if not ready(model):
        return ()
    done = outcome(model)
    took = [op.until - op.since for op in model.operations if op.state == GOOD]
    mean = f"{sum(took) // len(took) // 1000} ms" if took else "–"
    return (
        Metric("Linearizable", str(done["linearizable"]), f"states searched: {model.verdict.states}"),
        Metric("Without an answer", str(done["unanswered"])),
        Metric("Stale reads", str(done["stale"])),
        Metric("Lost writes", str(done["lost"])),
        Metric("Mean latency", mean, f"the last {done['latency_ms']} ms" if took else ""),
    )


def outcome(model: CapTheorem) -> dict[str, object]:
    told_ = [
        {
            "client": op.client,
            "node": op.node.name,
            "kind": op.kind,
            "state": op.state,
            "value": op.value if op.kind == WRITE or op.state == GOOD else None,
            "called_us": op.since,
            "took_us": None if op.state == OPEN else op.until - op.since,
        }
        for op in model.operations
    ]
    answered = [op for op in model.operations if op.state == GOOD]
    return {
        "operations": told_,
        "answer": came_to(model.latest) if model.latest else "",
        "latency_ms": (answered[-1].until - answered[-1].since) // 1000 if answered else 0,
        "linearizable": "yes" if model.verdict.linearizable else "no",
        "order": list(model.verdict.order),
        "core": list(model.verdict.core),
        "states": model.verdict.states,
        "held": [str(model.rule.value(one)) if one.alive else "–" for one in model.replicas.values()],
        "unanswered": sum(op.state not in (OPEN, GOOD) for op in model.operations),
        "stale": len(model.stale()),
        "lost": len(model.lost),
    }


def came_to(op: Operation) -> str:
    """What a client got, in a word."""
    if op.state != GOOD:
        return "no answer"
    return "ok" if op.kind == WRITE else str(op.value)

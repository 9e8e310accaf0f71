"""The words for what a client got, and for a history that has no order."""

from __future__ import annotations

from playground.machines.histories import NEVER, WRITE
from playground.miniatures.data.cap_theorem.parts import GOOD, History, Operation, listing


def came_to(op: Operation) -> str:
    """What a client got, in a word."""
    if op.state != GOOD:
        return "no answer"
    return "ok" if op.kind == WRITE else str(op.value)


def spoken(op: Operation) -> str:
    """An operation as the proof names it."""
    whose = "write of" if op.kind == WRITE else "read of"
    unsure = "" if op.answered < NEVER else ", which had no answer"
    return f"{op.client}’s {whose} {op.value}{unsure}"


def proof(history: History) -> str:
    """Why there is no order, by the smallest part of the history that has none."""
    core = [op for op in history.operations if op.number in history.verdict.core]
    return f"No order explains {listing(spoken(op) for op in core)}: the history is not linearizable."

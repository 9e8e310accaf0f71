"""Histories of a register, and the judge: is there one order of the operations that explains what clients saw?

A history is linearizable if its operations can be put into one order in which each takes effect at an instant
between its call and its answer, and every read finds the value of the last write before it. An operation without
an answer may take effect at any time after its call, or never.

Source: Herlihy and Wing, Linearizability, 1990. The search is that of Wing and Gong, 1993, with remembered states.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

WRITE, READ = "write", "read"
NEVER = 1 << 40
"""The instant of an answer that never came."""


class Done(NamedTuple):
    """An operation as its client saw it: `value` is what it wrote or what it read."""

    number: int
    kind: str
    value: int
    called: int
    answered: int


class Verdict(NamedTuple):
    """The order found, as numbers of operations; or the smallest part that has none. `states` were looked at."""

    linearizable: bool
    order: tuple[int, ...]
    core: tuple[int, ...]
    states: int


def relevant(history: Sequence[Done]) -> list[Done]:
    """Without what proves nothing: a read without an answer, and a write without one whose value nobody read.

    Every value is written once, so such a write can be taken out of any order, and put behind its end.
    """
    seen = {one.value for one in history if one.kind == READ and one.answered < NEVER}
    return [one for one in history if one.answered < NEVER or (one.kind == WRITE and one.value in seen)]


def search(history: Sequence[Done], initial: int = 0) -> tuple[tuple[int, ...] | None, int]:
    """An order that explains all of these operations, or None; and how many states were looked at.

    A state is the set of operations that are done, and the value that stands. Next may come whatever was called
    before the first answer among those that are left.
    """
    everything = (1 << len(history)) - 1
    seen: set[tuple[int, int]] = set()
    order: list[int] = []

    def on(done: int, value: int) -> bool:
        if done == everything:
            return True
        if (done, value) in seen:
            return False
        seen.add((done, value))
        left = [(at, one) for at, one in enumerate(history) if not done >> at & 1]
        first = min(one.answered for _, one in left)
        for at, one in left:
            if one.called < first and (one.kind == WRITE or one.value == value):
                order.append(one.number)
                if on(done | 1 << at, one.value):
                    return True
                order.pop()
        return False

    return (tuple(order) if on(0, initial) else None), len(seen)


def judge(history: Sequence[Done], initial: int = 0) -> Verdict:
    """The verdict on a history in which every write has a value of its own."""
    asked = relevant(history)
    order, states = search(asked, initial)
    if order is not None:
        return Verdict(True, order, (), states)
    return Verdict(False, (), tuple(one.number for one in core(asked, initial)), states)


def core(history: list[Done], initial: int) -> list[Done]:
    """What is left when nothing more can be left out without an order appearing: the proof, as small as it gets.

    A write goes together with the reads of its value, which without it could not be explained at all.
    """
    for one in list(history):
        fewer = [
            other
            for other in history
            if other is not one and not (one.kind == WRITE and other.kind == READ and other.value == one.value)
        ]
        if one in history and search(fewer, initial)[0] is None:
            history = fewer
    return history

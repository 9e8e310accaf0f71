"""Our virtual clock beside SimPy: the same queue at one counter, and the same naps, in the same order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator
from functools import cache

import simpy

from playground.engine.clock import Clock, Event, Steps, Until, Wait
from playground.engine.rng import Rng
from tests.bench.report import Row, Section, Target
from tests.bench.timing import in_turn

CUSTOMERS, SEED = 3000, 7
GAP, SERVICE = 2_000_000, 1_800_000
"""Microseconds between two customers, and at the counter, at most; drawn evenly. Nine in ten wait."""
HAPPENINGS = 3
"""Of each customer: comes, is served, goes."""
SLEEPERS, NAPS = 100, 60
"""Processes that do nothing but wait, and how often."""
ROUNDS = 9
LEAST = Target(0.97, least=True, of_ratio=True)
"""As many events a second as SimPy; a few hundredths are what two measures of one thing differ by."""

Draws = list[tuple[int, int]]
Told = list[tuple[int, str, int]]
"""When, what, who."""


def drawn() -> Draws:
    """Of each customer: the time until the next one comes, and the time at the counter. Nothing falls on one instant
    but what follows from it, so that the order says the same everywhere."""
    rng = Rng(SEED)
    return [(1 + rng.below(GAP), 1 + rng.below(SERVICE)) for _ in range(CUSTOMERS)]


def ours(draws: Draws) -> Told:
    """The queue on our clock."""
    clock, told = Clock(), Told()
    line: deque[Event] = deque()
    busy = False

    def customer(number: int, service: int) -> Steps:
        nonlocal busy
        told.append((clock.now, "comes", number))
        if busy:
            mine = Event()
            line.append(mine)
            yield Until(mine)
        busy = True
        told.append((clock.now, "is served", number))
        yield Wait(service)
        told.append((clock.now, "goes", number))
        if line:
            clock.happen(line.popleft())
        else:
            busy = False

    def door() -> Steps:
        for number, (gap, service) in enumerate(draws):
            yield Wait(gap)
            clock.start(customer(number, service))

    clock.start(door())
    for _ in clock.drain():
        pass
    return told


def theirs(draws: Draws) -> Told:
    """The same on SimPy's, line by line."""
    env, told = simpy.Environment(), Told()
    line: deque[simpy.Event] = deque()
    busy = False

    def customer(number: int, service: int) -> Generator[simpy.Event, object, None]:
        nonlocal busy
        told.append((int(env.now), "comes", number))
        if busy:
            mine = env.event()
            line.append(mine)
            yield mine
        busy = True
        told.append((int(env.now), "is served", number))
        yield env.timeout(service)
        told.append((int(env.now), "goes", number))
        if line:
            line.popleft().succeed()
        else:
            busy = False

    def door() -> Generator[simpy.Event, object, None]:
        for number, (gap, service) in enumerate(draws):
            yield env.timeout(gap)
            env.process(customer(number, service))

    env.process(door())
    env.run()
    return told


def our_naps() -> Told:
    """Processes that wait, on our clock."""
    clock, told = Clock(), Told()

    def sleeper(number: int) -> Steps:
        for nap in naps(number):
            yield Wait(nap)
            told.append((clock.now, "wakes", number))

    for number in range(SLEEPERS):
        clock.start(sleeper(number))
    for _ in clock.drain():
        pass
    return told


def their_naps() -> Told:
    """The same on SimPy's."""
    env, told = simpy.Environment(), Told()

    def sleeper(number: int) -> Generator[simpy.Event, object, None]:
        for nap in naps(number):
            yield env.timeout(nap)
            told.append((int(env.now), "wakes", number))

    for number in range(SLEEPERS):
        env.process(sleeper(number))
    env.run()
    return told


@cache
def naps(number: int) -> tuple[int, ...]:
    """How long one process waits each time, in microseconds."""
    rng = Rng(SEED + number)
    return tuple(1 + rng.below(GAP) for _ in range(NAPS))


def section() -> Section:
    """Events a second."""
    found, draws = Section("The virtual clock beside SimPy"), drawn()
    found.rows = [
        row("a queue", CUSTOMERS * HAPPENINGS, lambda: ours(draws), lambda: theirs(draws)),
        row("naps", SLEEPERS * NAPS, our_naps, their_naps),
    ]
    found.notes.append(
        f"{CUSTOMERS:,} customers at one counter, {HAPPENINGS} events each; and {SLEEPERS} processes that wait {NAPS} "
        "times. Both tell the same, in the same order. SimPy’s queue is written as ours, of processes and events: with "
        "its own resource it is slower."
    )
    return found


def row(name: str, count: int, ours: Callable[[], Told], theirs: Callable[[], Told]) -> Row:
    """So many events, as a rate. Raises AssertionError where the two tell different things."""
    if ours() != theirs():
        raise AssertionError(f"{name}: SimPy tells something else")
    took = in_turn(ours, theirs, ROUNDS)
    beside = f"SimPy {simpy.__version__}: {count / took.theirs * 1000:,.0f} /s"
    return Row(f"clock: {name}, events", count / took.ours * 1000, "/s", beside, 1 / took.ratio, LEAST)

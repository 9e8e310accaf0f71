"""What a run costs: simulated, drawn, painted, told as a trace; cold and warm, beside the yardstick."""

from __future__ import annotations

from functools import partial
from statistics import median

from playground.engine.run import run
from tests.bench.cold import STAGES, apart, measure
from tests.bench.queries import Measured, defaults, unsearched, worst
from tests.bench.report import Row, Section, Target
from tests.bench.timing import once, paired, yardstick

DEAREST = 3
"""Runs of each kind that are measured fully, the dearest first; the others are only looked at once."""

MOST_DEFAULT, MOST_WORST = Target(30), Target(250)
"""Milliseconds of a whole run, cold. A default run with layout by Graphviz may take 60."""

Pairs = list[tuple[float, float]]


def section() -> Section:
    """Default runs and slow runs, the dearest of each."""
    found = Section("Cost of a run")
    for kind, target, rounds in ((defaults(), MOST_DEFAULT, 5), (worst("slow"), MOST_WORST, 3)):
        for measured in dearest(kind):
            found.rows += rows(measured, target, rounds)
    found.notes.append(
        "Processor time. Cold: a process that has run nothing yet, its imports not counted. Ratios are to the "
        "yardstick, a fixed piece of plain Python timed in the same process: here "
        f"{median(once(yardstick) for _ in range(9)):.1f} ms. A long run without pictures is weighed too."
    )
    if slugs := unsearched():
        found.notes.append(f"No worst run is known of {', '.join(slugs)}: python -m tests.bench.search")
    return found


def dearest(kind: list[Measured]) -> list[Measured]:
    """The few that cost most, looked at once, warm enough to compare."""
    cost = {one.name: once(partial(run, one.entry.cls, one.query)) for one in kind}
    return sorted(kind, key=lambda one: -cost[one.name])[:DEAREST]


def rows(measured: Measured, target: Target, rounds: int) -> list[Row]:
    """Every part of a run, cold then warm; the target is for the whole of it, cold."""
    out = []
    for state, pairs in (("cold", cold(measured, min(rounds, 3))), ("warm", warm(measured, rounds))):
        for part, both in pairs.items():
            took = paired(both)
            aim = target if (part, state) == ("whole", "cold") else None
            name = f"{measured.name}, {state}: {part}"
            out.append(Row(name, took.ours, "ms", f"yardstick {took.theirs:.1f} ms", took.ratio, aim))
    return out


def cold(measured: Measured, rounds: int) -> dict[str, Pairs]:
    """Each part with the yardstick of its own process."""
    pairs: dict[str, Pairs] = {}
    for _ in range(rounds):
        for stage in STAGES:
            collect(pairs, stage, *apart(measured.entry.slug, measured.text, stage))
    return in_order(pairs)


def warm(measured: Measured, rounds: int) -> dict[str, Pairs]:
    """Each part in this process, after one round that is not counted."""
    pairs: dict[str, Pairs] = {}
    for number in range(rounds + 1):
        for stage in STAGES:
            parts = measure(measured.entry, measured.query, stage)
            if number:
                collect(pairs, stage, parts, median(once(yardstick) for _ in range(3)))
    return in_order(pairs)


def collect(pairs: dict[str, Pairs], stage: str, parts: list[float], beside: float) -> None:
    for name, part in zip(STAGES[stage], parts, strict=True):
        if (stage, name) != ("step", "simulate + scenes"):
            pairs.setdefault(name, []).append((part, beside))


def in_order(pairs: dict[str, Pairs]) -> dict[str, Pairs]:
    """In the order in which a run goes through its parts."""
    names = ("simulate", "simulate + scenes", "paint one step", "paint all + diff + JSON", "whole")
    return {name: pairs[name] for name in names}

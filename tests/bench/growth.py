"""Twice the actions may cost little more than twice: marks over all steps, and time.

Where twice the actions make more than twice the steps, time is judged by the step: it is no fault of the engine that
the later actions tell more.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from statistics import median

from playground.engine.query import Query, default_query
from playground.engine.registry import Entry, entries
from playground.engine.run import run
from playground.engine.trace import compact, paint_all, trace
from playground.scenes.marks import WIDE
from tests.bench.report import Row, Section, Target
from tests.bench.timing import once
from tests.contract.test_limits import busy

MOST = Target(2.2, of_ratio=True)
FEW, SEED = 24, 2
"""Actions that a reader may well reach; besides, as many as the limits of a run leave room for."""
TIMES = 5
"""How often each is timed."""


def section() -> Section:
    """Of every miniature's default inputs with random actions that make sense."""
    found = Section("Growth with the number of actions")
    for entry in entries().values():
        whole = busy(entry.cls, default_query(entry.cls).values(), list(entry.cls.actions().values()), SEED, 100)
        for most in sorted({min(FEW, len(whole.acts)), len(whole.acts)}):
            found.rows += rows(entry, whole, (most // 4, most // 2, most))
    return found


def rows(entry: Entry, whole: Query, counts: tuple[int, ...]) -> list[Row]:
    """k beside 2k and 2k beside 4k: marks, then milliseconds measured in turn."""
    queries = [replace(whole, acts=whole.acts[:count]) for count in counts]
    marks, steps = zip(*(drawn(entry, query) for query in queries), strict=True)
    took = list(zip(*([once(partial(told, entry, query)) for query in queries] for _ in range(TIMES)), strict=True))
    out = []
    for at in (1, 2):
        name = f"{entry.slug}, {len(queries[at].acts)} actions, {steps[at]} steps"
        out.append(
            Row(f"{name}: marks", marks[at], "marks", beside(queries, steps, at), marks[at] / marks[at - 1], MOST)
        )
        ratio = median(more / less for more, less in zip(took[at], took[at - 1], strict=True))
        longer = by_steps(steps[at - 1], steps[at])
        words = f", by the step ({ratio:.2f} in all)" if longer > 1 else ""
        out.append(
            Row(f"{name}: time{words}", median(took[at]), "ms", beside(queries, steps, at), ratio / longer, MOST)
        )
    return out


def by_steps(fewer: int, more: int) -> float:
    """By how much the steps have more than doubled: 1 where they have not."""
    return max(1.0, more / fewer / 2)


def beside(queries: list[Query], steps: tuple[int, ...], at: int) -> str:
    return f"{len(queries[at - 1].acts)} actions, {steps[at - 1]} steps"


def drawn(entry: Entry, query: Query) -> tuple[int, int]:
    """Marks over all steps and scenes, and steps."""
    done = run(entry.cls, query)
    return sum(len(painted.marks) for column in paint_all(done, WIDE) for painted in column), len(done.steps)


def told(entry: Entry, query: Query) -> str:
    return compact(trace(entry.slug, entry.version, run(entry.cls, query), WIDE))

"""Time two things in turn: what disturbs the one disturbs the other, and their ratio stays.

Plain computation is timed by the processor time of this process, which is the time that it takes on a machine
with nothing else to do; what waits for another process is timed by the clock on the wall.
"""

from __future__ import annotations

from collections.abc import Callable
from math import ceil
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple

Work = Callable[[], object]
CPU, WALL = process_time, perf_counter


class Paired(NamedTuple):
    """Medians of both, in milliseconds, and the median of the ratios of the pairs."""

    ours: float
    theirs: float
    ratio: float


def once(work: Work, clock: Callable[[], float] = CPU) -> float:
    """Milliseconds that one call takes."""
    start = clock()
    work()
    return (clock() - start) * 1000


def paired(pairs: list[tuple[float, float]]) -> Paired:
    ours, theirs = zip(*pairs, strict=True)
    return Paired(median(ours), median(theirs), median(one / other for one, other in pairs))


def in_turn(ours: Work, theirs: Work, rounds: int, clock: Callable[[], float] = CPU) -> Paired:
    """Both, alternately; which one is first changes from round to round."""
    pairs = []
    for number in range(rounds):
        if number % 2:
            other = once(theirs, clock)
            pairs.append((once(ours, clock), other))
        else:
            one = once(ours, clock)
            pairs.append((one, once(theirs, clock)))
    return paired(pairs)


def within(took: list[float], share: float) -> float:
    """The least of these figures that so large a share of them does not exceed: 0.95 is the p95 (nearest rank)."""
    return sorted(took)[max(0, ceil(share * len(took)) - 1)]


def yardstick() -> str:
    """A fixed piece of plain Python like the work of a run: arithmetic, sorting, formatting, dictionaries."""
    numbers = [number * 2_654_435_761 % 2**32 for number in range(4000)]
    placed = sorted((position, f"key:{position % 997}") for position in numbers)
    marks = {
        f"{name}/{index}": {"x": f"{position / 7:.1f}", "r": "3.8"} for index, (position, name) in enumerate(placed)
    }
    return "".join(f'<circle data-key="{key}" x="{marks[key]["x"]}"/>' for key in sorted(marks))

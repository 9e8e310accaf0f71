"""What the answers of a class say about its questions. No Django; points are whole thousandths."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from math import sqrt
from statistics import median, quantiles

ENOUGH = 10
"""Answers from which on a figure says something; with fewer there are counts alone."""


def facility(right: Sequence[bool]) -> float | None:
    """The share of right answers, from 0 to 1; None without any."""
    return sum(right) / len(right) if right else None


def discrimination(right: Sequence[bool], rest: Sequence[int]) -> float | None:
    """How well a question tells those who know the rest from those who do not, from -1 to 1.

    The point-biserial correlation of being right at it with the points of all other questions, for the same learners
    in the same order. None where everybody or nobody was right, or all have the same points. Source: Lord and Novick,
    Statistical Theories of Mental Test Scores, 1968, 15.5; against the rest, so that no question agrees with itself.
    """
    count, good = len(right), sum(right)
    total = sum(rest)
    # Whole numbers until the end: what is nought stays so.
    spread = count * sum(points * points for points in rest) - total * total
    if not spread or good in (0, count):
        return None
    among = sum(points for points, one in zip(rest, right, strict=True) if one)
    return (count * among - good * total) / sqrt(good * (count - good) * spread)


def mean(points: Sequence[int]) -> float | None:
    return sum(points) / len(points) if points else None


def middle_half(points: Sequence[int]) -> tuple[float, float] | None:
    """The lower and the upper quartile, interpolated between the points that there are (type 7 of Hyndman and Fan,
    1996, as spreadsheet programs have it); None with fewer than two."""
    if len(points) < 2:
        return None
    lower, _, upper = quantiles(points, n=4, method="inclusive")
    return lower, upper


def times(started: datetime, saves: Iterable[tuple[int, datetime]]) -> dict[int, timedelta]:
    """How long somebody was at each question, by its place.

    What passed before each save, since the one before it or the start, was spent on the question that was saved. A
    question without a save has no time.
    """
    spent: Counter[int] = Counter()
    before = started
    for place, at in sorted(saves, key=lambda save: save[1]):
        spent[place] += max((at - before) // timedelta(microseconds=1), 0)
        before = max(before, at)
    return {place: timedelta(microseconds=time) for place, time in spent.items()}


def median_time(spent: Sequence[timedelta]) -> timedelta | None:
    """The time that half of them needed at most; None without any."""
    if not spent:
        return None
    return timedelta(microseconds=round(median(time // timedelta(microseconds=1) for time in spent)))

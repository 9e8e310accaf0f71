"""Figures about questions, against a second way to compute them: by definition, in fractions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import isclose, sqrt
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.statistics import discrimination, facility, mean, median_time, middle_half, times

NINE = datetime(2026, 12, 4, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)
MADE_UP = [Random(seed) for seed in range(1000)]  # noqa: S311 - no secret


def class_(rng: Random) -> tuple[list[bool], list[int]]:
    """Who was right, and the points that each has elsewhere: in some classes related, in others not."""
    ability = [rng.random() for _ in range(rng.randint(2, 60))]
    pull = rng.choice((0.0, 0.5, 1.0, -0.7))
    right = [rng.random() < 0.5 + pull * (one - 0.5) for one in ability]
    return right, [rng.choice((500, 1000)) * int(8 * one) for one in ability]


def correlation(first: list[Fraction], second: list[Fraction]) -> float | None:
    """Pearson's, by its definition: the mean product of standard scores."""
    count = len(first)
    means = [sum(one, Fraction()) / count for one in (first, second)]
    away = [[value - middle for value in one] for one, middle in zip((first, second), means, strict=True)]
    squares = [sum((value * value for value in one), Fraction()) for one in away]
    if not all(squares):
        return None
    return float(sum((a * b for a, b in zip(*away, strict=True)), Fraction())) / sqrt(squares[0] * squares[1])


def test_discrimination_is_the_correlation_with_the_rest_in_a_thousand_classes():
    found = 0
    for rng in MADE_UP:
        right, rest = class_(rng)
        wanted = correlation([Fraction(one) for one in right], [Fraction(one) for one in rest])
        got = discrimination(right, rest)
        assert (got is None) == (wanted is None)
        if got is not None and wanted is not None:
            assert isclose(got, wanted, abs_tol=1e-12)
            found += 1
    assert found > 800


def test_who_is_right_has_the_others_too_or_has_none_of_them():
    assert discrimination([True, True, False, False], [3000, 3000, 0, 0]) == 1
    assert discrimination([True, True, False, False], [0, 0, 3000, 3000]) == -1
    assert discrimination([True, False, True, False], [2, 2, 1, 1]) == 0


@pytest.mark.parametrize("right", [[True, True, True], [False, False, False], [True, False, True]])
def test_where_nothing_differs_there_is_none(right):
    assert discrimination(right, [1000, 1000, 1000]) is None
    assert discrimination([right[0]] * 3, [0, 1000, 2000]) is None
    assert discrimination([], []) is None


def test_quartiles_in_a_thousand_classes_are_those_counted_by_hand():
    for rng in MADE_UP:
        _, points = class_(rng)
        rows = sorted(points)
        wanted = []
        for part in (Fraction(1, 4), Fraction(3, 4)):
            place = part * (len(rows) - 1)
            below = place.numerator // place.denominator
            above = min(below + 1, len(rows) - 1)
            wanted.append(float(rows[below] + (place - below) * (rows[above] - rows[below])))
        assert middle_half(points) == pytest.approx(tuple(wanted))
    assert middle_half([1000]) is None


@given(st.lists(st.integers(0, 10_000), max_size=60))
def test_the_mean_is_exact(points):
    wanted = float(Fraction(sum(points), len(points))) if points else None
    assert mean(points) == (wanted if wanted is None else pytest.approx(wanted))


@given(st.lists(st.booleans(), min_size=1, max_size=60))
def test_right_and_wrong_are_all(right):
    assert facility(right) == pytest.approx(1 - float(Fraction(right.count(False), len(right))))


def test_nobody_is_no_share():
    assert (facility([]), mean([]), median_time([])) == (None, None, None)


def test_the_time_before_a_save_is_its_question_s():
    saves = [(1, NINE + 40 * SECOND), (2, NINE + 70 * SECOND), (1, NINE + 75 * SECOND)]
    assert times(NINE, saves) == {1: 45 * SECOND, 2: 30 * SECOND}
    assert times(NINE, reversed(saves)) == times(NINE, saves)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(0, 10_000)), min_size=1))
def test_all_time_until_the_last_save_is_somewhere_and_none_twice(saves):
    told = times(NINE, [(place, NINE + second * SECOND) for place, second in saves])
    assert sum(told.values(), timedelta()) == max(second for _, second in saves) * SECOND


def test_half_of_a_class_needs_the_median_at_most():
    for rng in MADE_UP[:100]:
        spent = [rng.randrange(10**7) * timedelta(microseconds=1) for _ in range(rng.randint(1, 40))]
        found = median_time(spent)
        assert found is not None
        at_most, at_least = (sum(one <= found for one in spent), sum(one >= found for one in spent))
        near = len(spent) % 2 == 0  # between two, and rounded
        assert min(at_most, at_least) >= len(spent) // 2 - near

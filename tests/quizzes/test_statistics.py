"""Figures about questions, recomputed with NumPy and SciPy."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

import numpy
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import pointbiserialr

from quizzes.rules.statistics import discrimination, facility, mean, median_time, middle_half, times

NINE = datetime(2026, 12, 4, 9, tzinfo=UTC)
SECOND, MICROSECOND = timedelta(seconds=1), timedelta(microseconds=1)
MADE_UP = [Random(seed) for seed in range(1000)]  # noqa: S311 - no secret


def class_(rng: Random) -> tuple[list[bool], list[int]]:
    """Who was right, and the points that each has elsewhere: in some classes related, in others not."""
    ability = [rng.random() for _ in range(rng.randint(2, 60))]
    pull = rng.choice((0.0, 0.5, 1.0, -0.7))
    right = [rng.random() < 0.5 + pull * (one - 0.5) for one in ability]
    return right, [rng.choice((500, 1000)) * int(8 * one) for one in ability]


def test_discrimination_is_the_correlation_with_the_rest_in_a_thousand_classes():
    found = 0
    for rng in MADE_UP:
        right, rest = class_(rng)
        got = discrimination(right, rest)
        assert (got is None) == (len(set(right)) == 1 or len(set(rest)) == 1)
        if got is not None:
            assert got == pytest.approx(pointbiserialr(right, rest).statistic, abs=1e-12)
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


def test_quartiles_in_a_thousand_classes():
    for rng in MADE_UP:
        _, points = class_(rng)
        assert middle_half(points) == pytest.approx(tuple(numpy.percentile(points, [25, 75])))
    assert middle_half([1000]) is None


def test_means_shares_and_times_in_a_thousand_classes():
    for rng in MADE_UP:
        right, points = class_(rng)
        assert mean(points) == pytest.approx(numpy.mean(points))
        assert facility(right) == pytest.approx(numpy.mean(right))
        spent = [rng.randrange(10**10) for _ in points]
        assert median_time([one * MICROSECOND for one in spent]) == round(numpy.median(spent)) * MICROSECOND


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

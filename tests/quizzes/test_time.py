"""When an attempt ends, and what of it counts."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.time import GRACE, Terms, counts, is_over

NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)

minutes = st.integers(0, 600)


def ended(terms: Terms, started: datetime) -> datetime:
    end = terms.end(started)
    assert end is not None
    return end


def test_without_a_limit_and_a_closing_it_never_ends():
    assert Terms().end(NOON) is None
    assert not is_over(None, NOON + 10_000 * HOUR)


def test_it_ends_at_its_limit_or_at_the_closing_whichever_comes_first():
    assert Terms(limit_s=600).end(NOON) == NOON + timedelta(minutes=10)
    assert Terms(limit_s=600, closes=NOON + 5 * timedelta(minutes=1)).end(NOON) == NOON + timedelta(minutes=5)


def test_a_factor_makes_the_limit_longer_and_moves_the_closing_by_as_much():
    terms = Terms(limit_s=3600, closes=NOON + HOUR, factor=1500)
    assert terms.end(NOON) == NOON + 1.5 * HOUR


def test_who_has_no_limit_is_bound_by_the_closing_alone():
    terms = Terms(limit_s=60, closes=NOON + HOUR, factor=None)
    assert terms.end(NOON) == NOON + HOUR


def test_minutes_that_are_given_lengthen_the_limit_and_the_closing():
    terms = Terms(limit_s=600, closes=NOON + timedelta(minutes=10), minutes=7)
    assert terms.end(NOON) == NOON + timedelta(minutes=17)


def test_days_and_another_closing_count_where_they_are_later():
    assert Terms(closes=NOON, days=2).closing == NOON + 48 * HOUR
    assert Terms(closes=NOON, own_closes=NOON + HOUR).closing == NOON + HOUR
    assert Terms(closes=NOON, own_closes=NOON - HOUR).closing == NOON


def test_nothing_that_is_given_opens_earlier():
    terms = Terms(opens=NOON, closes=NOON + HOUR, days=9, minutes=60, factor=3000)
    assert not terms.has_opened(NOON - timedelta(seconds=1))
    assert terms.has_opened(NOON)


@pytest.mark.parametrize(("after", "still"), [(-1, True), (0, True), (15, True), (16, False)])
def test_what_comes_within_the_grace_counts(after, still):
    assert timedelta(seconds=15) == GRACE
    assert counts(NOON, NOON + timedelta(seconds=after)) is still
    assert is_over(NOON, NOON + timedelta(seconds=after)) is not still


@given(limit=minutes, factor=st.sampled_from([1000, 1250, 1500, 2000, None]), given_=minutes, days=st.integers(0, 5))
def test_an_accommodation_never_ends_an_attempt_earlier(limit, factor, given_, days):
    plain = Terms(limit_s=60 * limit, closes=NOON + 2 * HOUR)
    kinder = Terms(limit_s=60 * limit, closes=NOON + 2 * HOUR, factor=factor, minutes=given_, days=days)
    for start in (NOON - 5 * HOUR, NOON, NOON + 2 * HOUR - timedelta(minutes=1)):
        assert ended(kinder, start) >= ended(plain, start)


@given(given_=minutes)
def test_time_that_is_given_is_never_cut_by_the_closing(given_):
    """Whoever could finish before it was given has all of it after."""
    closes, start = NOON + HOUR, NOON + HOUR - timedelta(minutes=10)
    plain, kinder = (Terms(limit_s=600, closes=closes, minutes=more) for more in (0, given_))
    assert ended(kinder, start) - ended(plain, start) == timedelta(minutes=given_)


@pytest.mark.parametrize("zone", ["Europe/Vienna", "America/New_York", "Australia/Lord_Howe"])
def test_an_hour_is_an_hour_across_both_clock_changes(zone):
    """Whatever the clocks on the wall do meanwhile: instants are counted, not hands."""
    year = ZoneInfo(zone)
    day = datetime(2026, 1, 1, tzinfo=UTC)
    changes = 0
    for hours in range(365 * 24):
        at = day + timedelta(hours=hours)
        if at.astimezone(year).utcoffset() != (at + HOUR).astimezone(year).utcoffset():
            changes += 1
            started = at.astimezone(year)
            assert ended(Terms(limit_s=3600), started) - at == HOUR
    assert changes == 2

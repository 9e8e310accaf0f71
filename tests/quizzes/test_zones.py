"""Instants as a class knows them."""

from datetime import UTC, datetime

import pytest

from quizzes.zones import clock_time, is_zone, long_time, short_time, stamp

AT = datetime(2026, 12, 4, 17, 0, 7, 250_000, tzinfo=UTC)


def test_it_says_the_place_and_what_it_is_ahead():
    assert clock_time(AT, "Europe/Vienna") == "18:00:07"
    assert short_time(AT, "Europe/Vienna") == "18:00 in Vienna (UTC+1)"
    assert long_time(AT, "America/New_York") == "Friday 4 December 2026, 12:00 in New York (UTC−5)"
    assert short_time(AT, "Asia/Kolkata") == "22:30 in Kolkata (UTC+5:30)"
    assert short_time(AT, "UTC") == "17:00 UTC"


def test_summer_is_another_offset():
    assert short_time(AT.replace(month=7), "Europe/Vienna") == "19:00 in Vienna (UTC+2)"


def test_a_program_gets_iso_8601():
    assert stamp(AT) == "2026-12-04T17:00:07.250Z"
    assert stamp(None) is None


@pytest.mark.parametrize("name", ["Europe/Vienna", "UTC"])
def test_zones_that_there_are(name):
    assert is_zone(name)


@pytest.mark.parametrize("name", ["Vienna", "", "../etc/passwd"])
def test_zones_that_there_are_not(name):
    assert not is_zone(name)

"""Arithmetic on a circle."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.scenes.circle import Circle, dashes, levels, split, spread

BAND = Circle(100, 100, 50)


@pytest.mark.parametrize(("turn", "place"), [(0, (100, 50)), (0.25, (150, 100)), (0.5, (100, 150)), (0.75, (50, 100))])
def test_turns_run_clockwise_from_the_top(turn, place):
    assert BAND.at(turn) == pytest.approx(place)


def test_an_arc_over_the_top_is_two_parts_and_equal_ends_are_the_whole_circle():
    assert split(0.2, 0.7) == [(0.2, 0.7)]
    assert split(0.9, 0.1) == [(0.9, 1.0), (0.0, 0.1)]
    assert split(0.3, 0.3) == [(0.3, 1.0), (0.0, 0.3)]
    assert split(0.3, 0.0) == [(0.3, 1.0)]


def test_dashes_draw_the_intervals_and_nothing_else():
    assert dashes([(0.1, 0.2), (0.5, 0.75)], 100) == "0 10 10 30 25 200"
    assert dashes([(0.0, 0.25)], 100) == "0 0 25 200"
    assert dashes([], 100) == "0 200"


def test_touching_intervals_are_one_dash():
    assert dashes([(0.1, 0.2), (0.2, 0.3)], 100) == "0 10 20 200"


@given(turns=st.lists(st.floats(0, 0.999), max_size=30, unique=True).map(sorted))
def test_badges_are_spread_apart_and_keep_their_order(turns):
    gap = 0.03
    found = spread(turns, gap)
    assert len(found) == len(turns)
    if len(turns) > 1:
        holes = [(after - before) % 1 for before, after in pairwise([*found, found[0]])]
        assert min(holes) >= gap - 1e-9
        assert sum(holes) == pytest.approx(1)


def test_what_stands_apart_already_does_not_move():
    assert spread([0.1, 0.5, 0.8], 0.05) == pytest.approx([0.1, 0.5, 0.8])


@given(turns=st.lists(st.floats(0, 0.999), max_size=40, unique=True).map(sorted))
def test_dots_of_one_level_are_apart(turns):
    circles = [BAND, BAND.to(40)]
    found = levels(turns, circles, 10)
    for number, circle in enumerate(circles):
        placed = [turn for turn, level in zip(turns, found, strict=True) if level == number]
        for before, after in pairwise(placed):
            assert (after - before) * circle.length >= 10 - 1e-9

"""Which variant somebody gets."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.draw import Drawn, draw


def first(below):
    return 0


def last(below):
    return below - 1


def test_none_where_none_may_be_given():
    assert draw([], first) is None
    assert draw([Drawn(1, "excluded", 0, 0), Drawn(2, "broken", 0, 0)], first) is None


def test_where_some_are_pinned_only_those():
    assert draw([Drawn(1, "ready", 0, 0), Drawn(2, "pinned", 9, 3)], first) == 2


def test_none_that_this_member_has_had_while_others_remain():
    assert draw([Drawn(1, "ready", 0, 1), Drawn(2, "ready", 50, 0)], first) == 2
    assert draw([Drawn(1, "ready", 0, 1), Drawn(2, "ready", 50, 2)], first) == 1


def test_the_least_given_first_and_among_equals_any():
    variants = [Drawn(1, "ready", 3, 0), Drawn(2, "ready", 2, 0), Drawn(3, "ready", 2, 0)]
    assert draw(variants, first) == 2
    assert draw(variants, last) == 3


@given(st.integers(1, 9), st.integers(1, 60))
def test_a_class_is_dealt_evenly(stock, learners):
    given_: Counter[int | None] = Counter()
    for _ in range(learners):
        given_[draw([Drawn(one, "ready", given_[one], 0) for one in range(stock)], first)] += 1
    assert max(given_.values()) - min(given_[one] for one in range(stock)) <= 1

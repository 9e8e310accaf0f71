"""Which variant somebody gets."""

from collections import Counter
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.draw import Drawn, apart, draw, draw_all


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


WISHES = st.lists(st.lists(st.sampled_from("abcde"), max_size=4, unique=True), max_size=6)


@given(WISHES)
def test_templates_differ_as_far_as_that_can_be(wishes):
    """Against all ways there are."""
    found = apart(wishes)
    assert [not one for one in found] == [not one for one in wishes]
    assert all(one in wish for one, wish in zip(found, wishes, strict=True) if wish)
    most = max(len({one for one in way if one}) for way in product(*(wish or [""] for wish in wishes)))
    assert len({one for one in found if one}) == most


@given(st.integers(2, 5), st.integers(1, 4), st.integers(1, 40), st.randoms(use_true_random=False))
def test_the_templates_of_a_pool_are_given_evenly(kinds, each, learners, rng):
    given_: Counter[int | None] = Counter()
    below = rng.randrange
    for _ in range(learners):
        able = [Drawn(one, "ready", given_[one], 0, str(one % kinds)) for one in range(kinds * each)]
        given_[draw_all([able], below)[0]] += 1
    parts = [[given_[one] for one in range(kinds * each) if one % kinds == kind] for kind in range(kinds)]
    assert max(map(sum, parts)) - min(map(sum, parts)) <= 1
    assert all(max(part) - min(part) <= 1 for part in parts)


def test_two_places_with_the_same_pool_get_different_templates():
    pool = [Drawn(1, "ready", 0, 0, "x"), Drawn(2, "ready", 9, 3, "y")]
    for below in (first, last):
        assert set(draw_all([pool, pool], below)) == {1, 2}
        assert draw_all([pool, pool[:1]], below) == [2, 1]


def test_a_place_without_a_variant_gets_none():
    assert draw_all([[Drawn(1, "ready", 0, 0)], [Drawn(2, "broken", 0, 0)]], first) == [1, None]

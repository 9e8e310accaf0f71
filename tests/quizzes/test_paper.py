"""Which variants stand on which printed form, and by which signs they are answered."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.draw import Drawn
from quizzes.rules.paper import LETTERS, dealt, signs

STATES = ("ready", "pinned", "excluded", "broken")

stock = st.lists(st.tuples(st.sampled_from(STATES), st.integers(0, 5)), max_size=12).map(
    lambda rows: [Drawn(place, state, given_, 0) for place, (state, given_) in enumerate(rows)]
)


@given(stock, st.integers(1, 6))
def test_forms_differ_where_the_stock_allows_and_hold_what_learners_may_get(variants, forms):
    found = [key for (key,) in dealt([variants], forms)]
    able = [one.id for one in variants if one.state == "pinned"] or [one.id for one in variants if one.state == "ready"]
    if not able:
        assert found == []
        return
    assert len(found) == forms
    assert set(found) <= set(able)
    assert len(set(found)) == min(forms, len(able))
    counts = Counter(found)
    assert max(counts.values()) - min(counts[one] for one in able) <= 1


@given(stock, st.integers(1, 6))
def test_what_was_given_least_is_printed_first_and_the_same_stock_deals_the_same(variants, forms):
    found = dealt([variants], forms)
    assert found == dealt([list(variants)], forms)
    times = {one.id: one.given for one in variants}
    first = list(dict.fromkeys(key for (key,) in found))
    assert [times[one] for one in first] == sorted(times[one] for one in first)


def test_no_form_has_a_template_twice_while_others_remain():
    """The first place has two, the second one alone: the first leaves it that one, on every form."""
    both = [Drawn(1, "ready", 0, 0, "x"), Drawn(2, "ready", 0, 0, "x"), Drawn(3, "ready", 0, 0, "y")]
    alone = [Drawn(4, "ready", 0, 0, "x"), Drawn(5, "ready", 0, 0, "x")]
    assert dealt([both, alone], 2) == [[3, 4], [3, 5]]


def test_a_place_without_a_variant_has_no_forms():
    assert dealt([[Drawn(1, "ready", 0, 0)], [Drawn(2, "excluded", 0, 0)]], 3) == []


@given(st.lists(st.text("abcxyz", min_size=1, max_size=4), min_size=1, max_size=70, unique=True), st.data())
def test_each_answer_has_a_sign_of_its_own(values, data):
    badges = data.draw(st.dictionaries(st.sampled_from(values), st.sampled_from("ABCab1")))
    told = signs(values, badges)
    assert list(told.values()) == values
    assert all(sign in LETTERS or sign.isdecimal() for sign in told)


def test_letters_are_those_that_the_picture_wears_where_each_thing_has_one():
    assert signs(["fay", "hal"], {"fay": "F", "hal": "H"}) == {"F": "fay", "H": "hal"}
    assert signs(["fay", "finn"], {"fay": "F", "finn": "F"}) == {"A": "fay", "B": "finn"}
    assert signs(["fay", "hal"], {"fay": "F"}) == {"A": "fay", "B": "hal"}

"""What somebody's answers are worth."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.rules.points import Said, Standing, kept, points_in_words, spelled, standing

TRIES = [1000, 600, 300]


def come_to(*said, tries=TRIES, over=False):
    found = [Said(value.lower(), check=value.isupper()) if value else Said(None) for value in said]
    return standing(found, right="a".__eq__, worth=2000, tries=tries, over=over)


def test_a_small_letter_here_is_a_save_and_a_capital_a_check():
    assert come_to("a") == Standing("a", 1, 0, None, None)
    assert come_to("A") == Standing("a", 1, 1, 2000, True)


def test_saving_never_grades():
    assert come_to("a", "b", "a", "b").points is None


def test_each_wrong_check_makes_the_next_one_worth_less():
    assert [come_to("A").points, come_to("B", "A").points, come_to("B", "C", "A").points] == [2000, 1200, 600]


def test_the_same_wrong_value_again_is_no_try():
    assert come_to("B", "B", "B", "A").points == 1200
    assert come_to("B", "B").tries == 1


def test_after_the_last_try_it_is_decided_and_nothing_more_counts():
    assert come_to("B", "C", "D") == Standing("d", 3, 3, 0, False)
    assert come_to("B", "C", "D", "A") == come_to("B", "C", "D")


def test_what_was_right_stays_so():
    assert come_to("A", "b", "B") == come_to("A")


def test_at_the_end_the_last_value_is_graded_as_the_next_try_would_be():
    assert come_to("b", "a", tries=[1000], over=True).points == 2000
    assert come_to("a", "b", tries=[1000], over=True).points == 0
    assert come_to("B", "a", over=True).points == 1200
    assert come_to("B", "b", over=True).points == 0


def test_a_blank_is_worth_nothing_and_no_try():
    assert come_to(over=True) == Standing(None, 0, 0, 0, False)
    assert come_to("a", "", over=True).points == 0


def test_what_came_late_is_not_counted():
    late = [Said("a"), Said("b", late=True)]
    assert standing(late, right="a".__eq__, worth=1000, tries=[1000], over=True) == Standing("a", 1, 0, 1000, True)


said = st.lists(st.builds(Said, st.sampled_from(["a", "b", "c", None]), st.booleans(), st.booleans()), max_size=12)


@given(said, st.integers(0, 5000), st.lists(st.integers(0, 1000), min_size=1, max_size=4))
def test_points_are_never_more_than_it_is_worth_and_handing_in_changes_nothing_decided(told, worth, tries):
    before = standing(told, right="a".__eq__, worth=worth, tries=tries, over=False)
    after = standing(told, right="a".__eq__, worth=worth, tries=tries, over=True)
    assert after.points is not None
    assert 0 <= after.points <= worth * max(tries) // 1000
    assert before.points in (None, after.points)
    assert before.tries <= len(tries)
    assert (before.value, before.revision) == (after.value, after.revision)


@pytest.mark.parametrize(("keep", "points"), [("best", 9), ("last", 3), ("first", 4), ("average", 5)])
def test_several_attempts(keep, points):
    assert kept([4, 9, 3], keep) == points
    assert kept([], keep) is None


@pytest.mark.parametrize(("points", "words"), [(0, "0"), (7500, "7.5"), (2000, "2"), (10000, "10"), (333, "0.333")])
def test_points_as_a_reader_knows_them(points, words):
    assert spelled(points) == words


@pytest.mark.parametrize(
    ("points", "words"),
    [(0, "0 points"), (1000, "1 point"), (500, "0.5 points"), (1500, "1.5 points"), (2000, "2 points")],
)
def test_one_point_is_one(points, words):
    assert points_in_words(points) == words

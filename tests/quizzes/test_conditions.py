"""What a run is worth that was made in a challenge."""

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from playground.engine.progress import part
from quizzes.rules.points import Said, standing

OF = st.integers(1, 8).flatmap(lambda of: st.tuples(st.integers(0, of - 1), st.just(of)))
WORTH = st.integers(0, 5000)
TRIES = st.lists(st.integers(0, 1000), min_size=1, max_size=4)


def test_it_is_the_way_gone_from_what_held_at_the_start():
    assert [part(held, 2, 4) for held in range(5)] == [0, 0, 0, Fraction(1, 2), 1]
    assert part(1, 0, 3) == Fraction(1, 3)


@given(OF, st.data())
def test_it_is_between_nought_and_one_grows_with_what_holds_and_is_one_where_all_hold_alone(told, data):
    at_start, of = told
    held = data.draw(st.integers(0, of))
    more = data.draw(st.integers(held, of))
    assert 0 <= part(held, at_start, of) <= part(more, at_start, of) <= 1
    assert (part(held, at_start, of) == 1) == (held == of)


def come_to(held, told, worth, tries, *, check=False):
    at_start, of = told
    said = [Said(f"run {number} {one}", check) for number, one in enumerate(held)]
    grade = {f"run {number} {one}": part(one, at_start, of) for number, one in enumerate(held)}
    return standing(said, right=grade.__getitem__, worth=worth, tries=tries, over=True)


@given(OF, WORTH, TRIES, st.data())
def test_points_are_whole_thousandths_from_nought_to_all_and_more_conditions_are_never_worth_less(
    told, worth, tries, data
):
    _, of = told
    held = data.draw(st.integers(0, of))
    more = data.draw(st.integers(held, of))
    low, high = (come_to([one], told, worth, tries) for one in (held, more))
    assert 0 <= low.points <= high.points <= worth * tries[0] // 1000
    assert (type(low.points), low.right) == (int, held == of)
    assert come_to([of], told, worth, tries).points == worth * tries[0] // 1000


@given(OF, WORTH, TRIES, st.data())
def test_no_check_takes_away_what_a_check_before_it_was_worth(told, worth, tries, data):
    held = data.draw(st.lists(st.integers(0, told[1]), min_size=1, max_size=5))
    points = [come_to(held[:count], told, worth, tries, check=True).points for count in range(1, len(held) + 1)]
    assert points == sorted(points)
    assert points[-1] <= worth


def test_a_third_of_one_point_is_not_rounded_up():
    assert come_to([1], (0, 3), 1000, [1000]).points == 333
    assert come_to([1, 2], (0, 3), 1000, [1000, 600], check=True).points == 400

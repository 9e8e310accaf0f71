"""An attempt starts, and ends once."""

import pytest

from quizzes.handing_in import hand_in, settled
from quizzes.models import Answer, Attempt, Entry, Extension, Member, Variant
from quizzes.starting import Refused, refusal, start
from quizzes.terms import attempts_of, closing_of
from tests.quizzes import made
from tests.quizzes.made import MINUTE, NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def of():
    return made.class_()


@pytest.fixture
def ana(of):
    return made.member(of)


def test_each_question_gets_a_variant_and_nothing_else_is_written(of, ana):
    attempt = start(made.quiz(of), ana, NOON)
    assert list(Answer.objects.filter(attempt=attempt).values_list("place", "value", "points")) == [
        (1, None, None), (2, None, None), (3, None, None)
    ]  # fmt: skip
    assert list(Entry.objects.values_list("kind", flat=True)) == ["started"]


def test_starting_again_goes_on(of, ana):
    quiz = made.quiz(of)
    assert start(quiz, ana, NOON) == start(quiz, ana, NOON + MINUTE)
    assert Attempt.objects.get().started == NOON


def test_a_second_attempt_has_variants_that_this_member_has_not_had(of, ana):
    quiz = made.quiz(of, attempts=2)
    drawn = []
    for _ in range(2):
        attempt = start(quiz, ana, NOON)
        drawn.append(set(Answer.objects.filter(attempt=attempt).values_list("variant", flat=True)))
        hand_in(attempt, NOON)
    assert not drawn[0] & drawn[1]
    assert Attempt.objects.filter(quiz=quiz).values_list("number", flat=True).order_by("number").last() == 2


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ({"state": "draft"}, "not published"),
        ({"opens": NOON + MINUTE}, "not opened"),
        ({"closes": NOON}, "closed"),
        ({"attempts": 0}, "all of your 0 attempts"),
    ],
)
def test_why_it_cannot_be_started(of, ana, rules, words):
    quiz = made.quiz(of, **rules)
    with pytest.raises(Refused, match=words):
        start(quiz, ana, NOON)
    assert not Attempt.objects.exists()


def test_who_teaches_takes_no_quiz(of):
    teacher = made.member(of, "Tom", role=Member.Role.INSTRUCTOR)
    with pytest.raises(Refused, match="You teach"):
        start(made.quiz(of), teacher, NOON)


def test_one_attempt_is_one_attempt(of, ana):
    quiz = made.quiz(of)
    hand_in(start(quiz, ana, NOON), NOON)
    with pytest.raises(Refused, match="your attempt"):
        start(quiz, ana, NOON)


def test_attempts_that_are_given_count(of, ana):
    quiz = made.quiz(of)
    Extension.objects.create(quiz=quiz, member=ana, attempts=1, why="ill")
    ana.extra_attempts = 1
    assert attempts_of(quiz, ana) == 3


def test_a_question_without_any_variant_starts_nothing(of, ana):
    quiz = made.quiz(of)
    Variant.objects.filter(item__place=2).update(state="broken")
    with pytest.raises(Refused, match="without any variant"):
        start(quiz, ana, NOON)
    assert not Attempt.objects.exists()


def test_handing_in_twice_is_once(of, ana):
    attempt = start(made.quiz(of), ana, NOON)
    first = hand_in(attempt, NOON + MINUTE).handed_in
    assert hand_in(attempt, NOON + 2 * MINUTE).handed_in == first
    assert Entry.objects.filter(kind="handed-in").count() == 1


def test_whoever_comes_first_after_the_end_hands_it_in_as_it_was_then(of, ana):
    attempt = start(made.quiz(of, limit_s=60), ana, NOON)
    assert settled(attempt, NOON + MINUTE).handed_in is None
    assert settled(attempt, NOON + 60 * MINUTE).handed_in == NOON + MINUTE


def test_who_starts_when_their_last_attempt_is_over_gets_the_next(of, ana):
    quiz = made.quiz(of, limit_s=60, attempts=2)
    start(quiz, ana, NOON)
    assert start(quiz, ana, NOON + 60 * MINUTE).number == 2


def test_it_is_closed_when_the_last_members_own_time_is_over(of, ana):
    quiz = made.quiz(of, closes=NOON, limit_s=600)
    assert closing_of(quiz) == NOON
    slow = made.member(of, "Bea", factor=2000)
    assert closing_of(quiz) == NOON + 10 * MINUTE
    Extension.objects.create(quiz=quiz, member=ana, minutes=30, why="ill")
    assert closing_of(quiz) == NOON + 30 * MINUTE
    assert refusal(quiz, slow, NOON + 9 * MINUTE) == ""


def test_nobody_who_has_left_holds_the_results_back(of):
    quiz = made.quiz(of, closes=NOON)
    made.member(of, "Gus", days=9, removed=NOON)
    assert closing_of(quiz) == NOON

"""One change of an answer, acknowledged once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from quizzes.handing_in import hand_in, settled
from quizzes.models import Answer, Attempt, Extension, Save
from quizzes.recount import differences
from quizzes.rules.time import GRACE
from quizzes.saving import MOST, save
from quizzes.starting import start
from tests.quizzes import made
from tests.quizzes.made import MINUTE, NOON, change, right, wrong

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.fixture
def attempt() -> Attempt:
    """An attempt of a test of ten minutes, begun at noon."""
    of = made.class_()
    return start(made.quiz(of, limit_s=600, closes=NOON + 600 * MINUTE), made.member(of), NOON)


@pytest.fixture
def exercise() -> Attempt:
    of = made.class_()
    return start(made.quiz(of, "exercise"), made.member(of), NOON)


def counted(attempt: Attempt) -> list[tuple[str | None, bool]]:
    return list(Save.objects.filter(answer__attempt=attempt).order_by("number").values_list("value", "late"))


def test_it_is_told_when_it_was_saved_in_the_zone_of_the_class_and_when_the_end_is(attempt):
    reply = save(attempt, 1, change(right(attempt)), NOON + MINUTE)
    assert (reply.status, reply.state) == (200, "saved")
    assert reply.body["since"] == "13:01:00"
    assert (reply.body["now"], reply.body["end"]) == ("2026-12-04T12:01:00.000Z", "2026-12-04T12:10:00.000Z")
    assert reply.body["revision"] == 1


def test_saving_does_not_grade_and_says_nothing_about_right_and_wrong(attempt):
    good = save(attempt, 1, change(right(attempt)), NOON)
    bad = save(attempt, 1, change(wrong(attempt), 1), NOON)
    assert good.body.keys() == bad.body.keys()
    assert {"right", "points"} & good.body.keys() == set()


def test_the_same_key_is_the_same_reply_and_one_save(attempt):
    said = change(right(attempt))
    first = save(attempt, 1, said, NOON + MINUTE)
    again = save(attempt, 1, said, NOON + 2 * MINUTE)
    assert again == first
    assert len(counted(attempt)) == 1


def test_a_key_that_comes_with_something_else_is_never_said_to_be_saved(attempt):
    key = uuid4()
    save(attempt, 1, change(right(attempt), key=key), NOON)
    reply = save(attempt, 1, change(wrong(attempt), 1, key=key), NOON)
    assert (reply.status, reply.state) == (422, "unreadable")
    assert made.answer_of(attempt).value == right(attempt)


def test_two_tabs_with_different_values_are_both_told_and_nothing_is_stored(attempt):
    save(attempt, 1, change(right(attempt)), NOON)
    reply = save(attempt, 1, change(wrong(attempt)), NOON + MINUTE)
    assert (reply.status, reply.state, reply.body["value"]) == (409, "conflict", right(attempt))
    assert counted(attempt) == [(right(attempt), False)]


def test_a_revision_that_there_has_not_been_is_another_tabs_too(attempt):
    save(attempt, 1, change(right(attempt)), NOON)
    assert save(attempt, 1, change(wrong(attempt), 9999), NOON).state == "conflict"


def test_two_tabs_with_the_same_value_agree(attempt):
    save(attempt, 1, change(right(attempt)), NOON)
    assert save(attempt, 1, change(right(attempt)), NOON).status == 200


def test_who_insists_saves(attempt):
    save(attempt, 1, change(right(attempt)), NOON)
    told = save(attempt, 1, change(wrong(attempt)), NOON)
    assert save(attempt, 1, change(wrong(attempt), told.body["revision"]), NOON).status == 200
    assert made.answer_of(attempt).value == wrong(attempt)


@pytest.mark.parametrize(("after", "state"), [(0, "saved"), (1, "saved"), (15, "saved"), (16, "late"), (3600, "late")])
def test_what_arrives_within_the_grace_counts(attempt, after, state):
    reply = save(attempt, 1, change(right(attempt)), NOON + 10 * MINUTE + after * SECOND)
    assert reply.state == state
    assert counted(attempt) == [(right(attempt), state == "late")]


def test_what_came_too_late_is_kept_told_again_and_not_counted(attempt):
    late = change(right(attempt))
    at = NOON + 11 * MINUTE
    first, again = save(attempt, 1, late, at), save(attempt, 1, late, at + MINUTE)
    assert first == again
    assert first.status == 409
    assert counted(attempt) == [(right(attempt), True)]
    assert settled(attempt, at).points == 0


def test_time_that_is_given_in_the_last_second_counts(attempt):
    at = NOON + 12 * MINUTE
    assert save(attempt, 1, change(right(attempt)), at).state == "late"
    Extension.objects.create(quiz=attempt.quiz, member=attempt.member, minutes=5, why="a fire drill")
    reply = save(attempt, 1, change(right(attempt)), at)
    assert (reply.state, reply.body["end"]) == ("saved", "2026-12-04T12:15:00.000Z")


def test_what_came_in_time_and_waited_while_it_was_handed_in_counts(attempt):
    """Somebody asked for the clock first, and time was up by then."""
    hand_in(attempt, NOON + 11 * MINUTE)
    in_time = NOON + 10 * MINUTE + GRACE
    assert save(attempt, 1, change(right(attempt)), in_time).status == 200
    assert Attempt.objects.get(pk=attempt.pk).points == 2000


@pytest.mark.asvs("2.3.1")
def test_after_one_has_handed_in_nothing_counts(attempt):
    hand_in(attempt, NOON + MINUTE)
    assert save(attempt, 1, change(right(attempt)), NOON + 2 * MINUTE).state == "late"
    assert Attempt.objects.get(pk=attempt.pk).points == 0


def test_a_blank_takes_an_answer_back(attempt):
    save(attempt, 1, change(right(attempt)), NOON)
    save(attempt, 1, change(None, 1), NOON)
    assert hand_in(attempt, NOON + MINUTE).points == 0


def test_a_test_does_not_check(attempt):
    assert save(attempt, 1, change(right(attempt), check=True), NOON).state == "no-checking"
    assert counted(attempt) == []


def test_checking_tells_right_or_wrong_and_how_many_tries_are_gone(exercise):
    bad = save(exercise, 1, change(wrong(exercise), check=True), NOON)
    assert (bad.state, bad.body["right"], bad.body["tries"], bad.body["decided"]) == ("checked", False, 1, False)
    good = save(exercise, 1, change(right(exercise), 1, check=True), NOON)
    assert (good.body["right"], good.body["points"]) == (True, "1.2")


def test_after_the_last_try_nothing_is_changed(exercise):
    for base in range(3):
        save(exercise, 1, change(wrong(exercise, which=base), base, check=True), NOON)
    reply = save(exercise, 1, change(right(exercise), 3, check=True), NOON)
    assert (reply.status, reply.state) == (409, "decided")
    assert made.answer_of(exercise).points == 0


def test_a_check_that_is_sent_twice_is_one_try(exercise):
    said = change(wrong(exercise), check=True)
    assert save(exercise, 1, said, NOON) == save(exercise, 1, said, NOON)
    assert made.answer_of(exercise).tries_used == 1


def test_there_is_an_end_to_the_changes_of_one_answer(attempt):
    answer = made.answer_of(attempt)
    Save.objects.create(answer=answer, key=uuid4(), number=MOST, kind="save", value=None, received=NOON, reply={})
    assert save(attempt, 1, change(right(attempt), 1), NOON).status == 429


def test_a_place_that_is_not_there(attempt):
    with pytest.raises(Answer.DoesNotExist):
        save(attempt, 9, change("x"), NOON)


def test_the_points_in_the_tables_are_those_that_the_saves_give(attempt, exercise):
    save(attempt, 1, change(right(attempt)), NOON)
    save(exercise, 2, change(right(exercise, 2), check=True), NOON)
    hand_in(attempt, NOON + MINUTE)
    assert differences() == (6, [])
    Answer.objects.filter(attempt=attempt, place=1).update(points=1)
    Attempt.objects.filter(pk=attempt.pk).update(points=7)
    assert len(differences()[1]) == 2

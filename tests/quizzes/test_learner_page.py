"""What one learner saw, and what is put right for them: each with a reason, and a line of the record."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from quizzes.grading import counts
from quizzes.handing_in import hand_in
from quizzes.models import Answer, Attempt, Class, Entry, Extension, Member, Quiz, User
from quizzes.personal import erase_member
from quizzes.recount import differences
from quizzes.rules.time import Terms
from quizzes.saving import save
from quizzes.starting import start
from quizzes.terms import end_of
from tests.quizzes import made, people
from tests.quizzes.made import change
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
NOON = datetime(2026, 12, 4, 12, tzinfo=UTC)


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def quiz(of) -> Quiz:
    return made.quiz(of, kinds=(made.PICK, made.NUMBER), limit_s=1800)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


@pytest.fixture
def ana(of) -> Member:
    return people.learner(of, "Ana")


@pytest.fixture
def attempt(quiz, ana) -> Attempt:
    """Ana’s: the first is right, the second wrong; handed in ten minutes ago."""
    began = timezone.now() - 20 * MINUTE
    made_ = start(quiz, ana, began)
    save(made_, 1, change(made.wrong(made_, 1)), began + MINUTE)
    save(made_, 1, change(made.right(made_, 1), 1), began + 2 * MINUTE)
    save(made_, 2, change(made.wrong(made_, 2)), began + 3 * MINUTE)
    return hand_in(made_, began + 10 * MINUTE)


def at(attempt: Attempt, more: str = "") -> str:
    return f"/teach/quizzes/{attempt.quiz_id}/learners/{attempt.member_id}/{more}"


def ends(attempt: Attempt) -> datetime:
    end = end_of(fresh(attempt))
    assert end is not None
    return end


def fresh(attempt: Attempt) -> Attempt:
    return Attempt.objects.get(pk=attempt.pk)


def points_of(attempt: Attempt) -> list[int | None]:
    return list(Answer.objects.filter(attempt=attempt).values_list("points", flat=True))


def told(client: Client, of: Class) -> str:
    return words(client.get(f"/teach/classes/{of.pk}/?record"))


# ---------------------------------------------------------------- what was seen


def test_it_shows_the_variants_that_this_learner_had(client, attempt):
    page = words(client.get(at(attempt)))
    for place in (1, 2):
        assert made.answer_of(attempt, place).variant.content["prompt"] in page
    assert f"variant {made.answer_of(attempt).variant.number}" in page
    assert "2 of 4 points" in page


def test_every_save_stands_there_with_its_time(client, attempt):
    page = client.get(at(attempt))
    assert [(one.after, one.value, one.kind, one.late) for one in page.context["page"].saves] == [
        ("1:00", made.wrong(attempt), "saved", False),
        ("2:00", made.right(attempt), "saved", False),
    ]


def test_what_came_too_late_says_so(client, attempt):
    save(attempt, 2, change(made.right(attempt, 2), 1), timezone.now())
    page = client.get(at(attempt, "?question=2"))
    assert page.context["page"].saves[-1].late
    assert "too late: kept, not counted" in words(page)
    assert made.answer_of(attempt, 2).value == made.wrong(attempt, 2)


def test_the_review_is_that_of_the_answer(client, attempt):
    page = client.get(at(attempt, "?question=2"))
    review = page.context["showing"].review
    assert (review.value, review.right) == (made.wrong(attempt, 2), made.right(attempt, 2))
    assert review.belief in words(page)


def test_it_says_how_much_of_that_the_learner_sees(client, attempt, quiz):
    assert "Ana sees all of this by now" not in words(client.get(at(attempt)))
    assert "Ana sees whether it is right by now, and no more" in words(client.get(at(attempt)))
    Quiz.objects.filter(pk=quiz.pk).update(phases={"verdict": "never", "answer": "never", "run": "never"})
    assert "no more" in words(client.get(at(attempt)))
    Quiz.objects.filter(pk=quiz.pk).update(phases=dict.fromkeys(("verdict", "answer", "run"), "handing-in"))
    assert "Ana sees all of this by now" in words(client.get(at(attempt)))


def test_a_blank_question_has_its_steps(client, quiz, ana):
    attempt = start(quiz, ana, timezone.now())
    page = client.get(at(attempt))
    assert "Left blank" in words(page)
    trace = client.get(page.context["showing"].stage.trace)
    assert json.loads(trace.content)["format"] == 1
    assert client.get(f"{page.context['showing'].stage.trace}?layout=none").status_code == 404


def test_of_a_model_that_has_changed_what_was_kept_is_shown(client, attempt):
    variant = made.answer_of(attempt, 2).variant
    variant.content["miniature_version"] = 901
    variant.content["prompt"] = "What was asked then?"
    variant.save()
    page = client.get(at(attempt, "?question=2"))
    assert "What was asked then?" in words(page)
    assert page.context["showing"].review.run == ""


def test_a_learner_who_has_not_started_has_a_page(client, quiz, ana):
    page = client.get(f"/teach/quizzes/{quiz.pk}/learners/{ana.pk}/")
    assert (page.status_code, "has not started" in words(page)) == (200, True)


def test_an_erased_learner_has_answers_and_no_name(client, attempt, ana):
    erase_member(ana)
    page = client.get(at(attempt))
    assert page.status_code == 200
    assert "Ana" not in page.content.decode()


@pytest.mark.parametrize("more", ["9/give", "1/9/excuse", "1/9/points", "9/1/excuse", "9999999999999999999999/give"])
def test_what_is_not_there_is_404(client, attempt, more):
    assert client.post(at(attempt, more), {}).status_code == 404


def test_a_learner_of_another_class_is_not_there(client, attempt, quiz):
    eve = people.learner(people.room("Networks", people.user("Stranger")), "Eve")
    assert client.get(f"/teach/quizzes/{quiz.pk}/learners/{eve.pk}/").status_code == 404
    helper = Member.objects.create(of=quiz.of, name="Helper", role=Member.Role.INSTRUCTOR)
    assert client.get(f"/teach/quizzes/{quiz.pk}/learners/{helper.pk}/").status_code == 404


# ------------------------------------------------------------- what is put right


def test_time_is_given_while_it_runs(client, quiz, ana, of):
    attempt = start(quiz, ana, timezone.now() - 25 * MINUTE)
    before = ends(attempt)
    sent = client.post(at(attempt, "1/give"), {"give-minutes": "10", "give-why": "a fire alarm"})
    assert sent.status_code == 303
    assert ends(attempt) == before + 10 * MINUTE
    assert "counts at once" in words(client.get(sent.headers["Location"]))
    assert "Ana on “Rings”: 10 minutes more, before nothing. a fire alarm" in told(client, of)
    client.post(at(attempt, "1/give"), {"give-minutes": "5", "give-why": "another one"})
    assert ends(attempt) == before + 15 * MINUTE


def test_time_cannot_be_given_to_what_is_over(client, attempt):
    page = client.post(at(attempt, "1/give"), {"give-minutes": "10", "give-why": "why"})
    assert (page.status_code, Extension.objects.count()) == (422, 0)


def test_a_reopened_attempt_goes_on_for_so_long(client, attempt, ana, of):
    sent = client.post(at(attempt, "1/reopen"), {"reopen-minutes": "15", "reopen-why": "the power went"})
    assert sent.status_code == 303
    row = fresh(attempt)
    assert (row.handed_in, row.points, points_of(row)) == (None, None, [None, None])
    left = ends(row) - timezone.now()
    assert 15 * MINUTE - timedelta(seconds=5) <= left <= 16 * MINUTE
    assert save(row, 2, change(made.right(row, 2), 1), timezone.now()).state == "saved"
    assert hand_in(row, timezone.now()).points == 4000
    assert "Ana can go on with “Rings”, 15 minutes at least. the power went" in told(client, of)
    assert differences()[1] == []


def test_reopening_needs_that_no_other_attempt_is_open(client, attempt, quiz, ana):
    Quiz.objects.filter(pk=quiz.pk).update(attempts=2)
    quiz.refresh_from_db()
    start(quiz, ana, timezone.now())
    sent = {"reopen-minutes": "15", "reopen-why": "why"}
    page = client.post(at(attempt, "1/reopen"), sent)
    assert (page.status_code, "Another attempt of theirs is open" in words(page)) == (422, True)
    page = client.post(at(attempt, "2/reopen"), sent)
    assert (page.status_code, "open already" in words(page)) == (422, True)
    assert fresh(attempt).handed_in is not None


@pytest.mark.parametrize(
    "terms",
    [
        Terms(limit_s=600),
        Terms(limit_s=600, closes=NOON + 5 * MINUTE),
        Terms(closes=NOON, days=1, factor=1500),
        Terms(limit_s=600, closes=NOON, own_closes=NOON + 40 * MINUTE, minutes=3),
        Terms(limit_s=600, closes=NOON, own_closes=NOON + 400 * MINUTE),
        Terms(limit_s=600, factor=None, closes=NOON),
        Terms(),
    ],
)
def test_minutes_until_an_instant_are_as_few_as_reach_it(terms):
    target = NOON + 90 * MINUTE + timedelta(seconds=7)
    needed = terms.minutes_until(NOON - 20 * MINUTE, target)
    end = replace(terms, minutes=needed).end(NOON - 20 * MINUTE)
    assert end is None or end >= target
    if needed > terms.minutes:
        less = replace(terms, minutes=needed - 1).end(NOON - 20 * MINUTE)
        assert less is not None
        assert less < target


def test_an_excused_answer_counts_for_nothing_and_again_when_that_is_said(client, attempt, of):
    sent = client.post(at(attempt, "1/2/excuse"), {"excuse-why": "the picture did not load"})
    assert sent.status_code == 303
    row = fresh(attempt)
    assert (row.points, [counts(one) for one in row.answers.all()]) == (2000, [2000, 0])
    assert "2 of 2 points" in words(client.get(at(attempt)))
    learner = made.signed_in(attempt.member)
    assert "2 of 2 points" in words(learner.get(f"/quizzes/{attempt.quiz_id}/1/"))
    assert "it does not count" in words(learner.get(f"/quizzes/{attempt.quiz_id}/1/2/"))
    assert differences()[1] == []
    client.post(at(attempt, "1/2/excuse"), {"excuse-why": "it did", "counts": "1"})
    assert "2 of 4 points" in words(client.get(at(attempt)))
    record = told(client, of)
    assert "Ana is excused from question 2 of “Rings”. the picture did not load" in record
    assert "Question 2 of “Rings” counts for Ana again. it did" in record


@pytest.mark.parametrize(("typed", "points"), [("1.5", 1500), ("0,125", 125), (" 2 ", 2000), ("0", 0)])
def test_points_by_hand_stand(client, attempt, of, typed, points):
    sent = client.post(at(attempt, "1/2/points"), {"points-points": typed, "points-why": "a good reason"})
    assert sent.status_code == 303
    assert (points_of(attempt), fresh(attempt).points) == ([2000, points], 2000 + points)
    assert differences()[1] == []
    assert "points by hand, before 0. a good reason" in told(client, of) or points == 0
    client.post(at(attempt, "1/2/points"), {"points-points": "", "points-why": "a slip"})
    assert points_of(attempt) == [2000, 0]
    assert differences()[1] == []


@pytest.mark.parametrize("typed", ["-1", "2.001", "3", "1.2345", "x", "NaN", "Infinity", "1e400", "9" * 500, "1,000.5"])
def test_points_that_cannot_be_are_refused_beside_the_field_and_stay_in_it(client, attempt, typed):
    page = client.post(at(attempt, "1/2/points"), {"points-points": typed, "points-why": "why"})
    assert (page.status_code, points_of(attempt)) == (422, [2000, 0])
    assert "Type points from 0 to 2" in words(page)
    assert page.context["points"]["points"].value() == typed


def test_points_are_given_by_hand_when_it_is_handed_in(client, quiz, ana):
    attempt = start(quiz, ana, timezone.now())
    page = client.post(at(attempt, "1/1/points"), {"points-points": "1", "points-why": "why"})
    assert (page.status_code, Answer.objects.filter(by_hand=None).count()) == (422, 2)
    assert "when the attempt is handed in" in words(page)


@pytest.mark.parametrize("why", ["", " ", "x" * 201, "a\u202eb"])
@pytest.mark.parametrize("more", ["1/reopen", "1/1/excuse", "1/1/points"])
def test_nothing_is_done_without_a_reason(client, attempt, more, why):
    name = more.rpartition("/")[2]
    before = Entry.objects.count()
    page = client.post(at(attempt, more), {f"{name}-why": why, f"{name}-minutes": "5", f"{name}-points": "1"})
    assert page.status_code == 422
    assert Entry.objects.count() == before
    assert page.context[name]["why"].errors


@pytest.mark.parametrize("minutes", ["", "0", "-5", "1441", "x", "9" * 99])
def test_minutes_are_bounded(client, attempt, minutes):
    page = client.post(at(attempt, "1/reopen"), {"reopen-minutes": minutes, "reopen-why": "why"})
    assert (page.status_code, "from 1 to 1,440" in words(page)) == (422, True)


def test_the_log_holds_no_name_and_no_answer(client, attempt):
    client.post(at(attempt, "1/2/excuse"), {"excuse-why": "why"})
    client.post(at(attempt, "1/1/points"), {"points-points": "1", "points-why": "why"})
    entries = json.dumps(list(Entry.objects.values_list("old", "new")))
    assert "Ana" not in entries
    assert made.right(attempt, 1) not in entries


def test_what_was_done_stands_on_the_page(client, attempt):
    client.post(at(attempt, "1/2/excuse"), {"excuse-why": "no picture"})
    page = words(client.get(at(attempt)))
    assert "What was done for Ana here" in page
    assert "no picture" in page


def test_the_learner_can_export_what_was_done_and_why_and_erasing_takes_the_reason(client, attempt, ana):
    client.post(at(attempt, "1/2/excuse"), {"excuse-why": "no picture for Ana"})
    told = made.signed_in(ana).get("/quizzes/about-me.json").json()
    done = told["classes"][0]["attempts"][0]["done by those who teach"]
    assert [(one["what"], one["why"]) for one in done] == [("excused", "no picture for Ana")]
    erase_member(ana)
    assert not Entry.objects.filter(why__contains="Ana").exists()

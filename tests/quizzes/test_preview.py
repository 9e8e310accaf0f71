"""Who teaches a class takes a quiz as a learner does, and leaves no trace."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone

from quizzes import building, previewing, starting
from quizzes.files import answers_csv
from quizzes.handing_in import hand_in
from quizzes.models import Answer, Attempt, Class, Entry, Item, Member, Quiz, Save, User, Variant
from quizzes.personal import erase_class, export
from quizzes.recount import differences
from quizzes.saving import save
from quizzes.views.build import DONE
from tests.quizzes import made, people
from tests.quizzes.test_building import at, send
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def client(ruth) -> Client:
    return people.browser(ruth)


@pytest.fixture
def draft(of) -> Quiz:
    return made.quiz(of, "exercise", kinds=(made.PICK, made.NUMBER), stock=3, state=Quiz.State.DRAFT)


def previewed(client: Client, quiz: Quiz) -> Attempt:
    """A preview, begun by its button."""
    answer = send(client, quiz, "preview")
    assert answer.status_code == 303
    attempt = Attempt.with_previews.get(quiz=quiz, preview=True)
    assert answer.headers["Location"] == f"/quizzes/{quiz.pk}/{attempt.number}/1/"
    return attempt


def page_of(attempt: Attempt, more: str = "1/") -> str:
    return f"/quizzes/{attempt.quiz_id}/{attempt.number}/{more}"


def test_a_draft_is_answered_checked_and_handed_in_on_the_pages_of_a_learner(client, draft):
    attempt = previewed(client, draft)
    page = client.get(page_of(attempt))
    assert "Preview. This is what a learner sees." in words(page)
    told = {"key": "a3bb189e-8bf9-4f2e-9c3a-1b1f3c1d2e3f", "base": "0", "answer": made.right(attempt), "check": "yes"}
    assert client.post(page_of(attempt, "1/save"), told).status_code == 303
    assert client.get(page_of(attempt, "1/trace")).status_code == 200
    client.post(page_of(attempt, "hand-in"))
    page = client.get(page_of(attempt, ""))
    assert "2 of 4 points" in words(page)
    assert "Leave the preview" in words(page)
    assert differences()[1] == []


def test_nothing_of_it_is_left(client, draft):
    attempt = previewed(client, draft)
    save(attempt, 1, made.change(made.right(attempt), check=True), timezone.now())
    hand_in(attempt, timezone.now())
    assert not Entry.objects.exists()
    answer = client.post(at(draft, "leave"))
    assert answer.headers["Location"] == f"{at(draft)}?done=left"
    assert DONE["left"] in words(client.get(answer.headers["Location"]))
    assert not Attempt.with_previews.exists()
    assert not Answer.objects.exists()
    assert not Save.objects.exists()
    assert client.get(page_of(attempt)).status_code == 404


def test_while_it_is_there_it_counts_nowhere(client, draft, of, ruth):
    send(client, draft, "publish")
    quiz = Quiz.objects.get(pk=draft.pk)
    preview = previewed(client, quiz)
    save(preview, 1, made.change(made.wrong(preview)), timezone.now())
    hand_in(preview, timezone.now())
    ana = people.learner(of)
    attempt = starting.start(quiz, ana, timezone.now())
    assert list(Attempt.objects.all()) == [attempt]
    text = StringIO()
    assert answers_csv.write(quiz, text) == 2
    assert "Ruth" not in text.getvalue()
    page = words(client.get(f"/teach/classes/{of.pk}/"))
    assert "1 taking it now" in page
    assert "handed in" not in page
    assert "1 learner has begun" in words(client.get(at(quiz)))
    assert export(ruth, Member.objects.filter(user=ruth))["classes"][0]["attempts"] == []
    assert send(client, quiz, "unpublish").status_code == 409


def test_a_variant_seen_in_a_preview_is_not_given_less_often(of, ruth):
    """The draw gives what was given least: two previews gave nothing, and Ana got the other one."""
    quiz = made.quiz(of, "exercise", kinds=(made.PICK,), stock=2)
    helper = Member.objects.create(of=of, user=people.user("Helper"), name="Helper", role=Member.Role.INSTRUCTOR)

    def only(number: int) -> None:
        Variant.objects.filter(number=number).update(state=Variant.State.READY)
        Variant.objects.exclude(number=number).update(state=Variant.State.EXCLUDED)

    only(1)
    for teacher in (Member.objects.get(user=ruth), helper):
        previewing.start(quiz, teacher, timezone.now())
    only(2)
    starting.start(quiz, people.learner(of, "Ana"), timezone.now())
    Variant.objects.update(state=Variant.State.READY)
    attempt = starting.start(quiz, people.learner(of, "Ben"), timezone.now())
    assert made.answer_of(attempt).variant.number == 1


def test_it_is_somebody_s_own_and_of_those_who_teach(client, draft, of):
    attempt = previewed(client, draft)
    ana = people.browser(member=people.learner(of))
    helper = people.user("Helper")
    Member.objects.create(of=of, user=helper, name="Helper", role=Member.Role.INSTRUCTOR)
    for other in (ana, people.browser(helper), Client()):
        assert other.get(page_of(attempt)).status_code == 404
    assert ana.post(at(draft, "preview")).status_code == 303
    assert Attempt.with_previews.count() == 1


def test_another_one_takes_its_place(client, draft):
    first = previewed(client, draft)
    second = previewed(client, draft)
    assert list(Attempt.with_previews.values_list("pk", flat=True)) == [second.pk]
    assert first.pk != second.pk


def test_after_a_day_it_is_gone(client, draft, of, ruth):
    old = previewed(client, draft)
    Attempt.with_previews.update(started=timezone.now() - timedelta(days=1, seconds=1))
    assert client.get(page_of(old)).status_code == 404
    other = made.quiz(of, kinds=(made.NUMBER,), state=Quiz.State.DRAFT)
    previewing.start(other, Member.objects.get(user=ruth), timezone.now())
    assert list(Attempt.with_previews.values_list("quiz", flat=True)) == [other.pk]


def test_dates_do_not_bind_it_and_the_limit_does(client, draft):
    closed = timezone.now() - timedelta(days=3)
    Quiz.objects.filter(pk=draft.pk).update(closes=closed, limit_s=300)
    attempt = previewed(client, draft)
    assert "5:00 left" in words(client.get(page_of(attempt))) or "4:5" in words(client.get(page_of(attempt)))
    Attempt.with_previews.update(started=timezone.now() - timedelta(minutes=6))
    client.get(page_of(attempt))
    attempt.refresh_from_db()
    assert attempt.handed_in == attempt.started + timedelta(minutes=5)


def test_the_question_it_shows_can_be_removed_and_the_draft_and_the_class_deleted(client, draft, of):
    previewed(client, draft)
    send(client, draft, "remove", remove=Item.objects.filter(quiz=draft)[0].pk)
    assert Item.objects.filter(quiz=draft).count() == 1
    previewed(client, draft)
    building.delete(draft)
    other = made.quiz(of, "exercise", kinds=(made.NUMBER,), state=Quiz.State.DRAFT)
    previewed(client, other)
    erase_class(of)
    assert not Attempt.with_previews.exists()


def test_what_has_no_question_is_not_taken(client, of):
    answer = send(client, building.new_quiz(of), "preview")
    assert answer.status_code == 409
    assert "no question in it yet" in words(answer)


def test_who_taught_and_learns_later_begins_with_the_next_number(draft, of, ruth):
    ruth_here = Member.objects.get(user=ruth)
    previewing.start(draft, ruth_here, timezone.now())
    Quiz.objects.filter(pk=draft.pk).update(state=Quiz.State.PUBLISHED)
    Member.objects.filter(pk=ruth_here.pk).update(role=Member.Role.LEARNER)
    attempt = starting.start(Quiz.objects.get(pk=draft.pk), Member.objects.get(pk=ruth_here.pk), timezone.now())
    assert (attempt.number, attempt.preview) == (2, False)

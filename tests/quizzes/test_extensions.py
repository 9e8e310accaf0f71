"""What is granted to one member: counts at once, is seen by nobody else, opens nothing early, shortens nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from quizzes import starting
from quizzes.allowing import FACTORS, Grant, OnQuiz, Shortens, allow, extend
from quizzes.models import Attempt, Class, Entry, Extension, Member, User
from quizzes.rules.time import Terms
from quizzes.terms import attempts_of, terms_of
from tests.quizzes import made, people
from tests.quizzes.test_pages import words

pytestmark = pytest.mark.django_db

NOON, MINUTE, HOUR = made.NOON, made.MINUTE, 60 * made.MINUTE


@pytest.fixture
def ruth() -> User:
    return people.user("Ruth")


@pytest.fixture
def of(ruth) -> Class:
    return people.room(owner=ruth)


@pytest.fixture
def ana(of) -> Member:
    return people.learner(of, "Ana")


def test_it_counts_for_who_it_was_granted_to_and_for_nobody_else(of, ana, ruth):
    ben = people.learner(of, "Ben")
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600, closes=NOON + HOUR)
    extend(quiz, ana, OnQuiz(minutes=5, attempts=1), "a fire drill", ruth, NOON)
    assert terms_of(quiz, ana).end(NOON) == NOON + 15 * MINUTE
    assert attempts_of(quiz, ana) == 2
    assert terms_of(quiz, ben).end(NOON) == NOON + 10 * MINUTE
    assert attempts_of(quiz, ben) == 1


def test_it_is_written_into_the_log_with_what_was_before(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,), closes=NOON + HOUR)
    extend(quiz, ana, OnQuiz(minutes=5), "a fire drill", ruth, NOON)
    extend(quiz, ana, OnQuiz(minutes=9, closes=NOON + 2 * HOUR), "another", ruth, NOON + MINUTE)
    extend(quiz, ana, OnQuiz(minutes=9, closes=NOON + 2 * HOUR), "another", ruth, NOON + MINUTE)
    first, second, _ = Entry.objects.filter(kind="extended").order_by("pk")
    assert (first.old, first.new) == (
        {"minutes": 0, "closes": None, "attempts": 0},
        {"member": ana.pk, "minutes": 5, "closes": None, "attempts": 0},
    )
    assert (second.old["minutes"], second.new["closes"]) == (5, "2026-12-04T14:00:00.000Z")
    assert (second.by, second.quiz, second.why) == (ruth, quiz, "another")
    row = Extension.objects.get()
    assert (row.minutes, row.closes, row.by, row.why) == (9, NOON + 2 * HOUR, ruth, "another")


def test_granting_nothing_takes_it_away(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,))
    extend(quiz, ana, OnQuiz(), "nothing", ruth, NOON)
    extend(quiz, ana, OnQuiz(attempts=2), "ill", ruth, NOON)
    extend(quiz, ana, OnQuiz(), "a slip", ruth, NOON)
    assert not Extension.objects.exists()
    assert Entry.objects.filter(kind="extended").count() == 2


instants = st.integers(0, 600).map(lambda minutes: NOON + minutes * MINUTE)
grants: Any = st.fixed_dictionaries(
    {
        "factor": st.sampled_from(FACTORS),
        "days": st.integers(0, 60),
        "minutes": st.integers(0, 1440),
        "own_closes": st.none() | instants,
    }
)


@given(
    opens=st.none() | instants, closes=st.none() | instants, limit=st.none() | st.integers(1, 600), given_=grants,
    started=instants, now=instants,
)  # fmt: skip
def test_whatever_is_granted_opens_nothing_early_and_shortens_nothing(opens, closes, limit, given_, started, now):
    limit_s = limit * 60 if limit else None
    plain = Terms(opens=opens, closes=closes, limit_s=limit_s)
    kinder = Terms(opens=opens, closes=closes, limit_s=limit_s, **given_)
    assert kinder.has_opened(now) == plain.has_opened(now)
    assert later(kinder.closing, plain.closing)
    assert later(kinder.end(started), plain.end(started))
    assert not (kinder.has_closed(now) and not plain.has_closed(now))


def later(one: datetime | None, other: datetime | None) -> bool:
    """Whether it is not before the other; never is after everything."""
    return one is None or (other is not None and one >= other)


@pytest.mark.parametrize("factor", [1500, 2000, None])
def test_a_limit_that_is_longer_is_longer_at_once_on_every_quiz(of, ana, ruth, factor):
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600)
    attempt = starting.start(quiz, ana, NOON)
    allow(ana, Grant(factor=factor), ruth, NOON + MINUTE)
    ana.refresh_from_db()
    end = terms_of(quiz, ana).end(attempt.started)
    assert end == (NOON + 10 * MINUTE * factor / 1000 if factor else None)


def test_what_is_granted_can_grow_while_it_is_being_taken_and_not_shrink(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600)
    starting.start(quiz, ana, NOON)
    extend(quiz, ana, OnQuiz(minutes=5), "a fire drill", ruth, NOON)
    extend(quiz, ana, OnQuiz(minutes=8), "a longer one", ruth, NOON)
    allow(ana, Grant(factor=2000), ruth, NOON)
    for shorter in (
        lambda: extend(quiz, ana, OnQuiz(minutes=7), "a slip", ruth, NOON),
        lambda: extend(quiz, ana, OnQuiz(), "a slip", ruth, NOON),
        lambda: allow(ana, Grant(factor=1500), ruth, NOON),
    ):
        with pytest.raises(Shortens):
            shorter()
    assert Extension.objects.get().minutes == 8
    assert Member.objects.get(pk=ana.pk).factor == 2000
    assert Entry.objects.filter(kind__in=("extended", "allowed")).count() == 3
    # When it is over it is nobody's loss.
    after = NOON + HOUR
    allow(ana, Grant(factor=1500), ruth, after)
    extend(quiz, ana, OnQuiz(), "a slip", ruth, after)
    assert not Extension.objects.exists()


def test_time_that_comes_after_the_end_opens_nothing_again_whoever_looked(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600)
    starting.start(quiz, ana, NOON)
    extend(quiz, ana, OnQuiz(minutes=60), "too late", ruth, NOON + 11 * MINUTE)
    assert Attempt.objects.get().handed_in == NOON + 10 * MINUTE
    assert terms_of(quiz, ana).limit == 70 * MINUTE


def test_time_that_comes_in_the_grace_keeps_it_open(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600)
    starting.start(quiz, ana, NOON)
    extend(quiz, ana, OnQuiz(minutes=60), "just in time", ruth, NOON + 10 * MINUTE + timedelta(seconds=15))
    assert Attempt.objects.get().handed_in is None


def test_the_learners_clock_has_it_with_the_next_answer(of, ruth):
    """The page asks every ten seconds (static/js/answer.js), and with every save."""
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600)
    ana = people.learner(of, "Ana")
    hers, teacher = people.browser(member=ana), people.browser(ruth)
    starting.start(quiz, ana, timezone.now())
    clock = f"/quizzes/api/{quiz.pk}/1/clock"
    before = datetime.fromisoformat(hers.get(clock).json()["end"])
    answer = teacher.post(f"/teach/classes/{of.pk}/members/{ana.pk}/extend/{quiz.pk}", {"minutes": "7", "why": "drill"})
    assert answer.status_code == 303
    assert datetime.fromisoformat(hers.get(clock).json()["end"]) - before == 7 * MINUTE
    teacher.post(f"/teach/classes/{of.pk}/members/{ana.pk}/allow", {"factor": "2000"})
    assert datetime.fromisoformat(hers.get(clock).json()["end"]) - before == 17 * MINUTE


def test_nobody_else_sees_what_was_granted(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600, closes=timezone.now() + timedelta(days=1))
    ben = people.learner(of, "Ben")
    his = people.browser(member=ben)
    before = [words(his.get(address)) for address in ("/quizzes/", f"/quizzes/{quiz.pk}/")]
    extend(quiz, ana, OnQuiz(minutes=7, attempts=1), "a broken arm", ruth, timezone.now())
    allow(ana, Grant(1500, 0, 1), ruth, timezone.now())
    assert [words(his.get(address)) for address in ("/quizzes/", f"/quizzes/{quiz.pk}/")] == before


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"minutes": "-1"}, "Type a whole number of minutes from 0 to 1,440."),
        ({"minutes": "1441"}, "Type a whole number of minutes from 0 to 1,440."),
        ({"minutes": "ten"}, "Type a whole number of minutes from 0 to 1,440."),
        ({"attempts": "21"}, "Type a whole number of attempts from 0 to 20."),
        ({"minutes": "5", "why": ""}, "Say why, in a few words."),
        ({"minutes": "5", "why": "x" * 201}, "At most 200 characters."),
        ({"minutes": "5", "why": "a\u202eb"}, "signs that can be seen"),
        ({"closes": "2026-12-04T13:00"}, "a closing after that of the others"),
        ({"closes": "tomorrow"}, "Type a date and a time"),
    ],
)
def test_what_cannot_be_granted_is_told_beside_the_field_and_stays_in_it(of, ana, ruth, sent, says):
    quiz = made.quiz(of, kinds=(made.NUMBER,), closes=NOON)
    address = f"/teach/classes/{of.pk}/members/{ana.pk}/extend/{quiz.pk}"
    page = people.browser(ruth).post(address, {"why": "a fire drill"} | sent)
    assert page.status_code == 422
    assert says in page.content.decode()
    assert all(page.context["form"][name].value() == value for name, value in sent.items())
    assert not Extension.objects.exists()


def test_what_would_change_nothing_is_told(of, ana, ruth):
    quiz = made.quiz(of, "exercise", kinds=(made.NUMBER,))
    address = f"/teach/classes/{of.pk}/members/{ana.pk}/extend/{quiz.pk}"
    page = people.browser(ruth).post(address, {"attempts": "1", "closes": "2099-12-04T13:00", "why": "x"})
    assert "as often as one likes" in page.content.decode()
    assert "closes for nobody" in page.content.decode()


@pytest.mark.parametrize("sent", [{"factor": "3000"}, {"factor": "x"}, {"days": "61"}, {"extra_attempts": "-1"}])
def test_a_row_that_cannot_be_saved_says_so_in_its_place(of, ana, ruth, sent):
    page = people.browser(ruth).post(f"/teach/classes/{of.pk}/members/{ana.pk}/allow", {"factor": "1000"} | sent)
    assert page.status_code == 422
    assert page.context["page"].learners[0].form.errors
    assert Member.objects.get(pk=ana.pk).factor == 1000


def test_less_for_somebody_who_is_taking_a_quiz_is_refused_in_words(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600)
    Member.objects.filter(pk=ana.pk).update(factor=2000)
    starting.start(quiz, ana, timezone.now())
    page = people.browser(ruth).post(f"/teach/classes/{of.pk}/members/{ana.pk}/allow", {"factor": "1000"})
    assert page.status_code == 422
    assert Shortens.sentence in page.content.decode()


def test_the_page_of_a_learner_says_what_holds_for_them(of, ana, ruth):
    quiz = made.quiz(of, kinds=(made.NUMBER,), limit_s=600, closes=NOON)
    extend(quiz, ana, OnQuiz(minutes=5, closes=NOON + 24 * HOUR), "a fire drill", ruth, NOON - HOUR)
    address = f"/teach/classes/{of.pk}/members/{ana.pk}/"
    teacher: Client = people.browser(ruth)
    page = words(teacher.get(address))
    assert "5 minutes more, until Saturday 5 December 2026, 13:00 in Vienna (UTC+1) a fire drill" in page
    assert "15 minutes" in page
    assert "5 Dec 2026, 13:00" in page
    form = teacher.get(f"{address}?quiz={quiz.pk}").context["form"]
    assert (form["minutes"].value(), form["closes"].value(), form["why"].value()) == (
        5, "2026-12-05T13:00", "a fire drill",
    )  # fmt: skip

"""Whatever somebody does in whatever order: the tables hold what a plain account of it, written apart, comes to."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quizzes.handing_in import hand_in, settled
from quizzes.models import Answer, Attempt, Extension
from quizzes.recount import differences
from quizzes.saving import save
from quizzes.starting import Refused, start
from tests.quizzes import made
from tests.quizzes.made import MINUTE, NOON, change

pytestmark = pytest.mark.django_db

LIMIT = 10 * MINUTE
LATE = timedelta(seconds=15)
WORTH = (2000, 1200, 600)


@dataclass
class Said:
    """One answer, as an instructor with pencil and paper would keep it."""

    right: str
    value: str | None = None
    changes: int = 0
    wrong: set[str] = field(default_factory=set)
    points: int | None = None
    decided: bool = False
    """By a check: nothing that comes later changes it."""


@dataclass
class Paper:
    """One attempt at an exercise, likewise."""

    answers: list[Said]
    end: datetime = NOON + LIMIT
    closed: datetime | None = None
    replies: dict[UUID, str] = field(default_factory=dict)

    def time_is_up(self, now: datetime) -> bool:
        return now > self.end + LATE

    def close(self, at: datetime) -> None:
        if self.closed:
            return
        self.closed = at
        for one in self.answers:
            if one.points is None:
                good = one.value == one.right and one.value not in one.wrong
                one.points = WORTH[len(one.wrong)] if good else 0

    def look(self, now: datetime) -> None:
        if self.time_is_up(now):
            self.close(self.end)

    def say(self, place: int, key: UUID, base: int, value: str | None, *, check: bool, now: datetime) -> str:
        """What the learner is told."""
        if key in self.replies:
            return self.replies[key]
        one = self.answers[place]
        told = self.hear(one, base, value, check=check, now=now)
        if told in ("saved", "checked", "late"):
            self.replies[key] = told
        return told

    def hear(self, one: Said, base: int, value: str | None, *, check: bool, now: datetime) -> str:
        if self.time_is_up(now) or (self.closed and now > self.closed and self.closed != self.end):
            return "late"
        if one.decided:
            return "decided"
        if base < one.changes and value != one.value:
            return "conflict"
        one.changes, one.value = one.changes + 1, value
        if check and value is not None and value not in one.wrong:
            if value == one.right:
                one.points, one.decided = WORTH[len(one.wrong)], True
            else:
                one.wrong.add(value)
                if len(one.wrong) == len(WORTH):
                    one.points, one.decided = 0, True
        return "checked" if check else "saved"


places = st.integers(0, 1)
says = st.tuples(st.sampled_from(["say", "check", "stale", "again"]), places, st.integers(0, 4))
others = st.one_of(
    st.tuples(st.just("wait"), st.integers(0, 400), st.just(0)),
    st.tuples(st.just("give"), st.integers(0, 8), st.just(0)),
    st.tuples(st.sampled_from(["look", "hand in", "start"]), st.just(0), st.just(0)),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(says, says, says, others), max_size=25))
def test_any_order_of_doings_comes_to_what_paper_says(db, doings):
    with transaction.atomic():
        through(doings)
        transaction.set_rollback(True)


def through(doings: list[tuple[str, int, int]]) -> None:
    of = made.class_()
    quiz = made.quiz(of, "exercise", kinds=(made.PICK, made.CHOICE), limit_s=600, attempts=1)
    ana, now = made.member(of), NOON
    attempt = start(quiz, ana, now)
    values = [[one["value"] for one in made.answer_of(attempt, place).variant.content["options"]] for place in (1, 2)]
    paper = Paper([Said(made.right(attempt, place)) for place in (1, 2)])
    last: dict[int, tuple[UUID, int, str | None, bool]] = {}
    for what, first, second in doings:
        match what:
            case "wait":
                now += timedelta(seconds=first)
            case "give":
                Extension.objects.update_or_create(quiz=quiz, member=ana, defaults={"minutes": first, "why": "asked"})
                paper.end = NOON + LIMIT + first * MINUTE
            case "look":
                settled(Attempt.objects.get(pk=attempt.pk), now)
                paper.look(now)
            case "hand in":
                hand_in(attempt, now)
                paper.close(paper.end if paper.time_is_up(now) else now)
            case "start":
                again(attempt, now)
                paper.look(now)
            case _:
                one = paper.answers[first]
                value = values[first][second] if second < len(values[first]) else None
                check = what == "check" and value is not None
                said = (uuid4(), 0 if what == "stale" else one.changes, value, check)
                if what == "again" and first in last:
                    said = last[first]
                last[first] = said
                key, base, value, check = said
                reply = save(attempt, first + 1, change(value, base, check=check, key=key), now)
                assert reply.state == paper.say(first, key, base, value, check=check, now=now)
                if paper.closed:
                    regraded(paper)
        agree(attempt, paper)
    assert differences()[1] == []


def again(attempt: Attempt, now: datetime) -> None:
    """Start: the same attempt while it goes on, and a refusal afterwards, since there is one attempt."""
    try:
        assert start(attempt.quiz, attempt.member, now) == attempt
    except Refused:
        assert Attempt.objects.get(pk=attempt.pk).handed_in is not None


def regraded(paper: Paper) -> None:
    """What came in time while it was handed in is graded with the rest."""
    for one in paper.answers:
        if not one.decided:
            good = one.value == one.right and one.value not in one.wrong
            one.points = WORTH[len(one.wrong)] if good else 0


def agree(attempt: Attempt, paper: Paper) -> None:
    rows = Answer.objects.filter(attempt=attempt).values_list("value", "revision", "points")
    assert list(rows) == [(one.value, one.changes, one.points) for one in paper.answers]
    row = Attempt.objects.get(pk=attempt.pk)
    assert row.handed_in == paper.closed
    if paper.closed:
        assert row.points == sum(one.points or 0 for one in paper.answers)

"""An attempt ends: by its owner's hand, or by time, whoever notices first. Each of them once."""

from __future__ import annotations

from datetime import datetime

from quizzes.grading import settle_all
from quizzes.locking import held
from quizzes.models import Attempt, Entry, Quiz
from quizzes.rules.time import is_over
from quizzes.terms import end_of, ends_of


def hand_in(attempt: Attempt, now: datetime) -> Attempt:
    """Hand an attempt in, at this moment or, where it is over, at its end. Twice is once."""
    with held(attempt.pk) as row:
        if row.handed_in is None:
            end = end_of(row)
            _close(row, end if end is not None and is_over(end, now) else now)
        return row


def settled(attempt: Attempt, now: datetime) -> Attempt:
    """The attempt, handed in if its time is over. No job runs: every reader asks this first."""
    if attempt.handed_in is None and is_over(end_of(attempt), now):
        return hand_in(attempt, now)
    return attempt


def settle_open(quiz: Quiz, now: datetime) -> None:
    """Hand in every attempt at a quiz whose time is over: whoever reads results asks this first."""
    rows = list(Attempt.objects.filter(quiz=quiz, handed_in=None).select_related("quiz__of", "member"))
    ends = ends_of(quiz, rows)
    for one in rows:
        if is_over(ends[one.pk], now):
            hand_in(one, now)


def _close(attempt: Attempt, at: datetime) -> None:
    attempt.handed_in = at
    settle_all(attempt)
    if attempt.preview:
        return
    quiz = attempt.quiz
    Entry.objects.create(of_id=quiz.of_id, quiz=quiz, attempt=attempt, kind="handed-in", new=attempt.points, at=at)

"""What is put right for one learner: an attempt reopened, an answer excused, points given by hand. Each a line of the
log, with its reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from quizzes.allowing import OnQuiz, extend
from quizzes.grading import settle_all
from quizzes.handing_in import settled
from quizzes.locking import held, held_member
from quizzes.models import Answer, Attempt, Entry, Extension, User
from quizzes.terms import terms_of
from quizzes.zones import stamp

GOING_ON = "This attempt is open already."
ANOTHER = "Another attempt of theirs is open. It is handed in first."
ON_PAPER = "It was answered on paper: type it in again to correct it."
OPEN = "Points are given by hand when the attempt is handed in."


class Refused(Exception):
    """It cannot be done; the message says why."""


def give(attempt: Attempt, minutes: int, why: str, by: User, now: datetime) -> None:
    """Minutes more for an attempt that is under way. Raises Refused where it is over."""
    if settled(attempt, now).handed_in is not None:
        raise Refused("The attempt is over. Reopen it, with some minutes.")
    given = Extension.objects.filter(quiz=attempt.quiz, member=attempt.member).first()
    told = OnQuiz(given.minutes, given.closes, given.attempts) if given else OnQuiz()
    more = OnQuiz(told.minutes + minutes, told.closes, told.attempts)
    extend(attempt.quiz, attempt.member, more, why, by, now)


def reopen(attempt: Attempt, minutes: int, why: str, by: User, now: datetime) -> None:
    """An attempt that was handed in goes on, for so many minutes at least. Raises Refused."""
    settled(attempt, now)
    with held_member(attempt.member_id) as member, held(attempt.pk) as row:
        if row.handed_in is None:
            raise Refused(GOING_ON)
        if row.paper_id is not None:
            raise Refused(ON_PAPER)
        if Attempt.objects.filter(quiz=row.quiz, member=member, handed_in=None).exists():
            raise Refused(ANOTHER)
        old = {"points": row.points, "handed_in": stamp(row.handed_in)}
        needed = terms_of(row.quiz, member).minutes_until(row.started, now + timedelta(minutes=minutes))
        if needed:
            told = {"minutes": needed, "by": by, "why": why}
            Extension.objects.update_or_create(quiz=row.quiz, member=member, defaults=told)
        row.handed_in = None
        settle_all(row)
        _log(row, "reopened", old, {"minutes": minutes}, why, by, now)


def excuse(answer: Answer, why: str, by: User, now: datetime, *, counts: bool = False) -> None:
    """An answer counts for nothing: neither among the points nor among those that there are; or it counts again."""
    with held(answer.attempt_id) as row:
        if not Answer.objects.filter(pk=answer.pk, excused=counts).update(excused=not counts):
            return
        old = {"points": row.points}
        settle_all(row)
        kind = "counts-again" if counts else "excused"
        _log(row, kind, old, {"place": answer.place, "points": row.points}, why, by, now)


def give_points(answer: Answer, points: int | None, why: str, by: User, now: datetime) -> None:
    """Points by hand, in thousandths, which stand whatever is computed; None for those computed. Raises Refused."""
    settled(answer.attempt, now)
    with held(answer.attempt_id) as row:
        if row.handed_in is None:
            raise Refused(OPEN)
        found = Answer.objects.get(pk=answer.pk)
        if found.by_hand == points:
            return
        old = {"points": found.points}
        Answer.objects.filter(pk=answer.pk).update(by_hand=points)
        settle_all(row)
        new = {"place": answer.place, "points": Answer.objects.get(pk=answer.pk).points, "computed": points is None}
        _log(row, "by-hand", old, new, why, by, now)


def _log(
    attempt: Attempt, kind: str, old: Mapping[str, object], new: Mapping[str, object], why: str, by: User, now: datetime
) -> None:
    quiz, told = attempt.quiz, {"member": attempt.member_id, **new}
    Entry.objects.create(
        of_id=quiz.of_id, quiz=quiz, attempt=attempt, kind=kind, old={**old}, new=told, by=by, at=now, why=why
    )

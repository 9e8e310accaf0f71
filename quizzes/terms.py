"""The rules of time as they stand in the tables: read at the moment of use, so that time given counts at once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from quizzes.models import Attempt, Extension, Member, Quiz
from quizzes.rules.time import Terms


def terms_of(quiz: Quiz, member: Member) -> Terms:
    """What bounds the attempts of a member at a quiz."""
    return _terms(quiz, member, Extension.objects.filter(quiz=quiz, member_id=member.pk).first())


def end_of(attempt: Attempt) -> datetime | None:
    """When an attempt is over; None for never. A preview keeps the limit and no dates; paper knows no clock."""
    if attempt.paper_id is not None:
        return None
    if attempt.preview:
        return Terms(limit_s=attempt.quiz.limit_s).end(attempt.started)
    return terms_of(attempt.quiz, attempt.member).end(attempt.started)


def ends_of(quiz: Quiz, attempts: Iterable[Attempt]) -> dict[int, datetime | None]:
    """When each of many attempts at a quiz is over, by its key: one query for all."""
    given = {one.member_id: one for one in Extension.objects.filter(quiz=quiz)}
    return {
        one.pk: _terms(quiz, one.member, given.get(one.member_id)).end(one.started) if one.paper_id is None else None
        for one in attempts
    }


def closing_of(quiz: Quiz) -> datetime | None:
    """When everybody's own time is over; None for never."""
    if quiz.closes is None:
        return None
    given = {one.member_id: one for one in Extension.objects.filter(quiz=quiz)}
    members = Member.objects.filter(of=quiz.of_id, removed=None, role=Member.Role.LEARNER)
    own = (_terms(quiz, member, given.get(member.pk)).closing for member in members)
    return max((closing for closing in own if closing is not None), default=quiz.closes)


def attempts_of(quiz: Quiz, member: Member) -> int | None:
    """How often a member may take a quiz; None for as often as they like."""
    if quiz.attempts is None:
        return None
    extension = Extension.objects.filter(quiz=quiz, member_id=member.pk).first()
    return quiz.attempts + member.extra_attempts + (extension.attempts if extension else 0)


def _terms(quiz: Quiz, member: Member, extension: Extension | None) -> Terms:
    return Terms(
        opens=quiz.opens,
        closes=quiz.closes,
        limit_s=quiz.limit_s,
        factor=member.factor,
        days=member.days,
        minutes=extension.minutes if extension else 0,
        own_closes=extension.closes if extension else None,
    )

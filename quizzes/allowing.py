"""What is granted to one member: for every quiz of the class, or for one. It counts at once, and never against them.

Whoever is taking a quiz has been told when it ends: what they have been granted can grow meanwhile, not shrink.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from quizzes import joining
from quizzes.handing_in import settled
from quizzes.locking import held_member
from quizzes.models import Attempt, Entry, Extension, Member, Quiz, User
from quizzes.terms import terms_of
from quizzes.zones import stamp

FACTORS = (1000, 1250, 1500, 2000, None)
"""Thousandths of a time limit; None for no limit."""


class Shortens(Exception):
    """It would end an attempt that is under way earlier than its learner has been told."""

    sentence = "A quiz is being taken under what was granted before: it can be made more now, and less afterwards."


@dataclass(frozen=True)
class Grant:
    """For every quiz of the class."""

    factor: int | None = 1000
    days: int = 0
    extra_attempts: int = 0


@dataclass(frozen=True)
class OnQuiz:
    """For one quiz, on top of it."""

    minutes: int = 0
    closes: datetime | None = None
    attempts: int = 0


def grant_of(member: Member) -> Grant:
    return Grant(member.factor, member.days, member.extra_attempts)


def allow(member: Member, grant: Grant, by: User, now: datetime) -> None:
    """What holds for a member on every quiz from now on. Raises Shortens."""
    _settle(Attempt.objects.filter(member=member), now)
    with held_member(member.pk) as row, _never_shorter(row, now):
        old = grant_of(row)
        if old == grant:
            return
        for name, value in asdict(grant).items():
            setattr(row, name, value)
        row.save()
        _log(row, "allowed", asdict(old), asdict(grant), by, now)


def extend(quiz: Quiz, member: Member, given: OnQuiz, why: str, by: User, now: datetime) -> None:
    """What holds for a member on one quiz; nothing of it takes it away. Raises Shortens."""
    _settle(Attempt.objects.filter(member=member, quiz=quiz), now)
    with held_member(member.pk) as row, _never_shorter(row, now):
        before = Extension.objects.filter(quiz=quiz, member=row).first()
        old = _told(OnQuiz(before.minutes, before.closes, before.attempts) if before else OnQuiz())
        if given == OnQuiz():
            if before is None:
                return
            before.delete()
        else:
            told = asdict(given) | {"by": by, "why": why}
            Extension.objects.update_or_create(quiz=quiz, member=row, defaults=told)
        _log(row, "extended", old, _told(given), by, now, quiz=quiz, why=why)


def remove(member: Member, by: User, now: datetime) -> None:
    """Takes somebody out of a class. What was answered stays with it, and the link stops."""
    with held_member(member.pk) as row:
        row.removed, row.resume_hash = now, None
        row.save()
        _log(row, "removed", None, {}, by, now)


def bring_back(member: Member, by: User, now: datetime) -> bool:
    """Undoes it, under the name that they had; whether nobody else has it meanwhile. They need a new link."""
    try:
        with held_member(member.pk) as row:
            row.removed = None
            row.save()
            _log(row, "brought-back", None, {}, by, now)
    except IntegrityError:
        return False
    return True


def renew_link(member: Member, by: User, now: datetime) -> str:
    """The secret of a new resume link, for somebody who has lost theirs, which stops."""
    with transaction.atomic():
        secret = joining.new_link(member)
        _log(member, "link-renewed", None, {}, by, now)
    return secret


def _settle(attempts: Any, now: datetime) -> None:
    """Whose time was over before is over: what is granted now does not depend on who looked in between."""
    for attempt in attempts.filter(handed_in=None).select_related("quiz__of", "member"):
        settled(attempt, now)


@contextmanager
def _never_shorter(row: Member, now: datetime) -> Iterator[None]:
    before = _ends(row)
    yield
    after = _ends(row)
    for attempt, end in after.items():
        if end is not None and ((told := before[attempt]) is None or end < told):
            raise Shortens


def _ends(member: Member) -> dict[int, datetime | None]:
    """When each attempt that is open ends, by its key."""
    rows = Attempt.objects.filter(member=member, handed_in=None).select_related("quiz__of")
    return {one.pk: terms_of(one.quiz, member).end(one.started) for one in rows}


def _told(given: OnQuiz) -> dict[str, Any]:
    return asdict(given) | {"closes": stamp(given.closes)}


def _log(
    member: Member, kind: str, old: dict[str, Any] | None, new: dict[str, Any], by: User, now: datetime,
    *, quiz: Quiz | None = None, why: str = "",
) -> None:  # fmt: skip
    new = {"member": member.pk} | new
    Entry.objects.create(of_id=member.of_id, quiz=quiz, kind=kind, old=old, new=new, by=by, at=now, why=why)

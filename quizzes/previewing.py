"""Whoever teaches a class takes a quiz as a learner does: an attempt that counts nowhere, and goes once it is left."""

from __future__ import annotations

from datetime import datetime

from django.db.models import QuerySet

from quizzes.access import KEPT
from quizzes.locking import held_member
from quizzes.models import Attempt, Member, Quiz, User
from quizzes.starting import Refused, begun


def member_for(quiz: Quiz, user: User) -> Member | None:
    """Who teaches the class, as one of its members; None for an owner who is none."""
    return Member.objects.filter(of=quiz.of_id, user=user, removed=None).first()


def start(quiz: Quiz, member: Member, now: datetime) -> Attempt:
    """A new preview in place of one that there was. Raises Refused where nothing is there to be asked."""
    # Those that were left open by whoever closed the tab.
    Attempt.with_previews.filter(preview=True, started__lte=now - KEPT).delete()
    with held_member(member.pk) as row:
        _of(quiz, row).delete()
        if not quiz.items.exists():
            raise Refused("There is no question in it yet. Add one from the list.")
        return begun(quiz, row, now, preview=True)


def leave(quiz: Quiz, member: Member) -> None:
    """The preview is gone, with all that was answered in it."""
    _of(quiz, member).delete()


def _of(quiz: Quiz, member: Member) -> QuerySet[Attempt]:
    return Attempt.with_previews.filter(quiz=quiz, member=member, preview=True)

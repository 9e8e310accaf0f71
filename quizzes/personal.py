"""What is kept about a person: all of it in one file, and all of it gone."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.base import UpdateError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from quizzes import throttle
from quizzes.access import MEMBERS
from quizzes.models import Answer, Attempt, Class, Entry, Extension, Member, Session, User
from quizzes.models.people import ERASED, erased_name
from quizzes.rules.phases import Part, visible
from quizzes.sitting import Sitting


def export(user: User | None, members: Iterable[Member]) -> dict[str, Any]:
    """Everything about a person that is kept, as JSON can hold it, and nothing that a quiz has not shown them yet."""
    account = {"name": user.name, "email": user.email, "created": _time(user.created)} if user else None
    return {"account": account, "classes": [_membership(member) for member in members]}


def _membership(member: Member) -> dict[str, Any]:
    attempts = member.attempts.select_related("quiz", "paper").order_by("quiz__title", "number")
    return {
        "class": member.of.name,
        "name": member.name,
        "id in the class's lists": member.external_id,
        "role": member.role,
        "joined": _time(member.joined),
        "time factor in thousandths": member.factor,
        "days more": member.days,
        "attempts more": member.extra_attempts,
        "granted": [_granted(one) for one in Extension.objects.filter(member=member).select_related("quiz")],
        "attempts": [_attempt(one) for one in attempts.prefetch_related("answers__saves")],
    }


def _granted(one: Extension) -> dict[str, Any]:
    return {
        "quiz": one.quiz.title,
        "minutes": one.minutes,
        "closes": _time(one.closes),
        "attempts": one.attempts,
        "why": one.why,
    }


def _attempt(attempt: Attempt) -> dict[str, Any]:
    sitting = Sitting(attempt, timezone.now())
    parts = visible(
        attempt.quiz.phases,
        checked=False,
        decided=False,
        handed_in=attempt.handed_in is not None,
        closed=sitting.closed,
    )
    shown = Part.VERDICT in parts
    return {
        "quiz": attempt.quiz.title,
        "number": attempt.number,
        "started": _time(attempt.started),
        "handed in": _time(attempt.handed_in),
        "form on paper": attempt.paper.letter if attempt.paper else None,
        **({"points in thousandths": attempt.points} if shown else {}),
        "done by those who teach": [
            {"what": one.kind, "at": _time(one.at), "why": one.why}
            for one in Entry.objects.filter(attempt=attempt).exclude(why="").order_by("pk")
        ],
        "answers": [_answer(one, shown) for one in attempt.answers.all()],
    }


def _answer(answer: Answer, shown: bool) -> dict[str, Any]:
    saves = sorted(answer.saves.all(), key=lambda one: one.number)
    return {
        "place": answer.place,
        "value": answer.value,
        **({"points in thousandths": answer.points} if shown else {}),
        "saves": [
            {
                "value": one.value,
                "received": _time(one.received),
                "kind": one.kind,
                "late": one.late,
                **({"conditions that held": one.held} if shown and one.held is not None else {}),
            }
            for one in saves
        ],
    }


def _time(when: datetime | None) -> str | None:
    return when.isoformat() if when else None


def erase_member(member: Member) -> None:
    """Takes away who somebody was in a class. What was answered stays, and is nobody's."""
    with transaction.atomic():
        _without_reasons(member)
        member.name = erased_name(member.pk)
        member.user, member.external_id, member.resume_hash = None, "", None
        member.removed = member.removed or timezone.now()
        member.save()
        _out_of_sessions(member)


def erase_user(user: User) -> None:
    """Takes away an account and who it was in its classes. Classes that it owned go on without an owner."""
    with transaction.atomic():
        for member in user.memberships.select_related("of"):
            erase_member(member)
        throttle.forget(user.folded)
        user.delete()


def erase_class(of: Class) -> None:
    """Takes away a class with its people, quizzes and answers."""
    with transaction.atomic():
        # Before the variants that they are about, which no answer may lose.
        Attempt.with_previews.filter(quiz__of=of).delete()
        of.delete()


def _without_reasons(member: Member) -> None:
    """Reasons are free text of an instructor's, and the name may stand in them."""
    Extension.objects.filter(member=member).update(why=ERASED)
    entries = Entry.objects.filter(of_id=member.of_id)
    own = Q(attempt__member=member) | Q(new__member=member.pk)
    for about in (entries.filter(own), entries.filter(why__icontains=member.name)):
        about.exclude(why="").update(why=ERASED)


def _out_of_sessions(member: Member) -> None:
    """A session holds the key of a member, within what only the store can read."""
    for session in Session.objects.all():
        store = session.get_session_store_class()(session.session_key)
        known = store.get(MEMBERS, {})
        if known.get(member.of_id) == member.pk:
            store[MEMBERS] = {of: key for of, key in known.items() if of != member.of_id}
            # One that has ended meanwhile holds nothing any more.
            with suppress(UpdateError):
                store.save()

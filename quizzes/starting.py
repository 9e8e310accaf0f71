"""An attempt starts: each of its questions is drawn from the stock, and nothing runs."""

from __future__ import annotations

import secrets
from collections import Counter
from datetime import datetime

from django.db.models import Count, Max, Q

from quizzes.handing_in import settled
from quizzes.locking import held_member
from quizzes.models import Answer, Attempt, Entry, Item, Member, Quiz, TemplateRef, Variant
from quizzes.rules.draw import Drawn, draw_all
from quizzes.terms import attempts_of, terms_of


class Refused(Exception):
    """An attempt cannot be started; the message says why, to a learner."""


def start(quiz: Quiz, member: Member, now: datetime) -> Attempt:
    """A new attempt, or the one that is open. Raises Refused with a sentence."""
    open_one = Attempt.objects.filter(quiz=quiz, member=member, handed_in=None).select_related("quiz", "member").first()
    if open_one is not None:
        # Outside of the transaction below: handing in takes one of its own.
        settled(open_one, now)
    with held_member(member.pk) as row:
        mine = Attempt.objects.filter(quiz=quiz, member=row)
        if found := mine.filter(handed_in=None).first():
            return found
        if why := refusal(quiz, row, now):
            raise Refused(why)
        attempt = begun(quiz, row, now)
        Entry.objects.create(of_id=quiz.of_id, quiz=quiz, attempt=attempt, kind="started", at=now)
        return attempt


def begun(quiz: Quiz, member: Member, now: datetime, *, preview: bool = False) -> Attempt:
    """The rows of a new attempt; the caller holds the member. Raises Refused where a question has no variant."""
    numbers = Attempt.with_previews.filter(quiz=quiz, member=member).aggregate(most=Max("number"))
    number = (numbers["most"] or 0) + 1
    attempt = Attempt.objects.create(quiz=quiz, member=member, number=number, started=now, preview=preview)
    items = list(Item.objects.filter(quiz=quiz))
    Answer.objects.bulk_create(
        Answer(attempt=attempt, place=place, variant_id=variant)
        for place, variant in enumerate(_drawn(items, member), 1)
    )
    return attempt


def refusal(quiz: Quiz, member: Member, now: datetime) -> str:
    """Why a member cannot start now, as a sentence; empty where they can."""
    terms, allowed = terms_of(quiz, member), attempts_of(quiz, member)
    if quiz.state != Quiz.State.PUBLISHED:
        return "This quiz is not published."
    if member.role == Member.Role.INSTRUCTOR:
        return "You teach this class; a quiz is taken by its learners."
    if not terms.has_opened(now):
        return "This quiz has not opened yet."
    if terms.has_closed(now):
        return "This quiz is closed."
    used = Attempt.objects.filter(quiz=quiz, member=member).count()
    if allowed is not None and used >= allowed:
        return "You have used your attempt." if allowed == 1 else f"You have used all of your {allowed} attempts."
    return ""


def _drawn(items: list[Item], member: Member) -> list[int]:
    """A variant for each item, by its id."""
    rows = Variant.objects.filter(item__in=items).annotate(
        given=Count("answers", filter=Q(answers__attempt__preview=False))
    )
    variants: dict[int, list[tuple[int, str, int, str]]] = {item.pk: [] for item in items}
    for of, pk, state, given, *kind in rows.values_list("item_id", "pk", "state", "given", *TemplateRef._fields):
        variants[of].append((pk, state, given, TemplateRef(*kind).key))
    had = Counter(
        Answer.objects.filter(variant__item__in=items, attempt__member=member).values_list("variant_id", flat=True)
    )
    able = [[Drawn(pk, state, given, had[pk], kind) for pk, state, given, kind in variants[item.pk]] for item in items]
    found = [one for one in draw_all(able, secrets.randbelow) if one is not None]
    if len(found) < len(items):
        raise Refused("This quiz has a question without any variant. Tell your instructor; nothing has started.")
    return found

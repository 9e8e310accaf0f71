"""A regrade: what is proposed, what it would change, applying it and undoing it. A preview writes nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from typing import NamedTuple

from django.db import transaction

from playground.engine.progress import part
from quizzes.challenged import is_of_challenge
from quizzes.frozen import thaw
from quizzes.grading import key_now, rulings_of, settle_all, spelled_ruling, standing_of
from quizzes.judging import share_now
from quizzes.locking import held
from quizzes.models import Answer, Attempt, Entry, Item, Member, Quiz, Save, User, Variant
from quizzes.rerunning import is_todays, rerun_of, variants_of
from quizzes.rules.regrade import Key, Void, without


class Stale(Exception):
    """What would be applied is not what was seen any more."""

    sentence = "Something has changed since this page was made. Look at it once more; nothing has been written."


@dataclass(frozen=True)
class Proposal:
    """Other keys for some variants, and in words why."""

    quiz: Quiz
    keys: dict[int, Key]
    """Variant → by what it would be graded; those that stay as they are not among them."""


class Change(NamedTuple):
    """What a proposal makes of one answer. Points in thousandths."""

    answer: Answer
    old: int
    kept: int
    """Where no points are taken away."""
    computed: int
    """Where they are."""

    def new(self, *, lower: bool) -> int:
        return self.computed if lower else self.kept


def by_today(quiz: Quiz) -> Proposal:
    """What today's code answers otherwise than what is graded by."""
    keys = {}
    for variant in variants_of(quiz).select_related("item").defer("steps"):
        told = rerun_of(variant)
        if told is None or told.right is None or not is_todays(variant):
            continue
        if is_of_challenge(variant):
            keys[variant.pk] = (key_now(variant), runs_today(variant))
        else:
            keys[variant.pk] = (key_now(variant), key_now(variant).today(told.right))
    return _proposal(quiz, keys)


def runs_today(variant: Variant) -> Key:
    """By what a challenge would be graded: each run by what holds of it today; the same key where all come to the same.

    A run that cannot be run today keeps what it was worth.
    """
    told, key = rerun_of(variant), key_now(variant)
    now = parts_now(variant)
    if told is None:
        return key
    of = len(variant.content["conditions"])
    today = {value: part(held, told.at_start, of) for value, held in told.runs.items() if held is not None}
    if all(now.get(value, worth) == worth for value, worth in today.items()):
        return key
    return replace(key, parts=tuple((value, *worth.as_integer_ratio()) for value, worth in sorted(today.items())))


def parts_now(variant: Variant) -> dict[str, Fraction]:
    """What each run that was made of a challenge is worth now."""
    rows = Save.objects.filter(answer__variant=variant).exclude(held=None).exclude(value=None).order_by("number")
    runs = {str(value): tuple(found or ()) for value, found in rows.values_list("value", "held")}
    content, rulings = thaw(variant), rulings_of(variant)
    return {value: share_now(content, rulings, value, runs) for value in runs}


def by_accepting(item: Item, *, model: str = "", template: str = "", variant: int = 0, value: str = "") -> Proposal:
    """Another answer is right too: that of a wrong model in every variant, of a pool in those of its template (as
    `TemplateRef.key` spells it); or one value of one variant, by number."""
    keys = {}
    for one in Variant.objects.filter(item=item).defer("steps"):
        key = key_now(one)
        # Of a challenge there are no wrong models.
        said = [option["value"] for option in one.content["options"] if model and option["model"] == model]
        said = said if template in ("", one.kind.key) else []
        said += [value] if value and one.number == variant else []
        for text in said:
            keys[one.pk] = (key_now(one), key.accepting(text))
    return _proposal(item.quiz, keys)


def by_voiding(item: Item, void: Void) -> Proposal:
    """A question counts for nobody, or everybody has its points; or it counts again."""
    rows = Variant.objects.filter(item=item).defer("steps")
    return _proposal(item.quiz, {one.pk: (key_now(one), key_now(one).voided(void)) for one in rows})


def _proposal(quiz: Quiz, keys: dict[int, tuple[Key, Key]]) -> Proposal:
    return Proposal(quiz, {pk: new for pk, (old, new) in keys.items() if new != old})


def preview(proposal: Proposal) -> list[Change]:
    """What it would make of every answer to a variant that it concerns, whose points are decided."""
    rows = Answer.objects.filter(variant__in=proposal.keys, attempt__preview=False).exclude(points=None)
    rows = rows.filter(attempt__member__role=Member.Role.LEARNER)
    rows = rows.select_related("attempt__member", "variant__item__quiz").defer("variant__steps")
    return [_change(proposal, one) for one in rows.order_by("place", "attempt__member__folded", "attempt_id")]


def _change(proposal: Proposal, answer: Answer) -> Change:
    over, now = answer.attempt.handed_in is not None, rulings_of(answer.variant)
    key, old = proposal.keys[answer.variant_id], answer.points or 0
    kept, computed = (
        standing_of(answer, over=over, rulings=[*now, key.ruling(0, lower=lower)]).points or 0
        for lower in (False, True)
    )
    return Change(answer, old, kept, computed)


def seal(proposal: Proposal, changes: Iterable[Change]) -> str:
    """Names what a preview has shown."""
    told = sorted((pk, key.right, str(key.void), key.parts) for pk, key in proposal.keys.items())
    rows = [(one.answer.pk, one.old, one.kept, one.computed) for one in changes]
    return sha256(repr((told, rows)).encode()).hexdigest()[:32]


def apply(proposal: Proposal, seen: str, what: str, why: str, by: User, now: datetime, *, lower: bool) -> int:
    """Write down what a preview has shown, as one batch; its number, 0 where nothing is to be done. Raises Stale.

    `seen` is the seal of what was looked at, `what` a word for the record: today, accept or void.
    """
    quiz = proposal.quiz
    with transaction.atomic():
        Quiz.objects.select_for_update().get(pk=quiz.pk)
        if seal(proposal, preview(proposal)) != seen:
            raise Stale
        if not proposal.keys:
            return 0
        batch = Entry.objects.filter(quiz=quiz, kind="regrade").count() + 1
        for variant in Variant.objects.filter(pk__in=proposal.keys).only("rulings"):
            variant.rulings.append(spelled_ruling(proposal.keys[variant.pk].ruling(batch, lower=lower)))
            variant.save(update_fields=["rulings"])
        changed = _settle(quiz, list(proposal.keys), batch, "regraded", why, by, now)
        new = {"batch": batch, "what": what, "lower": lower, "learners": changed, "variants": len(proposal.keys)}
        Entry.objects.create(of_id=quiz.of_id, quiz=quiz, kind="regrade", new=new, by=by, at=now, why=why)
        return batch


def last_batch(quiz: Quiz) -> int:
    """The regrade that would be undone; 0 where there is none."""
    rows = Variant.objects.filter(item__quiz=quiz).values_list("rulings", flat=True)
    return max((one["batch"] for rulings in rows for one in rulings), default=0)


def undo(quiz: Quiz, batch: int, by: User, now: datetime) -> None:
    """Take the last regrade back, exactly. Raises Stale where the last one is another."""
    with transaction.atomic():
        Quiz.objects.select_for_update().get(pk=quiz.pk)
        if not batch or last_batch(quiz) != batch:
            raise Stale
        touched = []
        for variant in Variant.objects.filter(item__quiz=quiz).only("rulings"):
            left = [spelled_ruling(one) for one in without(rulings_of(variant), batch)]
            if left != variant.rulings:
                variant.rulings = left
                variant.save(update_fields=["rulings"])
                touched.append(variant.pk)
        changed = _settle(quiz, touched, batch, "regraded", "", by, now)
        new = {"batch": batch, "learners": changed, "variants": len(touched)}
        Entry.objects.create(of_id=quiz.of_id, quiz=quiz, kind="regrade-undone", new=new, by=by, at=now)


def _settle(quiz: Quiz, variants: list[int], batch: int, kind: str, why: str, by: User, now: datetime) -> int:
    """Write down what attempts come to that hold one of the variants; for how many learners that is another."""
    learners = set()
    keys = Attempt.objects.filter(quiz=quiz, answers__variant__in=variants).order_by("pk").distinct()
    for pk in list(keys.values_list("pk", flat=True)):
        with held(pk) as row:
            before = _points(row)
            settle_all(row)
            if _points(row) == before:
                continue
            learners.add(row.member_id)
            old, new = {"points": before[0]}, {"member": row.member_id, "points": row.points, "batch": batch}
            Entry.objects.create(
                of_id=quiz.of_id, quiz=quiz, attempt=row, kind=kind, old=old, new=new, by=by, at=now, why=why
            )
    return len(learners)


def _points(attempt: Attempt) -> tuple[int | None, ...]:
    answers = Answer.objects.filter(attempt=attempt).order_by("place").values_list("points", flat=True)
    return (attempt.points, *answers)

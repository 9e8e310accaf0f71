"""Printed forms are made: a variant for each question, dealt once and kept, so that paper and key never part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Q

from quizzes.models import Attempt, Entry, Item, PaperForm, Quiz, TemplateRef, User, Variant
from quizzes.rules.draw import Drawn
from quizzes.rules.paper import LETTERS, dealt

DRAFT = "Publish the quiz first: what is printed can be changed no more, and a draft can."
REMOVE = "To print the quiz, remove {it} while nobody has begun, or duplicate the quiz and remove {it} from the copy."
TYPED = "Papers of these forms are typed in: they stay. New forms get letters of their own."


class Refused(Exception):
    """It cannot be done; the message says why."""


def forms_of(quiz: Quiz) -> list[PaperForm]:
    """The forms of a quiz that are in use, by letter."""
    return list(PaperForm.objects.filter(quiz=quiz, thrown=None))


def why_not(quiz: Quiz) -> str:
    """Why it cannot be printed, as a sentence; empty where it can."""
    operated = Item.objects.filter(quiz=quiz, kind=Item.Kind.CHALLENGE).order_by("place")
    titles = operated.values_list("place", "variants__content__title", "template")
    names = [f"question {place}, “{title or template}”" for place, title, template in titles]
    if names:
        told, are, it = " and ".join(names), *(("are challenges", "them") if names[1:] else ("is a challenge", "it"))
        return f"{told[0].upper()}{told[1:]}, {are}: one operates {it}, which paper cannot. {REMOVE.format(it=it)}"
    return "" if quiz.state == Quiz.State.PUBLISHED else DRAFT


def make_forms(quiz: Quiz, count: int, by: User, now: datetime) -> list[PaperForm]:
    """So many forms more, under the next letters. Raises Refused with a sentence."""
    with held_quiz(quiz) as row:
        if why := why_not(row):
            raise Refused(why)
        used = PaperForm.objects.filter(quiz=row).count()
        if used + count > len(LETTERS):
            raise Refused(f"The forms of a quiz have one letter each: {len(LETTERS) - used} of them are left.")
        found = dealt(_stock(row), count)
        if not all(found) or not found:
            raise Refused("The quiz has a question without any variant. Make them first.")
        forms = [
            PaperForm(quiz=row, letter=letter, variants=variants, made=now, by=by)
            for letter, variants in zip(LETTERS[used : used + count], found, strict=True)
        ]
        PaperForm.objects.bulk_create(forms)
        _log(row, "printed", forms, by, now)
    return forms


def throw_away(quiz: Quiz, by: User, now: datetime) -> None:
    """The forms that are in use are none any more; their letters stay taken. Raises Refused with a sentence."""
    with held_quiz(quiz) as row:
        forms = forms_of(row)
        if Attempt.objects.filter(paper__in=forms).exists():
            raise Refused(TYPED)
        if forms:
            PaperForm.objects.filter(pk__in=[one.pk for one in forms]).update(thrown=now)
            _log(row, "print-thrown", forms, by, now)


@contextmanager
def held_quiz(quiz: Quiz) -> Iterator[Quiz]:
    """A transaction that holds a quiz: nobody makes a draft of it meanwhile."""
    with transaction.atomic():
        yield Quiz.objects.select_for_update(of=("self",)).select_related("of").get(pk=quiz.pk)


def _stock(quiz: Quiz) -> list[list[Drawn]]:
    """The variants at each place, with how often each has been given, on a screen or on paper."""
    printed = Counter(pk for form in PaperForm.objects.filter(quiz=quiz) for pk in form.variants)
    on_screen = Count("answers", filter=Q(answers__attempt__preview=False, answers__attempt__paper=None))
    rows = Variant.objects.filter(item__quiz=quiz).annotate(given=on_screen).order_by("number")
    found: dict[int, list[Drawn]] = {item: [] for item in Item.objects.filter(quiz=quiz).values_list("pk", flat=True)}
    for of, pk, state, given, *kind in rows.values_list("item_id", "pk", "state", "given", *TemplateRef._fields):
        found[of].append(Drawn(pk, state, given + printed[pk], 0, TemplateRef(*kind).key))
    return list(found.values())


def _log(quiz: Quiz, kind: str, forms: list[PaperForm], by: User, now: datetime) -> None:
    told = {"forms": "".join(form.letter for form in forms)}
    Entry.objects.create(of_id=quiz.of_id, quiz=quiz, kind=kind, new=told, by=by, at=now)

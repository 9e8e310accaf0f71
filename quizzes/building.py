"""What an instructor does with a quiz before learners take it, and what they may still change afterwards.

Each is a transaction, and what a learner could notice is a line of the log. Models run before a transaction is opened,
never within one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.db.models import Count, Q

from playground.engine.stock import Lopsided
from quizzes.challenged import Gone
from quizzes.files.quiz_file import Question
from quizzes.handing_in import settle_open
from quizzes.models import Attempt, Class, Entry, Item, Quiz, User, Variant
from quizzes.rules.sentence import MOST_ITEMS, Rules, filled
from quizzes.stock import SIZE, fill, keep, made_of
from quizzes.zones import later_by, stamp

FIRST = 20
"""Variants that an item has as soon as it is added: so many are looked at."""
PORTION = 10
"""Variants of one item that are made at a time, after the first: about half a second."""
MOST_VARIANTS = 200
MOST_QUIZZES = 200
"""Of a class."""
NEW = "A new quiz"
"""Title of a quiz until it has another."""
STATES = (Variant.State.READY, Variant.State.PINNED, Variant.State.EXCLUDED)


class Refused(Exception):
    """It cannot be done; the message says why."""


class Wanted(NamedTuple):
    """An item that is to be made."""

    miniature: str
    template: str
    points: int
    """In thousandths."""
    kind: str = Item.Kind.TEMPLATE


def wanted(questions: Sequence[Question]) -> list[Wanted]:
    """The items of a quiz file."""
    return [Wanted(one.miniature, one.name, round(one.points * 1000), one.kind) for one in questions]


def rules_of(quiz: Quiz) -> Rules:
    """The rules as they stand in the tables."""
    return Rules(
        quiz.opens, quiz.closes, quiz.limit_s, quiz.attempts, quiz.keep, tuple(quiz.tries), quiz.phases, quiz.open_book
    )


def columns_of(rules: Rules) -> dict[str, Any]:
    """The rules as the tables hold them."""
    return {
        "opens": rules.opens,
        "closes": rules.closes,
        "limit_s": rules.limit_s,
        "attempts": rules.attempts,
        "keep": rules.keep,
        "tries": list(rules.tries),
        "phases": dict(rules.phases),
        "open_book": rules.open_book,
    }


def new_quiz(of: Class, title: str = "", columns: dict[str, Any] | None = None, items: Sequence[Wanted] = ()) -> Quiz:
    """A draft: a test without dates, unless columns say otherwise. Raises Refused.

    Its items have no variants yet: whoever looks at the quiz makes them, in portions.
    """
    if columns is None:
        told = filled("test", None)
        columns = {"tries": list(told.tries), "phases": told.phases, "attempts": told.attempts}
    with transaction.atomic():
        if Quiz.objects.filter(of=of).count() >= MOST_QUIZZES:
            raise Refused(f"A class has at most {MOST_QUIZZES} quizzes.")
        quiz = Quiz.objects.create(of=of, title=title or NEW, **columns)
        Item.objects.bulk_create(Item(quiz=quiz, place=place, **one._asdict()) for place, one in enumerate(items, 1))
    return quiz


def add(quiz: Quiz, miniature: str, template: str, kind: str = Item.Kind.TEMPLATE) -> Item:
    """One more item at the end, with the points of the one before it, and its first variants. Raises Refused."""
    try:
        variants = made_of(kind, miniature, template, FIRST)
    except (Lopsided, Gone) as fault:
        raise Refused(str(fault)) from None
    with _draft(quiz) as row:
        items = Item.objects.filter(quiz=row).order_by("place")
        last = items.last()
        if last and last.place >= MOST_ITEMS:
            raise Refused(f"A quiz has at most {MOST_ITEMS} questions.")
        item = Item.objects.create(
            quiz=row, place=last.place + 1 if last else 1, kind=kind, miniature=miniature, template=template,
            points=last.points if last else 1000,
        )  # fmt: skip
        keep(item, variants)
    return item


def more(item: Item, size: int) -> int:
    """Variants of an item until it has so many; how many that were. Raises Refused where there are no more."""
    if size > MOST_VARIANTS:
        raise Refused(f"A question has at most {MOST_VARIANTS} variants.")
    try:
        return fill(item, size)
    except (Lopsided, Gone) as fault:
        raise Refused(str(fault)) from None
    except IntegrityError:
        # Somebody else has made them meanwhile, or has taken the item away.
        return 0


def portion(quiz: Quiz) -> None:
    """Makes some of what is lacking, where there is least. Raises Refused where it cannot be."""
    size = SIZE if quiz.state == Quiz.State.PUBLISHED else FIRST
    poor = (
        Item.objects.filter(quiz=quiz)
        .annotate(there=Count("variants"))
        .filter(Q(there__lt=size) & (~Q(kind=Item.Kind.CHALLENGE) | Q(there=0)))
        .order_by("there", "place")
        .first()
    )
    if poor:
        # The first ones together: of fewer, some templates cannot be evened out.
        there: int = getattr(poor, "there")  # noqa: B009 - annotated by the query
        more(poor, min(size, max(FIRST, there + PORTION)))


def move(quiz: Quiz, key: int, by: int) -> None:
    """An item changes places with the one before (-1) or after it (1). What is not there is not moved."""
    with _draft(quiz) as row:
        one = Item.objects.filter(quiz=row, pk=key).first()
        other = Item.objects.filter(quiz=row, place=one.place + by).first() if one else None
        if one is None or other is None:
            return
        place = one.place
        # The places are unique at every moment.
        for item, to in ((one, 0), (other, place), (one, place + by)):
            Item.objects.filter(pk=item.pk).update(place=to)


def remove(quiz: Quiz, key: int) -> None:
    """An item goes, with its variants; those after it move up."""
    with _draft(quiz) as row:
        item = Item.objects.filter(quiz=row, pk=key).first()
        if item is None:
            return
        # Nobody has begun a draft, but to look at it.
        Attempt.with_previews.filter(quiz=row, preview=True).delete()
        place = item.place
        item.delete()
        for later in Item.objects.filter(quiz=row, place__gt=place).order_by("place"):
            Item.objects.filter(pk=later.pk).update(place=later.place - 1)


def set_points(quiz: Quiz, points: dict[int, int]) -> None:
    """What the items of a draft are worth, in thousandths, by item."""
    for item, worth in points.items():
        Item.objects.filter(quiz=quiz, quiz__state=Quiz.State.DRAFT, pk=item).exclude(points=worth).update(points=worth)


def change(quiz: Quiz, columns: dict[str, Any], by: User, now: datetime) -> None:
    """Another title, other dates, other rules: at once, also for those who are taking it."""
    # Whose time was over before is over: a later end reopens nothing.
    settle_open(quiz, now)
    with transaction.atomic():
        row = Quiz.objects.select_for_update().get(pk=quiz.pk)
        old = {name: getattr(row, name) for name in columns}
        changed = [name for name in columns if old[name] != columns[name]]
        if not changed:
            return
        for name in changed:
            setattr(row, name, columns[name])
        row.revision += 1
        row.save(update_fields=[*changed, "revision"])
        dates = [name for name in ("opens", "closes") if name in changed]
        rules = [name for name in changed if name not in ("opens", "closes", "title")]
        if dates:
            told = (
                {name: stamp(values.get(name, getattr(row, name))) for name in ("opens", "closes")}
                for values in (old, columns)
            )
            _log(row, "dates", by, now, *told)
        if row.state == Quiz.State.PUBLISHED and "title" in changed:
            _log(row, "retitled", by, now)
        if row.state == Quiz.State.PUBLISHED and rules:
            _log(row, "rules", by, now, {name: old[name] for name in rules}, {name: columns[name] for name in rules})


def publish(quiz: Quiz, by: User, now: datetime) -> None:
    """Learners see it from now on. Raises Refused where there is nothing to ask."""
    with _held(quiz) as row:
        if row.state == Quiz.State.PUBLISHED:
            return
        items = list(Item.objects.filter(quiz=row))
        if not items:
            raise Refused("There is no question in it yet. Add one from the list.")
        able = (Variant.State.READY, Variant.State.PINNED)
        for item in items:
            if not Variant.objects.filter(item=item, state__in=able).exists():
                raise Refused(f"Question {item.place} has no variants yet. Make them, or remove it.")
        Attempt.with_previews.filter(quiz=row, preview=True).delete()
        row.state, row.revision = Quiz.State.PUBLISHED, row.revision + 1
        row.save(update_fields=["state", "revision"])
        _log(row, "published", by, now)


def unpublish(quiz: Quiz, by: User, now: datetime) -> None:
    """A draft again. Raises Refused where somebody has begun."""
    with _held(quiz) as row:
        if Attempt.objects.filter(quiz=row).exists():
            raise Refused(
                "Somebody has begun. A quiz that is being taken stays as it is; its dates and rules can be changed."
            )
        if row.state == Quiz.State.PUBLISHED:
            row.state, row.revision = Quiz.State.DRAFT, row.revision + 1
            row.save(update_fields=["state", "revision"])
            _log(row, "unpublished", by, now)


def delete(quiz: Quiz) -> None:
    """A draft goes, with all that was made for it. Raises Refused for what is published."""
    with _draft(quiz) as row:
        Attempt.with_previews.filter(quiz=row, preview=True).delete()
        row.delete()


def set_state(item: Item, number: int, state: str, by: User, now: datetime) -> None:
    """Pins a variant, excludes it, or takes that back. Raises Refused where nothing would be left to draw."""
    with _held(item.quiz) as row:
        variant = Variant.objects.filter(item=item, number=number, state__in=STATES).defer("content", "steps").first()
        if variant is None or variant.state == state:
            return
        rest = Variant.objects.filter(item=item, state__in=(Variant.State.READY, Variant.State.PINNED))
        if state == Variant.State.EXCLUDED and not rest.exclude(pk=variant.pk).exists():
            raise Refused("One variant has to stay: with none there is nothing to ask. Remove the question instead.")
        Variant.objects.filter(pk=variant.pk).update(state=state)
        if row.state == Quiz.State.PUBLISHED:
            told = ({"place": item.place, "variant": number, "state": one} for one in (variant.state, state))
            _log(row, "variant", by, now, *told)


def duplicate(quiz: Quiz, days: int) -> Quiz:
    """A draft with the same questions and rules, all dates so many days later; its variants are new ones.

    Raises Refused, and ValueError with a sentence for a date that cannot be.
    """
    rules = rules_of(quiz)
    zone = quiz.of.zone
    opens, closes = (later_by(at, days, zone) if at else None for at in (rules.opens, rules.closes))
    moved = replace(rules, opens=opens, closes=closes)
    items = [Wanted(one.miniature, one.template, one.points, one.kind) for one in Item.objects.filter(quiz=quiz)]
    return new_quiz(quiz.of, quiz.title, columns_of(moved), items)


@contextmanager
def _held(quiz: Quiz) -> Iterator[Quiz]:
    """A transaction that holds a quiz."""
    with transaction.atomic():
        yield Quiz.objects.select_for_update(of=("self",)).select_related("of").get(pk=quiz.pk)


@contextmanager
def _draft(quiz: Quiz) -> Iterator[Quiz]:
    """The same for what may be done to a draft alone. Raises Refused."""
    with _held(quiz) as row:
        if row.state != Quiz.State.DRAFT:
            raise Refused("The quiz is published: its questions stay. Make it a draft again, or duplicate it.")
        yield row


def _log(quiz: Quiz, kind: str, by: User, now: datetime, old: Any = None, new: Any = None) -> None:
    Entry.objects.create(of_id=quiz.of_id, quiz=quiz, kind=kind, old=old, new=new, by=by, at=now)

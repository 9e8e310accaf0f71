"""What an instructor does with a quiz before learners take it, and what they may still change afterwards.

Each is a transaction, and what a learner could notice is a line of the log. Models run before a transaction is opened,
never within one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from playground.engine.stock import Lopsided
from quizzes.challenged import Gone
from quizzes.files.quiz_file import MOST_KINDS, MOST_WRITTEN, ChallengeItem, Question, WrittenItem, size_of
from quizzes.handing_in import settle_open
from quizzes.models import Attempt, Class, Entry, Item, PaperForm, Quiz, TemplateRef, User, Variant
from quizzes.rules.sentence import MOST_ITEMS, Rules, filled
from quizzes.stock import SIZE, fill, fill_kind, keep, last_number, made, made_of, part_of
from quizzes.written import FORM, Written, of_source
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
    also: Sequence[dict[str, str]] = ()
    """Further templates, as an item holds them."""
    kind: str = Item.Kind.TEMPLATE
    written: dict[str, Any] | None = None

    @classmethod
    def of(cls, item: Item) -> Wanted:
        """Such an item once more."""
        return cls(item.miniature, item.template, item.points, item.also, item.kind, item.written)

    @classmethod
    def by_hand(cls, written: Written, points: int) -> Wanted:
        """A question that somebody has written."""
        return cls("", FORM, points, (), Item.Kind.WRITTEN, written.source())

    @property
    def columns(self) -> dict[str, Any]:
        """As the table has them."""
        return self._asdict() | {"also": list(self.also)}


def wanted(questions: Sequence[Question | ChallengeItem | WrittenItem]) -> list[Wanted]:
    """The items of a quiz file."""
    return [_wanted(one, round(one.points * 1000)) for one in questions]


def _wanted(one: Question | ChallengeItem | WrittenItem, points: int) -> Wanted:
    if isinstance(one, WrittenItem):
        return Wanted.by_hand(one.question, points)
    if isinstance(one, ChallengeItem):
        return Wanted(one.miniature, one.challenge, points, (), Item.Kind.CHALLENGE)
    return Wanted(*one.kind, points, [kind._asdict() for kind in one.kinds[1:]])


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

    Its items have no variants yet: whoever looks at the quiz makes them, in portions. What is written by hand has its
    one at once, since nothing runs for it.
    """
    if columns is None:
        told = filled("test", None)
        columns = {"tries": list(told.tries), "phases": told.phases, "attempts": told.attempts}
    with transaction.atomic():
        if Quiz.objects.filter(of=of).count() >= MOST_QUIZZES:
            raise Refused(f"A class has at most {MOST_QUIZZES} quizzes.")
        quiz = Quiz.objects.create(of=of, title=title or NEW, **columns)
        Item.objects.bulk_create(Item(quiz=quiz, place=place, **one.columns) for place, one in enumerate(items, 1))
        for item in Item.objects.filter(quiz=quiz, kind=Item.Kind.WRITTEN):
            fill(item)
    return quiz


def add(quiz: Quiz, miniature: str, template: str, kind: str = Item.Kind.TEMPLATE) -> Item:
    """One more item at the end, with the points of the one before it, and its first variants. Raises Refused."""
    of = TemplateRef(miniature, template)
    try:
        variants = made_of(kind, of, FIRST)
    except (Lopsided, Gone) as fault:
        raise Refused(str(fault)) from None
    with _draft(quiz) as row:
        place, points = _next(row)
        item = Item.objects.create(quiz=row, place=place, **Wanted(*of, points, (), kind).columns)
        keep(item, variants)
    return item


def write(quiz: Quiz, question: Written) -> Item:
    """A question written by hand at the end, with the points of the one before it. Raises Refused."""
    with _draft(quiz) as row:
        place, points = _next(row)
        _has_room(row, question)
        item = Item.objects.create(quiz=row, place=place, **Wanted.by_hand(question, points).columns)
        fill(item)
    return item


def rewrite(quiz: Quiz, item: Item, question: Written) -> None:
    """A question written by hand is another from now on. `item` is as it was when the form was made: where somebody
    has changed it since, Refused is raised."""
    with _draft(quiz) as row:
        there = Item.objects.filter(quiz=row, pk=item.pk).first()
        if there is None or there.written != item.written:
            raise Refused("Somebody has changed this question, or removed it, since you opened it. Yours is not saved.")
        _has_room(row, question, besides=item.pk)
        # Nobody has begun a draft, but to look at it.
        Attempt.with_previews.filter(quiz=row, preview=True).delete()
        Variant.objects.filter(item=there).delete()
        there.written = question.source()
        there.save(update_fields=["written"])
        fill(there)


def more(item: Item, size: int) -> int:
    """Variants of an item until it has so many; how many that were. Raises Refused where there are no more."""
    if not item.varies:
        what = "written by hand" if item.kind == Item.Kind.WRITTEN else "a challenge"
        raise Refused(f"It is {what}: there is one of it, the same for all.")
    if size > MOST_VARIANTS:
        raise Refused(f"A question has at most {MOST_VARIANTS} variants.")
    return _making(lambda: fill(item, size))


def _making(make: Callable[[], int]) -> int:
    """How many were made. Raises Refused where there are no more."""
    try:
        return make()
    except (Lopsided, Gone) as fault:
        raise Refused(str(fault)) from None
    except IntegrityError:
        # Somebody else has made them meanwhile, or has taken the item away.
        return 0


def portion(quiz: Quiz) -> None:
    """Makes some of what is lacking, where there is least. Raises Refused where it cannot be."""
    size = SIZE if quiz.state == Quiz.State.PUBLISHED else FIRST
    count = Counter(Variant.objects.filter(item__quiz=quiz).values_list("item", "miniature", "template"))
    poor = [
        (count[(item.pk, *kind)], item.place, which, item)
        for item in Item.objects.filter(quiz=quiz).exclude(kind=Item.Kind.WRITTEN)
        for which, kind in enumerate(item.kinds)
        if count[(item.pk, *kind)] < part_of(item, size)
    ]
    if poor:
        there, _, which, item = min(poor, key=lambda one: one[:3])
        # The first ones together: of fewer, some templates cannot be evened out.
        wanted_now = min(part_of(item, size), max(FIRST, there + PORTION))
        _making(lambda: fill_kind(item, item.kinds[which], wanted_now))


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


def join(quiz: Quiz, key: int, kind: TemplateRef) -> None:
    """One more template for an item, of which each learner gets one; its first variants are made. Raises Refused."""
    with _draft(quiz) as row:
        _joined(row, key, kind)
    try:
        variants = made(*kind, FIRST)
    except Lopsided as fault:
        raise Refused(str(fault)) from None
    with _draft(quiz) as row:
        item = _joined(row, key, kind)
        Attempt.with_previews.filter(quiz=row, preview=True).delete()
        item.also = [*item.also, kind._asdict()]
        item.save(update_fields=["also"])
        keep(item, variants, last_number(item))


def _joined(quiz: Quiz, key: int, kind: TemplateRef) -> Item:
    """The item that a template is to be added to. Raises Refused."""
    item = Item.objects.filter(quiz=quiz, pk=key).first()
    if item is None:
        raise Refused("There is no such question in the quiz any more.")
    if not item.varies:
        raise Refused("Only questions of which learners get variants can share a place: this one stands alone at its.")
    if kind in item.kinds:
        raise Refused("It is one of these already.")
    if len(item.kinds) >= MOST_KINDS:
        raise Refused(f"At most {MOST_KINDS} questions stand at one place.")
    return item


def part(quiz: Quiz, key: int, kind: TemplateRef) -> None:
    """A template is taken out of a pool, with its variants. What is not there is not taken out. Raises Refused."""
    with _draft(quiz) as row:
        item = Item.objects.filter(quiz=row, pk=key).first()
        if item is None or kind not in item.kinds:
            return
        rest = [one for one in item.kinds if one != kind]
        if not rest:
            raise Refused("It is the only one at its place: remove the question instead.")
        Attempt.with_previews.filter(quiz=row, preview=True).delete()
        Variant.objects.filter(item=item, **kind._asdict()).delete()
        item.miniature, item.template = rest[0]
        item.also = [one._asdict() for one in rest[1:]]
        item.save(update_fields=["miniature", "template", "also"])


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
        if PaperForm.objects.filter(quiz=row, thrown=None).exists():
            raise Refused(
                "It is printed. While nobody has a paper of it, throw the forms away under Print first; "
                "else duplicate the quiz, and change the copy."
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
    items = [Wanted.of(one) for one in Item.objects.filter(quiz=quiz)]
    return new_quiz(quiz.of, quiz.title, columns_of(moved), items)


def _next(row: Quiz) -> tuple[int, int]:
    """Place and points of an item that comes to the end. Raises Refused."""
    last = Item.objects.filter(quiz=row).order_by("place").last()
    if last and last.place >= MOST_ITEMS:
        raise Refused(f"A quiz has at most {MOST_ITEMS} questions.")
    return (last.place + 1, last.points) if last else (1, 1000)


def _has_room(row: Quiz, question: Written, besides: int = 0) -> None:
    """Raises Refused where the file of the quiz would be longer than one that can be read again."""
    others = Item.objects.filter(quiz=row, kind=Item.Kind.WRITTEN).exclude(pk=besides).values_list("written", flat=True)
    if sum(size_of(of_source(one)) for one in others if one) + size_of(question) > MOST_WRITTEN:
        raise Refused(
            "All questions that are written by hand are too long together. Shorten some, or make two quizzes."
        )


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

"""A quiz on paper: its forms as a pen answers them, and the key to them for those who teach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils.safestring import SafeString

from playground.engine.content import Content
from playground.scenes.marks import NARROW, WIDE
from quizzes.frozen import thaw, whole
from quizzes.grading import key_now
from quizzes.judging import Question
from quizzes.lettering import signs_of, written
from quizzes.markdown import block, inline
from quizzes.models import Item, PaperForm, Quiz, Variant
from quizzes.printing import forms_of
from quizzes.rules.paper import sign_of
from quizzes.rules.points import spelled
from quizzes.rules.regrade import Void
from quizzes.showing import drawn
from quizzes.written import Written

MANY = 12
"""Answers from which on they stand in narrow columns."""
SHORT = 14
"""Characters up to which several answers have room in a line."""


class Box(NamedTuple):
    """One answer to tick."""

    sign: str
    value: str


@dataclass(frozen=True)
class AskedInWords:
    """One question of a form that was written by hand: it has no picture."""

    place: int
    points: str
    content: Written

    in_words = True
    layout = "long"

    @property
    def prompt(self) -> SafeString:
        return block(self.content.prompt)

    @property
    def boxes(self) -> list[Box]:
        return [Box(option.value, inline(option.text)) for option in self.content.options]


@dataclass(frozen=True)
class Asked:
    """One question of a form."""

    place: int
    points: str
    content: Content

    in_words = False

    @property
    def picture(self) -> SafeString:
        return drawn(self.content.shown[WIDE]["svg"])

    @property
    def narrow(self) -> SafeString:
        """The same for a phone, on which it is looked at and not printed."""
        return drawn(self.content.shown[NARROW]["svg"])

    @property
    def said(self) -> list[str]:
        """What has happened up to the picture, from step 0 on."""
        return [step["say"] for step in self.content.trace[WIDE]["steps"]]

    @cached_property
    def boxes(self) -> list[Box]:
        """All that is offered; nothing for a number."""
        return [Box(sign, value) for sign, value in signs_of(self.content).items()]

    @property
    def layout(self) -> str:
        """A word for how the answers stand."""
        if len(self.boxes) > MANY:
            return "many"
        return "short" if all(len(box.value) <= SHORT for box in self.boxes) else "long"


@dataclass(frozen=True)
class Sheet:
    """One form, as it is printed."""

    form: PaperForm
    questions: list[Asked | AskedInWords]

    @property
    def letter(self) -> str:
        return self.form.letter


class Wrong(NamedTuple):
    """A wrong answer that an idea leads to."""

    written: str
    value: str
    belief: str


@dataclass(frozen=True)
class Answered:
    """One question in the key."""

    place: int
    points: str
    variant: Variant
    content: Question

    @cached_property
    def signs(self) -> dict[str, str]:
        return signs_of(self.content)

    @property
    def written(self) -> str:
        """What a pen writes that is right: a letter or several, or the number."""
        return written(self.content, self.content.right)

    @property
    def words(self) -> list[str]:
        """What is right, as the question says it."""
        if isinstance(self.content, Written):
            return [inline(one.text) for one in self.content.options if not one.model]
        return [self.content.right]

    @property
    def asks(self) -> str:
        return self.content.words if isinstance(self.content, Written) else self.content.prompt

    @property
    def lettered(self) -> bool:
        return bool(self.signs)

    @property
    def wrong(self) -> list[Wrong]:
        """Each wrong answer that we know the belief of, in the order of the paper."""
        if isinstance(self.content, Written):
            return [Wrong(one.value, inline(one.text), one.belief) for one in self.content.options if one.belief]
        found = [
            Wrong(sign_of(self.signs, option.value) or option.value, option.value, option.belief)
            for option in self.content.options
            if option.model
        ]
        order = {sign: place for place, sign in enumerate(self.signs)}
        return sorted(found, key=lambda one: order.get(one.written, 0))

    @property
    def since(self) -> str:
        """What a regrade has decided since; empty for nothing."""
        key = key_now(self.variant)
        if key.void:
            return {Void.DROP: "Dropped since: it counts for nobody.", Void.FULL: "All get its points since."}[key.void]
        right = [written(self.content, one) for one in key.right if one != self.content.right]
        return f"Right too since a regrade: {', '.join(right)}." if right else ""


@dataclass(frozen=True)
class Key:
    """The answers of one form."""

    form: PaperForm
    answers: list[Answered]

    @property
    def letter(self) -> str:
        return self.form.letter

    @property
    def line(self) -> str:
        """All of them, as they are typed in."""
        return " ".join(one.written.replace(" ", "") for one in self.answers)


@dataclass(frozen=True)
class Printed:
    """A quiz and its forms."""

    quiz: Quiz
    only: str = ""
    """The letter of the one form that is wanted; empty for all."""

    @cached_property
    def all_forms(self) -> list[PaperForm]:
        return forms_of(self.quiz)

    @property
    def forms(self) -> list[PaperForm]:
        return [form for form in self.all_forms if self.only in ("", form.letter)]

    @cached_property
    def items(self) -> list[Item]:
        return list(Item.objects.filter(quiz=self.quiz))

    @property
    def total(self) -> str:
        return spelled(sum(item.points for item in self.items))

    @cached_property
    def variants(self) -> dict[int, Variant]:
        return Variant.objects.in_bulk({key for form in self.forms for key in form.variants})

    @property
    def sheets(self) -> list[Sheet]:
        return [
            Sheet(form, [_asked(item, self.variants[key]) for item, key in zip(self.items, form.variants, strict=True)])
            for form in self.forms
        ]

    @property
    def keys(self) -> list[Key]:
        return [
            Key(
                form,
                [
                    Answered(item.place, spelled(item.points), self.variants[key], thaw(self.variants[key]))
                    for item, key in zip(self.items, form.variants, strict=True)
                ],
            )
            for form in self.forms
        ]

    @cached_property
    def same(self) -> list[int]:
        """Questions that are the same on several forms: the stock has too few variants."""
        columns = zip(*(form.variants for form in self.all_forms), strict=True)
        return [place for place, column in enumerate(columns, 1) if len(set(column)) < len(column)]

    @cached_property
    def left_out(self) -> list[tuple[str, int]]:
        """Form and question of what has been excluded, or broke, since it was printed."""
        gone = Variant.objects.filter(item__quiz=self.quiz, state__in=(Variant.State.EXCLUDED, Variant.State.BROKEN))
        keys = set(gone.values_list("pk", flat=True))
        return [
            (form.letter, place) for form in self.all_forms for place, key in enumerate(form.variants, 1) if key in keys
        ]


def _asked(item: Item, variant: Variant) -> Asked | AskedInWords:
    content, points = whole(variant), spelled(item.points)
    if isinstance(content, Written):
        return AskedInWords(item.place, points, content)
    return Asked(item.place, points, content)

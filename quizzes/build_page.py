"""A quiz as those who teach it find it at one moment: what the page for building shows, read from the tables once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from config.origin import origin_of
from quizzes.askable import FORMS, Askable, askable, search
from quizzes.build_forms import BuildForm
from quizzes.building import FIRST
from quizzes.kinds import shelves
from quizzes.models import Attempt, Item, Member, Quiz, Variant
from quizzes.record import counted
from quizzes.rules.phases import may_check
from quizzes.rules.points import spelled
from quizzes.stock import SIZE, size_of
from quizzes.zones import place_of

WORDS = 80
"""Characters of a search."""


@dataclass(frozen=True)
class Search:
    """What is looked for, as it stands in the query of the page."""

    words: str = ""
    lesson: str = ""
    form: str = ""

    @classmethod
    def of(cls, told: QueryDict) -> Search:
        lesson, form = told.get("lesson", ""), told.get("how", "")
        return cls(told.get("q", "")[:WORDS], lesson if lesson in shelves() else "", form if form in FORMS else "")

    @property
    def query(self) -> str:
        """The same for an address; empty where nothing is looked for."""
        told = QueryDict(mutable=True)
        told.update(
            {name: value for name, value in (("q", self.words), ("lesson", self.lesson), ("how", self.form)) if value}
        )
        return told.urlencode()

    @cached_property
    def found(self) -> list[Askable]:
        return search(self.words, self.lesson, self.form)


@dataclass(frozen=True)
class ItemRow:
    """One question of the quiz."""

    item: Item
    askable: Askable | None
    """None where there is no such template any more."""
    states: Counter[str]
    points: BoundField | None
    """The field for what it is worth; None where that stays."""

    @property
    def title(self) -> str:
        return self.askable.title if self.askable else self.item.template

    @property
    def lesson(self) -> str:
        return self.askable.lesson if self.askable else self.item.miniature

    @property
    def worth(self) -> str:
        return spelled(self.item.points)

    @property
    def is_challenge(self) -> bool:
        return self.item.kind == Item.Kind.CHALLENGE

    @property
    def made(self) -> int:
        return sum(self.states.values())

    @property
    def words(self) -> str:
        """`60 variants, 2 excluded`; of a challenge, that all get the same."""
        if self.is_challenge:
            return "a challenge, the same for all" if self.made else "not frozen yet"
        pinned, excluded = self.states[Variant.State.PINNED], self.states[Variant.State.EXCLUDED]
        told = [counted(self.made, "variant") if self.made else "no variants yet"]
        told += [f"{excluded} excluded"] if excluded else []
        told += [f"{pinned} pinned, only {'this' if pinned == 1 else 'these'} given"] if pinned else []
        return ", ".join(told)


@dataclass(frozen=True)
class BuildPage:
    """Everything that the page for building shows."""

    request: HttpRequest
    quiz: Quiz
    form: BuildForm
    search: Search
    now: datetime

    @property
    def is_draft(self) -> bool:
        return self.quiz.state == Quiz.State.DRAFT

    @cached_property
    def rows(self) -> list[ItemRow]:
        states: dict[int, Counter[str]] = {}
        for item, state in Variant.objects.filter(item__quiz=self.quiz).values_list("item", "state"):
            states.setdefault(item, Counter())[state] += 1
        known = askable()
        return [
            ItemRow(
                item, known.get(f"{item.miniature}/{item.template}"), states.get(item.pk, Counter()),
                self.form[f"points-{item.pk}"] if f"points-{item.pk}" in self.form.fields else None,
            )
            for item in Item.objects.filter(quiz=self.quiz)
        ]  # fmt: skip

    @property
    def total(self) -> str:
        return spelled(sum(row.item.points for row in self.rows))

    @property
    def wanted(self) -> int:
        """Variants that each question is to have."""
        return FIRST if self.is_draft else SIZE

    @property
    def all_wanted(self) -> int:
        return sum(size_of(row.item, self.wanted) for row in self.rows)

    @property
    def all_made(self) -> int:
        return sum(min(row.made, size_of(row.item, self.wanted)) for row in self.rows)

    @property
    def varies(self) -> bool:
        """Whether there is a question of which learners get different variants."""
        return any(not row.is_challenge for row in self.rows)

    @property
    def challenges(self) -> bool:
        """Whether there is a challenge."""
        return any(row.is_challenge for row in self.rows)

    @property
    def is_making(self) -> bool:
        """Whether variants are still to be made."""
        return self.all_made < self.all_wanted

    @cached_property
    def added(self) -> set[str]:
        """Keys of templates that the quiz has."""
        return {f"{row.item.miniature}/{row.item.template}" for row in self.rows}

    @property
    def found(self) -> list[tuple[Askable, bool]]:
        """What the search has found, and whether the quiz has it."""
        return [(one, one.key in self.added) for one in self.search.found]

    @property
    def all_askable(self) -> int:
        return len(askable())

    @property
    def lessons(self) -> list[tuple[str, str]]:
        return [(slug, shelf.title) for slug, shelf in shelves().items()]

    @property
    def forms(self) -> list[tuple[str, str]]:
        return list(FORMS.items())

    @property
    def checks(self) -> bool:
        """Whether answers can be checked."""
        return may_check(self.quiz.phases)

    @property
    def place(self) -> str:
        return place_of(self.now, self.quiz.of.zone)

    @property
    def code(self) -> list[str]:
        of = self.quiz.of
        return [of.join_code[:4], of.join_code[4:]] if of.join_code and not of.archived else []

    @property
    def link(self) -> str:
        return origin_of(self.request) + reverse("quizzes:join-class", args=[self.quiz.of.join_code])

    @cached_property
    def begun(self) -> int:
        """Learners who have begun."""
        return Attempt.objects.filter(quiz=self.quiz).values("member").distinct().count()

    @property
    def taking(self) -> int:
        return Attempt.objects.filter(quiz=self.quiz, handed_in=None).count()

    @property
    def own_time(self) -> int:
        """Learners to whom a longer time has been granted on every quiz."""
        there = Member.objects.filter(of=self.quiz.of_id, removed=None, role=Member.Role.LEARNER)
        return there.exclude(factor=1000).count()

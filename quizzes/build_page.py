"""A quiz as those who teach it find it at one moment: what the page for building shows, read from the tables once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.forms import BoundField
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from config.origin import origin_of
from quizzes.askable import FORMS, Askable, askable, search
from quizzes.build_forms import BuildForm
from quizzes.building import FIRST
from quizzes.files.quiz_file import MOST_KINDS
from quizzes.kinds import shelves
from quizzes.models import Attempt, Item, Member, Quiz, TemplateRef, Variant
from quizzes.record import counted
from quizzes.rules.phases import may_check
from quizzes.rules.points import spelled
from quizzes.stock import SIZE, part_of
from quizzes.variants_page import title_of
from quizzes.written import of_source
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
    parts: list[tuple[str, str]] = field(default_factory=list)
    """Key and title of each template of a pool; nothing where there is one."""
    chosen: str = ""
    """The template that was about to be added, where something else was wrong."""
    whole: int = 0
    """Variants that it is to have."""
    there: int = 0
    """How many of these are made."""

    @property
    def is_written(self) -> bool:
        return self.item.written is not None

    @property
    def title(self) -> str:
        if self.item.written is not None:
            return of_source(self.item.written).title
        if self.parts:
            return f"One of {len(self.parts)} questions"
        return self.askable.title if self.askable else self.item.template

    @property
    def full(self) -> bool:
        return len(self.item.kinds) >= MOST_KINDS

    @property
    def lesson(self) -> str:
        if self.is_written:
            return "written by hand"
        known = [askable().get(kind.key) for kind in self.item.kinds]
        told = [one.lesson if one else kind.miniature for one, kind in zip(known, self.item.kinds, strict=True)]
        return ", ".join(dict.fromkeys(told))

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
        count: Counter[tuple[object, ...]] = Counter()
        rows = Variant.objects.filter(item__quiz=self.quiz)
        for item, state, *kind in rows.values_list("item", "state", *TemplateRef._fields):
            states.setdefault(item, Counter())[state] += 1
            count[(item, *kind)] += 1
        return [self._row(item, states.get(item.pk, Counter()), count) for item in Item.objects.filter(quiz=self.quiz)]

    def _row(self, item: Item, states: Counter[str], count: Counter[tuple[object, ...]]) -> ItemRow:
        part, name = part_of(item, self.wanted), f"points-{item.pk}"
        return ItemRow(
            item, askable().get(item.kinds[0].key), states, self.form[name] if name in self.form.fields else None,
            [(kind.key, title_of(kind)) for kind in item.kinds] if item.also else [],
            self.request.POST.get(f"also-{item.pk}", ""), part * len(item.kinds),
            sum(min(count[(item.pk, *kind)], part) for kind in item.kinds),
        )  # fmt: skip

    @property
    def offered(self) -> list[tuple[str, list[Askable]]]:
        """What can be added to a place, under the titles of the lessons: a challenge has a place of its own."""
        found: dict[str, list[Askable]] = {}
        for one in askable().values():
            if not one.why_not and not one.is_challenge:
                found.setdefault(one.lesson, []).append(one)
        return list(found.items())

    @property
    def templates(self) -> list[ItemRow]:
        """The questions of which learners get different variants."""
        return [row for row in self.rows if row.item.varies]

    @property
    def made_by_runs(self) -> list[ItemRow]:
        """Those of which there is something to make: what is written by hand is frozen as it is saved."""
        return [row for row in self.rows if not row.is_written]

    @property
    def same(self) -> str:
        """What is the same for all learners, for the middle of a sentence; empty for nothing."""
        kinds = Counter(row.item.kind for row in self.rows)
        challenges = kinds[Item.Kind.CHALLENGE]
        told = [f"the challenge{'s' if challenges > 1 else ''}"] if challenges else []
        return " and ".join([*told, "what is written by hand"] if kinds[Item.Kind.WRITTEN] else told)

    @property
    def same_words(self) -> str:
        """The same as a sentence."""
        several = " and " in self.same or self.same.endswith("s")
        return f"{self.same[0].upper()}{self.same[1:]} {'are' if several else 'is'} the same for all learners."

    @property
    def challenges(self) -> bool:
        """Whether there is a challenge."""
        return any(row.is_challenge for row in self.rows)

    @property
    def total(self) -> str:
        return spelled(sum(row.item.points for row in self.rows))

    @property
    def wanted(self) -> int:
        """Variants that each question is to have."""
        return FIRST if self.is_draft else SIZE

    @property
    def all_wanted(self) -> int:
        return sum(row.whole for row in self.made_by_runs)

    @property
    def all_made(self) -> int:
        return sum(row.there for row in self.made_by_runs)

    @property
    def is_making(self) -> bool:
        """Whether variants are still to be made."""
        return self.all_made < self.all_wanted

    @cached_property
    def added(self) -> set[str]:
        """Keys of templates that the quiz has."""
        return {kind.key for row in self.rows for kind in row.item.kinds}

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

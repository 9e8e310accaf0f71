"""A class as those who teach it find it at one moment: what its page shows, read from the tables once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.http import HttpRequest
from django.urls import reverse

from config.origin import origin_of
from playground.drawn.symbols import qr_modules
from playground.scenes.qr import QUIET
from playground.scenes.qr import runs as strokes
from quizzes.class_forms import AllowForm, DatesForm
from quizzes.models import Attempt, Class, Extension, Member, Quiz
from quizzes.ready import Ready, by_lesson
from quizzes.record import counted, grant_words
from quizzes.zones import day_time, place_of


@dataclass(frozen=True)
class Listed:
    """A class in the list of those that somebody teaches."""

    of: Class

    @property
    def words(self) -> str:
        learners = Member.objects.filter(of=self.of, removed=None, role=Member.Role.LEARNER).count()
        quizzes = Quiz.objects.filter(of=self.of).count()
        told = f"{counted(learners, 'learner')}, {quizzes} quiz{'' if quizzes == 1 else 'zes'}"
        return f"archived · {told}" if self.of.archived else told


@dataclass(frozen=True)
class QuizRow:
    """A quiz in the table of dates."""

    quiz: Quiz
    form: DatesForm
    state: str
    limit: str
    taking: int
    """How many are taking it now."""
    done: int
    given: int
    """How many have something of their own on it."""

    @property
    def counts(self) -> str:
        told = [f"{self.taking} taking it now"] if self.taking else []
        told += [f"{self.done} handed in"] if self.done else []
        told += [f"{self.given} with more time or attempts"] if self.given else []
        return ", ".join(told)


@dataclass(frozen=True)
class MemberRow:
    """A learner in the table of members."""

    member: Member
    joined: str
    """Empty for who stands on the roster and has not come yet."""
    granted: str
    given: int
    """On how many quizzes they have something of their own."""
    form: AllowForm | None
    """Where what is granted is being changed."""

    @property
    def on_quizzes(self) -> str:
        return f"more on {self.given} quiz{'' if self.given == 1 else 'zes'}" if self.given else ""


@dataclass(frozen=True)
class ClassPage:
    """Everything that the page of a class shows."""

    request: HttpRequest
    of: Class
    now: datetime
    dates: dict[str, DatesForm]
    """Forms of quizzes that were sent and cannot be taken, by quiz."""
    opened: int = 0
    """The member whose row is being changed."""
    allow: AllowForm | None = None
    """What was sent for that one and cannot be taken."""

    @property
    def code(self) -> list[str]:
        """In two halves, as one reads it out; nothing where it is closed or leads nowhere."""
        code = self.of.join_code if not self.of.archived else None
        return [code[:4], code[4:]] if code else []

    @property
    def link(self) -> str:
        return origin_of(self.request) + reverse("quizzes:join-class", args=[self.of.join_code])

    @property
    def symbol(self) -> str:
        """The dark modules of the link's QR code, as one path."""
        return strokes(qr_modules(self.link), 1)

    @property
    def side(self) -> int:
        """Modules of it along one side, with the quiet zone."""
        return len(qr_modules(self.link)) + 2 * QUIET

    @property
    def place(self) -> str:
        """Of the clocks that the dates are read by."""
        return place_of(self.now, self.of.zone)

    @cached_property
    def quizzes(self) -> list[QuizRow]:
        attempts = Attempt.objects.filter(quiz__of=self.of, member__removed=None)
        taking = Counter(attempts.filter(handed_in=None).values_list("quiz_id", flat=True))
        done = Counter(attempts.exclude(handed_in=None).values_list("quiz_id", flat=True))
        given = Counter(Extension.objects.filter(quiz__of=self.of).values_list("quiz_id", flat=True))
        found = Quiz.objects.filter(of=self.of).select_related("of").order_by("created", "pk")
        return [
            QuizRow(
                quiz, self.dates.get(quiz.pk) or DatesForm(quiz), state_of(quiz, self.now), limit_of(quiz),
                taking[quiz.pk], done[quiz.pk], given[quiz.pk],
            )
            for quiz in found
        ]  # fmt: skip

    @property
    def ready(self) -> list[tuple[str, list[Ready]]]:
        """Quizzes to begin with, by lesson."""
        return by_lesson()

    @cached_property
    def learners(self) -> list[MemberRow]:
        given = Counter(Extension.objects.filter(quiz__of=self.of).values_list("member_id", flat=True))
        rows = Member.objects.filter(of=self.of, removed=None, role=Member.Role.LEARNER).order_by("folded", "pk")
        return [self._row(one, given[one.pk]) for one in rows]

    @property
    def waited_for(self) -> int:
        """How many stand on the roster and have not come yet."""
        return sum(not row.joined for row in self.learners)

    def _row(self, one: Member, given: int) -> MemberRow:
        joined = day_time(one.joined, self.of.zone) if one.joined else ""
        granted = grant_words(one.factor, one.days, one.extra_attempts)
        form = (self.allow or allow_form(one)) if one.pk == self.opened else None
        return MemberRow(one, joined, granted, given, form)

    @cached_property
    def removed(self) -> list[Member]:
        """Learners who were here and have left a name."""
        gone = Member.objects.filter(of=self.of, role=Member.Role.LEARNER).exclude(removed=None)
        return [one for one in gone.order_by("folded", "pk") if not one.is_erased]

    @cached_property
    def instructors(self) -> list[Member]:
        rows = Member.objects.filter(of=self.of, removed=None, role=Member.Role.INSTRUCTOR)
        return sorted(rows, key=lambda one: (one.user_id != self.of.owner_id, one.folded))


def allow_form(member: Member) -> AllowForm:
    """What is granted to a member, to be changed."""
    told = {"factor": member.factor if member.factor is not None else "", "days": member.days}
    return AllowForm(initial=told | {"extra_attempts": member.extra_attempts})


def state_of(quiz: Quiz, now: datetime) -> str:
    """What a quiz is for somebody to whom nothing else has been granted."""
    if quiz.state == Quiz.State.DRAFT:
        return "draft"
    if quiz.opens and now < quiz.opens:
        return "coming"
    return "closed" if quiz.closes and now >= quiz.closes else "open"


def limit_of(quiz: Quiz) -> str:
    return counted(quiz.limit_s // 60, "minute") if quiz.limit_s else "no limit"

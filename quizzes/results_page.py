"""The results of a quiz at one moment: who is where, and what each question tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Max, Sum
from django.urls import reverse

from playground.engine.registry import entries
from quizzes.frozen import whole
from quizzes.judging import verdict
from quizzes.models import Attempt, Entry, Item, Member, Quiz, Variant
from quizzes.record import counted, factor_words
from quizzes.rules import statistics
from quizzes.rules.points import kept, spelled
from quizzes.showing import Showing, reviewing
from quizzes.tally import BLANK, OTHER, RIGHT, Asked, Belief, Told, tally
from quizzes.terms import closing_of, ends_of
from quizzes.today import is_todays, refuting
from quizzes.written import Written
from quizzes.zones import clock_time, day_time

SIGN = timedelta(seconds=45)
"""After so long without a clock or a save there is no sign of somebody: a server cannot know more."""
RUNS = "runs"
"""Stands for who made which run of a challenge, where it is asked for by name; no wrong model is called so."""
WIDTH, HEIGHT, GAP = 240, 12, 2
"""Of the bar of a question, in units."""


class Piece(NamedTuple):
    """A stretch of a bar: its kind, where it begins, how long it is, and the strokes of its hatch."""

    kind: str
    x: float
    width: float
    hatch: str


@dataclass(frozen=True)
class LearnerRow:
    """Where one learner is."""

    member: Member
    state: str
    """finished, working, silent or absent."""
    words: str
    time: str
    points: str


@dataclass(frozen=True)
class BeliefRow:
    """One wrong idea: how many were led by it, and where it is refuted."""

    belief: Belief
    width: float
    """Of its bar, where that of the commonest is 100."""
    run: str
    """Address of the run that refutes it."""
    is_run: bool
    """Whether that is a run of the playground; else it is the review of somebody who was led by it."""
    who_address: str
    who: list[tuple[str, str]]
    """Names and addresses, where they are asked for."""

    @property
    def sentence(self) -> str:
        return self.belief.sentence


class ConditionRow(NamedTuple):
    """One condition of a challenge: in how many runs it held, and its bar, where that of all runs is 100."""

    sentence: str
    at_start: bool
    held: int
    width: float


class RunRow(NamedTuple):
    """Somebody's run: how many conditions held, and where it is looked at."""

    name: str
    address: str
    held: int


@dataclass(frozen=True)
class QuestionRow:
    """One question in the table."""

    asked: Asked
    address: str
    opened: bool

    @property
    def title(self) -> str:
        return f"{self.asked.title[:1].upper()}{self.asked.title[1:]}"

    @property
    def is_written(self) -> bool:
        """Whether it was written by hand: then there is no run that refutes anything."""
        return self.asked.item.kind == Item.Kind.WRITTEN

    @property
    def miniature(self) -> str:
        if self.is_written:
            return "written by hand"
        entry = entries().get(self.asked.kind.miniature)
        title = entry.cls.title if entry else self.asked.kind.miniature
        return f"{title} · a challenge" if self.asked.item.kind == Item.Kind.CHALLENGE else title

    @property
    def common(self) -> Belief | None:
        """The idea that led most of them astray."""
        return self.asked.beliefs[0] if self.asked.beliefs else None

    @property
    def believed(self) -> int:
        """Answers that a belief explains."""
        return sum(one.count for one in self.asked.beliefs)

    @property
    def parts(self) -> list[tuple[str, int, str]]:
        """Kind, number and words of each stretch that is not empty."""
        asked, told = self.asked, [("right", len(self.asked.of(RIGHT)), "right")]
        for place, belief in enumerate(asked.beliefs):
            told.append(("first" if not place else "belief", belief.count, f"“{belief.sentence}”"))
        other = "not all conditions" if asked.conditions else "something else"
        told += [("other", len(asked.of(OTHER)), other), ("blank", len(asked.of(BLANK)), "blank")]
        return [one for one in told if one[1]]

    @property
    def words(self) -> str:
        """The bar for who cannot see it."""
        return "; ".join(f"{count} {words}" for _, count, words in self.parts) or "no answer yet"

    @property
    def bar(self) -> list[Piece]:
        at, pieces = 0.0, []
        room = WIDTH - GAP * (len(self.parts) - 1)
        for kind, count, _ in self.parts:
            width = round(room * count / self.asked.count, 1)
            pieces.append(Piece(kind, round(at, 1), width, hatch(at, width) if kind == "belief" else ""))
            at += width + GAP
        return pieces

    @property
    def right(self) -> str:
        share = self.asked.facility
        return f"{share:.0%}".replace("%", " %") if share is not None and self.asked.is_enough else ""

    @property
    def discrimination(self) -> str:
        found = self.asked.discrimination
        return f"{found:.2f}".replace("-", "−") if found is not None and self.asked.is_enough else ""

    @property
    def time(self) -> str:
        spent = self.asked.time
        return minutes(spent) if spent is not None and self.asked.is_enough else ""


@dataclass(frozen=True)
class Results:
    """Everything that the page of results shows."""

    quiz: Quiz
    now: datetime
    question: int = 0
    """The one that is opened; 0 for the one that most got wrong."""
    who: str = ""
    """The belief whose people are named, by the name of its model."""
    part: int = 0
    """Of the question, where it is one of a pool."""

    @property
    def zone(self) -> str:
        return self.quiz.of.zone

    # People.

    @cached_property
    def members(self) -> list[Member]:
        """Learners of the class; after them those who have left it and were here."""
        rows = Member.objects.filter(of=self.quiz.of_id, role=Member.Role.LEARNER).order_by("folded", "pk")
        here = [one for one in rows if one.removed is None]
        return here + [one for one in rows if one.removed and one.pk in self.attempts]

    @cached_property
    def attempts(self) -> dict[int, list[Attempt]]:
        """Member → attempts, in order."""
        found: dict[int, list[Attempt]] = {}
        rows = Attempt.objects.filter(quiz=self.quiz, member__role=Member.Role.LEARNER)
        rows = rows.select_related("member", "paper").annotate(saved=Max("answers__saves__received"))
        for one in rows.order_by("number"):
            found.setdefault(one.member_id, []).append(one)
        return found

    @cached_property
    def ends(self) -> dict[int, datetime | None]:
        """When each attempt is over, by its key."""
        return ends_of(self.quiz, [one for attempts in self.attempts.values() for one in attempts])

    @cached_property
    def learners(self) -> list[LearnerRow]:
        return [self._learner(one) for one in self.members]

    @cached_property
    def counts(self) -> list[tuple[int, str]]:
        """How many are where."""
        states = [row.state for row in self.learners]
        return [
            (len([one for one in self.members if one.removed is None]), "in the class"),
            (states.count("finished"), "finished"),
            (states.count("working"), "working"),
            (states.count("silent"), "no sign"),
            (states.count("absent"), "not started"),
        ]

    @cached_property
    def all_points(self) -> list[int]:
        """What everybody who has finished comes to."""
        found = (self._points(attempts) for attempts in self.attempts.values())
        return [points for points in found if points is not None]

    @property
    def mean(self) -> str:
        found = statistics.mean(self.all_points)
        return short(found) if found is not None and len(self.all_points) >= statistics.ENOUGH else ""

    @property
    def middle(self) -> str:
        found = statistics.middle_half(self.all_points)
        if found is None or len(self.all_points) < statistics.ENOUGH:
            return ""
        lower, upper = map(short, found)
        return lower if lower == upper else f"{lower} to {upper}"

    @property
    def of(self) -> str:
        """The points that there are."""
        return spelled(sum({one.item.pk: one.item.points for one in self.asked if one.void != "drop"}.values()))

    @cached_property
    def live(self) -> bool:
        """Whether anything may still happen by itself."""
        closing = closing_of(self.quiz)
        return self.quiz.state == Quiz.State.PUBLISHED and (closing is None or self.now <= closing)

    @cached_property
    def revision(self) -> str:
        """Another one whenever the page would show something else."""
        rows = Attempt.objects.filter(quiz=self.quiz)
        told = rows.aggregate(all=Count("pk"), done=Count("handed_in"), changes=Sum("revision"))
        silent = "".join(str(row.member.pk) + "." for row in self.learners if row.state == "silent")
        logged = Entry.objects.filter(of=self.quiz.of_id).aggregate(last=Max("pk"))["last"]
        return f"{self.quiz.revision}-{told['all']}-{told['done']}-{told['changes'] or 0}-{logged or 0}-{silent}"

    def _points(self, attempts: list[Attempt]) -> int | None:
        return kept([one.points or 0 for one in attempts if one.handed_in], self.quiz.keep)

    def _learner(self, member: Member) -> LearnerRow:
        attempts = self.attempts.get(member.pk, [])
        points = self._points(attempts)
        told = spelled(points) if points is not None else "–"
        if not attempts:
            return LearnerRow(member, "absent", "not started", "", told)
        last = attempts[-1]
        if last.handed_in:
            more = f", {len(attempts)} attempts" if len(attempts) > 1 else ""
            left = ", has left" if member.removed else ""
            spent = f"on paper, form {last.paper.letter}" if last.paper else minutes(last.handed_in - last.started)
            return LearnerRow(member, "finished", f"finished{more}{left}", spent, told)
        sign = max(one for one in (last.started, last.seen, getattr(last, "saved", None)) if one)
        end = self.ends[last.pk]
        time = f"until {clock_time(end, self.zone)[:5]}" if end and end - self.now < timedelta(hours=18) else ""
        time = time or (f"until {day_time(end, self.zone)}" if end else "no limit")
        if member.factor != 1000:
            time += f", {factor_words(member.factor)}"
        if self.now - sign > SIGN:
            return LearnerRow(member, "silent", f"no sign since {self._since(sign)}", time, told)
        return LearnerRow(member, "working", "working", time, told)

    def _since(self, at: datetime) -> str:
        near = self.now - at < timedelta(hours=18)
        return clock_time(at, self.zone)[:5] if near else day_time(at, self.zone)

    # Questions.

    @cached_property
    def asked(self) -> list[Asked]:
        return tally(self.quiz)

    @cached_property
    def opened(self) -> Asked | None:
        """The question whose beliefs are shown."""
        for asked in self.asked:
            if asked.item.place == self.question and self.part in (0, asked.part):
                return asked
        wrong = [asked for asked in self.asked if asked.beliefs or (asked.conditions and asked.wrong)]
        return max(wrong, key=lambda one: (one.wrong / one.count, -one.item.place, -one.part), default=None)

    @property
    def questions(self) -> list[QuestionRow]:
        return [
            QuestionRow(asked, f"{self._address(asked)}#question-{asked.mark}", asked is self.opened)
            for asked in self.asked
        ]

    @property
    def row(self) -> QuestionRow | None:
        """That of the opened question."""
        return next((row for row in self.questions if row.opened), None)

    @cached_property
    def beliefs(self) -> list[BeliefRow]:
        """Of the opened question; after them what no belief explains."""
        asked = self.opened
        if asked is None or asked.conditions:
            return []
        found = list(asked.beliefs)
        if other := asked.of(OTHER):
            found.append(Belief(OTHER, "", tuple(other)))
        most = max((one.count for one in found), default=1)
        return [self._belief(asked, one, most) for one in found]

    @property
    def conditions(self) -> list[ConditionRow]:
        """Of the opened question, where that is a challenge."""
        asked = self.opened
        if asked is None or not asked.count:
            return []
        told = zip(asked.conditions, asked.held, strict=True)
        return [
            ConditionRow(one.sentence, one.at_start, held, round(100 * held / asked.count, 1)) for one, held in told
        ]

    @property
    def blank(self) -> int:
        """Who left the opened question blank."""
        return len(self.opened.of(BLANK)) if self.opened else 0

    @property
    def made(self) -> list[RunRow]:
        """The runs that were made of the opened challenge, where they are asked for: those that lack most first."""
        if self.opened is None or self.who != RUNS:
            return []
        rows = [
            RunRow(
                self._name(one.member),
                f"{self._learner_address(one.member)}?attempt={one.number}&question={one.place}",
                sum(one.held),
            )
            for one in self.opened.told
            if one.value
        ]
        return sorted(rows, key=lambda row: (row.held, row.name))

    @property
    def made_address(self) -> str:
        """Where they are listed, or no longer."""
        if self.opened is None:
            return ""
        return f"{self._address(self.opened, '' if self.who == RUNS else RUNS)}#question-{self.opened.mark}"

    @property
    def summary(self) -> str:
        """How many of the wrong answers are explained."""
        asked = self.opened
        if asked is None or not asked.beliefs:
            return ""
        explained, count = sum(one.count for one in asked.beliefs), len(asked.beliefs)
        ideas = "one idea" if count == 1 else f"{count} ideas"
        if asked.item.kind == Item.Kind.WRITTEN:
            return f"{explained} of {counted(asked.wrong, 'wrong answer')} come from {ideas}."
        return f"Variants differ, beliefs do not: {explained} of {asked.wrong} wrong answers come from {ideas}."

    @cached_property
    def example(self) -> tuple[Showing, Told, str] | None:
        """Somebody who was led by the commonest belief of the opened question: their picture, takes one run. None where
        there is no picture."""
        if self.opened is None or not self.opened.beliefs:
            return None
        told = self._best(self.opened.beliefs[0])
        content = whole(Variant.objects.get(pk=told.variant))
        if isinstance(content, Written):
            return None
        shown = reviewing(content, told.value, page="", trace="", run=is_todays(content))
        return shown, told, self._name(told.member)

    def _best(self, belief: Belief) -> Told:
        """The one whose run parts first: it takes the least to see."""
        variants = self._variants([one.variant for one in belief.told])

        def step(told: Told) -> int:
            parting = verdict(variants[told.variant], told.value).parting
            return parting.step if parting else 10**6

        return min(belief.told, key=lambda told: (step(told), told.attempt))

    def _variants(self, keys: list[int]) -> dict[int, Any]:
        return {key: whole(one) for key, one in Variant.objects.in_bulk(set(keys)).items()}

    def _belief(self, asked: Asked, belief: Belief, most: int) -> BeliefRow:
        told = belief.told[0] if belief.model == OTHER else self._best(belief)
        content = whole(Variant.objects.get(pk=told.variant))
        run = refuting(content, verdict(content, told.value))
        review = f"{self._learner_address(told.member)}?attempt={told.number}&question={told.place}"
        named = belief.model == self.who
        who = [(self._name(one.member), self._learner_address(one.member)) for one in belief.told] if named else []
        back = "" if named else belief.model
        return BeliefRow(
            belief, round(100 * belief.count / most, 1), run or review, bool(run),
            f"{self._address(asked, back)}#question-{asked.mark}", sorted(who),
        )  # fmt: skip

    def _name(self, member: int) -> str:
        return next((one.name for one in self.members if one.pk == member), "somebody")

    def _learner_address(self, member: int) -> str:
        return reverse("quizzes:learner", args=[self.quiz.pk, member])

    def _address(self, asked: Asked, who: str = "") -> str:
        told: dict[str, object] = {"question": asked.item.place}
        told |= ({"part": asked.part} if asked.part else {}) | ({"who": who} if who else {})
        return f"{reverse('quizzes:results', args=[self.quiz.pk])}?{urlencode(told)}"

    @property
    def now_address(self) -> str:
        """Where the page asks whether anything has changed."""
        told = {"since": self.revision, "question": self.question or "", "part": self.part or "", "who": self.who}
        return f"{reverse('quizzes:results-now', args=[self.quiz.pk])}?{urlencode(told)}"


def minutes(spent: timedelta) -> str:
    """`1:21`, minutes and seconds; `25 min` from ten minutes on; hours beyond."""
    seconds = int(spent.total_seconds())
    if seconds < 600:
        return f"{seconds // 60}:{seconds % 60:02}"
    if seconds < 3 * 3600:
        return f"{round(seconds / 60)} min"
    return f"{round(seconds / 3600)} h"


def short(points: float) -> str:
    """Points with one decimal at most."""
    return f"{points / 1000:.1f}".removesuffix(".0")


def hatch(x: float, width: float) -> str:
    """Strokes that slant upwards over a stretch of a bar, as a path."""
    strokes = []
    for step in range(4, int(width + HEIGHT), 4):
        begin, end = max(0, step - width), min(step, HEIGHT)
        if begin < end:
            strokes.append(f"M{x + step - begin:.1f} {begin:g}L{x + step - end:.1f} {end:g}")
    return "".join(strokes)

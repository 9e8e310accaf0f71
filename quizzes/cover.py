"""The page before an attempt: the rules as sentences, with the times that hold for this member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from quizzes.models import Attempt, Item, Member, Quiz
from quizzes.rules.phases import WORDS, Part, Phase, may_check
from quizzes.rules.points import spelled
from quizzes.sitting import Sitting
from quizzes.starting import refusal
from quizzes.terms import attempts_of, terms_of
from quizzes.zones import long_time


class Earlier(NamedTuple):
    """A row of the attempts that were made."""

    number: int
    address: str
    started: str
    ended: str
    points: str


@dataclass(frozen=True)
class Cover:
    """A quiz as one member finds it at one moment; as anybody who joins, where the member is not in a table yet."""

    quiz: Quiz
    member: Member
    now: datetime

    @cached_property
    def attempts(self) -> list[Attempt]:
        found = (
            Attempt.objects.filter(quiz=self.quiz, member_id=self.member.pk).order_by("number").select_related("paper")
        )
        for one in found:
            one.quiz, one.member = self.quiz, self.member
        return list(found)

    @property
    def going(self) -> str:
        """The address of the attempt that is open: its first question without an answer."""
        one = next((one for one in self.attempts if one.handed_in is None), None)
        if one is None:
            return ""
        first = one.answers.filter(value=None).order_by("place").values_list("place", flat=True).first()
        return reverse("quizzes:question", args=[self.quiz.pk, one.number, first or 1])

    @property
    def refusal(self) -> str:
        return refusal(self.quiz, self.member, self.now)

    @property
    def earlier(self) -> list[Earlier]:
        zone = self.quiz.of.zone
        return [
            Earlier(
                one.number,
                reverse("quizzes:attempt", args=[self.quiz.pk, one.number]),
                f"on paper, form {one.paper.letter}" if one.paper else long_time(one.started, zone),
                long_time(one.handed_in, zone),
                Sitting(one, self.now).points_words or "not shown yet",
            )
            for one in self.attempts
            if one.handed_in
        ]

    @property
    def sentences(self) -> list[str]:
        """The rules."""
        return [*self._size(), *self._times(), *self._tries(), *self._shown(), self._book()]

    def _size(self) -> list[str]:
        worth = list(Item.objects.filter(quiz=self.quiz).values_list("points", flat=True))
        points = sum(worth)
        questions = f"{len(worth)} question{'' if len(worth) == 1 else 's'}"
        return [f"{questions}, {spelled(points)} point{'' if points == 1000 else 's'} in all."]

    def _times(self) -> list[str]:
        terms, zone, told = terms_of(self.quiz, self.member), self.quiz.of.zone, []
        if terms.opens and not terms.has_opened(self.now):
            told.append(f"It opens {long_time(terms.opens, zone)}.")
        if terms.closing:
            closes = "It closed" if terms.has_closed(self.now) else "It closes"
            told.append(f"{closes} {long_time(terms.closing, zone)}.")
        if terms.limit:
            minutes = int(terms.limit.total_seconds()) // 60
            told.append(f"You have {minutes} minute{'' if minutes == 1 else 's'} from the moment you start.")
        else:
            told.append("There is no time limit.")
        return told

    def _tries(self) -> list[str]:
        allowed, quiz = attempts_of(self.quiz, self.member), self.quiz
        if allowed is None:
            told = ["You may take it as often as you like"]
        else:
            used = len(self.attempts)
            told = [f"You may take it {'once' if allowed == 1 else f'{allowed} times'}"]
            if used and allowed > 1:
                told[0] += f", and have {max(allowed - used, 0)} left"
        if allowed != 1:
            told[0] += {
                "best": "; the best counts", "last": "; the last counts",
                "first": "; the first counts", "average": "; the mean of them counts",
            }[quiz.keep]  # fmt: skip
        told[0] += "."
        if may_check(quiz.phases):
            worth = ", ".join(f"{spelled(one * 100)} %" for one in quiz.tries)
            many = len(quiz.tries)
            told.append(f"Each answer can be checked {'once' if many == 1 else f'{many} times'}, worth {worth}.")
        return told

    def _shown(self) -> list[str]:
        phases = self.quiz.phases
        names = {Part.VERDICT: "Right or wrong", Part.ANSWER: "the reason", Part.RUN: "the run"}
        groups: dict[Phase, list[str]] = {}
        for part, name in names.items():
            groups.setdefault(Phase(phases[part]), []).append(name)
        if may_check(phases):
            # A verdict is told after each check, the rest when it gives nothing away.
            groups[Phase.CHECKING].remove(names[Part.VERDICT])
        told = [f"{' and '.join(group)} {WORDS[phase]}" for phase, group in groups.items() if group]
        if may_check(phases):
            told.insert(0, f"{names[Part.VERDICT]} after each check")
        sentence = "; ".join(told)
        return [f"You see: {sentence[0].lower()}{sentence[1:]}."]

    def _book(self) -> str:
        if self.quiz.open_book:
            return "Open book: the playground and your notes are allowed."
        return "Please answer without the playground and without notes; nothing here watches you."

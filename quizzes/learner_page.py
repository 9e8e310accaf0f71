"""One learner's attempts at a quiz, as those who teach see them: what was asked, every save and when, the points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple

from django.urls import reverse

from quizzes import showing_written
from quizzes.challenged import held_now, is_of_challenge
from quizzes.frozen import thaw
from quizzes.grading import counts, share_of
from quizzes.judging import Question
from quizzes.models import Answer, Attempt, Entry, Member, Quiz, Save
from quizzes.record import Line, lines
from quizzes.results_page import minutes
from quizzes.rules.points import points_in_words, spelled
from quizzes.run_pair import RunPair
from quizzes.showing import Showing, asking, reviewing
from quizzes.showing_written import WrittenShowing
from quizzes.sitting import Sitting
from quizzes.today import is_todays, run_of
from quizzes.written import Written
from quizzes.zones import clock_time, day_time


class SaveRow(NamedTuple):
    """One save: when, after how long, what it said, and whether it counted."""

    at: str
    after: str
    value: str
    """Empty for blank."""
    kind: str
    late: bool
    run: str
    """Of a challenge: address of the run."""


@dataclass(frozen=True)
class AnswerRow:
    """One question of the attempt."""

    place: int
    title: str
    prompt: str
    value: str
    state: str
    """right, partly, wrong, or blank."""
    points: str
    note: str
    """excused, by hand."""
    tries: int
    address: str


@dataclass(frozen=True)
class LearnerPage:
    """Everything that the page of one learner shows."""

    quiz: Quiz
    member: Member
    now: datetime
    number: int = 0
    """Of the attempt; 0 for the last."""
    place: int = 0
    """Of the question; 0 for the first."""

    @property
    def zone(self) -> str:
        return self.quiz.of.zone

    @cached_property
    def attempts(self) -> list[Attempt]:
        rows = Attempt.objects.filter(quiz=self.quiz, member=self.member)
        return list(rows.select_related("quiz__of", "member__of", "paper").order_by("number"))

    @cached_property
    def attempt(self) -> Attempt | None:
        """The one that is shown; None where there is none."""
        wanted = (one for one in self.attempts if one.number == self.number)
        return next(wanted, self.attempts[-1] if self.attempts else None)

    @property
    def others(self) -> list[tuple[int, str, bool]]:
        """Number, address and whether it is the one that is shown, of each attempt."""
        return [(one.number, self._address(one.number), one is self.attempt) for one in self.attempts]

    @cached_property
    def sitting(self) -> Sitting:
        """The shown attempt at the shown question. Raises LookupError where there is none."""
        if self.attempt is None:
            raise LookupError("there is no attempt")
        places = [one.place for one in Sitting(self.attempt, self.now).answers]
        return Sitting(self.attempt, self.now, self.place if self.place in places else 1)

    @property
    def answer(self) -> Answer:
        return self.sitting.answer

    @property
    def times(self) -> str:
        """When it was started, and how it ended or ends."""
        attempt = self.sitting.attempt
        if attempt.paper and attempt.handed_in:
            return f"On paper, form {attempt.paper.letter}; typed in {day_time(attempt.handed_in, self.zone)}."
        told = f"Started {day_time(attempt.started, self.zone)}"
        if attempt.handed_in:
            by_time = ", by time" if self.sitting.end == attempt.handed_in else ""
            spent = minutes(attempt.handed_in - attempt.started)
            return f"{told}, handed in {clock_time(attempt.handed_in, self.zone)}{by_time} after {spent}."
        return f"{told}, open; ends {self.sitting.end_words or 'never'}."

    @property
    def points(self) -> str:
        """`7.5 of 10 points`, whatever the learner may see already; empty while it is open."""
        attempt = self.sitting.attempt
        if attempt.points is None:
            return ""
        return f"{spelled(attempt.points)} of {points_in_words(sum(counts(one) for one in self.sitting.answers))}"

    @property
    def rows(self) -> list[AnswerRow]:
        return [self._row(one) for one in self._answers]

    @cached_property
    def _answers(self) -> list[Answer]:
        found = Answer.objects.filter(attempt=self.attempt).select_related("variant__item").defer("variant__steps")
        return list(found)

    def _row(self, answer: Answer) -> AnswerRow:
        content = answer.variant.content
        worth, points = answer.variant.item.points, answer.points
        told = f"{spelled(points)} of {spelled(worth)}" if points is not None else f"– of {spelled(worth)}"
        note = "excused" if answer.excused else "does not count" if not counts(answer) else ""
        if not note and answer.by_hand is not None:
            note = "by hand"
        said = held_words(answer) if is_of_challenge(answer.variant) else answer.value or ""
        return AnswerRow(
            answer.place, f"{content['title'][:1].upper()}{content['title'][1:]}", words_of(thaw(answer.variant)),
            said, self.state_of(answer), told, note, answer.tries_used,
            f"{self._address(self.sitting.attempt.number, answer.place)}#asked",
        )  # fmt: skip

    def state_of(self, answer: Answer) -> str:
        if answer.value is None:
            return "blank"
        worth = share_of(answer, thaw(answer.variant), answer.value)
        return "right" if worth == 1 else "partly" if worth else "wrong"

    @cached_property
    def pair(self) -> RunPair | None:
        """Of a challenge: the run that was made, beside the solution. Takes two runs."""
        if not is_of_challenge(self.answer.variant):
            return None
        trace = reverse("quizzes:learner-trace", args=self._arguments)
        value, held = self.answer.value, held_now(self.answer)
        return RunPair(self.sitting.challenge, value, held, self.here, trace, whose=self.member.name)

    @cached_property
    def showing(self) -> Showing | WrittenShowing | None:
        """The question with what was answered, everything told; takes a run where the model is that of then.

        None for a challenge.
        """
        if self.pair:
            return None
        content, value = self.sitting.content, self.answer.value
        if isinstance(content, Written):
            return showing_written.reviewing(content, value or "")
        trace = reverse("quizzes:learner-trace", args=self._arguments)
        if value is None:
            return asking(content, page=self.here, trace=trace)
        return reviewing(content, value, page=self.here, trace=trace, run=is_todays(content))

    @property
    def variant(self) -> int:
        return int(self.answer.variant.number)

    @property
    def sees(self) -> str:
        """How much of that the learner may see by now, as a sentence without its subject."""
        shows, value = self.sitting.shows, self.answer.value
        if value is None and not shows["answer"]:
            return "sees the question so far"
        if shows["run"] or (shows["answer"] and isinstance(self.sitting.content, Written)):
            return "sees all of this by now"
        if shows["answer"]:
            return "sees the right answer and its reason by now, and not the run"
        if shows["verdict"]:
            return "sees whether it is right by now, and no more"
        return "sees the question and the saved answer so far, and no more"

    @property
    def saves(self) -> list[SaveRow]:
        """Everything that was acknowledged at the shown question, in order."""
        rows = Save.objects.filter(answer=self.answer).order_by("number")
        started = self.sitting.attempt.started
        return [
            SaveRow(
                clock_time(one.received, self.zone), minutes(one.received - started),
                f"{sum(one.held)} of {len(one.held)} conditions" if one.held else one.value or "",
                "checked" if one.kind == Save.Kind.CHECK else "saved", one.late,
                run_of(self.sitting.challenge, one.value) if one.held and one.value else "",
            )
            for one in rows
        ]  # fmt: skip

    @property
    def lines(self) -> list[Line]:
        """What was done for this learner at this quiz, the newest first."""
        own = Entry.objects.filter(quiz=self.quiz, new__member=self.member.pk).select_related(
            "quiz", "attempt__member", "by"
        )
        return lines(self.quiz.of, own.order_by("-at", "-pk")[:50])

    # Addresses.

    @property
    def _arguments(self) -> list[object]:
        return [self.quiz.pk, self.member.pk, self.sitting.attempt.number, self.sitting.place]

    @property
    def acts(self) -> dict[str, str]:
        """Where the forms of this page are sent."""
        whole, one = self._arguments[:3], self._arguments
        return {
            "give": reverse("quizzes:learner-give", args=whole),
            "reopen": reverse("quizzes:learner-reopen", args=whole),
            "excuse": reverse("quizzes:learner-excuse", args=one),
            "points": reverse("quizzes:learner-points", args=one),
        }

    @property
    def here(self) -> str:
        return self._address(self.sitting.attempt.number, self.sitting.place)

    def _address(self, number: int, place: int = 0) -> str:
        told = f"?attempt={number}" + (f"&question={place}" if place else "")
        return reverse("quizzes:learner", args=[self.quiz.pk, self.member.pk]) + told


def words_of(content: Question) -> str:
    """What is asked, in one line."""
    return content.words if isinstance(content, Written) else content.prompt


def held_words(answer: Answer) -> str:
    """`3 of 4 conditions`, of an answer to a challenge; empty for a blank."""
    held = held_now(answer)
    return f"{sum(held)} of {len(held)} conditions" if held else ""

"""An attempt as its pages show it: one function of the tables, the rules and the server's clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.db.models.fields.json import KeyTextTransform
from django.urls import reverse

from playground.engine.content import Content
from quizzes import showing_written
from quizzes.challenged import held_now, is_challenge
from quizzes.frozen import thaw, whole
from quizzes.grading import counts, key_now, rulings_of, share_of, standing_of
from quizzes.judging import Question
from quizzes.models import Answer, Attempt, Item, Quiz, Save, Variant
from quizzes.rules.phases import Part, may_check, visible
from quizzes.rules.points import Standing, points_in_words, spelled
from quizzes.rules.regrade import Void
from quizzes.run_pair import RunPair
from quizzes.saving import since
from quizzes.showing import Showing, asking, reviewing
from quizzes.showing_written import WrittenShowing, listed
from quizzes.terms import attempts_of, closing_of, end_of
from quizzes.today import is_todays
from quizzes.whose import token
from quizzes.written import Written
from quizzes.zones import clock_time, long_time, short_time, stamp

FEW = 5
"""Answers below which nobody is told how many thought the same: with fewer one could tell who."""


@dataclass(frozen=True)
class Place:
    """One question on the scale: its number, its name, and what is shown of it."""

    number: int
    title: str
    address: str
    state: str
    """blank, saved, right, partly or wrong: never more than may be seen."""
    here: bool = False

    @property
    def words(self) -> str:
        """What the sign means."""
        return {"blank": "nothing saved", "saved": "saved", "partly": "right in part"}.get(self.state, self.state)


@dataclass(frozen=True)
class Sitting:
    """One attempt at one moment."""

    attempt: Attempt
    now: datetime
    place: int = 0
    """The question that is shown; 0 for none."""

    @property
    def quiz(self) -> Quiz:
        return self.attempt.quiz

    @property
    def zone(self) -> str:
        return self.quiz.of.zone

    @property
    def over(self) -> bool:
        """Whether it is handed in, by hand or by time."""
        return self.attempt.handed_in is not None

    @cached_property
    def allowed(self) -> int | None:
        return attempts_of(self.quiz, self.attempt.member)

    # Time.

    @cached_property
    def end(self) -> datetime | None:
        return end_of(self.attempt)

    @property
    def end_words(self) -> str:
        """`14:45 in Vienna (UTC+1)`; with its date where that is another day."""
        if self.end is None:
            return ""
        near = (self.end - self.now).total_seconds() < 18 * 3600
        return short_time(self.end, self.zone) if near else long_time(self.end, self.zone)

    @property
    def end_clock(self) -> str:
        """`14:45:00`."""
        return clock_time(self.end, self.zone) if self.end else ""

    @property
    def stamps(self) -> dict[str, str | None]:
        return {"now": stamp(self.now), "end": stamp(self.end)}

    @property
    def left_words(self) -> str:
        """What is left, for a page that does not count: `18:42`."""
        if self.end is None:
            return ""
        seconds = max(int((self.end - self.now).total_seconds()), 0)
        days, hours, minutes = seconds // 86_400, seconds // 3600, seconds // 60 % 60
        if days:
            return f"{days:,} day{'s' if days > 1 else ''}"
        return f"{hours}:{minutes:02}:{seconds % 60:02}" if hours else f"{minutes}:{seconds % 60:02}"

    @property
    def ended_words(self) -> str:
        at = self.attempt.handed_in
        return f"{clock_time(at, self.zone)}" if at else ""

    @cached_property
    def closed(self) -> bool:
        """Whether everybody's time is over."""
        closing = closing_of(self.quiz)
        return closing is not None and self.now > closing

    @property
    def released(self) -> str:
        """When what is still hidden is shown, as a sentence; empty where nothing more will be."""
        if self.closed or "closing" not in self.quiz.phases.values():
            return ""
        closing = closing_of(self.quiz)
        what = "Reasons and runs" if self.points_words else "Results"
        return f"{what} on {long_time(closing, self.zone)}." if closing else ""

    # Questions.

    @cached_property
    def answers(self) -> list[Answer]:
        found = Answer.objects.filter(attempt=self.attempt).select_related("variant__item__quiz")
        # Pictures are large, and of one question alone are they shown.
        return list(
            found.defer("variant__content", "variant__steps").annotate(
                title=KeyTextTransform("title", "variant__content")
            )
        )

    @cached_property
    def answer(self) -> Answer:
        """The one that is shown. Raises LookupError where there is none."""
        for one in self.answers:
            if one.place == self.place:
                one.attempt = self.attempt
                return one
        raise LookupError(f"there is no question {self.place}")

    @cached_property
    def content(self) -> Question:
        return whole(self.answer.variant)

    @property
    def challenge(self) -> Content:
        """The same where it is a challenge. Raises LookupError where it is none."""
        if is_challenge(self.content):
            return self.content
        raise LookupError(f"question {self.place} is no challenge")

    @property
    def is_todays(self) -> bool:
        """Whether the model and the template are those that the question was made with."""
        return is_todays(self.content)

    @property
    def changed(self) -> str:
        """What a reader is told where they are not; empty where they are, and where there is no model."""
        if isinstance(self.content, Written) or self.is_todays or not self.shows["answer"]:
            return ""
        return "The model has been changed since. What you see here is what was asked then; today’s run may differ."

    @property
    def regraded(self) -> str:
        """What a regrade has decided about the shown question since, as far as the answer may be told; else empty."""
        key = key_now(self.answer.variant)
        if not self.over or not rulings_of(self.answer.variant):
            return ""
        if key.void:
            told = {Void.DROP: "it counts for nobody", Void.FULL: "everybody has its points"}
            return f"This question has been taken out since: {told[key.void]}."
        if is_challenge(self.content):
            return "It has been regraded since, by today’s run." if key.parts else "It has been regraded since."
        right = [one for one in key.right if one != self.content.right]
        if not right or not self.shows["answer"]:
            return ""
        too = ", or ".join(map(listed, right)) if isinstance(self.content, Written) else ", ".join(right)
        return f"It has been regraded since. Right too: {too}."

    def showing(self, typed: str | None) -> Showing | WrittenShowing:
        """The picture, the list and, as far as it may be told, the review."""
        if isinstance(self.content, Written):
            return self._written(self.content, typed)
        page, trace = self.question_address, self.address("answer-trace", self.place)
        value = self.answer.value
        if self.open:
            return asking(self.content, page=page, trace=trace, typed=value or "" if typed is None else typed)
        shows = self.shows
        if value is None or not shows["verdict"]:
            return asking(self.content, page=page, trace=trace, typed=value or "")
        run = shows["run"] and self.is_todays
        return reviewing(self.content, value, page=page, trace=trace, reason=shows["answer"], run=run)

    def _written(self, content: Written, typed: str | None) -> WrittenShowing:
        """The same of one that was written by hand."""
        value, shows = self.answer.value, self.shows
        if self.open:
            return showing_written.asking(content, typed=value or "" if typed is None else typed)
        if not shows["answer"] and (value is None or not shows["verdict"]):
            return showing_written.asking(content, typed=value or "")
        return showing_written.reviewing(content, value or "", reason=shows["answer"])

    @property
    def run_pair(self) -> RunPair:
        """Of a challenge: the run that was made and, as far as it may be shown, a solution."""
        shows = self.shows
        return RunPair(
            self.challenge, self.answer.value, held_now(self.answer),
            self.question_address, self.address("answer-trace", self.place),
            answer=shows["answer"], run=shows["run"],
        )  # fmt: skip

    @property
    def checked_last(self) -> str:
        """What was checked last."""
        last = Save.objects.filter(answer=self.answer, kind=Save.Kind.CHECK, late=False).order_by("-number").first()
        return str(last.value) if last else ""

    @property
    def checked_partly(self) -> bool:
        """Whether some of what was checked last is right; where it may be told, in the words of the verdict."""
        return bool(self.checked_last and share_of(self.answer, self.content, self.checked_last))

    @cached_property
    def standing(self) -> Standing:
        return standing_of(self.answer, over=self.over)

    @property
    def checking(self) -> bool:
        """Whether an answer can be checked."""
        return may_check(self.quiz.phases) and not self.over

    @property
    def open(self) -> bool:
        """Whether the shown answer can still be changed."""
        return not self.over and self.answer.points is None

    def parts(self, answer: Answer) -> frozenset[Part]:
        """What may be shown of an answer."""
        return visible(
            self.quiz.phases,
            checked=answer.tries_used > 0,
            decided=answer.points is not None,
            handed_in=self.over,
            closed=self.closed,
        )

    @property
    def shows(self) -> dict[str, bool]:
        """The same of the shown one, for a template."""
        parts = self.parts(self.answer)
        return {str(part): part in parts for part in Part}

    @property
    def places(self) -> list[Place]:
        return [
            Place(
                one.place,
                getattr(one, "title"),  # noqa: B009 - annotated by the query, which the type of a row does not know
                self.address("question", one.place),
                self.state_of(one),
                one.place == self.place,
            )
            for one in self.answers
        ]

    def state_of(self, answer: Answer) -> str:
        """What the scale shows of an answer."""
        if answer.value is None:
            return "blank"
        if answer.points is not None and Part.VERDICT in self.parts(answer):
            item = answer.variant.item
            if not answer.points or answer.points >= item.points or answer.by_hand is not None:
                return "right" if answer.points >= item.points else "partly" if answer.points else "wrong"
            # Right at a later try is worth less, and right all the same.
            if item.kind == Item.Kind.TEMPLATE or share_of(answer, thaw(answer.variant), str(answer.value)) == 1:
                return "right"
            return "partly"
        return "saved"

    @property
    def blank(self) -> int:
        """Questions without an answer."""
        return sum(one.value is None for one in self.answers)

    @property
    def saved_words(self) -> str:
        """When the shown answer was saved last: `14:26:18`; empty where nothing is."""
        return since(self.answer, self.attempt)

    @property
    def worth(self) -> str:
        return spelled(self.answer.variant.item.points)

    @property
    def left_out(self) -> bool:
        """Whether the shown answer counts for nothing: it was excused, or the question is."""
        return self.over and not counts(self.answer)

    @property
    def got(self) -> str:
        """Points of the shown answer; empty where they may not be seen."""
        if self.answer.points is None or Part.VERDICT not in self.parts(self.answer):
            return ""
        return spelled(self.answer.points)

    @property
    def try_words(self) -> str:
        """`Try 2 of 3: worth 60 %`; empty where nothing can be checked."""
        tries, used = self.quiz.tries, self.answer.tries_used
        if not self.checking or used >= len(tries):
            return ""
        return f"Try {used + 1} of {len(tries)}: worth {spelled(tries[used] * 100)} %"

    @property
    def points_words(self) -> str:
        """`7.5 of 10 points`; empty until verdicts may be seen."""
        if self.attempt.points is None or any(Part.VERDICT not in self.parts(one) for one in self.answers):
            return ""
        of = sum(counts(one) for one in self.answers)
        return f"{spelled(self.attempt.points)} of {points_in_words(of)}"

    @property
    def thought_so(self) -> tuple[int, int] | None:
        """How many others were led to the same wrong answer, and how many answered; None with fewer than five."""
        if Part.ANSWER not in self.parts(self.answer) or self.answer.value is None or self.standing.right:
            return None
        item, kind = self.answer.variant.item_id, self.answer.variant.kind
        alike = Variant.objects.filter(item=item, **kind._asdict())
        said = Answer.objects.filter(variant__in=alike, attempt__handed_in__isnull=False, attempt__preview=False)
        said = said.exclude(value=None)
        told = said.values_list("variant_id", "value")
        if isinstance(self.content, Written):
            # There is one variant of it.
            mine, counted = self.content.group(self.answer.value), [self.content.group(value) for _, value in told]
        else:
            beliefs = {
                (pk, option["value"]): option["model"]
                for pk, options in alike.values_list("pk", "content__options")
                for option in options
            }
            mine = beliefs.get((self.answer.variant_id, self.answer.value), "")
            counted = [beliefs.get(one, "") for one in told]
        return (counted.count(mine), len(counted)) if mine and len(counted) >= FEW else None

    # Addresses.

    def address(self, view: str, *more: object) -> str:
        return reverse(f"quizzes:{view}", args=[self.quiz.pk, self.attempt.number, *more])

    @property
    def page(self) -> str:
        return self.address("attempt")

    @property
    def question_address(self) -> str:
        return self.address("question", self.place)

    @property
    def save_address(self) -> str:
        return self.address("save", self.place)

    @property
    def next_address(self) -> str:
        """The next question, or the page where one hands in."""
        return self.address("question", self.place + 1) if self.place < len(self.answers) else self.page

    @property
    def who(self) -> str:
        """Says in what the page sends whose it is."""
        return token(self.attempt)

    @property
    def box(self) -> str:
        """Names what this browser keeps of the shown answer until it is acknowledged."""
        return f"{self.who}/{self.place}"

    @property
    def api(self) -> dict[str, str]:
        arguments = [self.quiz.pk, self.attempt.number]
        return {
            "clock": reverse("quizzes:api:clock", args=arguments),
            "save": reverse("quizzes:api:save_answer", args=[*arguments, self.place]),
        }

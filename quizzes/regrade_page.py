"""The regrade of a quiz: what today's code answers, what is proposed, and what that would change for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from playground.engine.registry import entries
from quizzes import regrading
from quizzes.frozen import thaw
from quizzes.grading import key_now
from quizzes.markdown import plain_line
from quizzes.models import Entry, Item, Quiz, Variant
from quizzes.record import Line, lines
from quizzes.regrading import Change, Proposal
from quizzes.rerunning import is_todays, rerun_of, variants_of
from quizzes.rules.points import spelled
from quizzes.rules.regrade import Void
from quizzes.showing_written import listed
from quizzes.tally import BLANK, RIGHT, Asked, tally
from quizzes.today import run_address
from quizzes.written import of_content

TODAY, ACCEPT, VOID = "today", "accept", "void"
"""What can be proposed."""
SIGNS = {"up": "▲", "down": "▽", "same": "=", "hand": "✎"}
WAYS = {"drop": Void.DROP, "full": Void.FULL, "count": Void.NO}
"""What can become of a question, by the word in the address."""
SHOWN = 100
"""Rows of the table that are shown at once."""


class ChangedVariant(NamedTuple):
    """A variant that today's code answers otherwise."""

    place: int
    number: int
    prompt: str
    then: str
    now: str
    versions: str
    run: str


class ChangeRow(NamedTuple):
    """What becomes of one answer."""

    kind: str
    sign: str
    name: str
    address: str
    place: int
    value: str
    old: str
    new: str
    why: str
    run: str


class Choice(NamedTuple):
    """An answer that could be accepted: its value in the form, and its words."""

    value: str
    words: str


@dataclass(frozen=True)
class RegradePage:
    """Everything that the page of the regrade shows."""

    quiz: Quiz
    now: datetime
    what: str = TODAY
    place: int = 0
    """Of the question, where one is accepted or voided."""
    said: str = ""
    """The answer to accept (`model:Name` or `variant:number:value`), or what becomes of the question."""
    lower: bool = False
    show: str = ""
    """Kind of the rows that are shown; empty for all."""

    # Running again.

    @cached_property
    def variants(self) -> list[Variant]:
        return list(variants_of(self.quiz).select_related("item").defer("steps"))

    @property
    def done(self) -> int:
        """Variants that today's code has run."""
        return sum(is_todays(one) for one in self.variants)

    @property
    def complete(self) -> bool:
        return self.done == len(self.variants)

    @property
    def failed(self) -> list[tuple[int, int, str]]:
        """Place, number and reason of each variant that could not be run: those answers keep their points."""
        told = ((one, rerun_of(one)) for one in self.variants)
        return [(one.item.place, one.number, rerun.failed) for one, rerun in told if rerun and rerun.right is None]

    @cached_property
    def written(self) -> list[int]:
        """Places of the questions that were written by hand, in which there is nothing to run."""
        return list(Item.objects.filter(quiz=self.quiz, kind=Item.Kind.WRITTEN).values_list("place", flat=True))

    @cached_property
    def differing(self) -> list[ChangedVariant]:
        found = []
        for one in self.variants:
            rerun, key = rerun_of(one), key_now(one)
            if rerun is None or rerun.right is None or rerun.right == key.right[0]:
                continue
            before, after = one.content["miniature_version"], rerun.miniature_version
            versions = f"version {before} → {after}" if before != after else f"version {after}"
            run = run_address(thaw(one))
            found.append(
                ChangedVariant(
                    one.item.place, one.number, one.content["prompt"], key.right[0], rerun.right, versions, run
                )
            )
        return found

    @property
    def history(self) -> list[tuple[int, str]]:
        """What changed in the models between what was frozen and today: version and words."""
        told: dict[tuple[int, str], None] = {}
        for one in self.variants:
            if entry := entries().get(one.miniature):
                frozen = int(one.content["miniature_version"])
                for version, words in entry.changes.items():
                    if int(version) > frozen:
                        told[int(version), words] = None
        return sorted(told)

    # What is proposed.

    @cached_property
    def item(self) -> Item | None:
        return Item.objects.select_related("quiz__of").filter(quiz=self.quiz, place=self.place).first()

    @cached_property
    def proposal(self) -> Proposal | None:
        """None where it is not said yet what to accept or to void, or there is no such answer."""
        if self.what == TODAY:
            return regrading.by_today(self.quiz)
        if self.item is None:
            return None
        if self.what == VOID:
            return regrading.by_voiding(self.item, WAYS[self.said]) if self.said in WAYS else None
        if self.said not in {one.value for one in self.choices}:
            return None
        kind, _, rest = self.said.partition(":")
        if kind == "model":
            template, _, model = rest.rpartition("/")
            return regrading.by_accepting(self.item, model=model, template=template)
        number, _, value = rest.partition(":")
        return regrading.by_accepting(self.item, variant=int(number), value=value)

    @cached_property
    def changes(self) -> list[Change]:
        return regrading.preview(self.proposal) if self.proposal else []

    @property
    def seal(self) -> str:
        return regrading.seal(self.proposal, self.changes) if self.proposal else ""

    def kind(self, change: Change) -> str:
        """up, down, hand or same; down also where no points are taken away."""
        if change.answer.by_hand is not None or change.answer.excused:
            return "hand"
        if change.computed == change.old:
            return "same"
        return "up" if change.computed > change.old else "down"

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(self.kind(one) for one in self.changes)

    @property
    def summary(self) -> list[tuple[str, str, int]]:
        """Kind, sign and number of each kind of change."""
        return [(kind, sign, self.counts[kind]) for kind, sign in SIGNS.items()]

    def learners(self, *, lower: bool) -> int:
        """For how many learners points change."""
        return len({one.answer.attempt.member_id for one in self.changes if one.new(lower=lower) != one.old})

    @property
    def of_modes(self) -> tuple[int, int]:
        """Learners for whom points change where none are taken away, and as computed."""
        return self.learners(lower=False), self.learners(lower=True)

    @property
    def affected(self) -> int:
        return self.learners(lower=self.lower)

    @property
    def can_apply(self) -> bool:
        """Whether there is anything to write down."""
        return self.proposal is not None and bool(self.proposal.keys)

    @property
    def rows(self) -> list[ChangeRow]:
        order = list(SIGNS)
        chosen = [one for one in self.changes if not self.show or self.kind(one) == self.show]
        chosen.sort(key=lambda one: order.index(self.kind(one)))
        return [self._row(one) for one in chosen[:SHOWN]]

    @property
    def more(self) -> int:
        """Rows that are not shown."""
        count = self.counts[self.show] if self.show else len(self.changes)
        return max(count - SHOWN, 0)

    def _row(self, change: Change) -> ChangeRow:
        answer, kind = change.answer, self.kind(change)
        attempt = answer.attempt
        learner = reverse("quizzes:learner", args=[self.quiz.pk, attempt.member_id])
        return ChangeRow(
            kind, SIGNS[kind], attempt.member.name,
            f"{learner}?attempt={attempt.number}&question={answer.place}",
            answer.variant.item.place, answer.value or "", spelled(change.old), spelled(change.new(lower=self.lower)),
            self._why(change), run_address(thaw(answer.variant)),
        )  # fmt: skip

    def _why(self, change: Change) -> str:
        """Why an answer has other points, or the same."""
        answer = change.answer
        if answer.excused:
            return "excused, stays so"
        if answer.by_hand is not None:
            return "given by hand, stays"
        key = self.proposal.keys[answer.variant_id] if self.proposal else key_now(answer.variant)
        old, value = key_now(answer.variant), answer.value
        kept = (
            f": {spelled(change.computed)} computed, {spelled(change.kept)} kept"
            if change.kept > change.computed
            else ""
        )
        if key.void is not old.void:
            told = {Void.DROP: "the question counts for nobody", Void.FULL: "everybody has its points"}
            return told.get(key.void, "the question counts again") + kept
        if value is None:
            return "blank"
        if value in key.right and value not in old.right:
            return f"{value} is right by today’s run" if key.right[0] == value else f"{value} is accepted too"
        if value in old.right and value not in key.right:
            return f"{value} was right then; by today’s run it is {key.right[0]}{kept}"
        if change.computed != change.old:
            return f"by what is accepted too, more of {value} is right"
        return "still right" if value in key.right else "still wrong"

    # What can be said.

    @cached_property
    def asked(self) -> list[Asked]:
        return tally(self.quiz)

    @property
    def questions(self) -> list[tuple[int, str]]:
        found: dict[int, list[str]] = {}
        for one in self.asked:
            found.setdefault(one.item.place, []).append(f"{one.title[:1].upper()}{one.title[1:]}")
        return [(place, ", or ".join(titles)) for place, titles in found.items()]

    @cached_property
    def choices(self) -> list[Choice]:
        """The answers to the chosen question that somebody has given and that are wrong now."""
        found = []
        numbers = {one.pk: one.number for one in self.variants}
        for asked in (one for one in self.asked if one.item.place == self.place):
            if asked.item.kind == Item.Kind.WRITTEN:
                return self._written(asked)
            # A wrong model has its name within its template alone.
            of = f"{asked.kind.key}/" if asked.part else ""
            found += [
                Choice(f"model:{of}{one.model}", f"“{one.sentence}”, {one.count} said so") for one in asked.beliefs
            ]
            told = Counter((numbers[one.variant], one.value) for one in asked.told if one.group not in (RIGHT, BLANK))
            for (number, value), count in sorted(told.items(), key=lambda one: (-one[1], one[0])):
                words = f"{value} in variant {number} alone, {count} said so"
                found.append(Choice(f"variant:{number}:{value}", words))
        return found

    def _written(self, asked: Asked) -> list[Choice]:
        """The same of a question written by hand: of it there is one variant."""
        variant = Variant.objects.filter(item=asked.item).defer("steps").get()
        content = of_content(variant.content)
        texts = {one.value: f"{one.value}: {plain_line(one.text)}" for one in content.options}
        told = Counter(one.value for one in asked.told if one.group not in (RIGHT, BLANK))
        return [
            Choice(f"variant:{variant.number}:{value}", f"“{texts.get(value, listed(value))}”, {count} said so")
            for value, count in sorted(told.items(), key=lambda one: (-one[1], one[0]))
        ]

    # What was done.

    @cached_property
    def last_batch(self) -> int:
        return regrading.last_batch(self.quiz)

    @property
    def done_before(self) -> list[Line]:
        """Earlier regrades, the newest first."""
        rows = Entry.objects.filter(quiz=self.quiz, kind__in=("regrade", "regrade-undone"))
        return lines(self.quiz.of, rows.select_related("quiz", "attempt__member", "by").order_by("-at", "-pk")[:50])

    # Addresses.

    @property
    def query(self) -> dict[str, Any]:
        """What the address says of what is proposed."""
        return {
            "what": self.what,
            "question": self.place or "",
            "said": self.said,
            "lower": "yes" if self.lower else "",
        }

    @property
    def kept(self) -> dict[str, Any]:
        """The same, without what goes without saying."""
        return {name: value for name, value in self.query.items() if value and (name, value) != ("what", TODAY)}

    @property
    def here(self) -> str:
        told = self.kept
        return reverse("quizzes:regrade", args=[self.quiz.pk]) + (f"?{urlencode(told)}" if told else "")

    @property
    def filters(self) -> list[tuple[str, str, int, str, bool]]:
        """Words, sign, number and address of each filter of the rows, and whether it is on."""
        names = {"up": "up", "down": "down", "same": "same", "hand": "by hand"}
        joint = "&" if "?" in self.here else "?"
        found = [("all", "", len(self.changes), f"{self.here}#who", not self.show)]
        for kind, sign, count in self.summary:
            if count:
                found.append((names[kind], sign, count, f"{self.here}{joint}show={kind}#who", self.show == kind))
        return found

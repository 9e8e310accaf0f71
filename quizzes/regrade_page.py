"""The regrade of a quiz: what today's code answers, what is proposed, and what that would change for whom."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from hashlib import sha256
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from playground.engine.registry import entries
from quizzes import regrading
from quizzes.challenged import held_by_value, is_of_challenge
from quizzes.frozen import thaw, thaw_run
from quizzes.grading import key_now
from quizzes.learner_page import held_words
from quizzes.markdown import plain_line
from quizzes.models import Answer, Entry, Item, Member, Quiz, Variant
from quizzes.record import Line, lines
from quizzes.regrading import Change, Proposal
from quizzes.rerunning import is_todays, rerun_of, variants_of
from quizzes.rules.points import spelled
from quizzes.rules.regrade import Key, Void
from quizzes.showing_written import listed
from quizzes.tally import BLANK, RIGHT, Asked, Told, tally
from quizzes.today import run_address, run_of
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
    """The answer to accept (`model:Name`, `variant:number:value`, `run:its name`), or what becomes of the question."""
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
            if is_of_challenge(one):
                found += self._changed_runs(one)
                continue
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
    def differing_variants(self) -> int:
        """How many variants that is: of a challenge several runs may differ."""
        return len({(one.place, one.number) for one in self.differing})

    def _changed_runs(self, variant: Variant) -> list[ChangedVariant]:
        """The runs of a challenge that are worth something else today."""
        rerun, old = rerun_of(variant), regrading.parts_now(variant)
        key, content = regrading.runs_today(variant), thaw_run(variant)
        if rerun is None or key == key_now(variant):
            return []
        before = content.miniature_version
        versions = f"version {before} → {rerun.miniature_version}"
        return [
            ChangedVariant(
                variant.item.place, variant.number, content.prompt, f"{old[value]} of the points",
                f"{Fraction(up, down)} of the points", versions, run_of(content, value),
            )
            for value, up, down in key.parts
            if value in old and old[value] != Fraction(up, down)
        ]  # fmt: skip

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
        if kind == "run":
            asked = next(one for one in self.asked if one.item.place == self.place)
            value = next(value for value, _ in self._runs(asked) if name_of(value) == rest)
            return regrading.by_accepting(self.item, variant=1, value=value)
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
        value, run = answer.value or "", run_address(thaw(answer.variant))
        if is_of_challenge(answer.variant) and value:
            value, run = held_words(answer), run_of(thaw_run(answer.variant), value)
        return ChangeRow(
            kind, SIGNS[kind], attempt.member.name,
            f"{learner}?attempt={attempt.number}&question={answer.place}",
            answer.variant.item.place, value, spelled(change.old), spelled(change.new(lower=self.lower)),
            self._why(change), run,
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
        if is_of_challenge(answer.variant):
            return self._why_run(answer, value, key, old) + kept
        if value in key.right and value not in old.right:
            return f"{value} is right by today’s run" if key.right[0] == value else f"{value} is accepted too"
        if value in old.right and value not in key.right:
            return f"{value} was right then; by today’s run it is {key.right[0]}{kept}"
        if change.computed != change.old:
            return f"by what is accepted too, more of {value} is right"
        return "still right" if value in key.right else "still wrong"

    def _why_run(self, answer: Answer, value: str, key: Key, old: Key) -> str:
        """Why a run of a challenge has other points, or the same."""
        if value in key.right and value not in old.right:
            return "this run is accepted"
        rerun, held = rerun_of(answer.variant), held_by_value(answer).get(value, ())
        today = rerun.runs.get(value) if rerun and key.parts else None
        if today is None or today == sum(held):
            return f"still {sum(held)} of {len(held)} conditions"
        return f"{sum(held)} of {len(held)} conditions then, {today} by today’s run"

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
            if asked.conditions:
                return [Choice(f"run:{name_of(value)}", words) for value, words in self._runs(asked)]
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

    def _runs(self, asked: Asked) -> list[tuple[str, str]]:
        """The runs of a challenge in which not all conditions hold, each with who made it."""
        by: dict[str, list[Told]] = {}
        for one in asked.told:
            if one.group not in (RIGHT, BLANK):
                by.setdefault(one.value, []).append(one)
        names = dict(Member.objects.filter(of=self.quiz.of_id).values_list("pk", "name"))
        told = []
        for value, all_ in sorted(by.items(), key=lambda one: (-len(one[1]), -sum(one[1][0].held), one[0])):
            more = f" and {len(all_) - 1} more" if len(all_) > 1 else ""
            held = all_[0].held
            told.append(
                (
                    value,
                    f"the run of {names.get(all_[0].member, 'somebody')}{more}, {sum(held)} of {len(held)} conditions",
                )
            )
        return told

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


def name_of(value: str) -> str:
    """A run in a form and in an address, where it would be too long itself."""
    return sha256(value.encode()).hexdigest()[:16]

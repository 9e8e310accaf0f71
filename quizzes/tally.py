"""What a class answered: the first attempts that were handed in, counted by question and by belief."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fractions import Fraction
from functools import cached_property
from string import ascii_lowercase
from typing import NamedTuple

from playground.engine.content import Met
from quizzes import judging
from quizzes.challenged import is_challenge
from quizzes.frozen import thaw
from quizzes.grading import rulings_of
from quizzes.models import Answer, Item, Member, Quiz, Save, TemplateRef, Variant
from quizzes.rules import statistics

RIGHT, OTHER, BLANK = "right", "other", "blank"
"""Groups of answers beside those of beliefs, which are known by the name of the wrong model."""


class Told(NamedTuple):
    """One answer of somebody's first attempt."""

    member: int
    attempt: int
    number: int
    """Of the attempt, within those of the member."""
    place: int
    variant: int
    value: str
    group: str
    points: int
    total: int
    """Points of the whole attempt."""
    time: timedelta | None
    held: tuple[bool, ...] = ()
    """Of a challenge: which conditions held of the run that is the answer."""


@dataclass(frozen=True)
class Belief:
    """Who was led to an answer by one wrong idea."""

    model: str
    sentence: str
    """As a sentence without a capital and a full stop; empty for the group of something else."""
    told: tuple[Told, ...]

    @property
    def count(self) -> int:
        return len(self.told)


@dataclass
class Asked:
    """One question of a quiz, with all answers to it that count."""

    item: Item
    kind: TemplateRef
    """Its template: of a pool, each is a question of its own."""
    part: int = 0
    """Counted from one within a pool; nought where the place has one question."""
    title: str = ""
    told: list[Told] = field(default_factory=list)
    sentences: dict[str, str] = field(default_factory=dict)
    """Wrong model → belief, of those that somebody had."""
    void: str = ""
    conditions: tuple[Met, ...] = ()
    """Of a challenge, which has no beliefs."""

    @property
    def held(self) -> list[int]:
        """For each condition of a challenge, in how many runs it held."""
        return [sum(one.held[place] for one in self.told if one.held) for place in range(len(self.conditions))]

    @property
    def mark(self) -> str:
        """`3`, or `3b` for the second question of a pool."""
        return f"{self.item.place}{ascii_lowercase[self.part - 1] if self.part else ''}"

    @property
    def count(self) -> int:
        return len(self.told)

    @property
    def is_enough(self) -> bool:
        """Whether figures say something."""
        return self.count >= statistics.ENOUGH

    def of(self, group: str) -> list[Told]:
        return [one for one in self.told if one.group == group]

    @cached_property
    def beliefs(self) -> list[Belief]:
        """The commonest first; of equal ones by name."""
        counts = Counter(one.group for one in self.told if one.group in self.sentences)
        models = sorted(counts, key=lambda model: (-counts[model], model))
        return [Belief(model, self.sentences[model], tuple(self.of(model))) for model in models]

    @property
    def wrong(self) -> int:
        """Answers that are wrong; a blank is none."""
        return self.count - len(self.of(RIGHT)) - len(self.of(BLANK))

    @property
    def facility(self) -> float | None:
        return statistics.facility([one.group == RIGHT for one in self.told])

    @property
    def discrimination(self) -> float | None:
        right = [one.group == RIGHT for one in self.told]
        return statistics.discrimination(right, [one.total - one.points for one in self.told])

    @property
    def time(self) -> timedelta | None:
        return statistics.median_time([one.time for one in self.told if one.time is not None])


def tally(quiz: Quiz) -> list[Asked]:
    """The questions of a quiz in order, with what was answered in everybody's first attempt that is handed in."""
    found = {
        (item.pk, kind): Asked(item, kind, part if item.also else 0)
        for item in Item.objects.filter(quiz=quiz)
        for part, kind in enumerate(item.kinds, 1)
    }
    answers = _first(_handed_in(quiz))
    groups = Groups(quiz)
    times = _times(answers)
    for one in answers:
        asked = found[one.variant.item_id, one.variant.kind]
        variant = groups.variants[one.variant_id]
        asked.title = asked.title or str(variant.content["title"])
        asked.void = variant.rulings[-1]["void"] if variant.rulings else ""
        if idea := groups.idea(one):
            asked.sentences[groups.of(one)] = idea
        if one.excused:
            continue
        attempt = one.attempt
        asked.told.append(
            Told(
                attempt.member_id, attempt.pk, attempt.number, one.place, one.variant_id, one.value or "",
                groups.of(one), one.points or 0, attempt.points or 0, times.get(attempt.pk, {}).get(one.place),
                groups.held(one),
            )
        )  # fmt: skip
    for asked in found.values():
        asked.conditions = groups.conditions(asked.item)
        asked.title = asked.title or _title(asked)
    return list(found.values())


def _title(asked: Asked) -> str:
    """What a question is called that nobody has answered yet."""
    one = Variant.objects.filter(item=asked.item, **asked.kind._asdict()).defer("steps").first()
    return str(one.content["title"]) if one else asked.kind.template


class Groups:
    """Which group each value of each variant of a quiz belongs to. It grows with the stock, not with the class."""

    def __init__(self, quiz: Quiz) -> None:
        given = Variant.objects.filter(item__quiz=quiz, answers__isnull=False).distinct()
        self.variants = {one.pk: one for one in Variant.objects.filter(pk__in=given.values("pk")).defer("steps")}
        self.contents = {key: thaw(one) for key, one in self.variants.items()}
        self.known: dict[tuple[int, str, tuple[bool, ...]], str] = {}
        saves = Save.objects.filter(answer__attempt__quiz=quiz).exclude(held=None).order_by("number")
        rows = saves.values_list("answer_id", "value", "held")
        self.runs = {(answer, str(value)): tuple(held or ()) for answer, value, held in rows}

    def conditions(self, item: Item) -> tuple[Met, ...]:
        """Those of a challenge that somebody was given; nothing of other questions."""
        keys = (key for key, one in self.variants.items() if one.item_id == item.pk)
        return next((one.conditions for one in map(self.contents.__getitem__, keys) if is_challenge(one)), ())

    def held(self, answer: Answer) -> tuple[bool, ...]:
        """Which conditions held of the run that is an answer to a challenge; nothing otherwise."""
        return self.runs.get((answer.pk, answer.value or ""), ())

    def of(self, answer: Answer) -> str:
        """RIGHT, BLANK, OTHER, or the name of the wrong model; where it was written by hand, the wrong options."""
        if answer.value is None:
            return BLANK
        key = answer.variant_id, answer.value, self.held(answer)
        if key not in self.known:
            right = self.share(answer) == 1
            self.known[key] = RIGHT if right else judging.group(self.contents[key[0]], answer.value) or OTHER
        return self.known[key]

    def right(self, answer: Answer) -> str:
        """The right answer as it was frozen."""
        return self.contents[answer.variant_id].right

    def belief(self, answer: Answer) -> str:
        """What who answers so believes; empty where we know of no such idea."""
        if self.of(answer) in (RIGHT, BLANK, OTHER):
            return ""
        return judging.belief(self.contents[answer.variant_id], answer.value or "")

    def idea(self, answer: Answer) -> str:
        """What those of its group have in common; empty where there is no such group."""
        group = self.of(answer)
        return "" if group in (RIGHT, BLANK, OTHER) else judging.idea(self.contents[answer.variant_id], group)

    def share(self, answer: Answer) -> Fraction:
        """How much of it is right, from 0 to 1, by what it is graded by now."""
        content, rulings = self.contents[answer.variant_id], rulings_of(self.variants[answer.variant_id])
        return judging.share_now(content, rulings, answer.value, {answer.value or "": self.held(answer)})


def _handed_in(quiz: Quiz) -> Iterable[Answer]:
    rows = Answer.objects.filter(attempt__quiz=quiz, attempt__preview=False, attempt__member__role=Member.Role.LEARNER)
    rows = rows.exclude(attempt__handed_in=None).select_related("attempt", "variant")
    rows = rows.defer("variant__content", "variant__steps", "variant__rerun", "variant__rulings")
    return rows.order_by("attempt__member_id", "attempt__number", "place")


def _first(answers: Iterable[Answer]) -> list[Answer]:
    """Those of everybody's first attempt: what is learnt from one is no news about the question."""
    first: dict[int, int] = {}
    return [one for one in answers if first.setdefault(one.attempt.member_id, one.attempt_id) == one.attempt_id]


def _times(answers: list[Answer]) -> dict[int, dict[int, timedelta]]:
    """Attempt → place → how long somebody was at it."""
    # Of a paper nobody knows how long it took.
    attempts = {one.attempt_id: one.attempt for one in answers if one.attempt.paper_id is None}
    saves: defaultdict[int, list[tuple[int, datetime]]] = defaultdict(list)
    for attempt, place, received in _saves(attempts):
        saves[attempt].append((place, received))
    return {key: statistics.times(one.started, saves[key]) for key, one in attempts.items()}


def _saves(attempts: Iterable[int]) -> Iterator[tuple[int, int, datetime]]:
    rows = Save.objects.filter(answer__attempt__in=list(attempts), late=False).order_by("received", "pk")
    yield from rows.values_list("answer__attempt_id", "answer__place", "received").iterator(chunk_size=2000)

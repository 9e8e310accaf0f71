"""What the templates need to show a question: while it is asked, and when it has been answered. Practice and quizzes
alike say what may be told, and put `_asked.html`, `_options.html` and `_review.html` where they belong.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import NamedTuple

from django.utils.safestring import SafeString, mark_safe

from playground.asking.request import Asked, ask, entry_for
from playground.engine.content import Content
from playground.engine.questions import Question
from playground.engine.trace import picture
from playground.engine.verdict import Verdict, verdict
from playground.page.answered import both_ways, fork
from playground.page.drawings import Drawing
from playground.page.player import room_for
from playground.scenes.marks import LAYOUTS, WIDE
from playground.scenes.scene import Words
from playground.scenes.svg import inner

BADGE = re.compile(
    r'<g [^>]*data-pick="(?P<value>[^"]*)"[^>]*><circle [^>]*class="f-(?P<role>m\d)[^>]*></circle>'
    r"<text [^>]*t-badge[^>]*>(?P<letter>[^<]*)</text>"
)
MANY = 9
"""Answers beyond which they stand in a grid of small ones, and a review lists two alone."""
FEW = 3
SHORT = 9
"""Answers, and characters of each, from which and up to which they stand beside each other on a phone."""


class Badge(NamedTuple):
    """The disc by which the picture tells a thing: its letter, and the role of its colour."""

    letter: str
    role: str


class Answer(NamedTuple):
    """One answer of the list."""

    value: str
    badge: Badge | None
    chosen: bool
    right: bool
    """False until that may be told."""


@dataclass(frozen=True)
class Stage:
    """The picture with its steps."""

    title: str
    """Of the miniature."""
    trace: str
    """Address of the steps, to which the player adds the layout."""
    page: str
    """Address of the page that shows it."""
    step: int
    last: int
    said: tuple[str, ...]
    """What each step says, from step 0 on."""
    drawings: tuple[Drawing, ...]

    @property
    def say(self) -> str:
        return self.said[self.step]

    @property
    def room(self) -> str:
        """Style classes for the longest narration."""
        return room_for(self.said)


@dataclass(frozen=True)
class Review:
    """What is told about an answer. Each part may be held back."""

    value: str
    verdict: Verdict
    right: str
    """The right answer; empty where it may not be told yet."""
    because: str
    step: int | None
    """Where the two ways part, or the machine has answered; None where the run may not be seen yet."""
    run: str
    """Address of the run at that step; empty likewise."""
    question: type[Question]
    """Its template as it is today."""
    of_most: bool = False
    """Whether it is the answer of most, and not of who reads it."""

    @property
    def whose(self) -> str:
        """Whose way it is, in a word."""
        return "most" if self.of_most else "you"

    @property
    def belief(self) -> str:
        """What who answers so believes, where we know it and may say it."""
        option = self.verdict.option
        return option.belief if option and self.right else ""

    @property
    def my_way(self) -> str:
        """What follows from the wrong idea where the two part, as a sentence; empty without one."""
        parting = self.verdict.parting
        return self.question.way(parting.thing, parting.wrong) if parting else ""

    @property
    def machines_way(self) -> str:
        """What the machine does there."""
        parting = self.verdict.parting
        return self.question.way(parting.thing, parting.right) if parting else ""


@dataclass(frozen=True)
class Showing:
    """A question on a page. `typed` is kept as it was typed; `error` says what is wrong with it."""

    content: Content
    stage: Stage
    answers: tuple[Answer, ...]
    typed: str = ""
    error: str = ""
    review: Review | None = None

    written = False

    @property
    def many(self) -> bool:
        return len(self.answers) > MANY

    @property
    def short(self) -> bool:
        """Whether several answers have room beside each other on a phone."""
        return len(self.answers) > FEW and all(len(answer.value) <= SHORT for answer in self.answers)

    @property
    def picked(self) -> bool:
        """Whether it is answered on the picture."""
        return self.content.form == "pick" and not self.review

    @property
    def reviewed(self) -> tuple[Answer, ...]:
        """What a review lists: all answers, of many the two that matter."""
        return tuple(answer for answer in self.answers if not self.many or answer.chosen or answer.right)


def asking(content: Content, *, page: str, trace: str, typed: str = "", error: str = "") -> Showing:
    """A question that waits for its answer.

    `page` is the address of the page itself, `trace` that of the steps up to the question.
    """
    return Showing(content, asked_stage(content, page, trace), answers(content, typed), typed, error)


def reviewing(
    content: Content, value: str, *, page: str, trace: str, reason: bool = True, run: bool = True, of_most: bool = False
) -> Showing:
    """A question with what was answered, as `read_value` spells it.

    `reason`: the right answer may be told, and why. `run`: the machine's run may be seen, which takes one run;
    without it the asked picture stays. `page` and `trace` as for `asking`.
    """
    judged = verdict(content, value)
    right = content.right if reason else ""
    because = content.because if reason else ""
    if not run:
        told = Review(value, judged, right, because, None, "", template(content))
        return Showing(content, asked_stage(content, page, trace), answers(content, value, right), value, review=told)
    asked = asked_at(content, judged)
    told = Review(value, judged, right, because, asked.step, asked.address(), template(content), of_most)
    stage = Stage(
        title=asked.entry.cls.title,
        trace=asked.address("trace", 0),
        page=asked.address("run", 0),
        step=asked.step,
        last=asked.run.last,
        said=tuple(step.text for step in asked.run.steps),
        drawings=tuple(two_ways(content, told, asked, layout) for layout in LAYOUTS),
    )
    return Showing(content, stage, answers(content, value, right), value, review=told)


def template(content: Content) -> type[Question]:
    """The template of a content; of one that is no more, what all have in common."""
    entry = entry_for(content.miniature)
    return next((one for one in entry.questions if one.name == content.template), Question)


def asked_stage(content: Content, page: str, trace: str) -> Stage:
    """The picture in which the answer is not yet."""
    words = Words(content.sentence, content.table[0] if content.table else (), content.table[1:])
    return Stage(
        title=entry_for(content.miniature).cls.title,
        trace=trace,
        page=page,
        step=content.stop,
        last=content.stop,
        said=tuple(step["say"] for step in content.trace[WIDE]["steps"]),
        drawings=tuple(
            Drawing(0, layout, one["width"], one["height"], drawn(one["svg"]), words)
            for layout, one in content.shown.items()
        ),
    )


def asked_at(content: Content, judged: Verdict) -> Asked:
    """The machine’s run, opened where the ways part; where none parts from it, where the last of them would have."""
    asked = ask(entry_for(content.miniature), content.query)
    return asked.at(fork(content, judged, asked.run.last))


def two_ways(content: Content, told: Review, asked: Asked, layout: str) -> Drawing:
    """The machine's picture with both ends named."""
    painted = picture(asked.run, asked.step, 0, layout)
    over = both_ways(painted, layout, content, told.value, told.verdict, asked.step, content.points_at[0], told.whose)
    return Drawing(
        0, layout, painted.width, painted.height,
        drawn(inner(painted) + over),
        asked.run.steps[asked.step].scenes[0].words(),
    )  # fmt: skip


def drawn(svg: str) -> SafeString:
    """The inside of a picture that our painters have made, today or when a question was frozen."""
    return mark_safe(svg)  # noqa: S308 - marks: scenes/svg.py escapes their texts and values


def answers(content: Content, chosen: str = "", right: str = "") -> tuple[Answer, ...]:
    """The list: of a pick everything that can be picked. A number has none until it has been answered."""
    found = badges(content.shown[WIDE]["svg"])
    if content.form == "number":
        values = tuple(dict.fromkeys(value for value in (chosen, right) if value and right))
    else:
        values = content.picks or tuple(option.value for option in content.options)
    return tuple(Answer(value, found.get(value), value == chosen, value == right) for value in values)


def badges(svg: str) -> dict[str, Badge]:
    """The badge of each thing in a picture that has one."""
    return {unescape(one["value"]): Badge(unescape(one["letter"]), one["role"]) for one in BADGE.finditer(svg)}

"""What an answer is worth, and what it shows: of a question that a miniature made, of a challenge, and of a question
written by hand. Nothing runs here.

An answer to a challenge is a run. What held at its end was found when it was saved, and is handed in with it (`Runs`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from playground.engine import verdict as engine
from playground.engine.content import Content
from playground.engine.questions import Option
from playground.engine.verdict import Verdict
from quizzes.challenged import is_challenge, part_of
from quizzes.rules.regrade import Ruling
from quizzes.written import Written

Question = Content | Written
"""What a variant holds."""
Runs = Mapping[str, tuple[bool, ...]]
"""Of a challenge: run → which of its conditions held when it was saved."""
NO_RUNS: Runs = {}


def read_value(content: Question, text: str) -> str:
    """The one spelling of what somebody said. Raises Unreadable with a sentence."""
    return content.read_value(text) if isinstance(content, Written) else engine.read_value(content, text)


def verdict(content: Question, value: str) -> Verdict:
    """Whether it is right, and the wrong idea that explains it where a run does."""
    return content.verdict(value) if isinstance(content, Written) else engine.verdict(content, value)


def share(content: Question, value: str, runs: Runs = NO_RUNS) -> Fraction:
    """How much of it is right as it was frozen, from 0 to 1; 1 where it is right."""
    if isinstance(content, Written):
        return content.share(value)
    if is_challenge(content):
        return part_of(content, runs.get(value, ()))
    return Fraction(verdict(content, value).right)


def share_by(content: Question, ruling: Ruling, value: str, runs: Runs = NO_RUNS) -> Fraction:
    """The same as a regrade has decided: the most that any of what is right since makes of it.

    Of a challenge: all for a run that is accepted, for others what today's code found; what that did not run is worth
    what it was.
    """
    if is_challenge(content):
        today = {run: Fraction(up, down) for run, up, down in ruling.parts}
        return Fraction(1) if value in ruling.right else today.get(value, share(content, value, runs))
    return max((share(with_right(content, one), value) for one in ruling.right), default=Fraction(0))


def share_now(content: Question, rulings: Sequence[Ruling], value: str | None, runs: Runs = NO_RUNS) -> Fraction:
    """The same by what an answer is graded by since the last of these regrades; nought for a blank."""
    if value is None:
        return Fraction(0)
    return share_by(content, rulings[-1], value, runs) if rulings else share(content, value, runs)


def with_right(content: Question, right: str) -> Question:
    """The content as if another value were right."""
    if isinstance(content, Written):
        return content.with_right(right)
    known = any(option.value == right for option in content.options)
    return replace(content, right=right, options=content.options if known else (*content.options, Option(right)))


def group(content: Question, value: str) -> str:
    """What a wrong answer is grouped by, the name of a wrong model or the wrong options; empty where none explains
    it."""
    if isinstance(content, Written):
        return content.group(value)
    option = verdict(content, value).option
    return option.model if option else ""


def idea(content: Question, of: str) -> str:
    """What those of a group believe or have chosen, as a sentence without a capital and a full stop; empty for none."""
    if isinstance(content, Written):
        return content.idea(of)
    return next((option.belief for option in content.options if option.model and option.model == of), "")


def belief(content: Question, value: str) -> str:
    """What who answers so believes; empty where we know of no such idea."""
    return content.believed(value) if isinstance(content, Written) else idea(content, group(content, value))

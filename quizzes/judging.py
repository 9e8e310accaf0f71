"""What an answer is worth, and what it shows: of a question that a miniature made, and of one written by hand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from fractions import Fraction

from playground.engine import verdict as engine
from playground.engine.content import Content
from playground.engine.questions import Option
from playground.engine.verdict import Verdict
from quizzes.written import Written

Question = Content | Written
"""What a variant holds."""


def read_value(content: Question, text: str) -> str:
    """The one spelling of what somebody said. Raises Unreadable with a sentence."""
    return content.read_value(text) if isinstance(content, Written) else engine.read_value(content, text)


def verdict(content: Question, value: str) -> Verdict:
    """Whether it is right, and the wrong idea that explains it where a run does."""
    return content.verdict(value) if isinstance(content, Written) else engine.verdict(content, value)


def share(content: Question, value: str) -> Fraction:
    """How much of it is right, from 0 to 1; 1 where it is right."""
    return content.share(value) if isinstance(content, Written) else Fraction(verdict(content, value).right)


def share_by(content: Question, right: Iterable[str], value: str) -> Fraction:
    """The same where these are right: the most that any of them makes of it. Nothing runs."""
    return max((share(with_right(content, one), value) for one in right), default=Fraction(0))


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

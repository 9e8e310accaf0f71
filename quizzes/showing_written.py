"""What the templates need to show a question that was written by hand. It has no picture and no steps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.utils.safestring import SafeString

from quizzes.markdown import block, inline
from quizzes.rules.several import chosen
from quizzes.written import Option, Written


@dataclass(frozen=True)
class Row:
    """One option of the list."""

    option: Option
    chosen: bool
    right: bool
    """False until that may be told."""

    @property
    def value(self) -> str:
        return self.option.value

    @property
    def text(self) -> SafeString:
        return inline(self.option.text)


@dataclass(frozen=True)
class WrittenReview:
    """What is told about an answer. Each part may be held back."""

    content: Written
    value: str
    right: str
    """The right answer; empty where it may not be told yet."""
    partly: bool
    """Whether some of it is right, and not all."""
    is_right: bool

    @property
    def because(self) -> str:
        return self.content.because if self.right else ""

    @property
    def beliefs(self) -> list[Option]:
        """The wrong options in it of which something was written."""
        return [one for one in self.content.taken(self.value) if one.belief] if self.right else []

    @property
    def said(self) -> str:
        """`A and C`."""
        return listed(self.value)

    @property
    def truth(self) -> str:
        return listed(self.right)


@dataclass(frozen=True)
class WrittenShowing:
    """A question on a page, or its review. `typed` is kept as it was chosen; `error` says what is wrong with it."""

    content: Written
    typed: str = ""
    error: str = ""
    review: WrittenReview | None = None

    written = True
    picked = False

    @cached_property
    def prompt(self) -> SafeString:
        return block(self.content.prompt)

    @cached_property
    def rows(self) -> list[Row]:
        said, holds = chosen(self.typed), chosen(self.review.right if self.review else "")
        return [Row(one, one.value in said, one.value in holds) for one in self.content.options]


def asking(content: Written, *, typed: str = "", error: str = "") -> WrittenShowing:
    """A question that waits for its answer."""
    return WrittenShowing(content, typed, error)


def reviewing(content: Written, value: str, *, reason: bool = True) -> WrittenShowing:
    """A question with what was answered. `reason`: the right answer may be told, and why."""
    part = content.share(value)
    told = WrittenReview(content, value, content.right if reason else "", 0 < part < 1, part == 1)
    return WrittenShowing(content, value, review=told)


def telling(content: Written) -> WrittenShowing:
    """A question with its right answer, which nobody has answered."""
    return reviewing(content, "")


def listed(letters: str | Iterable[str]) -> str:
    """`A`, `A and C`, `A, C and D`."""
    told = sorted(chosen(letters)) if isinstance(letters, str) else list(letters)
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))

"""What regrades make of an answer: a fold over what they decided, in the order in which they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction

from quizzes.rules.points import Said, Standing, standing

Parts = tuple[tuple[str, int, int], ...]
"""Runs that were made in a challenge, each with the part of the points that it is worth, as numerator and denominator.
"""


class Void(StrEnum):
    """What a question that was wrong itself comes to, for all."""

    NO = ""
    DROP = "drop"
    """It counts for nobody."""
    FULL = "full"
    """Everybody has its points."""


@dataclass(frozen=True)
class Ruling:
    """What one regrade decided about one variant."""

    batch: int
    """Number of the regrade within its quiz, from one; undoing it takes away all that bear it."""
    right: tuple[str, ...]
    """Every value that is right by it."""
    void: Void = Void.NO
    lower: bool = False
    """Whether it may take points away."""
    parts: Parts = ()
    """Of a challenge: what each run that was made is worth by it."""


@dataclass(frozen=True)
class Key:
    """By what a variant is graded: the machine's answer, then those that are accepted beside it."""

    right: tuple[str, ...]
    void: Void = Void.NO
    parts: Parts = ()

    def today(self, right: str) -> Key:
        """The same where the machine answers otherwise today; what was accepted stays."""
        return replace(self, right=(right, *(one for one in self.right[1:] if one != right)))

    def accepting(self, value: str) -> Key:
        """The same, with another answer that counts as right."""
        return self if value in self.right else replace(self, right=(*self.right, value))

    def voided(self, void: Void) -> Key:
        return replace(self, void=void)

    def ruling(self, batch: int, *, lower: bool) -> Ruling:
        return Ruling(batch, self.right, self.void, lower, self.parts)


def key_of(right: str, rulings: Sequence[Ruling]) -> Key:
    """What holds now for a variant whose frozen right answer is that."""
    return Key(rulings[-1].right, rulings[-1].void, rulings[-1].parts) if rulings else Key((right,))


def without(rulings: Sequence[Ruling], batch: int) -> list[Ruling]:
    """The rulings that are left where a regrade is undone."""
    return [one for one in rulings if one.batch != batch]


def regraded(
    said: Sequence[Said],
    rulings: Sequence[Ruling],
    *,
    right: Callable[[str], Fraction | bool],
    by: Callable[[Ruling], Callable[[str], Fraction | bool]],
    worth: int,
    tries: Sequence[int],
    over: bool,
) -> Standing:
    """What an answer comes to after regrades. What was said, and how often it was tried, stays as it was then.

    `right` grades a value as it was frozen, `by` as a ruling says; the rest as for `standing`.
    """
    found = standing(said, right=right, worth=worth, tries=tries, over=over)
    for ruling in rulings:
        told = standing(said, right=by(ruling), worth=worth, tries=tries, over=over)
        if ruling.void:
            told = replace(told, points=(worth if ruling.void is Void.FULL else 0) if over else told.points)
        points = told.points
        if found.points is not None and (points is None or not ruling.lower):
            # What has been decided is not opened again by a regrade.
            points = max(found.points, points or 0)
        found = replace(found, points=points, right=told.right)
    return found


def weighs(rulings: Sequence[Ruling], *, excused: bool) -> bool:
    """Whether a question counts among the points that there are for somebody."""
    return not excused and not (rulings and rulings[-1].void is Void.DROP)

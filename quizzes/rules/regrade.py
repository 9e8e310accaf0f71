"""What regrades make of an answer: a fold over what they decided, in the order in which they did."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from quizzes.rules.points import Said, Standing, standing


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


def regraded(
    said: Sequence[Said],
    rulings: Sequence[Ruling],
    *,
    right: Callable[[str], bool],
    by: Callable[[Ruling], Callable[[str], bool]],
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

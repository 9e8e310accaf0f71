"""An answer that is a set of letters: which were chosen, of those that hold. No Django, no floats.

Its one spelling is the letters in the order of the list with commas between, `A,C`; one alone is its letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

LETTERS = "ABCDEFGH"
"""By which options are known, in their order."""


def spelled(chosen: Iterable[str]) -> str:
    """The one spelling of a set of letters."""
    return ",".join(sorted(set(chosen)))


def chosen(value: str) -> frozenset[str]:
    """The letters of a value that `spelled` has spelled."""
    return frozenset(value.split(",")) if value else frozenset()


def share(value: str, right: str) -> Fraction:
    """How much of it is right, from 0 to 1: the right ones that were chosen, less the wrong ones, of all right ones.

    It is 1 for exactly the right set, and for no other.
    """
    said, holds = chosen(value), chosen(right)
    return max(Fraction(len(said & holds) - len(said - holds), len(holds)), Fraction(0))

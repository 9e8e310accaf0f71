"""Draws that are the same on every Python: a few lines on `Random.random()`.

`random.Random.random` is documented to stay the same for a seed; `choice`, `shuffle` and
`sample` are not (Python library reference, `random`, "Notes on Reproducibility").
"""

from collections.abc import Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Rng:
    """Seeded draws. Equal seeds give equal draws on every version of Python."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random  # noqa: S311 - reproducible on purpose, nothing secret

    def below(self, bound: int) -> int:
        """A whole number from 0 to `bound` - 1. Every one of them can come up for a `bound` of at most 2⁵³.

        `random()` is a whole number below 2⁵³ divided by 2⁵³: times 2⁵³ it is that number again, exactly.
        """
        return int(self._random() * bound)

    def between(self, least: int, most: int) -> int:
        """A whole number from `least` to `most`, both included."""
        return least + self.below(most - least + 1)

    def choice(self, options: Sequence[T]) -> T:
        """One of the options, each as likely."""
        return options[self.below(len(options))]

    def shuffled(self, options: Sequence[T]) -> list[T]:
        """The options in a random order (Fisher and Yates)."""
        items = list(options)
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]
        return items

    def sample(self, options: Sequence[T], count: int) -> list[T]:
        """`count` different options, in random order."""
        return self.shuffled(options)[:count]

    def chance(self, percent: int) -> bool:
        """True in `percent` of 100 draws."""
        return self.below(100) < percent

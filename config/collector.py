"""How often Python looks for values that hold each other in a circle, which nothing else frees."""

import gc

ALL = 4_000
"""Runs that are answered between two looks at everything."""


def look_rarely() -> None:
    """A run makes tens of thousands of values, hardly one of them in a circle: looking through them every 700, as
    Python does, took a fifth of the time of long runs."""
    gc.set_threshold(200_000, 5, 10)


class Collector:
    """Looks after each answer to a run, while what is new is little.

    By itself Python looks when many more values were made than have gone. In a process that keeps runs and pictures,
    and lets old ones go, that is seldom, and then there are hundreds of thousands to look through: for a quarter of a
    second nobody was answered (`make bench class`). What has been looked at is looked at again after very many answers;
    what was there before this process was made (`gc.freeze`) never.
    """

    def __init__(self, every: int = ALL) -> None:
        self.every = every
        self.answered = 0

    def look(self) -> None:
        self.answered += 1
        gc.collect(0 if self.answered % self.every else 2)

"""How a timeline counts: in which unit, and from when."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.rounding import nearest


class Clock(NamedTuple):
    """The unit of time, how many of a whole number make one, and where the axis starts."""

    unit: str
    per: int
    first: int

    def spelled(self, time: int) -> str:
        """A time for the reader, from the start of the axis: whole units, one decimal below ten, rounded."""
        tenths, whole = nearest(10 * (time - self.first), self.per), nearest(time - self.first, self.per)
        value = f"{tenths // 10}.{tenths % 10}" if 0 < tenths < 100 and tenths % 10 else f"{whole:,}"
        return f"{value} {self.unit}"

    def signed(self, time: int) -> str:
        """How much later or earlier, in whole units: +299 ms."""
        units = nearest(abs(time), self.per)
        return f"{'−' if time < 0 and units else '+'}{units:,} {self.unit}"

    def is_none(self, time: int) -> bool:
        """Whether a stretch of time is spelled as nothing."""
        return nearest(abs(time), self.per) == 0

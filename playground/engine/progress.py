"""What a run is worth that somebody has made in a challenge."""

from __future__ import annotations

from fractions import Fraction


def part(held: int, at_start: int, of: int) -> Fraction:
    """How much of the way has been gone: 0 for no more than held at the start, 1 where all conditions hold.

    `held` of them hold at the end of the run, `at_start` held before anything was done, `of` there are.
    """
    if at_start >= of:
        return Fraction(int(held >= of))
    return Fraction(max(held - at_start, 0), of - at_start)

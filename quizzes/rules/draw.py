"""Which variant somebody gets."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Drawn:
    """A variant as the draw sees it."""

    id: int
    state: str
    given: int
    """How often it has been given to anybody."""
    had: int
    """How often this member has had it."""


def draw(variants: Sequence[Drawn], below: Callable[[int], int]) -> int | None:
    """The id of the variant to give; None where none may be given.

    Only pinned ones, where some are pinned; none that was excluded or is broken. Those that this member has had the
    fewest times, of these those least given, of these one at random: `below(n)` gives a number from 0 to n - 1.
    """
    able = [one for one in variants if one.state in ("ready", "pinned")]
    able = [one for one in able if one.state == "pinned"] or able
    if not able:
        return None
    fewest = min((one.had, one.given) for one in able)
    best = [one for one in able if (one.had, one.given) == fewest]
    return best[below(len(best))].id

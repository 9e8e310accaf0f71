"""The rules of a quiz as its sentence and its file say them: what bounds them, what contradicts itself, and the two
sets of rules that one begins with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from quizzes.rules.phases import PRESETS, Phase, may_check

TITLE = 80
"""Characters of a title."""
MOST_MINUTES = 7 * 24 * 60
"""Of a time limit."""
MOST_ATTEMPTS = 100
MOST_TRIES = 10
"""Checks of one answer."""
MOST_POINTS = 1000
"""Of one question."""
MOST_ITEMS = 40
"""Questions of a quiz."""
FULL = (1000,)
"""What the one try is worth where nothing is checked, in thousandths."""


class Fault(NamedTuple):
    """What is wrong: in which of the rules, and why."""

    rule: str
    """opens, closes, tries, or phases."""
    sentence: str


@dataclass(frozen=True)
class Rules:
    """All rules of a quiz."""

    opens: datetime | None
    closes: datetime | None
    limit_s: int | None
    """Seconds that an attempt may take; None for no limit."""
    attempts: int | None
    """None for as often as one likes."""
    keep: str
    tries: tuple[int, ...]
    """What the first, second … check is worth, in thousandths."""
    phases: Mapping[str, str]
    open_book: bool = True


def faults(
    opens: datetime | None, closes: datetime | None, phases: Mapping[str, str], tries: Sequence[int]
) -> list[Fault]:
    """What contradicts itself; nothing where the rules can stand."""
    found = []
    if opens and closes and opens >= closes:
        found.append(Fault("closes", "It closes after it opens."))
    if closes is None and Phase.CLOSING in phases.values():
        told = "What is shown after closing would never be shown: it needs a date of closing."
        found.append(Fault("phases", told))
    if len(tries) > 1 and not may_check(phases):
        found.append(Fault("tries", "Several tries need a verdict after checking."))
    return found


class Filled(NamedTuple):
    """What a preset says of tries, phases and attempts."""

    tries: tuple[int, ...]
    phases: dict[str, str]
    attempts: int | None


def filled(preset: str, closes: datetime | None) -> Filled:
    """A preset for a quiz that closes then. What has no end shows on handing in what it would show after closing."""
    told = PRESETS[preset]
    phases = {str(part): str(phase) for part, phase in told.phases.items()}
    if closes is None and Phase.CLOSING in phases.values():
        phases = dict.fromkeys(phases, str(Phase.HANDING_IN))
    return Filled(told.tries, phases, told.attempts)


def kind_of(phases: Mapping[str, str]) -> str:
    """What a quiz with such rules is called: an exercise, where answers can be checked, else a test."""
    return "exercise" if may_check(phases) else "test"

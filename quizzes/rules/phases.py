"""What of an answer's verdict, of the right answer and of the run may leave the server, and when.

`visible` is the only place that decides.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Phase(StrEnum):
    """From when on something is shown."""

    NEVER = "never"
    CHECKING = "checking"
    """As soon as this answer cannot be changed any more; a verdict, after each check."""
    HANDING_IN = "handing-in"
    CLOSING = "closing"
    """When the last member's own time is over."""


class Part(StrEnum):
    """What can be shown, from the least to the most."""

    VERDICT = "verdict"
    ANSWER = "answer"
    """The right answer, with the reason and the belief behind another."""
    RUN = "run"
    """The steps after the one at which it was asked."""


WORDS = {
    Phase.NEVER: "never",
    Phase.CHECKING: "as soon as no try is left that could change it",
    Phase.HANDING_IN: "after handing in",
    Phase.CLOSING: "after everybody’s time is over",
}


class Preset(NamedTuple):
    """Rules to begin with."""

    tries: tuple[int, ...]
    phases: dict[str, str]
    attempts: int | None


PRESETS = {
    "exercise": Preset(
        (1000, 600, 300), {"verdict": Phase.CHECKING, "answer": Phase.CHECKING, "run": Phase.CHECKING}, None
    ),
    "test": Preset((1000,), {"verdict": Phase.HANDING_IN, "answer": Phase.CLOSING, "run": Phase.CLOSING}, 1),
}


def visible(
    phases: Mapping[str, str], *, checked: bool, decided: bool, handed_in: bool, closed: bool
) -> frozenset[Part]:
    """The parts that may be shown of one answer.

    `checked`: it has been checked at least once. `decided`: no further try can change it. `handed_in`: the attempt
    is. `closed`: everybody's time is over.
    """

    def reached(part: Part) -> bool:
        match Phase(phases[part]):
            case Phase.CHECKING:
                # A reason that is told before the last try answers it.
                return handed_in or (checked if part is Part.VERDICT else decided)
            case Phase.HANDING_IN:
                return handed_in
            case Phase.CLOSING:
                return handed_in and closed
            case Phase.NEVER:
                return False

    return frozenset(part for part in Part if reached(part))


def may_check(phases: Mapping[str, str]) -> bool:
    """Whether an answer can be checked before the attempt is handed in."""
    return phases[Part.VERDICT] == Phase.CHECKING

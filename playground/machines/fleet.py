"""Named machines that come and go: weight, order of appearance, state."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

LIVE, FAILED, GONE = "live", "failed", "gone"

FRESH = (
    "eve",
    "fay",
    "gus",
    "hal",
    "ivy",
    "jon",
    "kim",
    "leo",
    "mia",
    "ned",
    "ola",
    "pia",
    "quin",
    "ruth",
    "sam",
    "tia",
    "uma",
)
"""Names for those that join later."""

NAMES = ("ada", "bob", "cleo", "dee", *FRESH[:4])
"""Names for those that are there from the start."""


class Fleet:
    """The machines of a run, in order of joining. One that has left stays as `gone` until it is forgotten."""

    def __init__(self) -> None:
        self.weight: dict[str, int] = {}
        self.state: dict[str, str] = {}
        self.order: dict[str, int] = {}
        """Order of first appearance: it decides a machine's colour, also when it comes back."""

    def join(self, name: str, weight: int) -> None:
        self.weight[name], self.state[name] = weight, LIVE
        self.order.setdefault(name, len(self.order))

    def turn(self, name: str, state: str) -> None:
        self.state[name] = state

    def forget_gone(self) -> None:
        for name in self.named(GONE):
            del self.state[name], self.weight[name]

    def named(self, *states: str) -> tuple[str, ...]:
        """Names of the machines in any of these states."""
        return tuple(name for name, state in self.state.items() if state in states)

    def is_(self, name: str, *states: str) -> bool:
        return self.state.get(name) in states

    def shares(self, owners: Iterable[str]) -> dict[str, int]:
        """How many things each machine has, told by who has each; others are not counted."""
        count = Counter(owners)
        return {name: count[name] for name in self.state}

    def fresh(self) -> str:
        """A name that is free."""
        return next(name for name in FRESH if name not in self.state)


class HasFleet:
    """A model that has a fleet: the names that its forms offer."""

    fleet: Fleet

    def living(self) -> tuple[str, ...]:
        return self.fleet.named(LIVE)

    def failed(self) -> tuple[str, ...]:
        return self.fleet.named(FAILED)

    def present(self) -> tuple[str, ...]:
        return self.fleet.named(LIVE, FAILED)

    def weights(self) -> dict[str, int]:
        return {name: self.fleet.weight[name] for name in self.present()}

    def fresh(self) -> str:
        return self.fleet.fresh()

"""One name, and several with weights."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from playground.engine.inputs.kind import Invalid, Kind, shown
from playground.engine.rng import Rng

MOST_SIGNS = 64
"""Signs of a name: a label of a host name has at most 63 (RFC 1035, section 2.3.4), `address:port` about 20."""

NAME = re.compile(rf"[A-Za-z0-9_.:/-]{{1,{MOST_SIGNS}}}")

SIGNS = f"1 to {MOST_SIGNS} letters, digits, _ . : / or -"

LONG = "{}-{:02d}.cache.eu-west-1.compute.internal.example.org/rack:11211"
"""As long as a name may be, and like its neighbours at both ends."""


class Name(Kind[str]):
    """One name, as the argument of an action.

    `among` and `suggest` name methods of the miniature: the names that make sense now (offered as
    a list; the action itself refuses the others), and one free name to offer in the form.
    """

    kind = "name"

    def __init__(self, *, among: str = "", suggest: str = "", **more: str) -> None:
        super().__init__(None, **more)  # type: ignore[arg-type]  # a name has no default
        self.among, self.suggest = among, suggest

    def parse(self, text: str) -> str:
        text = text.strip()
        if not NAME.fullmatch(text):
            raise Invalid(f"{shown(text)} is not a name; {self.allowed()}.")
        return text

    def corners(self) -> Sequence[str]:
        return ["A", longest(7)]

    def draw(self, rng: Rng) -> str:
        return rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def allowed(self) -> str:
        return f"allowed is a name of {SIGNS}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{NAME.pattern}$"}


def longest(number: int) -> str:
    """A name of as many signs as there may be."""
    return LONG.format("node".ljust(MOST_SIGNS - len(LONG.format("", number)), "e"), number)


class Named(NamedTuple):
    """A name with its weight (1 where weights are not used)."""

    name: str
    weight: int = 1


def unweighted(names: Iterable[str]) -> tuple[Named, ...]:
    """The value of a `Names` input in which no weight is used."""
    return tuple(Named(name) for name in names)


class Names(Kind[tuple[Named, ...]]):
    """Several different names, with optional weights: `A*3 B`.

    They are divided by spaces, and may be pasted as they stand elsewhere: with commas, or one in each line.
    """

    kind = "names"

    def __init__(self, default: str, *, least: int = 1, most: int, weights: int = 1, **more: str) -> None:
        """`weights` is the greatest weight; 1 means that weights are not used."""
        self.least, self.most, self.weights = least, most, weights
        super().__init__(self.parse(default), **more)

    def parse(self, text: str) -> tuple[Named, ...]:
        parts = text.replace(",", " ").split()
        if not self.least <= len(parts) <= self.most:
            raise Invalid(f"{len(parts)} names are out of range; {self.allowed()}.")
        found = tuple(self._one(part) for part in parts)
        seen: set[str] = set()
        for one in found:
            if one.name in seen:
                raise Invalid(f"{one.name} is named twice; each name may stand once.")
            seen.add(one.name)
        return found

    def _one(self, part: str) -> Named:
        name, star, weight = part.partition("*")
        if not NAME.fullmatch(name):
            raise Invalid(f"{shown(part)} is not a name; {self.allowed()}.")
        if not star:
            return Named(name)
        if not re.fullmatch("[0-9]{1,4}", weight) or not 1 <= int(weight) <= self.weights:
            raise Invalid(f"{shown(part)} has no allowed weight; {self.allowed()}.")
        return Named(name, int(weight))

    def print(self, value: tuple[Named, ...]) -> str:
        return " ".join(one.name if one.weight == 1 else f"{one.name}*{one.weight}" for one in value)

    def corners(self) -> Sequence[tuple[Named, ...]]:
        long = tuple(Named(longest(i), self.weights) for i in range(self.most))
        few = tuple(Named(f"n{i}") for i in range(self.least))
        many = tuple(Named(f"n{i}") for i in range(self.most))
        return [few, self.default, many, long]

    def draw(self, rng: Rng) -> tuple[Named, ...]:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        count = rng.between(self.least, min(self.most, len(letters)))
        return tuple(Named(letters[i], rng.between(1, self.weights)) for i in range(count))

    def allowed(self) -> str:
        weight = f", each with an optional weight up to {self.weights} (as in A*2)" if self.weights > 1 else ""
        return f"allowed are {self.least} to {self.most} different names of {SIGNS}, with spaces between{weight}"

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "x-least": self.least,
            "x-most": self.most,
            "x-weights": self.weights,
            "x-item-pattern": f"^{NAME.pattern}" + (r"(\*[0-9]+)?$" if self.weights > 1 else "$"),
        }

    def sizes(self, value: tuple[Named, ...]) -> Sequence[int]:
        return range(self.least, len(value))

    def cut(self, value: tuple[Named, ...], size: int) -> tuple[Named, ...]:
        return value[:size]

    def advice(self, size: int | None = None) -> str:
        return f"leave {'fewer' if size is None else size} of the {self.label.lower()}"

"""Whole numbers, decimal numbers, the seed, and several numbers at once."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from playground.engine.inputs.kind import Invalid, Kind, shown
from playground.engine.rng import Rng

WHOLE = re.compile(r"-?[0-9]{1,16}")
FIXED = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
GROUPED = re.compile(r"-?[1-9][0-9]{0,2}(,[0-9]{3}){1,4}")
"""A whole number as pages print it: `10,000`."""
CLEARLY = re.compile(rf"{GROUPED.pattern}(\.[0-9]{{1,6}}|(?<=,[0-9]{{3}},[0-9]{{3}}))")
"""Groups that cannot be decimal places: `1,000.00`, or several of them."""
COMMA = re.compile(r"(-?[0-9]{1,12}),([0-9]{1,2})")
"""A decimal number with a comma, as in `62,40`: fewer than three digits are no group."""


class Whole(Kind[int]):
    """A whole number from `least` to `most`."""

    kind = "whole"

    def __init__(self, default: int, *, least: int = 0, most: int, now: str = "", **more: str) -> None:
        """`now`: for an argument of a verb, a method of the miniature that tells the value which each thing has now."""
        super().__init__(default, **more)
        self.least, self.most, self.now = least, most, now

    def parse(self, text: str) -> int:
        text = text.strip()
        if GROUPED.fullmatch(text):
            text = text.replace(",", "")
        if not WHOLE.fullmatch(text):
            raise Invalid(f"{shown(text)} is not a whole number; {self.allowed()}.")
        value = int(text)
        if not self.least <= value <= self.most:
            raise Invalid(f"{value} is out of range; {self.allowed()}.")
        return value

    def corners(self) -> Sequence[int]:
        return sorted({self.least, min(self.least + 1, self.most), self.default, self.most})

    def draw(self, rng: Rng) -> int:
        return rng.between(self.least, self.most)

    def allowed(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        return f"allowed is a whole number from {self.least} to {self.most}{unit}"

    def schema(self) -> dict[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most}

    def sizes(self, value: int) -> Sequence[int]:
        return range(self.least, value)

    def cut(self, value: int, size: int) -> int:
        return size


SEEDS = 2**53
"""How many seeds there are: as many as a browser counts exactly, and too many to be tried one by one."""


class Seed(Whole):
    """The seed of the miniature's random draws, 0 to 2⁵³ - 1."""

    kind = "seed"

    def __init__(self, default: int = 1, **more: str) -> None:
        super().__init__(default, least=0, most=SEEDS - 1, **more)

    def draw(self, rng: Rng) -> int:
        # The runs that are recorded were drawn from so many seeds; six digits keep their addresses short, too.
        return rng.below(1_000_000)

    def sizes(self, value: int) -> Sequence[int]:
        return ()


class Fixed(Kind[Decimal]):
    """A decimal number with a declared number of places; never a float."""

    kind = "fixed"

    def __init__(self, default: str, *, least: str, most: str, places: int, **more: str) -> None:
        self.places = places
        self.least, self.most = self._rounded(least), self._rounded(most)
        super().__init__(self._rounded(default), **more)

    def _rounded(self, value: Decimal | str) -> Decimal:
        return Decimal(value).quantize(Decimal(1).scaleb(-self.places))

    def parse(self, text: str) -> Decimal:
        text = text.strip()
        if CLEARLY.fullmatch(text):
            text = text.replace(",", "")
        elif COMMA.fullmatch(text):
            text = text.replace(",", ".")
        elif GROUPED.fullmatch(text):
            plain, point = text.replace(",", ""), text.replace(",", ".")
            raise Invalid(f"{shown(text)} can be read in two ways; write {plain} or {point}; {self.allowed()}.")
        if not FIXED.fullmatch(text):
            raise Invalid(f"{shown(text)} is not a decimal number; {self.allowed()}.")
        value = Decimal(text)
        if value != self._rounded(value):
            raise Invalid(f"{shown(text)} has too many decimal places; {self.allowed()}.")
        if not self.least <= value <= self.most:
            raise Invalid(f"{text} is out of range; {self.allowed()}.")
        # "-0" and "0" are one value and must have one spelling.
        return self._rounded(value) + 0

    def print(self, value: Decimal) -> str:
        return str(self._rounded(value))

    def corners(self) -> Sequence[Decimal]:
        return sorted({self.least, self.default, self.most})

    def draw(self, rng: Rng) -> Decimal:
        step = Decimal(1).scaleb(-self.places)
        return self.least + step * rng.below(int((self.most - self.least) / step) + 1)

    def allowed(self) -> str:
        unit = f" {self.unit}" if self.unit else ""
        places = f"{self.places} decimal place{'s' if self.places != 1 else ''}"
        return f"allowed is a number from {self.least} to {self.most}{unit} with at most {places}"

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": r"^-?[0-9]+(\.[0-9]{1," + str(self.places) + "})?$",
            "x-minimum": str(self.least),
            "x-maximum": str(self.most),
        }


class Numbers(Kind[tuple[int, ...]]):
    """Several different whole numbers, smallest first: `3 7 12`. There may be none."""

    kind = "numbers"

    def __init__(self, default: str, *, least: int = 0, most: int, count: int, **more: str) -> None:
        """`count` is how many there may be."""
        self.least, self.most, self.count = least, most, count
        super().__init__(self.parse(default), **more)

    def parse(self, text: str) -> tuple[int, ...]:
        parts = text.split()
        if len(parts) > self.count:
            raise Invalid(f"{len(parts)} numbers are too many; {self.allowed()}.")
        for part in parts:
            if not WHOLE.fullmatch(part):
                raise Invalid(f"{shown(part)} is not a whole number; {self.allowed()}.")
            if not self.least <= int(part) <= self.most:
                raise Invalid(f"{int(part)} is out of range; {self.allowed()}.")
        found = tuple(sorted({int(part) for part in parts}))
        if len(found) < len(parts):
            raise Invalid("A number stands there twice; each may stand once.")
        return found

    def print(self, value: tuple[int, ...]) -> str:
        return " ".join(map(str, value))

    def corners(self) -> Sequence[tuple[int, ...]]:
        few = tuple(range(self.least, min(self.least + self.count, self.most + 1)))
        return [(), self.default, few, (self.most,)]

    def draw(self, rng: Rng) -> tuple[int, ...]:
        return tuple(sorted({rng.between(self.least, self.most) for _ in range(rng.between(0, self.count))}))

    def allowed(self) -> str:
        return f"allowed are up to {self.count} different whole numbers from {self.least} to {self.most}, with spaces"

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "x-least": 0,
            "x-most": self.count,
            "x-item-pattern": "^[0-9]{1,12}$",
            "x-item-minimum": self.least,
            "x-item-maximum": self.most,
            "maxLength": (len(str(self.most)) + 1) * self.count,
        }

    def sizes(self, value: tuple[int, ...]) -> Sequence[int]:
        return range(len(value))

    def cut(self, value: tuple[int, ...], size: int) -> tuple[int, ...]:
        return value[:size]

    def advice(self, size: int | None = None) -> str:
        return f"leave {'fewer' if size is None else size} of the {self.label.lower()}"

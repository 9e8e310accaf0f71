"""What may be set: the closed set of input kinds.

A kind knows its bounds, its default and four translations: `parse` and `print` to and from the
text in a URL or a form field (`parse(print(value)) == value`), `corners` (extreme values, for the
search of the worst input), `draw` (a random allowed value) and `schema` (JSON Schema).
Forms and test strategies are built from this description outside the core.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar, overload

from playground.engine.rng import Rng

T = TypeVar("T")

NAME = re.compile(r"[A-Za-z0-9_.-]{1,16}")
WHOLE = re.compile(r"-?[0-9]{1,12}")
FIXED = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,6})?")
HEX = re.compile(r"([0-9a-f]{2})*")
COLON = ":"


class Invalid(ValueError):
    """A value that is not allowed; the message is a sentence for the learner."""


def shown(text: str, most: int = 24) -> str:
    """What the learner typed, quoted, shortened, with control characters made visible."""
    clean = "".join(
        char if unicodedata.category(char)[0] != "C" else f"\\x{ord(char):02x}" for char in text[: most + 1]
    )
    return f"“{clean}”" if len(text) <= most else f"“{clean[:most]}…”"


def has_control(text: str) -> bool:
    """True where the text holds a control character, a lone surrogate or an unassigned character."""
    return any(unicodedata.category(char)[0] == "C" for char in text)


class Kind(Generic[T]):
    """One input: its name, bounds, default, unit and help.

    On the class of a miniature it is the description; on an instance it is the value.
    """

    kind = ""
    name = ""

    def __init__(self, default: T, *, label: str = "", unit: str = "", help: str = "") -> None:
        self.default = default
        self._label = label
        self.unit = unit
        self.help = help

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, instance: None, owner: type) -> Kind[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> Kind[T] | T:
        if instance is None:
            return self
        value: T = instance.__dict__.get(self.name, self.default)
        return value

    @property
    def label(self) -> str:
        return self._label or self.name.replace("_", " ").capitalize()

    def named(self, name: str) -> Kind[T]:
        """The same kind, as the argument `name` of an action."""
        self.name = name
        return self

    def parse(self, text: str) -> T:
        """The value that the text means. Raises Invalid with a sentence."""
        raise NotImplementedError

    def print(self, value: T) -> str:
        """The one spelling of a value."""
        return str(value)

    def corners(self) -> Sequence[T]:
        """Extreme allowed values."""
        raise NotImplementedError

    def draw(self, rng: Rng) -> T:
        """A random allowed value."""
        return rng.choice(self.corners())

    def allowed(self) -> str:
        """What is allowed, in words."""
        raise NotImplementedError

    def schema(self) -> dict[str, Any]:
        """JSON Schema of the printed value, with `x-` hints for forms."""
        raise NotImplementedError

    def describe(self) -> dict[str, Any]:
        """The input as the API tells it."""
        return {
            "name": self.name,
            "kind": self.kind,
            "label": self.label,
            "default": None if self.default is None else self.print(self.default),
            "unit": self.unit,
            "help": self.help,
            "allowed": self.allowed(),
            "schema": self.schema(),
        }


class Whole(Kind[int]):
    """A whole number from `least` to `most`."""

    kind = "whole"

    def __init__(self, default: int, *, least: int = 0, most: int, **more: str) -> None:
        super().__init__(default, **more)
        self.least, self.most = least, most

    def parse(self, text: str) -> int:
        text = text.strip()
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


class Seed(Whole):
    """The seed of the miniature's random draws."""

    kind = "seed"

    def __init__(self, default: int = 1, **more: str) -> None:
        super().__init__(default, least=0, most=999_999, **more)


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


class Choice(Kind[str]):
    """One of a few words."""

    kind = "choice"

    def __init__(self, default: str, options: dict[str, str], **more: str) -> None:
        """`options` maps each word to what it means."""
        super().__init__(default, **more)
        self.options = options

    def parse(self, text: str) -> str:
        text = text.strip()
        if text not in self.options:
            raise Invalid(f"{shown(text)} is not one of the choices; {self.allowed()}.")
        return text

    def corners(self) -> Sequence[str]:
        return list(self.options)

    def allowed(self) -> str:
        return f"allowed is one of {', '.join(self.options)}"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": list(self.options)}


class Flag(Kind[bool]):
    """Yes or no."""

    kind = "flag"

    def parse(self, text: str) -> bool:
        text = text.strip()
        if text not in ("yes", "no"):
            raise Invalid(f"{shown(text)} is neither yes nor no; {self.allowed()}.")
        return text == "yes"

    def print(self, value: bool) -> str:
        return "yes" if value else "no"

    def corners(self) -> Sequence[bool]:
        return [False, True]

    def allowed(self) -> str:
        return "allowed is yes or no"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "enum": ["yes", "no"]}


class Named(NamedTuple):
    """A name with its weight (1 where weights are not used)."""

    name: str
    weight: int = 1


def unweighted(names: Iterable[str]) -> tuple[Named, ...]:
    """The value of a `Names` input in which no weight is used."""
    return tuple(Named(name) for name in names)


class Names(Kind[tuple[Named, ...]]):
    """Several different names, with optional weights: `A*3 B`."""

    kind = "names"

    def __init__(self, default: str, *, least: int = 1, most: int, weights: int = 1, **more: str) -> None:
        """`weights` is the greatest weight; 1 means that weights are not used."""
        self.least, self.most, self.weights = least, most, weights
        super().__init__(self.parse(default), **more)

    def parse(self, text: str) -> tuple[Named, ...]:
        parts = text.split()
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
        long = tuple(Named(f"node-number-{i:04d}"[:16], self.weights) for i in range(self.most))
        few = tuple(Named(f"n{i}") for i in range(self.least))
        many = tuple(Named(f"n{i}") for i in range(self.most))
        return [few, self.default, many, long]

    def draw(self, rng: Rng) -> tuple[Named, ...]:
        letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
        count = rng.between(self.least, min(self.most, len(letters)))
        return tuple(Named(letters[i], rng.between(1, self.weights)) for i in range(count))

    def allowed(self) -> str:
        weight = f", each with an optional weight up to {self.weights} (as in A*2)" if self.weights > 1 else ""
        return (
            f"allowed are {self.least} to {self.most} different names of 1 to 16 letters, "
            f"digits, _ . or -, with spaces between{weight}"
        )

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "x-least": self.least,
            "x-most": self.most,
            "x-weights": self.weights,
            "x-item-pattern": "^[A-Za-z0-9_.-]{1,16}" + (r"(\*[0-9]+)?$" if self.weights > 1 else "$"),
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
        return ["A", "node-number-9999"]

    def draw(self, rng: Rng) -> str:
        return rng.choice("ABCDEFGHIJKLMNOPQRSTUVWXYZ")

    def allowed(self) -> str:
        return "allowed is a name of 1 to 16 letters, digits, _ . or -"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "pattern": f"^{NAME.pattern}$"}


class Text(Kind[str]):
    """Free text of bounded length, without control characters."""

    kind = "text"

    def __init__(self, default: str, *, least: int = 0, most: int, **more: str) -> None:
        """`least` and `most` count characters."""
        super().__init__(default, **more)
        self.least, self.most = least, most

    def parse(self, text: str) -> str:
        if has_control(text):
            raise Invalid(f"{shown(text)} holds a control character; {self.allowed()}.")
        if not self.least <= len(text) <= self.most:
            raise Invalid(f"{len(text)} characters are out of range; {self.allowed()}.")
        return text

    def corners(self) -> Sequence[str]:
        return [self.default, "m" * max(self.least, 1), "W" * self.most, "<&:+ %é".ljust(self.least, "x")[: self.most]]

    def draw(self, rng: Rng) -> str:
        length = rng.between(max(self.least, 1), min(self.most, 12))
        return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz0123456789:/") for _ in range(length))

    def allowed(self) -> str:
        return f"allowed are {self.least} to {self.most} characters"

    def schema(self) -> dict[str, Any]:
        return {"type": "string", "minLength": self.least, "maxLength": self.most}


class Hex(Kind[bytes]):
    """Bytes, written as lower-case hexadecimal pairs."""

    kind = "hex"

    def __init__(self, default: str, *, least: int = 0, most: int, **more: str) -> None:
        """`least` and `most` count bytes."""
        super().__init__(bytes.fromhex(default), **more)
        self.least, self.most = least, most

    def parse(self, text: str) -> bytes:
        text = text.strip().lower()
        if not HEX.fullmatch(text):
            raise Invalid(f"{shown(text)} is not written in pairs of hexadecimal digits; {self.allowed()}.")
        if not self.least <= len(text) // 2 <= self.most:
            raise Invalid(f"{len(text) // 2} bytes are out of range; {self.allowed()}.")
        return bytes.fromhex(text)

    def print(self, value: bytes) -> str:
        return value.hex()

    def corners(self) -> Sequence[bytes]:
        return [bytes(self.least), self.default, b"\xff" * self.most]

    def draw(self, rng: Rng) -> bytes:
        return bytes(rng.below(256) for _ in range(rng.between(self.least, self.most)))

    def allowed(self) -> str:
        return f"allowed are {self.least} to {self.most} bytes as hexadecimal pairs, such as 0a ff without the space"

    def schema(self) -> dict[str, Any]:
        return {
            "type": "string",
            "pattern": "^([0-9a-f]{2})*$",
            "minLength": 2 * self.least,
            "maxLength": 2 * self.most,
        }

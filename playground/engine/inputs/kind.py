"""What a kind of input is: a name, bounds, a default and four translations.

`parse` and `print` to and from the text in a URL or a form field (`parse(print(value)) == value`), `corners`
(extreme values, for the search of the worst input), `draw` (a random allowed value) and `schema` (JSON Schema).
Forms and test strategies are built from this description outside the core.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Any, Generic, TypeVar, overload

from playground.engine.rng import Rng

T = TypeVar("T")


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

    def __init__(self, default: T, *, label: str = "", unit: str = "", help: str = "", on: str = "") -> None:
        """`on`: the things of the picture that stand for its values, by what their keys begin with (`server` for
        `server:ada`), with spaces between. A thing of an argument offers the verb; one of an input, which must be one
        of a few words, is pressed: it leads to the same acts with that value.
        """
        self.default = default
        self.on = on
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

    # Smaller values, for a run that is too long: those that have a size say what they can be cut to.

    def sizes(self, value: T) -> Sequence[int]:
        """Sizes to which a value can be cut, the least first, its own left out. None: a smaller one means nothing."""
        return ()

    def cut(self, value: T, size: int) -> T:
        """The value cut to a size."""
        raise NotImplementedError

    def advice(self, size: int | None = None) -> str:
        """What a learner is told to do: `lower keys to 12`, or `lower keys` where no size is known."""
        return f"lower {self.label.lower()}" + ("" if size is None else f" to {size}")

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
            "on": self.on.split(),
            "allowed": self.allowed(),
            "schema": self.schema(),
        }

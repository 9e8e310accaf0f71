"""What needs a library is handed in as a function, by whoever starts the core.

The site hands in the real functions as it starts (`playground/apps.py`). The command line draws nothing, but
weighs long runs by painting them: it offers stand-ins, which count only where nothing has been handed in.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

Modules = tuple[tuple[bool, ...], ...]
"""Rows of a symbol's modules, without its quiet zone; True is dark."""


class NotHanded(LookupError):
    """A picture needs a function that nobody has handed in."""


class Handed(Generic[P, R]):
    """The place of one function. `what` says what it makes, for the sentence where it is absent."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.function: Callable[P, R] | None = None

    def hand(self, function: Callable[P, R]) -> None:
        """Take this function from now on."""
        self.function = function

    def offer(self, function: Callable[P, R]) -> None:
        """Take it unless there is one."""
        self.function = self.function or function

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        if self.function is None:
            raise NotHanded(f"Nothing here makes {self.what}. Whoever starts the core hands in a function that does.")
        return self.function(*args, **kwargs)


qr_modules: Handed[[str], Modules] = Handed("the modules of a QR code")

"""One of a few words, and yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playground.engine.inputs.kind import Invalid, Kind, shown


class Choice(Kind[str]):
    """One of a few words."""

    kind = "choice"

    def __init__(self, default: str, options: dict[str, str], *, suggest: str = "", **more: str) -> None:
        """`options` maps each word to what it means. `suggest` names a method of the miniature: of an argument, the
        word that makes most sense now, which its form offers first."""
        super().__init__(default, **more)
        self.options, self.suggest = options, suggest

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

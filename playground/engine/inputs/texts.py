"""Free text, and bytes in hexadecimal digits."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from playground.engine.inputs.kind import Invalid, Kind, has_control, shown
from playground.engine.rng import Rng

HEX = re.compile(r"([0-9a-f]{2})*")


class Text(Kind[str]):
    """Free text of bounded length, without control characters."""

    kind = "text"

    def __init__(
        self, default: str, *, least: int = 0, most: int, among: str = "", adds: str = "", **more: str
    ) -> None:
        """`least` and `most` count characters. For an argument of a verb, `among` names a method of the miniature: the
        texts that make sense now, none with a space in it, which the form offers as a list; with `adds`, those with
        which a text begins, and `adds` what follows where a thing of the picture stands for one: `README` `=changed`.
        """
        super().__init__(default, **more)
        self.least, self.most, self.among, self.adds = least, most, among, adds

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

    def sizes(self, value: str) -> Sequence[int]:
        return range(self.least, len(value))

    def cut(self, value: str, size: int) -> str:
        return value[:size]

    def advice(self, size: int | None = None) -> str:
        return f"shorten {self.label.lower()}" + ("" if size is None else f" to {size} characters")


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

"""What a message says: its parts, and the fields that its bitmap announces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words

ROW = 16
"""Bits in a row."""
HALF = 64
"""Bits of one bitmap. Only those of the first can be picked; of two, a picture would have too many marks."""


class Part(NamedTuple):
    """A piece of the message: its key, its name, what a person may read, its bytes in hex. A field has a number."""

    key: str
    name: str
    shown: str
    data: str
    number: int = 0


@dataclass(frozen=True)
class Bitmap:
    """A message, or as much of it as is made. `changed` is the key of a part, or `bit:<number>`."""

    title: str
    note: str
    parts: tuple[Part, ...]
    bits: tuple[int, ...]
    """The fields that are announced; without any the bitmap is still to be written."""
    changed: str = ""
    rows: int = 4
    """Rows of bits: four, or eight where there is a second bitmap."""
    empty: str = "no message yet"
    picks: bool = False
    """Whether a bit can be picked."""

    kind = "bitmap"

    def fields(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if part.number)

    def room(self) -> tuple[int, ...]:
        """Rows of bits, lines of fields, bytes."""
        return self.rows, len(self.fields()), sum(len(part.data) // 2 for part in self.parts)

    def blank(self) -> bool:
        return False

    def words(self) -> Words:
        if not self.parts:
            return Words("There is no message yet.", ("part", "value"), ())
        listed = ", ".join(map(str, self.bits)) or "none yet"
        rows = tuple((f"{part.number or ''} {part.name}".strip(), part.shown) for part in self.parts)
        return Words(f"{self.title}: the bitmap announces fields {listed}.", ("part", "value"), rows)

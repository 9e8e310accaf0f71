"""What a run of bytes says: its cells, which of them are picked, what follows from them, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes import qr
from playground.scenes.many import many
from playground.scenes.scene import Words


class Nibble(NamedTuple):
    """The low half of a cell that names a place: the cell, the place it names, and the words for it."""

    cell: int
    to: int
    words: str


class Value(NamedTuple):
    """A value that follows from what stands above it. Of `text` only the end, from `kept` on, goes further.

    Without a text it is to come: its place is drawn, not in play.
    """

    key: str
    text: str
    caption: str
    kept: int = 0
    how: str = ""
    """What was done to reach it, such as `mod 10⁶`; stands over the arrow that leads to it."""


class Verdict(NamedTuple):
    """What came of it: the words, and whether they are good news."""

    words: str
    good: bool


@dataclass(frozen=True)
class Bytes:
    """A run of bytes. `changed` says what wears brass: data, nibble, picked, mask, code, verdict or a value's key."""

    title: str
    note: str
    data: tuple[int, ...]
    first: int = 0
    count: int = 0
    """The picked run; no cells: nothing is picked."""
    nibble: Nibble | None = None
    bits: bool = False
    """Whether the picked run is written out as bits."""
    masked: int = 0
    """Bits that are cleared, from the left."""
    mask_words: str = ""
    values: tuple[Value, ...] = ()
    verdict: Verdict | None = None
    changed: str = ""
    remark: str = ""
    """A sentence that stands below, where there are no bits."""
    code: str = ""
    """A text that the bytes are handed over in: drawn as a QR code, and written out."""
    ahead: str = ""
    """What is to come and is drawn so, not in play: `bits`, `code` or nothing."""
    empty: str = "no bytes yet"
    start: int = 0
    """Number of the first cell, where the run is part of something longer."""

    kind = "bytes"

    def room(self) -> tuple[int, ...]:
        """Cells; whether a nibble points, bits are written, values follow, a verdict is given; a QR code's side
        and the length of its text; the length of the remark where it stands under the bytes."""
        told = (len(self.data), self.nibble is not None, self.bits, len(self.values), self.verdict is not None)
        return (*told, qr.side(self.code), len(self.code), 0 if self.bits else len(self.remark))

    def blank(self) -> bool:
        return not self.data

    def picked(self) -> tuple[int, ...]:
        return self.data[self.first : self.first + self.count]

    def words(self) -> Words:
        rows = [("bytes", spelled(self.data))]
        if self.nibble:
            rows.append((f"low half of byte {self.nibble.cell}", self.nibble.words))
        if self.count:
            first = self.start + self.first
            rows.append((f"bytes {first} to {first + self.count - 1}", spelled(self.picked())))
        if self.bits:
            rows.append(("as bits", " ".join(f"{byte:08b}" for byte in self.picked())))
        rows += [(value.caption, value.text) for value in self.values if value.text]
        if self.code:
            rows.append(("QR code", self.code))
        if self.verdict:
            rows.append(("verdict", self.verdict.words))
        return Words(self.sentence(), ("what", "value"), tuple(rows))

    def sentence(self) -> str:
        if not self.data:
            return "There are no bytes yet."
        if not self.count:
            return f"{self.title}: {many(len(self.data), 'byte')}."
        first = self.start + self.first
        last = first + self.count - 1
        return f"{self.title}: bytes {first} to {last} are {spelled(self.picked())}."


def spelled(data: tuple[int, ...]) -> str:
    return " ".join(f"{byte:02x}" for byte in data)

"""What a header says: its fields in order, which of them changed, and what is counted below."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.scene import Words


class Field(NamedTuple):
    """A run of bits. Without a value it is to come; `old` is what it held before this step."""

    key: str
    name: str
    short: str
    bits: int
    value: str = ""
    meaning: str = ""
    old: str = ""


class Tally(NamedTuple):
    """A line below the fields: what is counted, and how far it is."""

    key: str
    caption: str
    text: str


@dataclass(frozen=True)
class Fields:
    """A header. A field fills a part of one row, or whole rows."""

    title: str
    note: str
    fields: tuple[Field, ...]
    changed: tuple[str, ...] = ()
    """Keys of the fields, or of the one tally, that wear brass."""
    tallies: tuple[Tally, ...] = ()
    remark: str = ""
    row: int = 32
    """Bits in a row."""
    offsets: tuple[str, ...] = ()
    """What stands at the left of each row, where that is not the number of its first byte."""
    empty: str = "no header yet"

    kind = "fields"

    def rows(self) -> int:
        return -(-sum(field.bits for field in self.fields) // self.row)

    def room(self) -> tuple[int, ...]:
        """Rows of fields, lines below them, and the length of the remark."""
        return self.rows(), len(self.tallies), len(self.remark)

    def blank(self) -> bool:
        return not self.fields

    def words(self) -> Words:
        rows = [(field.name, shown(field), field.meaning) for field in self.fields]
        rows += [(tally.caption, tally.text, "") for tally in self.tallies]
        return Words(self.sentence(), ("field", "value", "meaning"), tuple(rows))

    def sentence(self) -> str:
        if not self.fields:
            return f"{self.empty[:1].upper()}{self.empty[1:]}."
        told = [f"{field.name} {shown(field)}" for field in self.fields if field.key in self.changed]
        told += [f"{tally.caption} {tally.text}" for tally in self.tallies if tally.key in self.changed]
        return f"{self.title}: {', '.join(told)}." if told else f"{self.title}."


def shown(field: Field) -> str:
    if not field.value:
        return "to come"
    return f"{field.old} → {field.value}" if field.old else field.value

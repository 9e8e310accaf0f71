"""The list of a class's learners, as a spreadsheet program saves it or as it is pasted: read strictly, row by row.

The first row names the columns, in any order: a name (or a first and a last one), and an id if there is one. Nothing
else is kept, and which columns were not is said. A list of names alone needs no such row.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import StringIO
from typing import TextIO

from django.core.exceptions import ValidationError

from quizzes.files.cells import plain, safe
from quizzes.forms import NameField
from quizzes.models import Class, Member
from quizzes.names import fold, tidy
from quizzes.zones import stamp

MOST_ROWS = 500
MOST_SIGNS = 20_000
LONGEST_ID = 60
MOST_FAULTS = 50
"""Faults that are told; more help nobody."""
SEPARATORS = ",;\t"

COLUMNS = {
    "name": ("name", "full name", "learner", "student", "student name", "participant", "display name"),
    "first": ("first name", "firstname", "first", "given name", "forename"),
    "last": ("last name", "lastname", "last", "family name", "surname"),
    "id": ("id", "external id", "student id", "id number", "student number", "number", "matriculation number"),
}
"""What a column is called, however it is written."""
OWN = ("joined",)
"""A column of the table that we hand out, and take back without a word."""


@dataclass(frozen=True)
class Row:
    """One learner."""

    number: int
    """Of the row, as a spreadsheet program counts."""
    name: str
    external_id: str


@dataclass(frozen=True)
class Fault:
    """What is wrong in a row; 0 for the whole."""

    row: int
    sentence: str

    def __str__(self) -> str:
        return f"Row {self.row}: {self.sentence}" if self.row else self.sentence


class Unreadable(Exception):
    """A list that cannot be taken as it is; nothing of it is."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.faults = faults[:MOST_FAULTS]
        self.more = len(faults) - len(self.faults)


@dataclass
class Roster:
    """A list that can be taken."""

    rows: list[Row] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    """Columns that are not kept."""


def read(text: str) -> Roster:
    """The rows of a list. Raises Unreadable with everything that is wrong with it."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if len(text) > MOST_SIGNS:
        raise Unreadable([Fault(0, f"The list has {len(text):,} characters; {MOST_SIGNS:,} are taken at once.")])
    if "\0" in text or "\ufffd" in text:
        raise Unreadable([Fault(0, "Some signs of this list were lost: save it as “CSV UTF-8” and copy it again.")])
    rows = [(number, cells) for number, cells in _cells(text) if any(cells)]
    if not rows:
        raise Unreadable([Fault(0, "There is no row yet: type a name, or paste a list.")])
    roster, faults = Roster(), []
    first, columns = rows[0][0], _columns(rows[0][1])
    if columns:
        kinds = [kind for kind in columns if kind]
        if twice := next((kind for kind in kinds if kinds.count(kind) > 1), None):
            raise Unreadable([Fault(first, f"Two columns are called “{COLUMNS[twice][0]}”.")])
        roster.left_out = [
            cell for cell, kind in zip(rows[0][1], columns, strict=True)
            if cell and not kind and _plain(cell) not in OWN
        ]  # fmt: skip
        rows = rows[1:]
    elif max(len(cells) for _, cells in rows) == 1:
        columns = ["name"]
    if not {"name", "first", "last"} & set(columns):
        raise Unreadable([Fault(first, "The first row says what the columns are; one of them is called “name”.")])
    if len(rows) > MOST_ROWS:
        raise Unreadable([Fault(0, f"The list has {len(rows)} learners; {MOST_ROWS} are taken at once.")])
    for number, cells in rows:
        try:
            roster.rows.append(_row(number, cells, columns))
        except ValidationError as fault:
            faults += [Fault(number, sentence) for sentence in fault.messages]
    faults += _doubles(roster.rows)
    if faults:
        raise Unreadable(sorted(faults, key=lambda one: one.row))
    return roster


def _cells(text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row with its number, its cells tidied."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    number = 0
    try:
        for number, cells in enumerate(csv.reader(StringIO(text), delimiter=separator, strict=True), 1):
            yield number, [plain(tidy(cell)) for cell in cells]
    except csv.Error:
        sentence = "A quotation mark opens here, and none closes it where the cell ends."
        raise Unreadable([Fault(number + 1, sentence)]) from None


def _columns(cells: list[str]) -> list[str]:
    """What each column of a first row is, empty for one that is not kept; nothing where it is no such row."""
    kinds = [next((kind for kind, names in COLUMNS.items() if _plain(cell) in names), "") for cell in cells]
    return kinds if any(kinds) else []


def _plain(cell: str) -> str:
    return " ".join(fold(cell).replace("_", " ").replace("-", " ").split())


def _row(number: int, cells: list[str], columns: list[str]) -> Row:
    if len(cells) > len(columns) and any(cells[len(columns) :]):
        raise ValidationError(f"There are {len(cells)} cells, and {len(columns)} columns. Put a comma within “ ”.")
    said = {kind: cell for kind, cell in zip(columns, cells, strict=False) if kind}
    name = said.get("name") or " ".join(filter(None, (said.get("first", ""), said.get("last", ""))))
    external_id = said.get("id", "")
    if len(external_id) > LONGEST_ID or not external_id.isprintable():
        raise ValidationError(f"An id has at most {LONGEST_ID} characters, all of which can be seen.")
    return Row(number, NameField().clean(name), external_id)


def _doubles(rows: list[Row]) -> Iterator[Fault]:
    """Each row that names somebody who stands in one before it."""
    names: dict[str, Row] = {}
    ids: dict[str, Row] = {}
    for row in rows:
        if (before := names.setdefault(fold(row.name), row)) is not row:
            yield Fault(row.number, f"{row.name} stands in row {before.number} already. Add a letter to one of them.")
        if row.external_id and (before := ids.setdefault(row.external_id, row)) is not row:
            yield Fault(row.number, f"The id {row.external_id} stands in row {before.number} already.")


def write(of: Class, file: TextIO) -> int:
    """Write the learners of a class, as they can be read again; how many they are."""
    table = csv.writer(file)
    table.writerow(("name", "id", "joined"))
    learners = Member.objects.filter(of=of, removed=None, role=Member.Role.LEARNER).order_by("folded", "pk")
    for one in learners:
        table.writerow([safe(one.name), safe(one.external_id), stamp(one.joined) or ""])
    return len(learners)

"""Results opened in LibreOffice: a cell for a cell, accents right, and nothing that runs.

program   soffice --headless --infilter=CSV:44,34,76 --convert-to fods <file>.csv
"""

from __future__ import annotations

import csv
import io
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from quizzes.handing_in import hand_in
from quizzes.models import Member
from quizzes.saving import save
from quizzes.starting import start
from tests.quizzes import made, people
from tests.quizzes.made import change
from tests.require import require

pytestmark = [pytest.mark.django_db, pytest.mark.long]

NAMES = (
    "Müller-Ødegård", "Łucja Żółć", "علي", "李雷", "O’Neil, “Q.”", 'Quote "Q"', "Ana; Ben", "'tis",
    "=1+1", "+43 664 1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://x")', "＝1", "=cmd|' /C calc'!A0",
)  # fmt: skip
OFFICE, TABLE, TEXT = (f"{{urn:oasis:names:tc:opendocument:xmlns:{one}:1.0}}" for one in ("office", "table", "text"))

COMMAS = "CSV:44,34,76"
"""What its dialog proposes for a file with the mark of UTF-8: commas, quotes, UTF-8."""


class Cell(NamedTuple):
    """What LibreOffice has made of one."""

    text: str
    kind: str
    formula: str


def opened(content: bytes, folder: Path) -> list[list[Cell]]:
    """The sheet, without the empty cells at its end."""
    (folder / "results.csv").write_bytes(content)
    command: list[str | Path] = [
        require("soffice", "libreoffice-calc-nogui"), f"-env:UserInstallation=file://{folder}/profile", "--headless",
        f"--infilter={COMMAS}", "--convert-to", "fods", "--outdir", folder, folder / "results.csv",
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    sheet = []
    for row in ElementTree.parse(folder / "results.fods").iter(f"{TABLE}table-row"):  # noqa: S314 - LibreOffice's own
        cells: list[Cell] = []
        for cell in row.iter(f"{TABLE}table-cell"):
            text = "\n".join("".join(one.itertext()) for one in cell.iter(f"{TEXT}p"))
            one = Cell(text, cell.get(f"{OFFICE}value-type", ""), cell.get(f"{TABLE}formula", ""))
            cells += [one] * min(int(cell.get(f"{TABLE}number-columns-repeated", 1)), 100)
        while cells and not cells[-1].text:
            cells.pop()
        if cells:
            sheet.append(cells)
    return sheet


@pytest.mark.parametrize("name", ["learners", "answers"])
def test_every_cell_is_there_as_it_was_written_and_none_runs(tmp_path, name):
    ruth = people.user("Ruth")
    quiz = made.quiz(people.room(owner=ruth), kinds=(made.PICK, made.NUMBER))
    for number, one in enumerate(NAMES):
        member = people.learner(quiz.of, f"L{number}")
        Member.objects.filter(pk=member.pk).update(name=one, external_id=f"id {one}"[:60])
        began = timezone.now() - timedelta(minutes=5)
        attempt = start(quiz, member, began)
        save(attempt, 1, change(made.wrong(attempt) if number % 2 else made.right(attempt)), began)
        hand_in(attempt, began + timedelta(minutes=1))
    content = people.browser(ruth).get(f"/teach/quizzes/{quiz.pk}/{name}.csv").getvalue()
    written = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True))
    sheet = opened(content, tmp_path)
    assert len(sheet) == len(written) > len(NAMES)
    for cells, row in zip(sheet, written, strict=True):
        while row and not row[-1]:
            row.pop()
        assert [cell.text for cell in cells] == row
        assert not [cell for cell in cells if cell.formula or cell.kind not in ("string", "float", "")]


def test_what_is_not_guarded_does_run_there(tmp_path):
    """The test above can fail."""
    (head, (cell, accents)) = opened("name,more\r\n=1+1,Łucja\r\n".encode("utf-8-sig"), tmp_path)
    assert [one.text for one in head] == ["name", "more"]
    assert (cell.text, cell.kind, cell.formula) == ("2", "float", "of:=1+1")
    assert accents.text == "Łucja"

"""Learners read in their second language: no word that they would look up in vain stands in what they are shown.

Shown are lessons, pages, and the code of the models with the machines under them: it is the explanation.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
SHOWN = (
    ("lessons/content", "*.md"),
    ("playground/miniatures", "*.py"),
    ("playground/machines", "*.py"),
    ("templates", "*.html"),
)
ARCHAIC = re.compile(
    r"\b(anew|nought|naught|dear(?:er|est|ly)?|mend(?:s|ed|ing)?|whilst|lest|hither|thither|whence|thence|oft|hark)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize(("folder", "names"), SHOWN, ids=[folder for folder, _ in SHOWN])
def test_nothing_that_is_shown_holds_an_archaic_word(folder, names):
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match[0]}"
        for path in sorted((ROOT / folder).rglob(names))
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if (match := ARCHAIC.search(line))
    ]
    assert found == []


@pytest.mark.parametrize("text", ["made anew", "at nought", "dear to the thief", "the mend took two lines"])
def test_such_words_are_found(text):
    assert ARCHAIC.search(text)


@pytest.mark.parametrize("text", ["a new one", "amend the last commit", "recommended", "lesson", "often"])
def test_others_are_not(text):
    assert not ARCHAIC.search(text)

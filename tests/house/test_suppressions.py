"""A check that is silenced says why, beside the place."""

import re

from tests.conftest import ROOT

SILENCED = re.compile(r"# (?:noqa\b|type: ignore\b).*")
REASON = re.compile(r"# (?:noqa: [A-Z0-9, ]+ [-–—] |type: ignore\[[a-z, -]+\]  # )\S.{6,}")
ROOMS = ("config", "lessons", "playground", "quizzes", "tests")


def without_reason(text: str) -> list[str]:
    """Lines on which a check is silenced and nothing says why."""
    found = [(line, SILENCED.search(line)) for line in text.splitlines()]
    return [line.strip() for line, hit in found if hit and not REASON.fullmatch(hit[0]) and '"' not in hit[0]]


def test_every_suppression_has_a_reason_beside_it():
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    found = {path.relative_to(ROOT).as_posix(): without_reason(path.read_text("utf-8")) for path in files}
    assert {path: lines for path, lines in found.items() if lines} == {}


def test_one_without_is_noticed():
    silent = "x = 1  # " + "noqa: E501"
    assert without_reason(silent) == [silent]
    assert without_reason(f"{silent} - a table is read as one") == []
    assert without_reason("x = 1  # " + "type: ignore[misc]") != []

"""Versions of questions: what was recorded must hold, or the version of the question is raised."""

import dataclasses
import json
import subprocess
from pathlib import Path

import pytest

from playground.engine import golden, templates
from playground.engine.questions import Question
from playground.engine.registry import Entry, entries

RING = entries()["hash-ring"]
MOVE = next(question for question in RING.questions if question.name == "how-many-move")


@dataclasses.dataclass(frozen=True)
class Asking(Entry):
    """A miniature with other questions, in a folder of its own."""

    asks: tuple[type[Question], ...] = ()

    @property
    def questions(self) -> tuple[type[Question], ...]:
        return self.asks


def variant(**changed):
    return type("HowManyMove", (MOVE,), changed)


SAME = variant(because="Better said, and nothing else.")
OTHER = variant(prompt=classmethod(lambda cls, query: "Otherwise asked?"))


def recorded(home: Path, *asks: type[Question]) -> Asking:
    entry = Asking("hash-ring", "data", RING.cls, home, asks)
    templates.record(entry)
    return entry


def now(entry, *asks):
    return dataclasses.replace(entry, asks=asks)


def commit(home, *files):
    """A main branch that holds these files of a folder."""
    who = ("-c", "user.name=ada", "-c", "user.email=ada@example.org")
    for words in (("init", "-b", "main"), ("add", *files), ("commit", "--allow-empty", "-m", "recorded")):
        subprocess.run(["git", *who, *words], cwd=home, check=True, capture_output=True)


def test_it_is_recorded_with_version_digest_and_the_figures_of_a_stock(tmp_path):
    recorded(tmp_path, MOVE)
    told = json.loads((tmp_path / "questions.json").read_text("utf-8"))
    digest = templates.recorded(RING)["how-many-move"]["digest"]
    assert told == {"how-many-move": {"version": MOVE.version, "digest": digest, **templates.figures(RING, MOVE)}}
    assert told["how-many-move"]["offered"] is True


def test_what_is_recorded_already_is_not_recorded_again(tmp_path):
    entry = recorded(tmp_path, MOVE)
    assert templates.advice(entry) == ""
    with pytest.raises(golden.Already, match="recorded already"):
        templates.record(entry)


def test_a_better_reason_needs_no_version(tmp_path):
    assert templates.advice(now(recorded(tmp_path, MOVE), SAME)) == ""


def test_a_published_question_that_asks_otherwise_is_told_to_raise_its_version(tmp_path):
    entry = now(recorded(tmp_path, MOVE), OTHER)
    commit(tmp_path, "questions.json")
    assert f"give HowManyMove version = {MOVE.version + 1} in questions.py" in templates.advice(entry)
    assert "python -m playground record hash-ring" in templates.advice(entry)
    with pytest.raises(golden.Unchanged, match=f"version = {MOVE.version + 1}"):
        templates.record(entry)


def test_with_the_version_raised_it_can_be_recorded(tmp_path):
    entry = now(recorded(tmp_path, MOVE), type("Newer", (OTHER,), {"version": MOVE.version + 1}))
    commit(tmp_path, "questions.json")
    assert "does not tell of its questions as they are" in templates.advice(entry)
    templates.record(entry)
    assert templates.recorded(entry)["how-many-move"]["version"] == MOVE.version + 1
    assert "versions go up" in templates.advice(now(entry, OTHER))


def test_before_it_is_published_it_is_recorded_as_it_comes(tmp_path):
    entry = recorded(tmp_path, MOVE)
    commit(tmp_path)
    changed = now(entry, OTHER)
    assert "does not tell of its questions as they are" in templates.advice(changed)
    templates.record(changed)
    assert templates.advice(changed) == ""


def test_a_question_that_is_new_or_gone_is_told(tmp_path):
    entry = recorded(tmp_path, MOVE)
    assert "python -m playground record hash-ring" in templates.advice(now(entry, MOVE, RING.questions[0]))
    assert "python -m playground record hash-ring" in templates.advice(now(entry))

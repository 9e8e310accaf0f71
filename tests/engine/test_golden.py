"""Versions: what was recorded must hold, or the version is raised and says why."""

import dataclasses
import json
import subprocess

import pytest

from playground.engine import golden
from playground.engine.registry import Entry
from tests.engine.bells import Few


class Louder(Few):
    def outcome(self):
        return super().outcome() | {"louder": True}


class Chattier(Few):
    opening = "It is quiet."


@pytest.fixture
def bells(tmp_path):
    """Recorded bells, in a folder of their own."""
    entry = Entry("bells", "test", Few, tmp_path)
    golden.record(entry)
    return entry


def changed(entry, cls):
    return dataclasses.replace(entry, cls=cls)


def test_a_new_miniature_is_recorded_as_version_1(bells):
    written = json.loads(bells.versions_path.read_text())
    assert (written["version"], written["changes"]) == (1, {})
    assert list(written["digests"]) == golden.queries(bells)
    assert golden.advice(bells) == ""


def test_a_changed_outcome_is_told_with_the_command_to_type(bells):
    told = golden.advice(changed(bells, Louder))
    assert "answers 21 recorded runs otherwise than its version 1 did" in told
    assert '\n    python -m playground raise-version bells "what changed"' in told
    assert "(the default run)" in told


def test_a_changed_narration_needs_no_version(bells):
    assert golden.advice(changed(bells, Chattier)) == ""


def test_raising_the_version_keeps_the_line_and_the_new_answers(bells):
    louder = changed(bells, Louder)
    assert golden.raise_version(louder, " It says so when it is loud. ") == 2
    assert golden.recorded(louder)["changes"] == {"2": "It says so when it is loud."}
    assert golden.advice(louder) == ""
    assert "its version 2" in golden.advice(bells)


def test_a_version_is_not_raised_for_nothing(bells):
    with pytest.raises(golden.Unchanged, match="its version stays 1"):
        golden.raise_version(bells, "Nothing.")


@pytest.mark.parametrize("line", ["", "  ", "two\nlines", "x" * 161])
def test_what_changed_is_one_line(bells, line):
    with pytest.raises(golden.Unchanged, match="one line of at most 160"):
        golden.raise_version(changed(bells, Louder), line)


def test_new_runs_are_recorded_without_raising_the_version_if_the_old_ones_hold(bells):
    written = golden.recorded(bells)
    del written["digests"][""]
    golden.write(bells, written | {"digests": written["digests"] | {"rounds=9": golden.digest(Few, "rounds=9")}})
    assert "1 runs have no digest yet and 1 digests belong to no run" in golden.advice(bells)
    assert "python -m playground record bells" in golden.advice(bells)
    golden.record(bells)
    assert golden.advice(bells) == ""
    assert golden.recorded(bells)["version"] == 1


def test_recording_never_hides_a_change(bells):
    with pytest.raises(golden.Unchanged, match="raise-version"):
        golden.record(changed(bells, Louder))
    with pytest.raises(golden.Unchanged, match="recorded already"):
        golden.record(bells)


@pytest.fixture
def checkout(bells):
    """The folder of the bells as a git checkout, whose main branch has nothing of them yet. Call it to run git."""

    def git(*words):
        who = ("-c", "user.name=a", "-c", "user.email=a@b")
        subprocess.run(["git", *who, *words], cwd=bells.home, check=True, capture_output=True)

    git("init", "-b", "main")
    git("commit", "--allow-empty", "-m", "nothing yet")
    return git


def test_what_was_never_on_main_is_recorded_anew_and_the_advice_says_so(bells, checkout):
    louder = changed(bells, Louder)
    told = golden.advice(louder)
    assert "It has never been on the main branch" in told
    assert "python -m playground record bells" in told
    assert "raise-version" not in told
    golden.record(louder)
    assert golden.advice(louder) == ""
    assert golden.recorded(louder)["version"] == 1


def test_on_another_branch_it_has_not_been_on_main_either(bells, checkout):
    checkout("switch", "-c", "topic")
    checkout("add", ".")
    checkout("commit", "-m", "bells")
    assert not golden.is_published(bells)


def test_what_is_on_main_is_raised(bells, checkout):
    checkout("add", ".")
    checkout("commit", "-m", "bells")
    assert golden.is_published(bells)
    with pytest.raises(golden.Unchanged, match="raise-version"):
        golden.record(changed(bells, Louder))


def test_without_git_everything_counts_as_published(bells, checkout, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert golden.is_published(bells)

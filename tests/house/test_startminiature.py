"""The scaffold runs: what `manage.py startminiature` writes passes every test of a miniature, as it stands."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from lessons.areas import AREAS
from tests.conftest import ROOT

SLUG, MODULE = "made-by-the-scaffold", "made_by_the_scaffold"
HOME = f"playground/miniatures/cache/{MODULE}"
WRITTEN = {
    "playground/miniatures/cache/__init__.py",
    *(f"{HOME}/{name}.py" for name in ("__init__", "model", "shown", "about", "questions", "elsewhere")),
    f"{HOME}/versions.json",
    f"{HOME}/questions.json",
    f"{HOME}/evidence.json",
    f"lessons/content/cache/{SLUG}.md",
    f"tests/fidelity/test_{MODULE}.py",
}


def files_of(folder: Path) -> set[str]:
    """The files below a folder, without what Python and the settings write by themselves."""
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.is_file() and not {"__pycache__", ".local", ".hypothesis"} & set(path.relative_to(folder).parts)
    }


class Copy:
    """A copy of this checkout as it lies here, without what git ignores."""

    def __init__(self, home: Path) -> None:
        self.home = home
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout  # fmt: skip
        for name in listed.rstrip("\0").split("\0"):
            if (ROOT / name).is_file():
                (home / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, home / name)

    def do(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Start something with this Python in the copy."""
        without = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        return subprocess.run(
            [sys.executable, *command], cwd=self.home, capture_output=True, text=True, check=False,
            env=without | {"PYTHONDONTWRITEBYTECODE": "1", "SECRET_KEY": "of the copy " * 6},
        )  # fmt: skip

    def test(self, *where: str) -> subprocess.CompletedProcess[str]:
        return self.do("-m", "pytest", "-v", "-p", "no:cacheprovider", "-k", f"{SLUG} or {MODULE}", *where)


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Copy:
    made = Copy(tmp_path_factory.mktemp("checkout"))
    before = files_of(made.home)
    done = made.do("manage.py", "startminiature", "cache", SLUG)
    assert (done.returncode, done.stderr) == (0, ""), done.stdout + done.stderr
    assert files_of(made.home) - before == WRITTEN
    return made


@pytest.mark.long
def test_it_passes_every_test_of_a_miniature_as_it_stands(copy):
    done = copy.test(
        "tests/contract", "tests/lessons", f"tests/fidelity/test_{MODULE}.py", "tests/fidelity/test_elsewhere.py"
    )
    assert done.returncode == 0, done.stdout
    assert "skipped" not in done.stdout
    assert f"tests/fidelity/test_{MODULE}.py" in done.stdout, "its comparison has run too"


@pytest.mark.long
def test_it_is_as_clean_as_the_rest(copy):
    code = [name for name in sorted(WRITTEN) if name.endswith(".py")]
    for command in (
        ["ruff", "check", "--no-cache", *code],
        ["ruff", "format", "--no-cache", "--check", *code],
        ["mypy", "--cache-dir=/dev/null", *code],
    ):
        done = copy.do("-m", *command)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.long
@pytest.mark.parametrize(
    ("file", "right", "wrong", "failing"),
    [
        (f"tests/fidelity/test_{MODULE}.py", "return model.came[0]", "return model.held[0]", "saboteur_is_noticed"),
        (f"{HOME}/model.py", "return self.held[0]", "return self.held[-1]", "as_lru_cache"),
    ],
    ids=["a saboteur that changes nothing", "a model that is wrong"],
)
def test_its_comparison_can_fail(copy, file, right, wrong, failing):
    path = copy.home / file
    sound = path.read_text("utf-8")
    assert sound.count(right) == 1
    path.write_text(sound.replace(right, wrong), "utf-8")
    try:
        done = copy.do("-m", "pytest", "-q", "-p", "no:cacheprovider", f"tests/fidelity/test_{MODULE}.py")
    finally:
        path.write_text(sound, "utf-8")
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert f"{failing}" in done.stdout.rpartition("FAILED")[2]


@contextmanager
def wrong_lines(copy: Copy, *changes: tuple[str, str, str]) -> Iterator[None]:
    """The scaffold with a piece of some of its files exchanged, while it lasts."""
    before = {part: (copy.home / HOME / f"{part}.py").read_text("utf-8") for part, *_ in changes}
    for part, right, wrong in changes:
        assert right in before[part]
        (copy.home / HOME / f"{part}.py").write_text(before[part].replace(right, wrong, 1), "utf-8")
    try:
        yield
    finally:
        for part, sound in before.items():
            (copy.home / HOME / f"{part}.py").write_text(sound, "utf-8")


FIVE = "(FirstIn, LastUsed, Rarest, NewestIn, MostAsked)"


@pytest.mark.long
def test_what_it_lacks_is_told_step_by_step_and_with_its_place(copy):
    """Its addresses are saved when it is published, and three things are wrong with it, one of which makes a question
    another than is recorded; all else holds."""
    with wrong_lines(
        copy,
        ("about", 'Scenario("little-room"', 'Scenario("under-way"'),
        ("elsewhere", "python3 cache.py", "pythn3 cache.py"),
        ("questions", f"before = 0\n    wrong = {FIVE}", "before = 0\n    wrong = (FirstIn, LastUsed, Rarest)"),
    ):
        done = copy.do("-m", "playground", "check", SLUG)
    assert done.returncode == 1
    steps = [line for line in done.stdout.splitlines() if line[:1].isdigit()]
    wrong = [number for number, line in enumerate(steps, 1) if not line.endswith(": holds")]
    assert (len(steps), wrong) == (9, [1, 4, 6, 8, 9]), done.stdout
    assert f"{HOME}/about.py: two scenarios have one name" in done.stdout
    assert f"{HOME}/questions.py, HowManyHits: give it 4 to 6 wrong models" in done.stdout
    assert f"{SLUG}, how-many-hits asks otherwise for the same seed" in done.stdout
    assert "pythn3: not found" in done.stdout
    assert f"{HOME}/saved.json: save what its scenarios show: python -m pytest" in done.stdout
    assert "And as the rest is written: holds" in done.stdout


@pytest.mark.long
@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [("self.held[0]", "self.hold[0]", "no attribute 'hold'"), ("class ", "class class ", "SyntaxError")],
    ids=["a name that is not there", "a slip"],
)
def test_a_model_that_cannot_run_is_told_by_the_place_where_it_breaks(copy, right, wrong, told):
    with wrong_lines(copy, ("model", right, wrong)):
        done = copy.do("-m", "playground", "check", SLUG)
    assert done.returncode == 1
    assert done.stdout.startswith(f"1. The model: it cannot be run\n   - {HOME}/model.py:")
    assert told in done.stdout


@pytest.mark.long
def test_it_is_never_written_twice(copy):
    before = (copy.home / f"{HOME}/model.py").read_bytes()
    done = copy.do("manage.py", "startminiature", "data", SLUG)
    assert done.returncode == 1
    assert f"There is a miniature {SLUG} already, in cache." in done.stderr
    assert (copy.home / f"{HOME}/model.py").read_bytes() == before


# What is refused, before anything is written.


def test_an_area_that_does_not_exist_is_answered_with_those_that_do():
    with pytest.raises(CommandError, match="There is no area “caches”") as refused:
        call_command("startminiature", "caches", SLUG)
    assert all(area.name in str(refused.value) for area in AREAS)


@pytest.mark.parametrize("slug", ["Read", "2pc", "a_b", "a--b", "a-", "", "import", "a" * 33, "../x", "é"])
def test_a_slug_that_cannot_be_an_address_is_refused(slug):
    with pytest.raises(CommandError, match="cannot be an address"):
        call_command("startminiature", "cache", slug)


def test_a_name_that_the_files_use_is_refused():
    with pytest.raises(CommandError, match="would be called Table, a name that"):
        call_command("startminiature", "cache", "table")


def test_nothing_is_overwritten(tmp_path):
    there = tmp_path / f"lessons/content/cache/{SLUG}.md"
    there.parent.mkdir(parents=True)
    there.write_text("mine", "utf-8")
    with override_settings(BASE_DIR=tmp_path), pytest.raises(CommandError, match=f"Nothing was written, .*{SLUG}.md"):
        call_command("startminiature", "cache", SLUG)
    assert files_of(tmp_path) == {f"lessons/content/cache/{SLUG}.md"}
    assert there.read_text("utf-8") == "mine"

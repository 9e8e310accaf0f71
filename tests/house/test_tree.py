"""The top level is fixed: whoever opens the project sees the same few names."""

import re
import subprocess

from tests.conftest import ROOT

FIXED = {
    # the code
    "manage.py", "config", "lessons", "playground", "quizzes", "static", "templates", "tests",
    # how it is built
    "Makefile", "pyproject.toml", "requirements.lock", "requirements-servers.lock", "requirements-test.lock", ".ci",
    # papers
    "README.md", "LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md",
    # dot files
    ".dockerignore", ".editorconfig", ".gitattributes", ".gitignore",
}  # fmt: skip
# Written so that this file does not name what it forbids.
PLACES = re.compile(r"py[p]i\.org|python[h]osted|npm[j]s\.|deb\.[d]ebian|/(?:r[o]ot|h[o]me|w[o]rk)/")


def tracked() -> list[str]:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return listing.stdout.rstrip("\0").split("\0")


def test_the_top_level_holds_only_the_fixed_names():
    assert {path.split("/")[0] for path in tracked()} - FIXED == set()


def test_what_a_run_writes_is_not_tracked():
    written = [".local/db.sqlite3", ".local/secret-key", ".venv/bin/python", "config/__pycache__/x"]
    ignored = subprocess.run(["git", "check-ignore", *written], cwd=ROOT, capture_output=True, text=True, check=False)
    assert ignored.stdout.split() == written


def test_no_file_names_a_machine_or_a_registry():
    found = []
    for path in tracked():
        file = ROOT / path
        if file.is_file() and file.suffix not in {".png", ".woff2"}:
            found += [f"{path}: {hit[0]}" for hit in PLACES.finditer(file.read_text())]
    assert found == []


def test_scripts_can_be_run():
    scripts = [*(ROOT / ".ci").iterdir(), ROOT / "manage.py"]
    for script in scripts:
        starts_itself = script.read_bytes().startswith(b"#!")
        assert starts_itself == bool(script.stat().st_mode & 0o100), script.name

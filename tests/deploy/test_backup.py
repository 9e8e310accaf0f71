"""The drill: a backup is taken while others write, the database is lost, and the backup brings it back."""

import os
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.deploy


@pytest.fixture
def place(tmp_path: Path) -> Path:
    manage(tmp_path, "migrate", "--verbosity", "0")
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        database.execute("CREATE TABLE pair (number INTEGER, side TEXT)")
        database.commit()
    return tmp_path


def manage(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return python(place, "manage.py", *words)


def python(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Under a umask that would let everybody read and write."""
    environ = os.environ | {"DATABASE_URL": f"sqlite:///{place}/db.sqlite3", "SECRET_KEY": "0123456789abcdef" * 4}
    return subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environ, capture_output=True, text=True, check=False, umask=0
    )


def rows(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute("SELECT number, side FROM pair ORDER BY number, side").fetchall()


def write_pairs(path: Path, stop: threading.Event) -> None:
    """Two rows in each transaction, so that a copy of half a transaction would show."""
    with closing(sqlite3.connect(path, timeout=20)) as database:
        number = 0
        while not stop.is_set():
            with database:
                database.execute("INSERT INTO pair VALUES (?, 'left')", (number,))
                database.execute("INSERT INTO pair VALUES (?, 'right')", (number,))
            number += 1


def test_what_was_lost_comes_back_as_it_was_at_one_moment(place):
    stop = threading.Event()
    writer = threading.Thread(target=write_pairs, args=(place / "db.sqlite3", stop))
    writer.start()
    try:
        made = manage(place, "backup", str(place / "copy.sqlite3"))
    finally:
        stop.set()
        writer.join()
    assert made.returncode == 0, made.stderr
    kept = rows(place / "copy.sqlite3")
    assert kept
    assert len(kept) % 2 == 0
    for left, right in zip(kept[::2], kept[1::2], strict=True):
        assert left == (right[0], "left")

    for file in place.glob("db.sqlite3*"):
        file.unlink()
    restored = manage(place, "restore", str(place / "copy.sqlite3"))
    assert restored.returncode == 0, restored.stderr
    assert rows(place / "db.sqlite3") == kept


def test_a_restore_replaces_what_was_written_since(place):
    manage(place, "backup", str(place / "copy.sqlite3"))
    with closing(sqlite3.connect(place / "db.sqlite3")) as database, database:
        database.execute("INSERT INTO pair VALUES (1, 'since')")
    assert manage(place, "restore", str(place / "copy.sqlite3")).returncode == 0
    assert rows(place / "db.sqlite3") == []


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("backup", "{place}/db.sqlite3"), "exists already"),
        (("backup", "{place}/nowhere/copy"), "There is no folder"),
        (("restore", "{place}/nothing"), "There is no file"),
        (("restore", "{place}/text"), "is no sound database"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_changed(place, words, sentence):
    (place / "text").write_text("no database " * 1000)
    before = (place / "db.sqlite3").read_bytes()
    done = manage(place, *(word.format(place=place) for word in words))
    assert done.returncode == 1
    assert sentence in done.stderr
    assert (place / "db.sqlite3").read_bytes() == before


OPEN = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
sys.addaudithook(lambda name, told: name == "sqlite3.connect" and print("before", oct(os.stat(told[0]).st_mode)[-3:]))
from django.db import connection
connection.cursor().execute("CREATE TABLE name (learner TEXT)")
for path in sorted(os.listdir(os.path.dirname(connection.settings_dict["NAME"]))):
    print(path, oct(os.stat(os.path.join(os.path.dirname(connection.settings_dict["NAME"]), path)).st_mode)[-3:])
"""


@pytest.mark.asvs("13.3.1")
@pytest.mark.parametrize("before", [None, 0o644], ids=["a new one", "one of an earlier version"])
def test_the_database_and_what_lies_beside_it_are_their_owners_alone(tmp_path, before):
    if before:
        (tmp_path / "db.sqlite3").touch()
        (tmp_path / "db.sqlite3").chmod(before)
    done = python(tmp_path, "-c", OPEN)
    assert done.stdout.splitlines() == [
        "before 600", "db.sqlite3 600", "db.sqlite3-shm 600", "db.sqlite3-wal 600"
    ], done.stderr  # fmt: skip


def test_a_backup_and_what_is_brought_back_are_their_owners_alone(place):
    assert manage(place, "backup", str(place / "copy.sqlite3")).returncode == 0
    (place / "db.sqlite3").unlink()
    assert manage(place, "restore", str(place / "copy.sqlite3")).returncode == 0
    assert {path.name: path.stat().st_mode & 0o777 for path in place.iterdir()} == {
        "copy.sqlite3": 0o600,
        "db.sqlite3": 0o600,
    }

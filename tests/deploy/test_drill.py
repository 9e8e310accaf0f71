"""A class goes on writing while a backup is made, the database is lost, and the backup brings back what was said.

program   manage.py backup, manage.py restore; pg_dump, pg_restore, by the lines that README gives
request   POST /quizzes/api/<quiz>/1/<place>/save
"""

from __future__ import annotations

import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.browser.server import free_port
from tests.chaos.clients import Learner, Tally
from tests.chaos.server import Server, serving
from tests.conftest import ROOT
from tests.require import require

pytestmark = pytest.mark.deploy

LEARNERS, MORE = 6, 60
"""Saves of all together before the backup begins, and again after it has ended."""
COPY = {"sqlite": "copy.sqlite3", "postgresql": "orrery.dump"}


@dataclass
class Writing:
    """A class that writes, and what it was told."""

    tally: Tally = field(default_factory=Tally)
    enough: threading.Event = field(default_factory=threading.Event)

    def write(self, learner: Learner) -> None:
        while not self.enough.is_set() and not self.tally.problems:
            learner.answer(1)

    def wait_for(self, saves: int) -> None:
        """Until so many have been acknowledged."""
        while len(self.acknowledged) < saves:
            assert not self.tally.problems, self.tally.problems[:3]
            time.sleep(0.01)

    @property
    def acknowledged(self) -> set[str]:
        with self.tally.lock:
            return set(self.tally.acknowledged)


@contextmanager
def writing(server: Server) -> Iterator[Writing]:
    told = server.run("tests.chaos.classroom", "make", str(LEARNERS))
    server.start()
    found = Writing()
    found.tally.still.set()
    threads = []
    for number, one in enumerate(told["learners"]):
        dice = random.Random(number)  # noqa: S311 - reproducible on purpose
        learner = Learner(
            server.port, told["quiz"], one["session"], one["values"], told["csrf"], found.tally, True, dice
        )
        threads.append(threading.Thread(target=found.write, args=(learner,)))
    for thread in threads:
        thread.start()
    try:
        yield found
    finally:
        found.enough.set()
        for thread in threads:
            thread.join()


def by_readme(program: str) -> str:
    """The line of README that starts with a program."""
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    found = [line.strip() for line in lines if line.startswith("    ") and program in line]
    assert len(found) == 1
    return found[0]


def run(server: Server, folder: Path, command: list[str]) -> None:
    """Under the umask that systems have, by which others may read."""
    done = subprocess.run(
        command, cwd=folder, env=server.environ, capture_output=True, text=True, check=False, umask=0o022
    )
    assert done.returncode == 0, done.stderr[-3000:]


def back_up(server: Server, folder: Path, database: str) -> None:
    if database == "sqlite":
        run(server, folder, [sys.executable, str(ROOT / "manage.py"), "backup", COPY[database]])
    else:
        run(server, folder, ["sh", "-c", by_readme("pg_dump ")])


def lose(server: Server, folder: Path, database: str) -> None:
    """All that was said is gone, and the tables too."""
    if database == "sqlite":
        for file in folder.glob("db.sqlite3*"):
            file.unlink()
    else:
        gone = "DROP SCHEMA public CASCADE; CREATE SCHEMA public"
        run(server, folder, ["psql", "--quiet", "--command", gone, server.environ["DATABASE_URL"]])


def restore(server: Server, folder: Path, database: str) -> None:
    if database == "sqlite":
        run(server, folder, [sys.executable, str(ROOT / "manage.py"), "restore", COPY[database]])
    else:
        run(server, folder, ["sh", "-c", by_readme("pg_restore ")])


def others_may(folder: Path) -> dict[str, str]:
    """The files of a database that are not their owner's alone."""
    kept = [one for one in folder.iterdir() if one.name.startswith(("db.sqlite3", *COPY.values()))]
    assert kept
    return {one.name: oct(one.stat().st_mode & 0o777) for one in kept if one.stat().st_mode & 0o077}


@pytest.mark.asvs("13.3.1")
@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_every_save_that_was_acknowledged_before_a_backup_comes_back_with_it(database, tmp_path):
    if database == "postgresql":
        require("pg_dump", "postgresql-client")
    with serving(database, tmp_path, free_port()) as server:
        assert (ROOT / ".local").stat().st_mode & 0o066 == 0, "others may go through it, and have no list"
        with writing(server) as class_:
            class_.wait_for(MORE)
            before = class_.acknowledged
            back_up(server, tmp_path, database)
            assert others_may(tmp_path) == {}
            class_.wait_for(len(class_.acknowledged) + MORE)
        everything = class_.acknowledged
        assert class_.tally.problems == []
        server.stop()
        for trouble in (None, lose):  # first what was written since goes, then all is gone
            if trouble:
                trouble(server, tmp_path, database)
            restore(server, tmp_path, database)
            found = server.run("tests.chaos.classroom", "count")
            assert before <= set(found["keys"]) < everything, "of one moment, before the last"
            assert (len(found["keys"]), found["differences"]) == (len(set(found["keys"])), [])
            assert others_may(tmp_path) == {}

"""The database is SQLite or PostgreSQL: what touches it is tested on both.

program   postgres -D <folder>/data -k <folder>
"""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError
from django.db.utils import ConnectionHandler

from config import environment
from tests.conftest import ROOT
from tests.real import postgres

pytestmark = pytest.mark.deploy


@pytest.fixture(scope="module")
def environ() -> Iterator[dict[str, str]]:
    """An environment with a PostgreSQL of its own."""
    with postgres.cluster() as path, postgres.running(path, postgres.PLAIN):
        yield {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | {
            "DATABASE_URL": postgres.url(path),
            "SECRET_KEY": "0123456789abcdef" * 4,
        }


def python(environ: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, *words], cwd=ROOT, env=environ, capture_output=True, text=True, check=False)


def test_whatever_touches_the_database_passes_on_postgresql_too(environ):
    """The same tests, in a run of their own."""
    quiet = ("-p", "no:cacheprovider", "-p", "no:xdist", "--durations=0")
    done = python(environ, "-m", "pytest", "-p", "tests.on_database", *quiet)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    assert "database: postgresql" in done.stdout


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_what_is_for_sqlite_alone_says_what_to_use_instead(environ, command, tmp_path: Path):
    done = python(environ, "manage.py", command, str(tmp_path / "copy"))
    assert (done.returncode, list(tmp_path.iterdir())) == (1, [])
    assert "use its own tools, pg_dump --format=custom and pg_restore --clean" in done.stderr


def test_one_that_takes_connections_and_says_nothing_is_away_after_three_seconds(django_db_blocker):
    """Without an end to the wait, `/readyz` would never say so, and whoever asks `/livez` would stand behind it."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgres://reader@127.0.0.1:{silent.getsockname()[1]}/orrery"
        connections = ConnectionHandler({"default": environment.database({"DATABASE_URL": url}, "")})
        began = time.monotonic()
        with django_db_blocker.unblock(), pytest.raises(DatabaseError):
            connections["default"].ensure_connection()
        assert time.monotonic() - began < 6


def test_what_the_url_says_about_the_connection_is_kept():
    url = "postgres://reader@db.example/orrery?sslmode=verify-full&connect_timeout=9"
    options = environment.database({"DATABASE_URL": url}, "")["OPTIONS"]
    assert options == {"sslmode": "verify-full", "connect_timeout": 9}

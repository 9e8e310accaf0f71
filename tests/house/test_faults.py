"""What is wrong around the site is one sentence on stderr and status 1, in whatever way it is started."""

import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.urls import re_path

from config import faults
from config.environment import SERVERS
from tests.clones import copy
from tests.conftest import ROOT

pytestmark = pytest.mark.long

KEY = "a-key-that-is-made-up-for-tests-0123456789-ABCDEFGHIJ-abcdefghij"
MIGRATE = ("manage.py", "migrate", "--verbosity", "0")
ENTRIES = [MIGRATE, ("-m", "config.assets"), ("-m", "config.prepare")]

# Root may write anywhere: it is to be held by the modes of files as anybody is.
HELD = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search") if os.geteuid() == 0 else ()


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("faults") / "clone"
    copy(place)
    return place


@pytest.fixture
def home(checkout: Path) -> Path:
    """A checkout in which nothing has been started yet."""
    local = checkout / ".local"
    if local.is_dir():
        local.chmod(0o755)
        shutil.rmtree(local)
    local.unlink(missing_ok=True)
    return checkout


def start(home: Path, *entry: str, held: bool = False, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [*(HELD if held else ()), sys.executable, "-B", *entry]
    environ = {"PATH": os.environ["PATH"], "SECRET_KEY": KEY} | environment
    return subprocess.run(
        command, cwd=home, env=environ, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )


def sentence(done: subprocess.CompletedProcess[str]) -> str:
    """The one line that was said."""
    assert done.returncode == 1, done.stderr
    (line,) = done.stderr.splitlines()
    assert re.fullmatch(r"\S.*[.']", line), line
    return line


# ------------------------------------------------------------- variables


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda words: " ".join(words[:2]))
@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("ORIGIN", "orrery.example", "ORIGIN must be https://"),
        ("DEBUG", "perhaps", "DEBUG must be 1 or 0, not 'perhaps'."),
        ("SECRET_KEY", "short", "SECRET_KEY must be at least 50 random characters"),
        ("LOGS", "loud", "LOGS must be plain or json, not 'loud'."),
        ("DATABASE_URL", "mysql://u:hush@h/n", "DATABASE_URL must begin with sqlite:// or postgres://, not 'mysql'."),
    ],
)
def test_a_variable_that_cannot_be_used_is_a_sentence(home: Path, entry: tuple[str, ...], variable, value, said):
    line = sentence(start(home, *entry, **{variable: value}))
    assert line.startswith(said)
    assert "hush" not in line


def test_a_python_without_django_says_which_one_has_it(home: Path):
    line = sentence(start(home, "-S", "manage.py", "check"))
    assert line == "This Python has no Django. Type .venv/bin/python instead of python; `make run` makes it."


# ----------------------------------------------------------- the database


def test_postgresql_without_its_driver_says_what_to_type(home: Path):
    program = "import sys; sys.modules |= {'psycopg': None, 'psycopg2': None}; import manage; manage.main()"
    done = start(home, "-c", program, "migrate", DATABASE_URL="postgres://reader:hush@127.0.0.1/orrery")
    assert sentence(done).endswith(f"type '.ci/environment {SERVERS}'")
    assert "psycopg==3" in (ROOT / SERVERS).read_text()


def test_postgresql_that_is_not_there_is_a_sentence_without_the_password(home: Path):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # and never listens
        port = nobody.getsockname()[1]
        line = sentence(start(home, *MIGRATE, DATABASE_URL=f"postgres://reader:hush@127.0.0.1:{port}/orrery"))
    assert line.startswith(f"The database orrery on 127.0.0.1, port {port} cannot be used: ")
    assert "hush" not in line


def a_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as made, made:
        made.execute("CREATE TABLE cup (tea TEXT)")
        made.executemany("INSERT INTO cup VALUES (?)", [("green",)] * 4000)


def text(path: Path) -> None:
    path.write_text("no database " * 1000)


def folder(path: Path) -> None:
    path.mkdir()


def nothing_above(path: Path) -> None:
    path.parent.rmdir()


def cut(path: Path) -> None:
    a_database(path)
    path.write_bytes(path.read_bytes()[:5000])


def read_only(path: Path) -> None:
    a_database(path)
    path.chmod(0o444)
    path.parent.chmod(0o555)


def in_a_folder_that_is_read_only(path: Path) -> None:
    path.parent.chmod(0o555)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (text, "is a file, but no SQLite database"),
        (folder, "cannot be opened"),
        (nothing_above, "cannot be opened"),
        (cut, "is damaged; put a backup in its place"),
        (read_only, "may not be written by this user"),
        (in_a_folder_that_is_read_only, "cannot be opened"),
    ],
)
def test_a_database_that_cannot_be_used_is_named_in_a_sentence(home: Path, tmp_path: Path, made, said: str):
    place = tmp_path / "data" / "db.sqlite3"
    place.parent.mkdir()
    made(place)
    # As one whom the modes of files hold, and who owns the file: a database that may be read alone is not made private.
    line = sentence(start(home, *MIGRATE, held=True, DATABASE_URL=f"sqlite:///{place}"))
    assert line.startswith(f"The database {place} {said}")


# ---------------------------------------------------------------- the disk


def test_a_secret_that_is_empty_is_a_sentence(home: Path):
    (home / ".local").mkdir()
    (home / ".local" / "secret-key").touch()
    line = sentence(start(home, *MIGRATE, SECRET_KEY=""))
    assert line.endswith(".local/secret-key holds no secret. Delete it, and the next start makes a new one.")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda words: " ".join(words[:2]))
def test_a_file_in_the_place_of_the_folder_that_is_written_to(home: Path, entry: tuple[str, ...]):
    (home / ".local").touch()
    assert sentence(start(home, *entry)).startswith(f"{home}/.local")


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda words: " ".join(words[:2]))
def test_a_folder_that_may_not_be_written_to(home: Path, entry: tuple[str, ...]):
    (home / ".local").mkdir(mode=0o555)
    line = sentence(start(home, *entry, held=True))
    assert line.startswith((f"{home}/.local/", f"The database {home}/.local/db.sqlite3 cannot be opened"))


def test_a_clone_that_may_not_be_written_to(home: Path):
    home.chmod(0o555)
    try:
        done = subprocess.run(
            [*HELD, home / ".ci" / "environment", "requirements.lock"],
            env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=False, timeout=60,
        )  # fmt: skip
    finally:
        home.chmod(0o755)
    assert sentence(done).startswith(f"{home}/.local cannot be written by ")


@pytest.mark.parametrize(
    "name", ["generated/css/.embed.css.part", "static/errors/.503.html.part", ".static.stamp.part"]
)
def test_a_disk_that_is_full_is_a_sentence_and_the_next_start_is_whole(home: Path, name: str):
    full = home / ".local" / name
    full.parent.mkdir(parents=True)
    full.symlink_to("/dev/full")
    line = sentence(start(home, "-m", "config.prepare"))
    assert line.startswith("The disk is full: ")
    assert str(full.parent) in line
    assert start(home, "-m", "config.prepare").returncode == 0
    assert (home / ".local" / "static" / "errors" / "503.html").stat().st_size > 500
    assert not list((home / ".local").rglob("*.part"))


# ---------------------------------------------- what is a fault of the code


def test_a_fault_that_is_not_known_keeps_its_trace():
    with pytest.raises(ZeroDivisionError), faults.in_words():
        _ = 1 // 0


def answer(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def test_what_django_refuses_in_our_code_keeps_its_trace():
    """The same exception says that a variable cannot be used, and then comes from our own reading of it."""
    with pytest.raises(ImproperlyConfigured) as raised:
        re_path("(", answer).resolve("no expression")
    assert faults.words(raised.value) is None


def test_a_file_that_is_missing_from_the_code_keeps_its_trace(tmp_path: Path):
    with pytest.raises(FileNotFoundError), faults.in_words():
        (tmp_path / "template.html").read_text()


def test_ctrl_c_is_no_fault():
    with pytest.raises(SystemExit) as ended, faults.in_words():
        raise KeyboardInterrupt
    assert ended.value.code == 130

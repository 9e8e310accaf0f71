"""`make run` in a fresh clone, killed at any moment, comes back whole at the next `make run`."""

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.server import free_port
from tests.clones import copy
from tests.conftest import ROOT

pytestmark = pytest.mark.long

PATIENCE = 180
"""Seconds until a start must answer or be over; one that has everything to do takes ten."""

PHASES = ("Making the environment", "Installing what", "Preparing the", "Orrery is at")
"""What a start says when it begins with something."""

LESSON = "/lessons/hash-ring/"

LISTENING = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execvp(sys.argv[1], sys.argv[1:])"
"""Starts a program that hears Ctrl-C, also where the tests are run in the background and would not."""


@dataclass
class Clone:
    """A checkout in which nothing has been made yet, and packages to install from without a network."""

    home: Path
    wheels: Path

    def start(self, port: int) -> "Start":
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")}
        environ = kept | {"PORT": str(port), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.wheels)}
        environ["PIP_NO_COMPILE"] = "1"  # most of an installation's time, and not what is tried here
        log = self.home.with_name(f"log-{port}")
        with log.open("wb") as file:
            # A group of its own, as a terminal gives it one: Ctrl-C goes to all that is in it.
            process = subprocess.Popen(
                [sys.executable, "-c", LISTENING, "make", "run"],
                cwd=self.home, env=environ, stdout=file, stderr=file, start_new_session=True,
            )  # fmt: skip
        return Start(process, port, log)

    @contextlib.contextmanager
    def started(self, port: int) -> Iterator["Start"]:
        start = self.start(port)
        try:
            yield start
        finally:
            start.end(signal.SIGINT)

    def packages(self) -> set[str]:
        """What is installed; bytecode may be written later."""
        return {
            path.relative_to(self.home).as_posix() for path in self.home.glob(".venv/lib/**/*") if path.suffix != ".pyc"
        }

    def static(self) -> dict[str, bytes]:
        root = self.home / ".local" / "static"
        return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


@dataclass
class Start:
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def said(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def until(self, words: str) -> float:
        """Waits until it says something; the instant at which it did."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.01)
        return time.monotonic()

    def traces(self, home: Path) -> list[str]:
        """Our own lines of a trace, from where a program has asked not to have one.

        Python's own start, up to that line, may leave a trace, and so may pip.
        """
        named = re.findall(rf'File "{re.escape(str(home))}/(?!\.venv/)([^"]+)", line (\d+)', self.said)
        return [f"{file}:{number}" for file, number in named if int(number) > asked_for(home / file)]

    def get(self, path: str) -> bytes:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return bytes(answer.read())

    def answers(self) -> bool:
        """Whether it comes up, and shows a lesson with its style sheets and scripts."""
        self.until(PHASES[-1])
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                alive = self.get("/livez") == b"ok\n"
                break
            except OSError:
                assert time.monotonic() < deadline, self.said
                assert self.process.poll() is None, self.said
                time.sleep(0.05)
        linked = re.findall(r'(?:href|src)="(/static/[^"]+\.(?:css|js))"', self.get(LESSON).decode())
        return alive and len(linked) > 3 and all(len(self.get(path)) > 100 for path in linked)

    def end(self, by: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, by)
        self.process.wait(30)


def asked_for(file: Path) -> int:
    """The line that hands Ctrl-C to the system; 0 where a file has none."""
    lines = file.read_text("utf-8").splitlines()
    return next((number for number, line in enumerate(lines, 1) if "signal.signal(signal.SIGINT" in line), 0)


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    place = tmp_path_factory.mktemp("first-start")
    wheels = place / "wheels"
    fetch = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--require-hashes"]
    subprocess.run([*fetch, "-r", "requirements.lock", "-d", wheels], cwd=ROOT, check=True, timeout=300)
    copy(place / "clone")
    return Clone(place / "clone", wheels)


@dataclass
class Whole:
    """What a start leaves that nobody has disturbed, and how long each of its phases took."""

    packages: set[str]
    static: dict[str, bytes]
    seconds: dict[str, float]


@pytest.fixture(scope="module")
def whole(clone: Clone) -> Whole:
    with clone.started(free_port()) as start:
        instants = [start.until(phase) for phase in PHASES]
        assert start.answers()
    seconds = {phase: after - at for phase, at, after in zip(PHASES, instants, instants[1:], strict=False)}
    return Whole(clone.packages(), clone.static(), seconds)


CUTS = {
    0: [(0.02, signal.SIGINT), (0.4, signal.SIGKILL), (0.9, signal.SIGINT)],
    1: [(0.2, signal.SIGKILL), (0.6, signal.SIGINT), (0.75, signal.SIGKILL), (0.95, signal.SIGKILL)],
    2: [(0.3, signal.SIGKILL), (0.7, signal.SIGINT), (0.95, signal.SIGKILL)],
}
"""Phase → after which part of the time that it takes undisturbed it is killed, and by what: ten instants."""


@pytest.mark.parametrize("phase", CUTS)
def test_a_start_that_was_killed_again_and_again_comes_back(clone: Clone, whole: Whole, phase: int):
    """Each finds what the one before has left, in the same clone; the last one is let be."""
    shutil.rmtree(clone.home / ".local")
    if phase < 2:
        shutil.rmtree(clone.home / ".venv")
    for part, by in CUTS[phase]:
        cut = clone.start(free_port())
        cut.until(PHASES[phase])
        time.sleep(whole.seconds[PHASES[phase]] * part)
        cut.end(by)
        assert not cut.traces(clone.home), cut.said
    with clone.started(free_port()) as start:
        assert start.answers(), start.said
    assert clone.packages() == whole.packages
    assert clone.static() == whole.static


def test_where_only_its_parent_dies_the_next_start_waits_for_what_lives_on(clone: Clone, whole: Whole):
    shutil.rmtree(clone.home / ".venv")
    cut = clone.start(free_port())
    try:
        cut.until(PHASES[1])
        installer, packages = running(clone, b".ci/install"), running(clone, b"\0pip\0install\0")
        os.kill(cut.process.pid, signal.SIGKILL)
        os.kill(packages, signal.SIGSTOP)  # however fast the machine, it lives on until the next start has met it
        os.kill(installer, signal.SIGKILL)
        with clone.started(free_port()) as start:
            start.until("Waiting for another start")
            os.kill(packages, signal.SIGCONT)
            assert start.answers(), start.said
    finally:
        cut.end(signal.SIGKILL)
    assert clone.packages() == whole.packages


def running(clone: Clone, words: bytes) -> int:
    """The process in the clone with these words in its command, as soon as there is one."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for cmdline in Path("/proc").glob("[0-9]*/cmdline"):
            with contextlib.suppress(OSError):
                if words in cmdline.read_bytes() and (cmdline.parent / "cwd").readlink() == clone.home:
                    return int(cmdline.parent.name)
        time.sleep(0.01)
    raise AssertionError(f"nothing runs {words!r} in the clone")


def test_two_first_starts_at_the_same_moment_both_come_up(clone: Clone, whole: Whole):
    for made in (".venv", ".local"):
        shutil.rmtree(clone.home / made)
    with clone.started(free_port()) as one, clone.started(free_port()) as other:
        assert one.answers(), one.said
        assert other.answers(), other.said
    assert clone.packages() == whole.packages
    assert clone.static() == whole.static


def test_a_python_without_pip_is_made_whole(clone: Clone, whole: Whole):
    """As an interrupted start of an earlier version has left it, without a mark."""
    (clone.home / ".venv" / ".installed-requirements.lock").unlink()
    for path in clone.home.glob(".venv/lib/*/site-packages/pip"):
        shutil.rmtree(path)
    with clone.started(free_port()) as start:
        assert start.answers(), start.said
    assert clone.packages() == whole.packages


def test_with_nothing_to_do_a_start_needs_no_packages(clone: Clone, whole: Whole, tmp_path: Path):
    with Clone(clone.home, tmp_path).started(free_port()) as start:
        assert start.answers(), start.said
    assert [phase for phase in PHASES if phase in start.said] == list(PHASES[2:])


def test_the_broken_environment_of_another_user_is_left_to_them(clone: Clone, whole: Whole, tmp_path: Path):
    """Their Python may be one that this user cannot read."""
    venv = clone.home / ".venv"
    aside = venv.rename(tmp_path / "venv")
    if os.geteuid() == 0:
        venv.mkdir()
        (venv / "theirs").touch()
        os.chown(venv, 65534, -1)
    else:
        venv.symlink_to("/etc")  # what is reached by a link is another's too
    before = sorted(venv.iterdir())
    try:
        done = subprocess.run(["make", "run"], cwd=clone.home, capture_output=True, text=True, check=False, timeout=60)
        assert done.returncode != 0
        assert ("belongs to" if os.geteuid() == 0 else "is a link") in done.stderr
        assert "Traceback" not in done.stderr
        assert sorted(venv.iterdir()) == before
    finally:
        if venv.is_symlink():
            venv.unlink()
        else:
            shutil.rmtree(venv)
        aside.rename(venv)

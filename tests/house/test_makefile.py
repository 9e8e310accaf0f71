"""The commands a newcomer types."""

import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT

TARGETS = re.findall(r"^([a-z][a-z-]*):", (ROOT / "Makefile").read_text(), flags=re.MULTILINE)


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, cwd=ROOT, env={"PATH": os.environ["PATH"]} | environment,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def stub(folder: Path, name: str, script: str) -> None:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def a_python(version: str, *, has_venv: bool = True) -> str:
    """A stand-in that answers the three questions the finder asks."""
    new_enough = int(version.split(".")[1]) >= 11
    return (
        'case "$2" in\n'
        f"*print*) echo {version} ;;\n"
        f"*'(3, 11)'*) exit {0 if new_enough else 1} ;;\n"
        f"*ensurepip*) exit {0 if has_venv else 1} ;;\n"
        "*) exit 9 ;;\nesac"
    )


# ------------------------------------------------------------------ help


@pytest.mark.parametrize("command", [["make"], ["make", "help"]], ids=" ".join)
def test_make_alone_lists_every_target_in_a_line(command: list[str]):
    done = run(*command)
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    assert listed == TARGETS
    assert {"help", "run", "test", "test-deps", "check", "bench", "lock"} <= set(listed)


def test_test_deps_prints_one_line_to_type():
    done = run("make", "test-deps")
    assert re.fullmatch(r"sudo apt-get install --no-install-recommends( [a-z0-9-]+)+\n", done.stdout)
    assert {"chromium-headless-shell", "haproxy", "nginx-light"} <= set(done.stdout.split())


# -------------------------------------------------------- finding Python


def test_the_first_python_that_runs_is_taken(tmp_path: Path):
    stub(tmp_path, "python3.13", "echo 'pyenv: python3.13: command not found' >&2; exit 127")
    stub(tmp_path, "python3.12", a_python("3.12", has_venv=False))
    stub(tmp_path, "python3.11", a_python("3.11"))
    stub(tmp_path, "python3", a_python("3.14"))
    done = run(ROOT / ".ci/python", PATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{tmp_path}/python3.11\n", "")


def test_the_python_of_this_environment_would_be_taken(tmp_path: Path):
    (tmp_path / "python3").symlink_to(sys.executable)
    done = run(ROOT / ".ci/python", PATH=str(tmp_path))
    assert (done.returncode, done.stdout) == (0, f"{tmp_path}/python3\n")


@pytest.mark.parametrize(
    ("programs", "line"),
    [
        ({"apt-get": ""}, "apt-get install python3 python3-venv"),
        ({"apt-get": "", "python3": a_python("3.10")}, "apt-get install python3.11 python3.11-venv"),
        ({"apt-get": "", "python3": a_python("3.12", has_venv=False)}, "apt-get install python3.12-venv"),
        ({"brew": ""}, "brew install python@3.13"),
        ({"dnf": "", "python3": a_python("3.9")}, "dnf install python3.12"),
        ({}, "install Python 3.11 or newer, with its venv module"),
    ],
    ids=["Debian", "old Debian", "Debian without venv", "Homebrew", "Fedora", "elsewhere"],
)
def test_where_none_fits_one_line_says_what_to_type(tmp_path: Path, programs: dict[str, str], line: str):
    for name, script in programs.items():
        stub(tmp_path, name, script or "echo must not be started >&2; exit 9")
    done = run(ROOT / ".ci/python", PATH=str(tmp_path))
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.removesuffix("\n").endswith(f"type: {line}") or f"type: sudo {line}\n" in done.stderr


# ------------------------------------------------------------------ port


def test_a_port_that_is_taken_is_said_so_before_anything_else_happens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        done = run(sys.executable, ROOT / ".ci/port", port)
    assert done.returncode == 1
    assert done.stderr.startswith(f"Port {port} is taken by another program. Choose another: PORT=")


@pytest.mark.parametrize("text", ["eighty", "0", "70000", "-1", "80 80"])
def test_a_port_that_is_none_is_refused(text: str):
    done = run(sys.executable, ROOT / ".ci/port", text)
    assert done.returncode == 1
    assert "PORT must be a whole number from 1 to 65535" in done.stderr


def test_a_port_is_looked_at_where_it_will_be_served():
    """Taken on one address of this machine, and free on another."""
    with socket.create_server(("127.0.0.2", 0)) as server:
        port = str(server.getsockname()[1])
        assert run(sys.executable, ROOT / ".ci/port", port).returncode == 0
        for host in ("127.0.0.2", "0.0.0.0"):  # noqa: S104 - what an operator may say
            done = run(sys.executable, ROOT / ".ci/port", port, HOST=host)
            assert (done.returncode, done.stderr.partition(".")[0]) == (1, f"Port {port} is taken by another program")


@pytest.mark.parametrize("host", ["192.0.2.1", "no host", "http://127.0.0.1", "a" * 70, "256.0.0.1", "::1"])
def test_a_host_that_is_not_this_machine_is_refused(host: str):
    done = run(sys.executable, ROOT / ".ci/port", "0" * 3 + "8461", HOST=host)
    assert done.returncode == 1
    assert done.stderr.startswith("HOST must be an IPv4 address or a name of this machine")
    assert len(done.stderr.splitlines()) == 1


# ------------------------------------------------------- what it may touch


def test_make_run_never_reaches_for_the_systems_package_manager():
    for script in ("serve", "environment", "install", "port"):
        text = (ROOT / ".ci" / script).read_text()
        assert not re.search(r"\b(sudo|apt|apt-get|brew|dnf)\b", text), script


def test_system_packages_are_left_alone_where_we_are_not_root(tmp_path: Path):
    stub(tmp_path, "id", "echo 1000")
    stub(tmp_path, "apt-get", "echo must not be started >&2; exit 9")
    done = run(ROOT / ".ci/system-packages", PATH=str(tmp_path))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")

"""A recipe typed into a shell, as the page shows it, in an empty folder. Only its ports are changed, to free ones."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from playground.engine.elsewhere import PORT, Recipe
from tests.conftest import ROOT
from tests.real.programs import free_ports
from tests.require import require

PATH = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
"""Where a command is looked for: first beside this Python, which has the libraries."""

PATIENCE = 60
"""Seconds after which a recipe hangs."""


def packages() -> dict[str, str]:
    """The Debian package of each program that .ci/system-packages installs."""
    listed = re.search(r'^packages="(.+)"$', (ROOT / ".ci/system-packages").read_text("utf-8"), re.MULTILINE)
    assert listed, "there is no list of packages in .ci/system-packages"
    pairs = [one.partition(":") for one in listed[1].split()]
    return {program: package for package, _, program in pairs if program}


def needed(commands: str) -> dict[str, str]:
    """Those that a recipe names, with their packages."""
    return {
        program: package
        for program, package in packages().items()
        if re.search(rf"(?<![\w./-]){re.escape(program)}(?![\w.-])", commands)
    }


def typed(recipe: Recipe, folder: Path, **more: str) -> list[str]:
    """Writes the files, types the commands, and returns what is to be compared of the lines printed.

    Where it does not end well, the last line says so. A program that is missing is asked for.
    """
    for program, package in needed(recipe.commands).items():
        require(program, package)
    ports = free_ports(10)

    def moved(text: str) -> str:
        return re.sub(r"127\.0\.0\.1:(\d+)", lambda found: f"127.0.0.1:{ports[int(found[1]) - PORT]}", text)

    for name, text in recipe.files:
        (folder / name).write_text(moved(text), "utf-8")
    shell = subprocess.Popen(
        ["/bin/sh", "-e", "-c", moved(recipe.commands)],
        cwd=folder,
        env={"PATH": PATH, "PYTHONWARNINGS": "ignore", **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        printed, wrong = shell.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        os.killpg(shell.pid, signal.SIGKILL)
        printed, wrong = shell.communicate()
    end_what_is_left(folder)
    ended = [f"ended with {shell.returncode}: {wrong.strip()}"] if shell.returncode else []
    return picked(recipe, printed) + ended


def end_what_is_left(folder: Path) -> None:
    """A recipe that breaks off cannot end the servers that it has started: they are those that work in its folder."""
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with suppress(OSError):  # it has ended, or it is somebody else's
            if place.readlink() == folder:
                os.kill(int(place.parent.name), signal.SIGTERM)


def picked(recipe: Recipe, printed: str) -> list[str]:
    """Whole lines, or of those that the recipe picks its groups."""
    lines = printed.splitlines()
    if not recipe.picks:
        return lines
    return [" ".join(found.groups()) for line in lines if (found := re.match(recipe.picks, line))]

"""How a program under test is started: in a folder of its own, as nobody, and ended by its own pid."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.require import require

NOBODY = 65534


@contextmanager
def folder(prefix: str, *below: str) -> Iterator[Path]:
    """A folder, with those below it, in which nobody may write. Its path is short: a socket's may have 107 signs."""
    path = Path(tempfile.mkdtemp(prefix=prefix, dir="/tmp"))
    try:
        for one in (path, *(path / name for name in below)):
            one.mkdir(exist_ok=True)
            if os.geteuid() == 0:
                os.chown(one, NOBODY, NOBODY)
        yield path
    finally:
        shutil.rmtree(path)


def nobody() -> dict[str, Any]:
    """For a program that refuses root, or should not have its rights."""
    return {"user": NOBODY, "group": NOBODY, "extra_groups": []} if os.geteuid() == 0 else {}


ROOT: dict[str, Any] = {"user": None, "group": None, "extra_groups": None}
"""For `started`: the program has our own rights, and gives them up by itself."""


def as_nobody() -> list[str]:
    """What nsenter is told for it."""
    return [f"--setuid={NOBODY}", f"--setgid={NOBODY}"]


@contextmanager
def started(command: Sequence[str | Path], path: Path, **more: Any) -> Iterator[subprocess.Popen[bytes]]:
    """The program in its folder, while it lasts. Raises TimeoutExpired when it does not end."""
    process = subprocess.Popen(command, cwd=path, **(nobody() | more))
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def nginx(path: Path) -> list[str | Path]:
    """The command that runs the nginx.conf of a folder."""
    return [require("nginx", "nginx"), "-p", f"{path}/", "-c", "nginx.conf", "-e", "error.log"]


def free_ports(count: int) -> list[int]:
    """Ports of 127.0.0.1 that nobody has."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    found = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return found

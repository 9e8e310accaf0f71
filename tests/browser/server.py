"""The real server, started by the script that `make run` starts, with a database of its own."""

import os
import secrets
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PATIENCE = 90
"""Seconds until it must answer: a first start checks the environment and compresses the static files."""


@dataclass
class Site:
    """A running server: its address, and what it has logged."""

    origin: str
    log_file: Path
    pid: int = 0

    @property
    def log(self) -> str:
        return self.log_file.read_text("utf-8", "replace")


@contextmanager
def serving(port: int = 0, **more: str) -> Iterator[Site]:
    """Orrery as it is served: production settings, built static files, real workers. Ended by its own pid.

    `port`: any that is free where none is given. `more` is added to its environment.
    """
    with tempfile.TemporaryDirectory(prefix="orrery") as folder:
        port = port or free_port()
        environ = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "ORIGIN")}
        environ |= {
            "PORT": str(port),
            "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
            "SECRET_KEY": secrets.token_urlsafe(64),
            **more,
        }
        site = Site(f"http://127.0.0.1:{port}", Path(folder, "log"))
        with site.log_file.open("wb") as log:
            process = subprocess.Popen([ROOT / ".ci" / "serve"], cwd=ROOT, env=environ, stdout=log, stderr=log)
        try:
            site.pid = process.pid
            wait_for(site, process)
            yield site
        finally:
            process.terminate()
            process.wait(15)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(site: Site, process: subprocess.Popen[bytes]) -> None:
    """Until /livez answers, whatever it answers. Raises AssertionError with the server's own words when it ends or takes too long."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{site.origin}/livez", timeout=5) as response:  # noqa: S310 - our own loopback
                if response.status == 200:
                    return
        except urllib.error.HTTPError:
            return  # a public site refuses a host that is not its own
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.05)
    raise AssertionError(f"the server did not answer:\n{site.log}")

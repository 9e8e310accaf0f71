"""The site as it is served, killed and started again as a supervisor of the system would."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

from tests.conftest import ROOT
from tests.real import postgres

PATIENCE = 60


@dataclass
class Server:
    """A parent and its processes at a port; what it needs from the environment."""

    port: int
    environ: dict[str, str]
    log: Path
    process: subprocess.Popen[bytes] | None = None
    killed: dict[str, int] = field(default_factory=lambda: {"parent": 0, "child": 0})

    def start(self) -> None:
        """Until it listens. A parent that was killed leaves children, which let the port go when they notice."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if self.process is None or self.process.poll() is not None:
                with self.log.open("ab") as log:
                    command = [sys.executable, "-m", "config.serve", str(self.port)]
                    self.process = subprocess.Popen(command, cwd=ROOT, env=self.environ, stdout=log, stderr=log)
            time.sleep(0.05)
            if self.process.poll() is None and self.children():
                with socket.socket() as probe:
                    if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                        return
        raise AssertionError(f"the server did not start:\n{self.log.read_text()[-3000:]}")

    def children(self) -> list[psutil.Process]:
        assert self.process is not None
        try:
            return [one for one in psutil.Process(self.process.pid).children() if one.status() != psutil.STATUS_ZOMBIE]
        except psutil.NoSuchProcess:
            return []

    def kill(self, *, parent: bool, which: int) -> None:
        """SIGKILL: to the parent, which is started again, or to one of its processes, which the parent replaces."""
        assert self.process is not None
        self.killed["parent" if parent else "child"] += 1
        if parent:
            self.process.kill()
            self.process.wait(PATIENCE)
            self.start()
            return
        if children := self.children():
            os.kill(children[which % len(children)].pid, signal.SIGKILL)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(PATIENCE)

    def run(self, *words: str) -> Any:
        """What a command prints, as JSON, in the environment of the server."""
        command = [sys.executable, "-m", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return json.loads(done.stdout or "null")


@contextmanager
def serving(database: str, folder: Path, port: int) -> Iterator[Server]:
    """The site on sqlite or postgresql, with nothing in it."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DEBUG", "ORIGIN", "REDIS_URL")}
    environ = kept | {"SECRET_KEY": "0123456789abcdef" * 4, "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3"}
    if database == "sqlite":
        yield from _served(Server(port, environ, folder / "log"))
        return
    with postgres.cluster() as cluster, postgres.running(cluster, postgres.PLAIN):
        yield from _served(Server(port, environ | {"DATABASE_URL": postgres.url(cluster)}, folder / "log"))


def _served(server: Server) -> Iterator[Server]:
    server.run("config.prepare")
    try:
        yield server
    finally:
        server.stop()

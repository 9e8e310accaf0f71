"""A PostgreSQL of our own for as long as a test lasts: a folder, a socket in it, and its wire protocol.

It will not run as root, so then it runs as nobody. It is ended by its own pid.
"""

import socket
import struct
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import pytest

from tests.real.programs import folder, nobody
from tests.require import require

SETTINGS = {"listen_addresses": "", "fsync": "off", "autovacuum": "off", "max_connections": "5"}
"""What the planner reads stands as it was delivered. Nothing is analysed or vacuumed but by the test."""

PLAIN = {"listen_addresses": "", "fsync": "off", "max_connections": "40"}
"""For the site: sockets alone, and nothing that outlasts a test."""


def url(path: Path) -> str:
    """What DATABASE_URL says of a cluster that runs."""
    return f"postgres://postgres@{quote(str(path), safe='')}/postgres"


def program() -> Path:
    """The server. Debian keeps it off the path, where only its own wrappers are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1]
    return require("postgres", "postgresql")


class Answer(NamedTuple):
    """What a statement brought: rows of text, or SQLSTATE, position and message of the error."""

    rows: tuple[tuple[str, ...], ...]
    state: str = ""
    position: int = 0
    message: str = ""


class Server:
    """One connection, one statement after the other."""

    def __init__(self, path: Path, process: subprocess.Popen[bytes]) -> None:
        self.buffer, self.version, self.folder = b"", "", path.parent
        self.path, self.process = path, process
        told = b"user\0postgres\0database\0postgres\0client_encoding\0UTF8\0\0"
        for _ in range(500):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(20)
            try:
                self.socket.connect(str(path))
                self.socket.sendall(struct.pack(">II", len(told) + 8, 196608) + told)
                self.read()
                return
            except (FileNotFoundError, ConnectionError):
                # Not there yet, or it says that it is still starting, and hangs up.
                self.close()
                self.buffer = b""
                assert process.poll() is None, "postgres has ended"
                time.sleep(0.01)
        raise AssertionError("postgres does not answer")

    def close(self) -> None:
        self.socket.close()

    def another(self) -> "Server":
        """One more connection to the same server."""
        return Server(self.path, self.process)

    def send(self, statement: str) -> None:
        """A simple query, whose answer is read later."""
        body = statement.encode() + b"\0"
        self.socket.sendall(b"Q" + struct.pack(">I", len(body) + 4) + body)

    def ask(self, statement: str) -> Answer:
        """A simple query. A statement of several is answered as one."""
        self.send(statement)
        return self.read()

    def done(self, statement: str) -> Answer:
        answer = self.ask(statement)
        assert not answer.state, f"{statement}: {answer.message}"
        return answer

    def explain(self, statement: str, options: str = "") -> list[str]:
        return [line for (line,) in self.done(f"EXPLAIN {options} {statement}").rows]

    def message(self) -> tuple[bytes, bytes]:
        while len(self.buffer) < 5 or len(self.buffer) < 1 + struct.unpack(">I", self.buffer[1:5])[0]:
            more = self.socket.recv(1 << 18)
            if not more:
                raise ConnectionAbortedError
            self.buffer += more
        size = 1 + struct.unpack(">I", self.buffer[1:5])[0]
        kind, body, self.buffer = self.buffer[:1], self.buffer[5:size], self.buffer[size:]
        return kind, body

    def read(self) -> Answer:
        rows, wrong = [], Answer(())
        while True:
            kind, body = self.message()
            if kind == b"D":
                rows.append(tuple(fields(body)))
            elif kind == b"S" and body.startswith(b"server_version\0"):
                self.version = body.split(b"\0")[1].decode().split()[0]
            elif kind == b"E":
                told = {part[:1]: part[1:].decode() for part in body.split(b"\0") if part}
                wrong = Answer((), told[b"C"], int(told.get(b"P", "0")), told[b"M"])
            elif kind == b"Z":
                return wrong if wrong.state else Answer(tuple(rows))


def fields(body: bytes) -> Iterator[str]:
    (count,) = struct.unpack(">H", body[:2])
    at = 2
    for _ in range(count):
        (size,) = struct.unpack(">i", body[at : at + 4])
        at += 4
        yield body[at : at + max(size, 0)].decode()
        at += max(size, 0)


@contextmanager
def cluster() -> Iterator[Path]:
    """A folder with a fresh cluster, whose user is postgres, without a password; removed afterwards."""
    with folder("pg") as path:
        command = [
            str(program().with_name("initdb")), "-D", f"{path}/data", "--no-sync", "-A", "trust", "-U", "postgres",
            "--locale=C", "-E", "UTF8",
        ]  # fmt: skip
        made = subprocess.run(command, cwd=path, capture_output=True, text=True, check=False, **nobody())
        if made.returncode:
            pytest.fail(f"initdb: {made.stderr}")
        yield path


@contextmanager
def running(path: Path, settings: Mapping[str, str]) -> Iterator[Server]:
    """The server of a cluster, with a connection to it."""
    told = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (path / "log").open("ab") as log:
        process = subprocess.Popen(
            [program(), "-D", path / "data", "-k", path, *told], cwd=path, stdout=log, stderr=log, **nobody()
        )
    try:
        with closing(Server(path / ".s.PGSQL.5432", process)) as connected:
            yield connected
    finally:
        process.send_signal(2)  # fast shutdown
        process.wait(20)


@contextmanager
def serving() -> Iterator[Server]:
    """A fresh cluster, whose planner is as it was delivered."""
    with cluster() as path, running(path, SETTINGS) as server:
        yield server

"""`python -m tests.bench.load <origin> <path> <seconds> [etag]`: as many requests as the server answers.

A process of its own with a few connections kept alive, written on bare sockets: http.client takes about as
long for a request as Django takes for a small view, and would be what is measured. Prints JSON: requests,
seconds, and the first status line.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import subprocess
import sys
from time import perf_counter
from typing import NamedTuple
from urllib.parse import urlsplit

CONNECTIONS = 4
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)


class Load(NamedTuple):
    """What a burst of requests came to."""

    requests: int
    seconds: float
    status: str

    @property
    def rate(self) -> float:
        return self.requests / self.seconds


class Connection:
    """One connection with one request under way at a time."""

    def __init__(self, host: str, port: int, request: bytes) -> None:
        self.request, self.read = request, b""
        self.socket = socket.create_connection((host, port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.status = ""

    def send(self) -> None:
        self.socket.sendall(self.request)

    def answered(self) -> bool:
        """Read what has come; true once an answer is complete."""
        part = self.socket.recv(1 << 20)
        if not part:
            raise ConnectionResetError("the server has closed the connection")
        self.read += part
        end = self.read.find(b"\r\n\r\n")
        if end < 0:
            return False
        head = self.read[:end]
        length = LENGTH.search(head)
        if len(self.read) < end + 4 + (int(length[1]) if length else 0):
            return False
        self.status = head.split(b"\r\n", 1)[0].decode()
        self.read = b""
        return True


def burst(origin: str, path: str, seconds: float, etag: str) -> Load:
    """Keep every connection busy for so long."""
    parts = urlsplit(origin)
    name = f"If-None-Match: {etag}\r\n" if etag else ""
    request = f"GET {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nAccept-Encoding: gzip, br\r\n{name}\r\n".encode()
    with selectors.DefaultSelector() as waiting:
        for _ in range(CONNECTIONS):
            connection = Connection(str(parts.hostname), int(parts.port or 80), request)
            waiting.register(connection.socket, selectors.EVENT_READ, connection)
            connection.send()
        count, start = 0, perf_counter()
        while perf_counter() - start < seconds:
            for key, _ in waiting.select(1):
                try:
                    done = key.data.answered()
                except ConnectionResetError:
                    # The server ends a connection after an answer without a body (304): a reader opens another.
                    waiting.unregister(key.fileobj)
                    key.data.socket.close()
                    another = Connection(str(parts.hostname), int(parts.port or 80), request)
                    another.status = key.data.status
                    waiting.register(another.socket, selectors.EVENT_READ, another)
                    another.send()
                    continue
                if done:
                    count += 1
                    key.data.send()
        took = perf_counter() - start
        statuses = {key.data.status for key in waiting.get_map().values()} - {""}
        for key in list(waiting.get_map().values()):
            key.data.socket.close()
    return Load(count, took, " and ".join(sorted(statuses)))


def apart(origin: str, path: str, seconds: float, etag: str = "") -> Load:
    """The same from a process of its own."""
    command = [sys.executable, "-m", "tests.bench.load", origin, path, str(seconds), etag]
    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Load(*json.loads(said))


def main() -> None:
    origin, path, seconds, etag = sys.argv[1:]
    print(json.dumps(burst(origin, path, float(seconds), etag)))


if __name__ == "__main__":
    main()

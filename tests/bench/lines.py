"""A connection kept alive, on a bare socket: what a load maker is made of.

http.client takes about as long for a request as Django for a small view, and would be what is measured.
"""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

from tests.bench.acting import ACCEPT, Answer

PART = 1 << 18


def split(read: bytes) -> tuple[Answer, int] | None:
    """The first answer in what was read, and how many bytes it takes; None where it has not wholly come.

    Raises ValueError where nobody could tell where it ends.
    """
    end = read.find(b"\r\n\r\n")
    if end < 0:
        return None
    first, *lines = read[:end].decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    status = int(first.split(" ", 2)[1])
    if "content-length" not in headers and status != 304:
        raise ValueError(f"an answer without a length: {first}")
    stop = end + 4 + int(headers.get("content-length", 0))
    return None if len(read) < stop else (Answer(status, headers, read[end + 4 : stop]), stop)


class Line:
    """One connection, one request under way at a time. It is opened with the first, and anew where it was closed."""

    def __init__(self, origin: str) -> None:
        parts = urlsplit(origin)
        self.host, self.port, self.name = str(parts.hostname), int(parts.port or 80), parts.netloc
        self.socket: socket.socket | None = None
        self.read = b""

    def open(self) -> socket.socket:
        """On this machine that takes no time worth telling."""
        self.socket = socket.create_connection((self.host, self.port), timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self.socket

    def ask(self, path: str) -> socket.socket:
        """Send a request; the socket is where its answer comes."""
        told = f"GET {path} HTTP/1.1\r\nHost: {self.name}\r\nAccept-Encoding: {ACCEPT}\r\n\r\n"
        line = self.socket or self.open()
        line.sendall(told.encode())
        return line

    def answer(self) -> Answer | None:
        """What has come, once it is whole. Raises OSError where the connection ends before."""
        if self.socket is None:
            raise ConnectionResetError("the connection is closed")
        part = self.socket.recv(PART)
        if not part:
            raise ConnectionResetError("the server has closed the connection")
        self.read += part
        found = split(self.read)
        if found is None:
            return None
        told, used = found
        self.read = self.read[used:]
        return told

    def close(self) -> None:
        if self.socket:
            self.socket.close()
        self.socket, self.read = None, b""

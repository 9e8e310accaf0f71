"""HTTP by hand: what is sent byte by byte, and answers read as RFC 9112 says they end."""

from __future__ import annotations

import socket
import ssl
from typing import NamedTuple, Self
from urllib.parse import urlsplit


class Answer(NamedTuple):
    """An answer off the wire. Names of headers are in small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Line:
    """One connection that stays open. `secure`: with TLS, for this name, whoever answers; `source`: from there."""

    def __init__(self, origin: str, *, secure: str = "", source: str = "") -> None:
        parts = urlsplit(origin)
        self.host = secure or parts.netloc
        here = (source, 0) if source else None
        made = socket.create_connection((str(parts.hostname), int(parts.port or 80)), timeout=20, source_address=here)
        if secure:
            context = ssl._create_unverified_context()  # noqa: S323 - the certificate was made a second ago
            made = context.wrap_socket(made, server_hostname=secure)
        self.socket, self.read = made, b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def ask(self, method: str, target: str, host: str = "", **headers: str) -> Answer:
        """Sends a request and reads its answer."""
        lines = [f"{method} {target} HTTP/1.1", f"Host: {host or self.host}"]
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        return self.send("\r\n".join([*lines, "", ""]).encode(), method)

    def send(self, raw: bytes, method: str = "GET") -> Answer:
        self.socket.sendall(raw)
        return self.answer(method)

    def answer(self, method: str = "GET") -> Answer:
        """The next answer. What an answer to HEAD has of a body is left for the next one to stumble over."""
        head = self.until(b"\r\n\r\n").decode("latin-1").split("\r\n")
        headers = dict(self.header(line) for line in head[1:] if line)
        status = int(head[0].split(" ", 2)[1])
        if method == "HEAD" or status in (204, 304):
            return Answer(status, headers, b"")
        if headers.get("transfer-encoding") == "chunked":
            return Answer(status, headers, b"".join(self.chunks()))
        return Answer(status, headers, self.exactly(int(headers["content-length"])))

    def header(self, line: str) -> tuple[str, str]:
        name, _, value = line.partition(":")
        return name.lower(), value.strip()

    def chunks(self) -> list[bytes]:
        found = []
        while size := int(self.until(b"\r\n"), 16):
            found.append(self.exactly(size))
            self.exactly(2)
        self.exactly(2)
        return found

    def until(self, end: bytes) -> bytes:
        while end not in self.read:
            self.more()
        found, _, self.read = self.read.partition(end)
        return found

    def exactly(self, size: int) -> bytes:
        while len(self.read) < size:
            self.more()
        found, self.read = self.read[:size], self.read[size:]
        return found

    def more(self) -> None:
        part = self.socket.recv(1 << 16)
        if not part:
            raise ConnectionResetError(f"closed after {self.read[:200]!r}")
        self.read += part

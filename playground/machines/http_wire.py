"""A request and the head of an answer as each version of HTTP writes them, byte by byte."""

from __future__ import annotations

from playground.machines import http_frames as frames
from playground.machines import qpack
from playground.machines.hpack import Encoder, Field

HOST = "page.example"
AGENT = "orrery/1"
TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "png": "image/png"}


class Wire:
    """What is written on one connection. HPACK's two tables live as long as it does."""

    def __init__(self, version: str, *, secure: bool = True) -> None:
        """`version` is 1.0, 1.1, 2 or 3."""
        self.version, self.secure = version, secure
        self.asking, self.answering = Encoder(), Encoder()
        self.requests = 0

    def fields(self, name: str) -> list[Field]:
        """The fields of a request, those with a colon first."""
        scheme = "https" if self.secure else "http"
        own = [(":method", "GET"), (":scheme", scheme), (":authority", HOST), (":path", f"/{name}")]
        return [*own, ("user-agent", AGENT), ("accept", "*/*")]

    def answer_fields(self, name: str, size: int) -> list[Field]:
        kind = TYPES.get(name.rpartition(".")[2], "text/plain")
        return [(":status", "200"), ("content-type", kind), ("content-length", str(size))]

    def stream(self) -> int:
        """The stream of the next request: 1, 3, 5 … in HTTP/2, 0, 4, 8 … in HTTP/3."""
        return 2 * self.requests + 1 if self.version == "2" else 4 * self.requests

    def request(self, name: str) -> bytes:
        """The next request on this connection."""
        fields, stream = self.fields(name), self.stream()
        self.requests += 1
        if self.version == "2":
            flags = frames.END_HEADERS | frames.END_STREAM
            return frames.frame(frames.HEADERS, flags, stream, self.asking.encode(fields))
        if self.version == "3":
            return frames.frame3(frames.HEADERS, qpack.encode(fields))
        lines = [f"GET /{name} HTTP/{self.version}", f"Host: {HOST}", f"User-Agent: {AGENT}", "Accept: */*"]
        return "\r\n".join([*lines, "", ""]).encode()

    def head(self, name: str, size: int) -> bytes:
        """What stands before a body of so many bytes, with the heads of its frames."""
        fields = self.answer_fields(name, size)
        if self.version == "2":
            block = frames.frame(frames.HEADERS, frames.END_HEADERS, 1, self.answering.encode(fields))
            return block + bytes(9 * -(-size // frames.LARGEST))
        if self.version == "3":
            return frames.frame3(frames.HEADERS, qpack.encode(fields)) + b"\x00" + frames.varint(size)
        lines = [f"HTTP/{self.version} 200 OK", *(f"{key.title()}: {value}" for key, value in fields[1:])]
        return "\r\n".join([*lines, "", ""]).encode()

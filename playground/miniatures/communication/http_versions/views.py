"""A request as it is written."""

from playground.machines.http_frames import PARTS
from playground.miniatures.communication.http_versions.words import VERSIONS
from playground.scenes.bytes import Bytes, Value

NOTHING = Bytes("The first request", "", ())


def request_bytes(version: str, name: str, data: bytes) -> Bytes:
    """The head of its frame picked out, its parts below."""
    title = f"{VERSIONS[version].partition(',')[0]}: asks for {name}"
    note = f"{len(data)} bytes"
    values: tuple[Value, ...]
    if version == "2":
        parts = {part: int.from_bytes(data[at : at + size], "big") for at, size, part in PARTS}
        values = (
            Value("length", str(parts["length"]), "bytes follow, in HPACK"),
            Value("stream", str(parts["stream"]), "stream"),
        )
        return Bytes(title, note, tuple(data), 0, 9, values=values, changed="picked")
    if version == "3":
        values = (Value("length", str(data[1]), "bytes follow, in QPACK"),)
        return Bytes(title, note, tuple(data), 0, 2, values=values, changed="picked")
    line = data.partition(b"\r\n")[0]
    values = (Value("line", line.decode(), "the first line, as text"),)
    return Bytes(title, note, tuple(data), 0, len(line), values=values, changed="picked")

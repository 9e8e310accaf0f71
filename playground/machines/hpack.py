"""HPACK, the header compression of HTTP/2 (RFC 7541): a table that both sides keep, and a Huffman code.

A field that is in the table costs its number. Any other is written out and put into the table, so that the
next request on the same connection costs its number too.
"""

from __future__ import annotations

from collections.abc import Iterable

from playground.machines import huffman

Field = tuple[str, str]

STATIC_TEXT = """
:authority | :method=GET | :method=POST | :path=/ | :path=/index.html | :scheme=http | :scheme=https |
:status=200 | :status=204 | :status=206 | :status=304 | :status=400 | :status=404 | :status=500 | accept-charset
| accept-encoding=gzip, deflate | accept-language | accept-ranges | accept | access-control-allow-origin | age |
allow | authorization | cache-control | content-disposition | content-encoding | content-language |
content-length | content-location | content-range | content-type | cookie | date | etag | expect | expires |
from | host | if-match | if-modified-since | if-none-match | if-range | if-unmodified-since | last-modified |
link | location | max-forwards | proxy-authenticate | proxy-authorization | range | referer | refresh |
retry-after | server | set-cookie | strict-transport-security | transfer-encoding | user-agent | vary | via |
www-authenticate
"""
"""Appendix A: fields 1 to 61."""


def table_of(text: str) -> tuple[Field, ...]:
    """Fields written as `name=value`, with a bar between them."""
    parts = " ".join(text.split("\n")).strip().split(" | ")
    return tuple((name, value) for name, _, value in (part.partition("=") for part in parts))


STATIC = table_of(STATIC_TEXT)
ROOM = 4096
"""Bytes that the dynamic table may hold at first."""


def size_of(field: Field) -> int:
    """What a field counts in the table (section 4.1)."""
    return len(field[0]) + len(field[1]) + 32


def integer(value: int, prefix: int, flags: int = 0) -> bytes:
    """A number whose first part shares a byte with `flags` (section 5.1)."""
    most = (1 << prefix) - 1
    if value < most:
        return bytes([flags | value])
    out = [flags | most]
    value -= most
    while value >= 128:
        out.append(value % 128 | 128)
        value //= 128
    return bytes([*out, value])


def read_integer(data: bytes, at: int, prefix: int) -> tuple[int, int]:
    """The number that begins at a byte, and the place behind it."""
    most = (1 << prefix) - 1
    value = data[at] & most
    at += 1
    if value < most:
        return value, at
    shift = 0
    while True:
        byte = data[at]
        value += (byte & 127) << shift
        shift, at = shift + 7, at + 1
        if not byte & 128:
            return value, at


def string(text: str, prefix: int = 7, flags: int = 0, *, coded: bool | None = None) -> bytes:
    """A string with its length in front; the bit over the prefix says that it is Huffman-coded (section 5.2).

    Where `coded` leaves it open, it is, if that is shorter.
    """
    raw = text.encode("latin-1")
    short = huffman.encode(raw)
    if coded or (coded is None and len(short) < len(raw)):
        raw, flags = short, flags | 1 << prefix
    return integer(len(raw), prefix, flags) + raw


def read_string(data: bytes, at: int, prefix: int = 7) -> tuple[str, int]:
    coded = data[at] >> prefix & 1
    length, at = read_integer(data, at, prefix)
    if at + length > len(data):
        raise ValueError("a string ends behind the block")
    raw = data[at : at + length]
    return (huffman.decode(raw) if coded else raw).decode("latin-1"), at + length


class Table:
    """The static fields, and the ones that were written out, newest first."""

    def __init__(self, room: int = ROOM) -> None:
        self.fields: list[Field] = []
        self.room, self.size = room, 0

    def put(self, field: Field) -> None:
        """Add a field; the oldest leave until it fits. One that is larger than the table empties it."""
        self.size += size_of(field)
        self.fields.insert(0, field)
        while self.size > self.room:
            self.size -= size_of(self.fields.pop())

    def get(self, index: int) -> Field:
        if not 0 < index <= len(STATIC) + len(self.fields):
            raise ValueError(f"there is no field {index}")
        return STATIC[index - 1] if index <= len(STATIC) else self.fields[index - len(STATIC) - 1]

    def find(self, field: Field) -> tuple[int, int]:
        """Number of the field, and of the first with its name; 0 where there is none."""
        every = [*STATIC, *self.fields]
        whole = every.index(field) + 1 if field in every else 0
        return whole, next((at for at, (name, _) in enumerate(every, 1) if name == field[0]), 0)


class Encoder:
    """One side's compressor. What it writes out it also puts into the table."""

    def __init__(self, room: int = ROOM, *, coded: bool = True) -> None:
        self.table, self.coded = Table(room), coded

    def encode(self, fields: Iterable[Field]) -> bytes:
        return b"".join(map(self.field, fields))

    def field(self, field: Field) -> bytes:
        whole, named = self.table.find(field)
        if whole:
            return integer(whole, 7, 0x80)
        self.table.put(field)
        name = integer(named, 6, 0x40) if named else b"\x40" + string(field[0], coded=self.coded)
        return name + string(field[1], coded=self.coded)


class Decoder:
    """The other side. It follows the encoder's table step by step."""

    def __init__(self, room: int = ROOM) -> None:
        self.table = Table(room)

    def decode(self, block: bytes) -> list[Field]:
        found, at = [], 0
        while at < len(block):
            first = block[at]
            if first & 0x80:
                index, at = read_integer(block, at, 7)
                found.append(self.table.get(index))
                continue
            if first & 0xE0 == 0x20:
                room, at = read_integer(block, at, 5)
                self.table.room = min(room, ROOM)
                while self.table.size > self.table.room:
                    self.table.size -= size_of(self.table.fields.pop())
                continue
            index, at = read_integer(block, at, 6 if first & 0x40 else 4)
            name, at = (self.table.get(index)[0], at) if index else read_string(block, at)
            value, at = read_string(block, at)
            found.append((name, value))
            if first & 0x40:
                self.table.put((name, value))
        return found

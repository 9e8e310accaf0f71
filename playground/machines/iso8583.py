"""ISO 8583:1987 messages: a type, one or two bitmaps, and the fields that the bitmaps announce.

The type and the fields are characters (ASCII), the bitmaps eight bytes each. A field has a fixed length,
or begins with its length in two or three digits. Field 55 holds bytes; so does 1, which is the second bitmap.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple


class Field(NamedTuple):
    """A field: its name, its length or the most of it, and how many digits tell the length."""

    name: str
    size: int
    prefix: int = 0
    binary: bool = False
    digits: bool = False


FIELDS = {
    2: Field("card number", 19, 2, digits=True),
    3: Field("processing code", 6, digits=True),
    4: Field("amount", 12, digits=True),
    7: Field("sent at", 10, digits=True),
    11: Field("trace number", 6, digits=True),
    14: Field("expiry", 4, digits=True),
    22: Field("entry mode", 3, digits=True),
    35: Field("track 2", 37, 2),
    37: Field("reference", 12),
    38: Field("approval code", 6),
    39: Field("response code", 2),
    41: Field("terminal", 8),
    42: Field("merchant", 15),
    49: Field("currency", 3, digits=True),
    55: Field("chip data", 255, 3, binary=True),
    90: Field("original message", 42, digits=True),
}

CODES = {
    "00": "approved",
    "05": "do not honour",
    "25": "no such record",
    "51": "insufficient funds",
    "54": "expired card",
    "91": "issuer not available",
}
"""Of field 39, those that are used here."""

HALF = 64
"""Fields that one bitmap announces."""


class Malformed(ValueError):
    """Bytes that are no message, or a value that its field cannot hold."""


class Place(NamedTuple):
    """A bit of the bitmaps: byte and bit, both counted from one, the bit from the left."""

    byte: int
    bit: int

    def __str__(self) -> str:
        return f"byte {self.byte}, bit {self.bit}"


def place_of(field: int) -> Place:
    """The bit that announces a field: bits are counted from one, the most significant first."""
    return Place((field - 1) // 8 + 1, (field - 1) % 8 + 1)


def bitmap(fields: Iterable[int]) -> bytes:
    """The bitmap, or both where a field above 64 is announced: then the first bit announces the second map."""
    announced = set(fields)
    if any(field > HALF for field in announced):
        announced.add(1)
    found = bytearray(16 if 1 in announced else 8)
    for field in announced:
        byte, bit = place_of(field)
        found[byte - 1] |= 0x80 >> (bit - 1)
    return bytes(found)


def announced(bitmaps: bytes) -> tuple[int, ...]:
    """The fields whose bits are set, lowest first."""
    return tuple(at * 8 + bit + 1 for at, byte in enumerate(bitmaps) for bit in range(8) if byte & (0x80 >> bit))


def encoded(number: int, value: str | bytes) -> bytes:
    """A field as it stands in the message, its length in front where it varies."""
    field = FIELDS[number]
    data = value if isinstance(value, bytes) else value.encode("ascii")
    if field.binary is not isinstance(value, bytes):
        raise Malformed(f"field {number} holds {'bytes' if field.binary else 'characters'}")
    if field.digits and not data.isdigit():
        raise Malformed(f"field {number} holds digits")
    if len(data) > field.size or (not field.prefix and len(data) != field.size):
        raise Malformed(f"field {number} has {len(data)} places of {field.size}")
    return (f"{len(data):0{field.prefix}d}".encode() if field.prefix else b"") + data


def pack(kind: str, fields: Mapping[int, str | bytes]) -> bytes:
    """The message: type, bitmaps, fields in order."""
    return b"".join(data for _, data in parts(kind, fields))


def parts(kind: str, fields: Mapping[int, str | bytes]) -> Iterator[tuple[str, bytes]]:
    """The same, piece by piece: `type`, `bitmap`, and each field by its number."""
    yield "type", kind.encode("ascii")
    yield "bitmap", bitmap(fields)
    for number in sorted(fields):
        yield str(number), encoded(number, fields[number])


def unpack(message: bytes) -> tuple[str, dict[int, str | bytes]]:
    """Type and fields of a message. Every byte must be accounted for."""
    kind, at = message[:4].decode("ascii", "replace"), 12
    if len(message) < at or not kind.isdigit():
        raise Malformed("no message type and no bitmap")
    if message[4] & 0x80:
        at = 20
    found: dict[int, str | bytes] = {}
    for number in announced(message[4:at]):
        if number == 1:
            continue
        if number not in FIELDS:
            raise Malformed(f"field {number} is not one of ours")
        field = FIELDS[number]
        size = field.size
        if field.prefix:
            told = message[at : at + field.prefix]
            if not told.isdigit() or int(told) > size:
                raise Malformed(f"field {number} tells no length")
            size, at = int(told), at + field.prefix
        data = message[at : at + size]
        if len(data) < size:
            raise Malformed(f"field {number} ends too early")
        found[number] = data if field.binary else data.decode("ascii")
        at += size
    if at != len(message):
        raise Malformed(f"{len(message) - at} bytes too many")
    return kind, found

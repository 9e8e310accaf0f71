"""Record batches as Kafka 0.11 and later send and store them (magic 2): a header of 61 bytes, then the records.

The checksum covers everything from the attributes on. Base offset and leader epoch lie in front of it, so a
broker writes both into a finished batch and need not touch the checksum.

Sources: Kafka, "Message Format"; RFC 3720, section 12.1, for CRC-32C; Protocol Buffers for varints.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

HEADER = struct.Struct(">qiibIhiqqqhii")
MAGIC = 2
COVERED = 21
"""The first byte that the checksum covers: the attributes."""


class Field(NamedTuple):
    """A field of the header: its name, its first byte, how many it takes, and what it is for."""

    name: str
    first: int
    size: int
    purpose: str


def laid_out(*fields: tuple[str, int, str]) -> tuple[Field, ...]:
    found, at = [], 0
    for name, size, purpose in fields:
        found.append(Field(name, at, size, purpose))
        at += size
    return tuple(found)


FIELDS = laid_out(
    ("baseOffset", 8, "written by the broker"),
    ("batchLength", 4, "bytes that follow"),
    ("partitionLeaderEpoch", 4, "written by the broker"),
    ("magic", 1, "the version of the format"),
    ("crc", 4, "CRC-32C of all that follows"),
    ("attributes", 2, "compression and kind of timestamp"),
    ("lastOffsetDelta", 4, "the last record, from the first"),
    ("baseTimestamp", 8, "of the first record, ms since 1970"),
    ("maxTimestamp", 8, "of the latest record, ms since 1970"),
    ("producerId", 8, "-1: not idempotent"),
    ("producerEpoch", 2, "-1: not idempotent"),
    ("baseSequence", 4, "-1: not idempotent"),
    ("recordsCount", 4, "how many records follow"),
)


class Record(NamedTuple):
    """A message: milliseconds since 1970, and its bytes. Without a key it is None; so is a value that deletes."""

    timestamp: int
    key: bytes | None
    value: bytes | None


class Broken(ValueError):
    """Bytes that are no batch: they are of another format, or have been damaged."""


# CRC-32C: the Castagnoli polynomial, bits reversed.


def crc_table() -> tuple[int, ...]:
    table = []
    for byte in range(256):
        rest = byte
        for _ in range(8):
            rest = rest >> 1 ^ (0x82F63B78 if rest & 1 else 0)
        table.append(rest)
    return tuple(table)


TABLE = crc_table()


def crc32c(data: bytes) -> int:
    crc = 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


# Varints: seven bits a byte, the lowest first; zigzag, so that small negative numbers are short too.


def zigzag(value: int) -> int:
    return value << 1 ^ value >> 63


def varint(value: int) -> bytes:
    rest, out = zigzag(value), bytearray()
    while rest > 0x7F:
        out.append(rest & 0x7F | 0x80)
        rest >>= 7
    out.append(rest)
    return bytes(out)


def read_varint(data: bytes, at: int) -> tuple[int, int]:
    """The number that stands there, and where the next thing begins."""
    rest = shift = 0
    while True:
        byte = data[at]
        at += 1
        rest |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return rest >> 1 ^ -(rest & 1), at


# Records and batches.


def told(data: bytes | None) -> bytes:
    """A key or a value: its length, then its bytes; -1 for none."""
    return varint(-1) if data is None else varint(len(data)) + data


def record_bytes(record: Record, offset: int, first_timestamp: int) -> bytes:
    """One record: its length, attributes, then what differs from the first record, key, value, no headers."""
    time = varint(record.timestamp - first_timestamp)
    body = b"\0" + time + varint(offset) + told(record.key) + told(record.value) + varint(0)
    return varint(len(body)) + body


@lru_cache(1024)
def encode(records: tuple[Record, ...]) -> bytes:
    """A batch as a producer sends it: base offset 0, epoch -1."""
    first, latest = records[0].timestamp, max(record.timestamp for record in records)
    body = b"".join(record_bytes(record, place, first) for place, record in enumerate(records))
    last = len(records) - 1
    length = HEADER.size + len(body) - 12
    covered = HEADER.pack(0, 0, 0, 0, 0, 0, last, first, latest, -1, -1, -1, len(records))[COVERED:] + body
    return HEADER.pack(0, length, -1, MAGIC, crc32c(covered), *[0] * 8)[:COVERED] + covered


def placed(batch: bytes, base_offset: int, epoch: int) -> bytes:
    """The same batch in a broker's log: two fields are written, and the checksum stays."""
    return struct.pack(">q", base_offset) + batch[8:12] + struct.pack(">i", epoch) + batch[16:]


def header_of(batch: bytes) -> dict[str, int]:
    """The fields of a batch's header by name."""
    return dict(zip((field.name for field in FIELDS), HEADER.unpack_from(batch), strict=True))


def decode(batch: bytes) -> tuple[int, list[Record]]:
    """The base offset and the records of a batch. Raises Broken where its checksum does not fit."""
    header = header_of(batch)
    if header["magic"] != MAGIC or header["batchLength"] + 12 != len(batch):
        raise Broken("this is no batch of format 2")
    if header["crc"] != crc32c(batch[COVERED:]):
        raise Broken("the checksum does not fit")
    return header["baseOffset"], list(records_of(batch, header))


def records_of(batch: bytes, header: dict[str, int]) -> Iterator[Record]:
    at = HEADER.size
    for _ in range(header["recordsCount"]):
        _, at = read_varint(batch, at)
        time, at = read_varint(batch, at + 1)
        _, at = read_varint(batch, at)
        key, at = read_bytes(batch, at)
        value, at = read_bytes(batch, at)
        headers, at = read_varint(batch, at)
        for _ in range(2 * headers):
            _, at = read_bytes(batch, at)
        yield Record(header["baseTimestamp"] + time, key, value)


def read_bytes(batch: bytes, at: int) -> tuple[bytes | None, int]:
    size, at = read_varint(batch, at)
    return (None, at) if size < 0 else (batch[at : at + size], at + size)


def in_batches(records: Sequence[Record], most: int) -> list[tuple[Record, ...]]:
    """The records in batches of at most so many."""
    return [tuple(records[at : at + most]) for at in range(0, len(records), most)]

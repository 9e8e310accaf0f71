"""What a partition says of look-ups and copies, and the bytes of a batch."""

from functools import lru_cache

from playground.machines import partition as machine
from playground.machines import record_batch
from playground.machines.accumulator import LINGER, Closing
from playground.machines.copies import Hop
from playground.machines.partition import Kept, Segment
from playground.machines.record_batch import COVERED, FIELDS, HEADER
from playground.scenes.bytes import Bytes, Value
from playground.scenes.log import LookUp

PARTS = ((0, COVERED), (COVERED, 43), (43, HEADER.size))
"""The header in three parts, each short enough to be read in a narrow picture."""

# Words.


def offsets(batch: Kept) -> str:
    """The offsets of a batch."""
    return f"offset {batch.base}" if batch.base == batch.last else f"offsets {batch.base} to {batch.last}"


def spelled(microseconds: int) -> str:
    """Milliseconds, with two places where there are any."""
    whole, rest = divmod(-(-microseconds // 10), 100)
    return f"{whole:,}.{rest:02} ms" if rest else f"{whole:,} ms"


def closed(batch: Closing, linger: int, *, timed: bool) -> str:
    """Why a batch is closed, as a sentence before another one; empty where it is full at once."""
    if batch.by == LINGER:
        return f"{linger} ms of linger are over. " if linger else "The producer does not linger. "
    return "The batch is full. " if timed else ""


def resumed(group: str, offset: int, again: int) -> str:
    """A consumer died, and another one goes on."""
    what = f"{again} message{'s' if again > 1 else ''} again" if again else "nothing again"
    return f"A new {group} goes on from offset {offset}, the next one after what was committed: it receives {what}."


def probe(entries: list[machine.Entry], slot: int, target: int) -> str:
    """What is seen at an entry of the index."""
    offset = entries[slot].offset
    return f"{slot + 1} of {len(entries)}: {offset} is {'above' if offset > target else 'at or below'} {target}."


def begun(entries: list[machine.Entry], target: int, read: list[Kept]) -> LookUp:
    """A scan begins: where, and which entry says so."""
    position = read[0].position
    named = any(entry.position == position for entry in entries)
    words = f"find {target}: {'its entry says' if named else 'no entry, so'} byte {position}"
    return LookUp(target, read[0].base if named else -1, (read[0].base,), words)


def ended(look: LookUp, read: list[Kept]) -> LookUp:
    """A scan has found its batch."""
    more = len(read) - 1
    rest = f"; then {more} batch{'es' if more > 1 else ''} forward." if more else ", and that batch holds it."
    return look._replace(read=tuple(batch.base for batch in read), words=look.words + rest)


def batch_at(segment: Segment, position: int) -> int:
    """The first offset of the batch that begins there."""
    return next(batch.base for batch in segment.batches if batch.position == position)


def copied(hop: Hop, size: int, direct: bool, secure: bool) -> str:
    """One copy in words."""
    if hop.start == "disk":
        return f"The disk writes {size:,} bytes into the page cache by DMA; nobody had read them since the restart."
    if direct:
        return f"sendfile names the file and the place, and the network card takes {size:,} bytes by DMA."
    if hop.end == "broker":
        return f"read() lets the CPU copy {size:,} bytes from the page cache into the broker’s memory."
    if hop.end == "socket buffer":
        first = "The broker encrypts them, and write()" if secure else "write()"
        return f"{first} lets the CPU copy {size:,} bytes into the socket’s buffer."
    return f"The network card takes {size:,} bytes from the socket’s buffer by DMA."


# The bytes of a batch.


@lru_cache(512)
def header(batch: bytes, name: str, title: str) -> Bytes:
    """The part of a header that holds a field, the field picked, and its value."""
    field = next(one for one in FIELDS if one.name == name)
    first, last = next(part for part in PARTS if part[0] <= field.first < part[1])
    value = record_batch.header_of(batch)[name]
    text = f"{value:08x}" if name == "crc" else str(value)
    values = (Value(name, text, f"{name}: {field.purpose}"),)
    note = f"bytes {first}–{last - 1} of {len(batch)}"
    return Bytes(
        title, note, tuple(batch[first:last]), field.first - first, field.size, values=values, changed="picked",
        start=first,
    )  # fmt: skip


@lru_cache(64)
def last_record(batch: bytes, one: bytes) -> Bytes:
    """The last record of a batch, its beginning if it is long; the value picked."""
    data, start = one[:24], len(batch) - len(one)
    size, _ = record_batch.read_varint(one, 0)
    note = f"{len(one)} bytes of {len(batch)}"
    values = (Value("length", str(size), "what follows its first byte, a varint"),)
    return Bytes(
        "Its last record", note, tuple(data), 0, 1 if size < 64 else 2, values=values, changed="picked", start=start
    )

"""What a partition shows: its log, the bytes of a batch, the copies of a fetch, figures, the outcome."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from playground.engine.miniature import Metric
from playground.engine.schema import TEXT, WHOLE, listed, mapped, maybe, record, told
from playground.machines import partition as machine
from playground.machines import record_batch
from playground.machines.partition import Kept, Segment
from playground.machines.record_batch import COVERED, FIELDS, HEADER
from playground.scenes.bytes import Bytes, Value
from playground.scenes.log import Cell, Entry, Log, LookUp, Reader, Stretch
from playground.scenes.scene import Scene
from playground.scenes.table import BAD, GOOD, NONE, Column, Grid, Row, Table

if TYPE_CHECKING:
    from playground.machines.copies import Hop
    from playground.miniatures.messaging.kafka_why_fast.model import Group, KafkaWhyFast

SEGMENT = record(
    base=WHOLE, name=TEXT, bytes=WHOLE, index=told(TEXT, "the index file, in hex"),
    batches=told(listed(listed(WHOLE)), "position, size, first and last offset of each batch"),
)  # fmt: skip
GROUP = record(next=WHOLE, committed=WHOLE, received=told(WHOLE, "different messages"))
OUTCOME = record(
    messages=WHOLE,
    batches=WHOLE,
    log_bytes=WHOLE,
    milli_a_message=told(WHOLE, "thousandths of a byte of log for each message"),
    index_entries=WHOLE,
    segments=listed(SEGMENT),
    groups=told(
        mapped(record(next=WHOLE, committed=WHOLE, received=told(WHOLE, "different messages"))),
        "consumer groups by name",
    ),
    found=told(
        maybe(record(offset=WHOLE, segment=WHOLE, position=WHOLE, probes=WHOLE, batch=WHOLE, skipped_bytes=WHOLE)),
        "the last look-up: where the scan began, and the first offset of the batch that it found",
    ),
    fetched=told(maybe(record(group=TEXT, bytes=WHOLE, cpu_bytes=WHOLE, copies=WHOLE, calls=WHOLE)), "the last fetch"),
    fetches=WHOLE,
    cpu_bytes=told(WHOLE, "bytes that the CPU has copied for all fetches"),
    dma_bytes=WHOLE,
    calls=told(WHOLE, "system calls for all fetches"),
    switches=told(WHOLE, "changes between user and kernel mode, two a call"),
)

COLUMNS = (Column("from", 0), Column("to", 0), Column("by", 46, "strong"), Column("bytes", 62))
PARTS = ((0, COVERED), (COVERED, 43), (43, HEADER.size))
"""The header in three parts, each short enough to be read in a narrow picture."""

# Words.


def offsets(batch: Kept) -> str:
    """The offsets of a batch."""
    return f"offset {batch.base}" if batch.base == batch.last else f"offsets {batch.base} to {batch.last}"


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


# Pictures.


def scenes(model: KafkaWhyFast) -> tuple[Scene, ...]:
    """The log, then the bytes of the batch in hand and the copies of the fetch under way."""
    if not hasattr(model, "log"):
        return Log("orders, partition 0", (), (), (Stretch(0, f"{0:020d}.log", True),), 0), NO_BYTES, way(())
    return picture(model), model.view or NO_BYTES, way(model.path, model.hopped)


NO_BYTES = Bytes("A batch", "", (), empty="no batch yet")


def picture(model: KafkaWhyFast) -> Log:
    log = model.log
    cells, entries, stretches = [], [], []
    for segment in log.segments:
        stretches.append(Stretch(segment.base, segment.name, segment is log.active))
        for batch in segment.batches:
            state = "sent" if batch.base in model.sent else "cold" if batch.base in model.cold else ""
            cells.append(Cell(batch.base, batch.last, batch.position, batch.size, state))
        entries += [Entry(batch_at(segment, one.position), *one) for one in segment.entries]
    readers = tuple(Reader(name, order, group.next) for order, (name, group) in enumerate(model.groups.items()))
    return Log(
        "orders, partition 0", tuple(cells), tuple(entries), tuple(stretches), log.end, readers, model.look,
        model.changed, model.coming,
    )  # fmt: skip


@lru_cache(256)
def way(path: tuple[tuple[Hop, int], ...], current: int = -1) -> Table:
    """The copies of a fetch, one a row; those done so far are told, the others are to come."""
    rows = tuple(
        Row(f"{hop.start} to {hop.end}", (hop.start, hop.end, hop.by, f"{size:,}" if place <= current else ""))
        for place, (hop, size) in enumerate(path)
    )
    changed = rows[current].key if 0 <= current < len(rows) else ""
    note, tone = "", NONE
    if path and current >= len(path):
        by_cpu = [size for hop, size in path if hop.by == "CPU"]
        tone = BAD if by_cpu else GOOD
        note = f"the CPU copied {sum(by_cpu):,} bytes in {len(by_cpu)} copies" if by_cpu else "the CPU copied nothing"
    return Table(
        Grid("The copies of this fetch", COLUMNS, rows, note, tone, "nothing is being fetched"), changed=changed
    )


# Figures.


def log_bytes(model: KafkaWhyFast) -> int:
    return sum(len(segment.log) for segment in model.log.segments)


def entry_count(model: KafkaWhyFast) -> int:
    return sum(len(segment.entries) for segment in model.log.segments)


def milli(model: KafkaWhyFast) -> int:
    return log_bytes(model) * 1000 // model.log.end if model.log.end else 0


def metrics(model: KafkaWhyFast) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if not hasattr(model, "log"):
        return ()
    each = milli(model)
    entries = entry_count(model)
    total = log_bytes(model)
    spelled = f"{each // 1000}.{each % 1000 // 100} B" if each else "–"
    return (
        Metric("Log a message", spelled, f"{model.size} of them the value"),
        Metric("Index", f"{8 * entries} B", f"{entries} {'entry' if entries == 1 else 'entries'} for {total:,} bytes"),
        Metric("Copied by the CPU", f"{model.cpu_bytes:,} B", f"{model.dma_bytes:,} by DMA"),
        Metric("Mode switches", str(model.switches), f"{model.calls} system call{'s' if model.calls != 1 else ''}"),
    )


def outcome(model: KafkaWhyFast) -> dict[str, object]:
    """What is in the log, who has read how far, and what it cost."""
    return {
        "messages": model.log.end,
        "batches": model.batches,
        "log_bytes": log_bytes(model),
        "milli_a_message": milli(model),
        "index_entries": entry_count(model),
        "segments": [segment_told(segment) for segment in model.log.segments],
        "groups": {name: group_told(group) for name, group in model.groups.items()},
        "found": model.found,
        "fetched": model.fetched,
        "fetches": model.fetches,
        "cpu_bytes": model.cpu_bytes,
        "dma_bytes": model.dma_bytes,
        "calls": model.calls,
        "switches": model.switches,
    }


def segment_told(segment: Segment) -> dict[str, object]:
    """One segment of the outcome."""
    return {
        "base": segment.base,
        "name": segment.name,
        "bytes": len(segment.log),
        "index": segment.index.hex(),
        "batches": [list(batch) for batch in segment.batches],
    }


def group_told(group: Group) -> dict[str, int]:
    """One consumer group of the outcome."""
    return {"next": group.next, "committed": group.committed, "received": len(group.received)}

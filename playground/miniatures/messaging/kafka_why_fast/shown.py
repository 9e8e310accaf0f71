"""What a partition shows: its log, the bytes of a batch or the disk, the copies of a fetch, figures."""

from functools import lru_cache

from playground.engine import Metric
from playground.machines import accumulator, disk
from playground.machines.copies import Hop
from playground.machines.disk import Stroke
from playground.miniatures.messaging.kafka_why_fast.model import KafkaWhyFast
from playground.miniatures.messaging.kafka_why_fast.words import batch_at
from playground.scenes.bytes import Bytes
from playground.scenes.log import Cell, Entry, Log, Reader, Stretch
from playground.scenes.many import many
from playground.scenes.rounding import nearest
from playground.scenes.scene import Scene
from playground.scenes.table import BAD, GOOD, NONE, Column, Grid, Row, Table
from playground.scenes.timeline import ARRIVING, CONNECT, Group, Lane, Span, Timeline

COLUMNS = (Column("from", 0), Column("to", 0), Column("by", 46, "strong"), Column("bytes", 62))


def scenes(model: KafkaWhyFast) -> tuple[Scene, ...]:
    """The log, then the bytes of the batch in hand, or the disk, and the copies of the fetch under way."""
    return picture(model), written(model) if model.disk else model.view or NO_BYTES, way(model.path, model.hopped)


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
    readers = tuple(
        Reader(name, order, group.next, group.committed) for order, (name, group) in enumerate(model.groups.items())
    )
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
        note = (
            f"the CPU copied {sum(by_cpu):,} bytes in {many(len(by_cpu), 'copy', 'copies')}"
            if by_cpu
            else "the CPU copied nothing"
        )
    return Table(
        Grid("The copies of this fetch", COLUMNS, rows, note, tone, "nothing is being fetched"), changed=changed
    )


def written(model: KafkaWhyFast) -> Timeline:
    """The disk's time for the log, in order and at random places."""
    ways = {"at the end": model.strokes(scattered=False), "at random places": model.strokes(scattered=True)}
    groups = tuple(
        Group(name, name, many(disk.seeks(done), "seek"), (Lane("head", spans_of(done)),), disk.ended(done))
        for name, done in ways.items()
        if done
    )
    return Timeline(groups, legend=ON_DISK, empty="nothing to write yet")


ON_DISK = ((CONNECT, "seek"), (ARRIVING, "write"))


def spans_of(done: list[Stroke]) -> tuple[Span, ...]:
    return tuple(Span(CONNECT if one.seek else ARRIVING, one.start, one.end) for one in done)


def metrics(model: KafkaWhyFast) -> tuple[Metric, ...]:
    """Figures beside the picture."""
    if not model.groups:
        return ()  # nobody reads yet
    tenths, entries, total = nearest(model.milli(), 100), model.entry_count(), model.log_bytes()
    half, slow = (accumulator.percentile(model.waits, percent) for percent in (50, 99))
    spelled = f"{tenths // 10}.{tenths % 10} B" if tenths else "–"
    return (
        Metric("Log a message", spelled, f"{model.size} of them the value"),
        Metric("Waits for its batch", f"{half} ms", f"median; 99th percentile (p99) {slow} ms"),
        Metric("Index", f"{8 * entries} B", f"{entries} {'entry' if entries == 1 else 'entries'} for {total:,} bytes"),
        Metric("Committed", " / ".join(str(one.committed) for one in model.groups.values()), " / ".join(model.groups)),
        Metric("Copied by the CPU", f"{model.cpu_bytes:,} B", f"{model.dma_bytes:,} by DMA"),
        Metric("Mode switches", str(model.switches), many(model.calls, "system call")),
    )

"""A Kafka partition with its real bytes: record batches, segments, the sparse index, and what a fetch copies."""

from dataclasses import dataclass, field

from playground.engine import Choice, Flag, Miniature, Refused, Say, Steps, Whole, action, decide
from playground.engine.schema import TEXT, WHOLE, described, listed, mapped, maybe, record
from playground.machines import copies, record_batch
from playground.machines.copies import CPU, FROM_DISK, Hop
from playground.machines.partition import Kept, Partition, Segment
from playground.machines.record_batch import HEADER, Record
from playground.miniatures.messaging.kafka_why_fast import words as spoken
from playground.scenes.bytes import Bytes
from playground.scenes.log import LookUp

FIRST_MILLISECOND = 1_700_000_000_000
MOST = 100  # messages: offsets of two digits fit into the picture
SINGLY, AT_LENGTH = 12, 8  # batches told one by one, and fetches told copy by copy; the rest in brief
SEGMENT = record(
    base=WHOLE, name=TEXT, bytes=WHOLE, index=described(TEXT, "the index file, in hex"),
    batches=described(listed(listed(WHOLE)), "position, size, first and last offset of each batch"),
)  # fmt: skip
GROUPS = {"billing": "billing", "search": "search"}
COPY, SENDFILE = "copy", "sendfile"


@dataclass
class Group:
    """A consumer group on this partition: what it reads next, what it has committed, what it has received."""

    next: int = 0
    committed: int = 0
    received: set[int] = field(default_factory=set)


class KafkaWhyFast(Miniature):
    """A producer's batch is appended byte for byte, found again by a sparse index, and sent on as it lies there.

    Nothing is parsed on the way: the same bytes travel from the producer to the disk to the consumer. So the
    broker can tell the kernel to send a part of a file, and the CPU need not touch the messages at all.
    """

    title = "A log that is only appended to"
    question = "Forty messages, two readers: how often does the CPU touch them?"
    knobs = ("batch", "send")
    opening = "The partition is empty: one segment of no bytes, and the next offset is 0."
    grows_with = "messages"

    messages = Whole(40, least=0, most=40, help="Sent at the start")
    size = Whole(10, least=0, most=80, label="Size of a message", unit="bytes", help="Its value alone")
    keys = Flag(False, label="With keys", help="A key of two bytes for each message")
    batch = Whole(4, least=1, most=20, label="Messages a batch", help="In Kafka set by linger.ms and batch.size")
    segment = Whole(1024, least=256, most=4096, label="Segment", unit="bytes", help="segment.bytes; in Kafka 1 GiB")
    interval = Whole(
        256, least=64, most=1024, label="Index interval", unit="bytes", help="index.interval.bytes; in Kafka 4,096"
    )
    send = Choice(
        SENDFILE,
        {SENDFILE: "sendfile", COPY: "read and write"},
        label="Send with",
        help="How a fetch leaves the broker",
    )
    tls = Flag(False, label="TLS", help="On the consumers’ listener")

    def rules(self) -> list[tuple[str, str]]:
        size = len(record_batch.encode(self.drawn(0, self.batch)))
        if size <= self.segment:
            return []
        return [("segment", f"One batch takes {size} bytes, and must fit into a segment. Take at least {size}.")]

    # The rules.

    def scan_from(self, segment: Segment, target: int) -> int:
        """The byte at which reading begins: what the last entry at or below the offset says, else the first."""
        slot, _ = segment.floor(target)
        return segment.entries[slot].position if slot >= 0 else 0

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        """The copies of a fetch. `cold`: some of it is not in the page cache."""
        direct = self.send == SENDFILE and not self.secure
        return copies.way(copies.BY_SENDFILE if direct else copies.BY_READ_AND_WRITE, cold)

    # What can happen.

    def set_up(self) -> None:
        self.log = Partition(self.segment, self.interval)
        self.groups: dict[str, Group] = {}
        self.secure = self.tls
        self.cold: set[int] = set()
        self.look: LookUp | None = None
        self.sent: tuple[int, ...] = ()
        self.view: Bytes | None = None
        self.path: tuple[tuple[Hop, int], ...] = ()
        self.hopped = -1
        self.found: dict[str, object] | None = None
        self.fetched: dict[str, object] | None = None
        self.fetches = self.calls = self.switches = self.cpu_bytes = self.dma_bytes = self.batches = 0
        self.coming, self.changed = 0, ""

    def start(self) -> Steps:
        self.groups = {name: Group() for name in GROUPS}
        yield from self.send_all(self.messages)
        if self.messages:
            yield from self.poll("billing")

    @action("Produce", on="end", count=Whole(4, least=1, most=40, label="Messages"))
    def produce(self, count: int) -> Steps:
        room = MOST - self.log.end
        if count > room:
            raise Refused("count", f"The log has {self.log.end} messages; there is room for {room} more.")
        yield from self.send_all(count)

    def send_all(self, count: int) -> Steps:
        """Messages arrive in batches; the first batch of all is opened field by field."""
        self.forget()
        batches = record_batch.in_batches(self.drawn(self.log.end, count), self.batch)
        if not self.log.end and batches:
            yield from self.open_batch(batches[0])
        shown_singly = SINGLY + (len(batches) == SINGLY + 1)
        for records in batches[:shown_singly]:
            yield from self.append(record_batch.encode(records))
        if rest := batches[shown_singly:]:
            for records in rest:
                for _ in self.append(record_batch.encode(records)):
                    pass
            yield Say(f"The other {len(rest)} batches are appended in the same way; the log ends at {self.log.end}.")

    def open_batch(self, records: tuple[Record, ...]) -> Steps:
        """What a producer sends, and the two fields that the broker writes into it."""
        batch = record_batch.encode(records)
        one = record_batch.record_bytes(records[-1], len(records) - 1, records[0].timestamp)
        self.coming, self.changed = len(batch), "coming"
        many = f"{len(records)} messages" if len(records) > 1 else "one message"
        self.view = spoken.header(batch, "recordsCount", "The producer’s batch")
        yield f"The producer collects {many} in a batch: {HEADER.size} bytes of header, then the records."
        self.view = spoken.last_record(batch, one)
        over = len(one) - self.size
        yield f"A record takes {len(one)} bytes for a value of {self.size}: {over} go to length, deltas and key."
        crc = record_batch.header_of(batch)["crc"]
        self.view = spoken.header(batch, "crc", "The producer’s batch")
        yield f"The checksum {crc:08x} covers everything from byte {record_batch.COVERED} on."
        placed = record_batch.placed(batch, self.log.end, 0)
        self.view = spoken.header(placed, "partitionLeaderEpoch", "The broker’s batch")
        told = "The broker writes offset and epoch in front of the checksum, and leaves every other byte alone."
        yield Say(told, stop=True)

    def append(self, batch: bytes) -> Steps:
        """To the end of the active segment, or of a new one; perhaps the index gets an entry."""
        if self.log.must_roll(len(batch)):
            yield self.rolled(f"Another {len(batch)} bytes would not fit.")
        kept, indexed = self.log.append(batch)
        self.batches += 1
        self.coming, self.changed = 0, f"batch:{kept.base}"
        self.view = spoken.header(self.log.active.bytes_of(kept), "baseOffset", f"The batch at offset {kept.base}")
        named = spoken.offsets(kept)
        yield f"The broker appends {named} at byte {kept.position}: {kept.size} bytes, in the page cache."
        if indexed:
            self.changed = f"entry:{kept.base}"
            since = f"Over {self.interval} bytes came since the last entry"
            yield f"{since}: the index notes {kept.last} → {kept.position}."

    @action("Begin a new segment", on="segment", help="As the broker does when a segment is full, or old")
    def roll(self) -> Steps:
        if not self.log.active.log:
            raise Refused("", "The active segment is empty. Produce something first.")
        self.forget()
        yield self.rolled("The broker is told to begin anew.")

    @action("Poll", group=Choice("search", GROUPS, on="reader"), help="A consumer asks for what comes next")
    def poll(self, group: str) -> Steps:
        self.forget()
        asking = self.groups[group]
        asking.committed, target = asking.next, asking.next
        if target >= self.log.end:
            self.changed = f"reader:{group}"
            yield f"{group} asks for offset {target}. It does not exist yet, so the broker lets the request wait."
            return
        segment = self.log.segment_of(target)
        self.look = LookUp(target, -1, (), f"{group} asks for offset {target}.")
        self.changed = f"segment:{segment.base}"
        yield f"{group} asks for offset {target}. The last segment that begins at or below it is {segment.name}."
        yield from self.look_up(segment, target)
        yield from self.carry(group, [batch for batch in segment.batches if batch.base >= self.read_last])

    @action(
        "Fetch from an offset",
        dropped="{group} fetches from {offset}",
        group=Choice("search", GROUPS, on="reader"),
        offset=Whole(13, least=0, most=MOST - 1, on="batch"),
    )
    def fetch(self, group: str, offset: int) -> Steps:
        if offset >= self.log.end:
            raise Refused("offset", f"The next offset is {self.log.end}; take a smaller one.")
        self.groups[group].next = offset
        yield from self.poll(group)

    def look_up(self, segment: Segment, target: int) -> Steps:
        """Binary search in the index, then forward in the log, header by header."""
        entries, (_, looked) = segment.entries, segment.floor(target)
        for slot in looked if self.fetches < AT_LENGTH else ():
            words = spoken.probe(entries, slot, target)
            self.changed = f"entry:{spoken.batch_at(segment, entries[slot].position)}"
            self.look = LookUp(target, -1, (), f"Entry {words}")
            yield f"The broker looks at entry {words}"
        position = self.scan_from(segment, target)
        read = segment.scan(target, position)
        first, self.read_last = read[0].base, read[-1].base
        self.look = spoken.begun(entries, target, read)
        self.changed = f"batch:{first}"
        thing = f"scan for offset {target}"
        yield decide(f"The scan for offset {target} begins at byte {position}.", thing, str(position))
        over = sum(batch.size for batch in read[:-1])
        self.look = spoken.ended(self.look, read)
        self.changed = f"batch:{self.read_last}"
        self.view = spoken.header(segment.bytes_of(read[-1]), "baseOffset", f"The batch at offset {self.read_last}")
        self.found = {
            "offset": target, "segment": segment.base, "position": position, "probes": len(looked),
            "batch": self.read_last, "skipped_bytes": over,
        }  # fmt: skip
        if over:
            yield f"Header by header, the broker passes {over} bytes; {target} is among {spoken.offsets(read[-1])}."
        else:
            yield f"The batch that begins there holds {target}: it is among {spoken.offsets(read[-1])}."

    def carry(self, group: str, sent: list[Kept]) -> Steps:
        """The rest of the segment goes out, copy by copy."""
        total = sum(batch.size for batch in sent)
        missing = sum(batch.size for batch in sent if batch.base in self.cold)
        self.sent = tuple(batch.base for batch in sent)
        self.path = tuple((hop, missing if hop == FROM_DISK else total) for hop in self.hops(missing > 0))
        cpu = sum(size for hop, size in self.path if hop.by == CPU)
        calls = 1 if len([hop for hop, _ in self.path if hop != FROM_DISK]) == 1 else 2
        self.changed = f"batch:{sent[0].base}"
        for place, (hop, size) in enumerate(self.path):
            self.hopped = place
            if self.fetches < AT_LENGTH:
                yield spoken.copied(hop, size, calls == 1, self.secure)
            if hop == FROM_DISK:
                self.cold -= set(self.sent)
        asking = self.groups[group]
        stop = sent[-1].last + 1
        asking.received |= set(range(asking.next, stop))
        asking.next = stop
        self.fetches += 1
        self.cpu_bytes, self.dma_bytes = self.cpu_bytes + cpu, self.dma_bytes + sum(s for _, s in self.path) - cpu
        self.calls, self.switches = self.calls + calls, self.switches + 2 * calls
        self.fetched = {"group": group, "bytes": total, "cpu_bytes": cpu, "copies": len(self.path), "calls": calls}
        self.changed, self.hopped = f"reader:{group}", len(self.path)
        words = f"{group} has everything up to offset {asking.next - 1}: {total:,} bytes, and the CPU copied {cpu:,}."
        yield decide(words, f"bytes copied by the CPU in fetch {self.fetches}", str(cpu), stop=True)

    @action(
        "Restart a consumer", group=Choice("billing", GROUPS, on="reader"), help="It goes on from what it has committed"
    )
    def restart(self, group: str) -> Steps:
        self.forget()
        asking = self.groups[group]
        lost, asking.next = asking.next - asking.committed, asking.committed
        self.changed = f"reader:{group}"
        again = f"it will read {lost} messages again" if lost > 0 else "nothing has to be read again"
        yield f"{group} starts anew at offset {asking.next}, the last one that it committed: {again}."

    @action("Empty the page cache", help="As after a restart of the broker’s machine")
    def empty_cache(self) -> Steps:
        self.forget()
        self.cold = {batch.base for segment in self.log.segments for batch in segment.batches}
        yield "The machine was restarted: every batch is on the disk, and none in memory."

    @action("Turn TLS on or off")
    def secure_listener(self) -> Steps:
        self.forget()
        self.secure = not self.secure
        if self.secure:
            yield "The listener speaks TLS from now on: who encrypts needs the bytes, so sendfile is out."
        else:
            yield "The listener speaks plainly from now on: the bytes on disk are the bytes on the wire."

    # Small parts.

    def drawn(self, first: int, count: int) -> tuple[Record, ...]:
        """Messages: their values spell their numbers, one arrives a millisecond."""
        return tuple(
            Record(
                FIRST_MILLISECOND + number, f"k{number % 8}".encode() if self.keys else None,
                f"order {number} ".encode().ljust(self.size, b".")[: self.size],
            )
            for number in range(first, first + count)
        )  # fmt: skip

    def rolled(self, why: str) -> str:
        segment = self.log.roll()
        self.changed = f"segment:{segment.base}"
        return f"{why} The segment is closed, and {segment.name} begins."

    def forget(self) -> None:
        """What the last action was about is over."""
        self.look, self.sent, self.path, self.hopped, self.changed = None, (), (), -1, ""

    # What it answers.

    outcome_schema = record(
        messages=WHOLE,
        batches=WHOLE,
        log_bytes=WHOLE,
        milli_a_message=described(WHOLE, "thousandths of a byte of log for each message"),
        index_entries=WHOLE,
        segments=listed(SEGMENT),
        groups=described(
            mapped(record(next=WHOLE, committed=WHOLE, received=described(WHOLE, "different messages"))),
            "consumer groups by name",
        ),
        found=described(
            maybe(record(offset=WHOLE, segment=WHOLE, position=WHOLE, probes=WHOLE, batch=WHOLE, skipped_bytes=WHOLE)),
            "the last look-up: where the scan began, and the first offset of the batch that it found",
        ),
        fetched=described(
            maybe(record(group=TEXT, bytes=WHOLE, cpu_bytes=WHOLE, copies=WHOLE, calls=WHOLE)), "the last fetch"
        ),
        fetches=WHOLE,
        cpu_bytes=described(WHOLE, "bytes that the CPU has copied for all fetches"),
        dma_bytes=WHOLE,
        calls=described(WHOLE, "system calls for all fetches"),
        switches=described(WHOLE, "changes between user and kernel mode, two a call"),
    )

    def outcome(self) -> dict[str, object]:
        """What is in the log, who has read how far, and what it cost."""
        return {
            "messages": self.log.end,
            "batches": self.batches,
            "log_bytes": self.log_bytes(),
            "milli_a_message": self.milli(),
            "index_entries": self.entry_count(),
            "segments": [segment_told(segment) for segment in self.log.segments],
            "groups": {name: group_told(group) for name, group in self.groups.items()},
            "found": self.found,
            "fetched": self.fetched,
            "fetches": self.fetches,
            "cpu_bytes": self.cpu_bytes,
            "dma_bytes": self.dma_bytes,
            "calls": self.calls,
            "switches": self.switches,
        }

    def log_bytes(self) -> int:
        return sum(len(segment.log) for segment in self.log.segments)

    def entry_count(self) -> int:
        return sum(len(segment.entries) for segment in self.log.segments)

    def milli(self) -> int:
        """Thousandths of a byte of log for each message."""
        return self.log_bytes() * 1000 // self.log.end if self.log.end else 0


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

"""The producer’s side: messages are collected in batches, and the broker appends what it gets."""

from collections.abc import Sequence

from playground.engine import Flag, Miniature, Refused, Say, Steps, Whole, action, decide
from playground.engine.clock import Wait
from playground.machines import accumulator, disk, record_batch
from playground.machines.accumulator import LINGER, Closing
from playground.machines.disk import Stroke
from playground.machines.partition import Partition
from playground.machines.record_batch import HEADER, Record
from playground.miniatures.messaging.kafka_why_fast import words as spoken
from playground.scenes.bytes import Bytes

FIRST_MILLISECOND = 1_700_000_000_000
MOST = 100  # messages: offsets of two digits fit into the picture
SINGLY = 12  # batches told one by one; the rest in brief
MS = 1000  # microseconds


class Producing(Miniature):
    """What is sent, how it is collected, and the log that it is appended to."""

    messages = Whole(40, least=0, most=40, help="Sent at the start")
    size = Whole(10, least=0, most=80, label="Size of a message", unit="bytes", help="Its value alone")
    keys = Flag(False, label="With keys", help="A key of two bytes for each message")
    batch = Whole(4, least=1, most=20, label="Messages a batch", help="At most; in Kafka batch.size, 16,384 bytes")
    linger = Whole(
        5, least=0, most=50, label="Linger", unit="ms", help="linger.ms; in Kafka 5, before version 4.0 it was 0"
    )
    gap = Whole(0, least=0, most=20, label="A message every", unit="ms", help="0: they are all there at once")
    segment = Whole(1024, least=256, most=4096, label="Segment", unit="bytes", help="segment.bytes; in Kafka 1 GiB")
    interval = Whole(
        256, least=64, most=1024, label="Index interval", unit="bytes", help="index.interval.bytes; in Kafka 4,096"
    )
    disk = Flag(False, label="Show the disk", help="What it takes to write the log to a disk that turns, in two ways")
    seek = Whole(
        10, least=0, most=20, label="Seek", unit="ms", help="Until the head stands where it has to; 0: no head"
    )
    rate = Whole(600, least=1, most=5000, label="Disk’s rate", unit="MB/s", help="Once it has begun to write")

    def rules(self) -> list[tuple[str, str]]:
        times = range(0, self.batch * (self.gap or 1), self.gap or 1)
        size = len(record_batch.encode(self.drawn(0, times)))
        if size <= self.segment:
            return []
        return [("segment", f"One batch takes {size} bytes, and must fit into a segment. Take at least {size}.")]

    # The rule.

    def closes(self, arrivals: Sequence[int]) -> list[Closing]:
        """When each batch is closed, and with how many messages."""
        return accumulator.closings(arrivals, self.batch, self.linger)

    # What can happen.

    def set_up(self) -> None:
        self.log = Partition(self.segment, self.interval)
        self.times: list[int] = []
        """When each message was made, in milliseconds since the first."""
        self.waits: list[int] = []
        """What each message has waited until its batch was closed, in milliseconds."""
        self.closed = {accumulator.SIZE: 0, LINGER: 0}
        self.view: Bytes | None = None
        self.batches = self.coming = 0
        self.changed = ""

    @action("Produce", on="end", count=Whole(4, least=1, most=40, label="Messages"))
    def produce(self, count: int) -> Steps:
        room = MOST - self.log.end
        if count > room:
            raise Refused("count", f"The log has {self.log.end} messages; there is room for {room} more.")
        yield from self.send_all(count)

    def send_all(self, count: int) -> Steps:
        """Messages arrive and are collected; the first batch of all is opened field by field."""
        self.forget()
        began = self.now // MS
        arrivals = [began + number * self.gap for number in range(count)]
        # Those that are there at once have been made before, one a millisecond.
        behind = max(began, self.times[-1] + 1 if self.times else 0)
        self.times += arrivals if self.gap else range(behind, behind + count)
        closed = self.closes(arrivals)
        self.waits += accumulator.waits(arrivals, closed)
        first, told = self.log.end, SINGLY + (len(closed) == SINGLY + 1)
        for batch in closed[:told]:
            yield Wait(batch.at * MS - self.now)
            records = self.records_of(batch, first)
            if not self.log.end:
                yield from self.open_batch(records)
            yield from self.append(records, batch)
        if rest := closed[told:]:
            yield Wait(rest[-1].at * MS - self.now)
            for batch in rest:
                for _ in self.append(self.records_of(batch, first), batch):
                    pass
            yield Say(f"The other {len(rest)} batches are appended in the same way; the log ends at {self.log.end}.")
        if self.disk and closed:
            yield from self.write_out()

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

    def append(self, records: tuple[Record, ...], closed: Closing) -> Steps:
        """To the end of the active segment, or of a new one; perhaps the index gets an entry."""
        batch = record_batch.encode(records)
        if self.log.must_roll(len(batch)):
            yield self.rolled(f"Another {len(batch)} bytes would not fit.")
        kept, indexed = self.log.append(batch)
        self.batches += 1
        self.closed[closed.by] += 1
        self.coming, self.changed = 0, f"batch:{kept.base}"
        self.view = spoken.header(self.log.active.bytes_of(kept), "baseOffset", f"The batch at offset {kept.base}")
        why = spoken.closed(closed, self.linger, timed=self.gap > 0)
        told = (
            f"The broker appends {spoken.offsets(kept)} at byte {kept.position}: {kept.size} bytes, in the page cache."
        )
        yield decide(f"{why}{told}", f"batch at offset {kept.base}", str(closed.messages))
        if indexed:
            self.changed = f"entry:{kept.base}"
            passed = f"Over {self.interval} bytes came since the last entry"
            yield f"{passed}: the index notes {kept.last} → {kept.position}."

    @action("Begin a new segment", on="segment", help="As the broker does when a segment is full, or old")
    def roll(self) -> Steps:
        if not self.log.active.log:
            raise Refused("", "The active segment is empty. Produce something first.")
        self.forget()
        yield self.rolled("The broker is told to begin a new file.")

    def write_out(self) -> Steps:
        """The page cache goes to the disk: what that takes."""
        self.changed = ""
        one, many = (spoken.spelled(disk.ended(self.strokes(scattered=scattered))) for scattered in (False, True))
        yield Say(f"The disk takes {one} to write the log in order. At random places it would take {many}.", stop=True)

    def strokes(self, *, scattered: bool) -> list[Stroke]:
        """What the disk does to write the log: at the end of each file, or scattered over random places."""
        files = [[batch.size for batch in segment.batches] for segment in self.log.segments]
        return disk.strokes(files, self.seek * MS, self.rate, scattered=scattered)

    # Small parts.

    def drawn(self, first: int, times: Sequence[int]) -> tuple[Record, ...]:
        """Messages made at these times, in milliseconds since the first of all; their values spell their numbers."""
        return tuple(
            Record(
                FIRST_MILLISECOND + time, f"k{number % 8}".encode() if self.keys else None,
                f"order {number} ".encode().ljust(self.size, b".")[: self.size],
            )
            for number, time in enumerate(times, first)
        )  # fmt: skip

    def records_of(self, batch: Closing, first: int) -> tuple[Record, ...]:
        """The messages of a batch; `first` is the offset of the first one that came with it."""
        start = first + batch.first
        return self.drawn(start, self.times[start : start + batch.messages])

    def rolled(self, why: str) -> str:
        segment = self.log.roll()
        self.changed = f"segment:{segment.base}"
        return f"{why} The segment is closed, and {segment.name} begins."

    def forget(self) -> None:
        """What the last action was about is over."""
        self.changed = ""

"""A Kafka partition with its real bytes: record batches, segments, the sparse index, and what a fetch copies.

`producing.py` has what is sent and appended, `consuming.py` who reads it; here is what a run answers.
"""

from playground.engine.schema import TEXT, WHOLE, described, listed, mapped, maybe, record
from playground.machines import accumulator, disk
from playground.machines.accumulator import LINGER, SIZE
from playground.machines.consumer import Consumer
from playground.machines.partition import Segment
from playground.miniatures.messaging.kafka_why_fast.consuming import Consuming

SEGMENT = record(
    base=WHOLE, name=TEXT, bytes=WHOLE, index=described(TEXT, "the index file, in hex"),
    batches=described(listed(listed(WHOLE)), "position, size, first and last offset of each batch"),
)  # fmt: skip


class KafkaWhyFast(Consuming):
    """A producer's batch is appended byte for byte, found again by a sparse index, and sent on as it lies there.

    Nothing is written again on the way: the same bytes travel from the producer to the disk to the consumer. So the
    broker can tell the kernel to send a part of a file, and the CPU need not touch the messages at all.
    """

    title = "A log that is only appended to"
    question = "Forty messages, two readers: how often does the CPU touch them?"
    knobs = ("batch", "linger", "send")
    opening = "The partition is empty: one segment of no bytes, and the next offset is 0."
    grows_with = "messages"

    outcome_schema = record(
        messages=WHOLE,
        batches=WHOLE,
        closed=described(record(size=WHOLE, linger=WHOLE), "batches that were closed full, and by linger"),
        wait_p50_ms=WHOLE,
        wait_p99_ms=described(WHOLE, "milliseconds that a message waits for its batch to close, by nearest rank"),
        log_bytes=WHOLE,
        milli_a_message=described(WHOLE, "thousandths of a byte of log for each message"),
        index_entries=WHOLE,
        segments=listed(SEGMENT),
        groups=described(
            mapped(
                record(
                    next=WHOLE,
                    committed=described(WHOLE, "the next offset that a restarted consumer reads"),
                    received=described(WHOLE, "different messages"),
                )
            ),
            "consumer groups by name",
        ),
        restarted=described(
            maybe(record(group=TEXT, offset=WHOLE, again=described(WHOLE, "messages that it receives again"))),
            "the last restart of a consumer",
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
        disk=described(
            maybe(record(seeks=WHOLE, us=WHOLE, random_seeks=WHOLE, random_us=WHOLE)),
            "to write the log to the disk in order, and at random places: seeks, and microseconds",
        ),
    )

    def outcome(self) -> dict[str, object]:
        """What is in the log, who has read how far, and what it cost."""
        return {
            "messages": self.log.end,
            "batches": self.batches,
            "closed": {"size": self.closed[SIZE], "linger": self.closed[LINGER]},
            "wait_p50_ms": accumulator.percentile(self.waits, 50),
            "wait_p99_ms": accumulator.percentile(self.waits, 99),
            "log_bytes": self.log_bytes(),
            "milli_a_message": self.milli(),
            "index_entries": self.entry_count(),
            "segments": [segment_told(segment) for segment in self.log.segments],
            "groups": {name: group_told(group) for name, group in self.groups.items()},
            "restarted": self.restarted,
            "found": self.found,
            "fetched": self.fetched,
            "fetches": self.fetches,
            "cpu_bytes": self.cpu_bytes,
            "dma_bytes": self.dma_bytes,
            "calls": self.calls,
            "switches": self.switches,
            "disk": self.disk_told() if self.disk else None,
        }

    def log_bytes(self) -> int:
        return sum(len(segment.log) for segment in self.log.segments)

    def entry_count(self) -> int:
        return sum(len(segment.entries) for segment in self.log.segments)

    def milli(self) -> int:
        """Thousandths of a byte of log for each message."""
        return self.log_bytes() * 1000 // self.log.end if self.log.end else 0

    def disk_told(self) -> dict[str, int]:
        ordered, random = self.strokes(scattered=False), self.strokes(scattered=True)
        return {
            "seeks": disk.seeks(ordered), "us": disk.ended(ordered),
            "random_seeks": disk.seeks(random), "random_us": disk.ended(random),
        }  # fmt: skip


def segment_told(segment: Segment) -> dict[str, object]:
    """One segment of the outcome."""
    return {
        "base": segment.base,
        "name": segment.name,
        "bytes": len(segment.log),
        "index": segment.index.hex(),
        "batches": [list(batch) for batch in segment.batches],
    }


def group_told(group: Consumer) -> dict[str, int]:
    """One consumer group of the outcome."""
    return {"next": group.next, "committed": group.committed, "received": len(group.received)}

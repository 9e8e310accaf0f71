"""The batches of a run by kafka-python's record codec."""

from __future__ import annotations

from playground.engine import Recipe, Run
from playground.miniatures.messaging.kafka_why_fast.model import KafkaWhyFast
from playground.miniatures.messaging.kafka_why_fast.producing import FIRST_MILLISECOND

MOST = 12
"""Batches that are made."""
TRIED = ("batch=7&size=63&keys=yes", "messages=12&size=0&batch=1&do=roll&do=produce:3")
WRONG = (("", "number += 1", "number += 2"), ("batch=7&size=63&keys=yes", "% 8", "% 4"))
CHECKSUM = slice(17, 21)
"""Where it stands in a batch."""

SCRIPT = """\
from kafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder

times = {times}
number = 0
for count in {counts}:
    builder = DefaultRecordBatchBuilder(2, 0, False, -1, -1, -1, 100_000)
    for place in range(count):
        value = f"order {{number}} ".encode().ljust({size}, b".")[:{size}]
        builder.append(place, {first} + times[number], {key}, value, [])
        number += 1
    batch = bytes(builder.build())
    print(number - count, len(batch), f"{{DefaultRecordBatch(batch).crc:08x}}")
"""


def elsewhere(done: Run) -> tuple[Recipe, ...]:
    """The first offset, the size and the checksum of each batch, of the first ones if there are many."""
    counts = [last - first + 1 for segment in done.outcome["segments"] for _, _, first, last in segment["batches"]]
    if not counts:
        return ()
    key = 'f"k{number % 8}".encode()' if done.query["keys"] else "None"
    model = done.model(KafkaWhyFast)
    times = model.times[: sum(counts[:MOST])]
    script = SCRIPT.format(counts=counts[:MOST], times=times, size=done.query["size"], first=FIRST_MILLISECOND, key=key)
    kept = [(one, segment) for segment in model.log.segments for one in segment.batches]
    prints = tuple(f"{one.base} {one.size} {segment.bytes_of(one)[CHECKSUM].hex()}" for one, segment in kept[:MOST])
    return (Recipe("kafka-python’s record codec", "python3 batches.py\n", (("batches.py", script),), prints=prints),)

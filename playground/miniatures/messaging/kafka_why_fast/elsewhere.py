"""The batches of a run by kafka-python's record codec."""

from __future__ import annotations

from playground.engine import Recipe, Run
from playground.miniatures.messaging.kafka_why_fast.model import FIRST_MILLISECOND

MOST = 12
"""Batches that are made."""

SCRIPT = """\
from kafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder

number = 0
for count in {counts}:
    builder = DefaultRecordBatchBuilder(2, 0, False, -1, -1, -1, 100_000)
    for place in range(count):
        value = f"order {{number}} ".encode().ljust({size}, b".")[:{size}]
        builder.append(place, {first} + number, {key}, value, [])
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
    script = SCRIPT.format(counts=counts[:MOST], size=done.query["size"], first=FIRST_MILLISECOND, key=key)
    return (Recipe("kafka-python’s record codec", "python3 batches.py\n", (("batches.py", script),)),)

"""The partition against the real things.

    kafka-python    its record codec (magic 2): 400 seeded batches, each written by either and read by the other;
                    and every batch in the log of the miniature's own runs
    rfc3720         CRC-32C of the five examples of RFC 3720, appendix B.4
    offset-index    the rules as Kafka's source states them, written down once more without binary search:
                    LogSegment.append, OffsetIndex.lookup ("greatest offset less than or equal to the target")
    copies          the four copies and two system calls that Kafka's documentation lists, what sendfile
                    leaves of them, and that it is not used with TLS

Each comparison counts what the two answer differently, and that must be 0. Under each saboteur, one wrong line,
it must not be 0. The last two are documents, not programs: a real broker would need a Java machine.
`test_kafka_why_fast_clients.py` compares the producer’s and the consumer’s clock.
"""

import struct
import warnings
import zlib
from importlib.metadata import version
from random import Random

import pytest

from playground.engine.query import do, query_for
from playground.engine.run import run
from playground.machines import partition, record_batch
from playground.machines.record_batch import Record
from playground.miniatures.messaging.kafka_why_fast.model import KafkaWhyFast

with warnings.catch_warnings():
    # Its package reads its own resources by a function that is deprecated in Python 3.11 and 3.12.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka.errors import CorruptRecordError
    from kafka.record.default_records import DefaultRecordBatch, DefaultRecordBatchBuilder

pytestmark = pytest.mark.fidelity

CLS = KafkaWhyFast
DRAWN = Random(5)  # noqa: S311 - the same cases every time


def drawn_bytes(most: int) -> bytes | None:
    return None if DRAWN.random() < 0.15 else DRAWN.randbytes(DRAWN.choice((0, 1, 10, 63, 64, DRAWN.randint(0, most))))


def drawn_batch() -> list[tuple[int, bytes | None, bytes | None]]:
    """Times that also go back, keys and values that are missing, empty, or long enough for two bytes of length."""
    first = DRAWN.randint(0, 2**42)
    count = DRAWN.choice((1, 2, 5, 20, 70))
    return [(max(first + DRAWN.randint(-70, 9000), 0), drawn_bytes(40), drawn_bytes(200)) for _ in range(count)]


BATCHES = [drawn_batch() for _ in range(400)]


# kafka-python


def written(records):
    """A batch by kafka-python."""
    builder = DefaultRecordBatchBuilder(
        magic=2, compression_type=0, is_transactional=0, producer_id=-1, producer_epoch=-1, base_sequence=-1,
        batch_size=10**7,
    )  # fmt: skip
    for offset, (time, key, value) in enumerate(records):
        builder.append(offset, timestamp=time, key=key, value=value, headers=[])
    return bytes(builder.build())


def read(batch):
    """A batch read by kafka-python: whether its checksum fits, its base offset and its records."""
    found = DefaultRecordBatch(batch)
    sound = found.validate_crc()
    try:
        records = [(one.timestamp, one.key, one.value) for one in found]
    except (CorruptRecordError, IndexError, struct.error):
        return False, 0, []
    return sound, found.base_offset, records


def ours(batch):
    try:
        base, records = record_batch.decode(batch)
    except record_batch.Broken:
        return False, 0, []
    return True, base, [tuple(one) for one in records]


def missed_by_the_codec(batches=BATCHES):
    record_batch.encode.cache_clear()
    missed = 0
    for number, records in enumerate(batches):
        here = record_batch.encode(tuple(Record(*one) for one in records))
        there = written(records)
        placed = record_batch.placed(here, 1000 * number, 3)
        # kafka-python leaves the leader epoch at 0, Kafka's own producer sends -1: the broker writes it anyway.
        missed += record_batch.placed(here, 0, 0) != there
        missed += read(placed) != (True, 1000 * number, records)
        missed += ours(there) != (True, 0, records)
        damaged = bytearray(there)
        damaged[DRAWN.randrange(21, len(there))] ^= 1 << DRAWN.randrange(8)
        missed += ours(bytes(damaged))[0] != DefaultRecordBatch(bytes(damaged)).validate_crc()
    record_batch.encode.cache_clear()
    return missed


RUNS = (
    query_for(CLS),
    query_for(CLS, messages=40, size=0, batch=1, segment=256, keys=True),
    query_for(CLS, do("produce", 40), messages=40, size=80, batch=20, segment=4096),
    query_for(CLS, do("roll"), do("produce", 7), messages=9, size=63, batch=5),
)


def missed_in_the_log():
    """Batches of the miniature's log that kafka-python reads otherwise than the outcome tells."""
    missed = cases = 0
    for query in RUNS:
        done = run(CLS, query, draw=False)
        assert not done.refusal
        for segment, told in zip(done.model(KafkaWhyFast).log.segments, done.outcome["segments"], strict=True):
            for position, size, first, last in told["batches"]:
                batch = DefaultRecordBatch(bytes(segment.log[position : position + size]))
                values = [f"order {number} ".encode().ljust(query["size"], b".") for number in range(first, last + 1)]
                values = [value[: query["size"]] for value in values]
                there = (batch.validate_crc(), batch.base_offset, batch.last_offset, batch.size_in_bytes)
                missed += there != (True, first, last, size) or [one.value for one in batch] != values
                cases += 1
    return missed, cases


@pytest.mark.checks("kafka-why-fast", "kafka-python")
def test_every_byte_is_as_kafka_python_writes_and_reads_it(evidence):
    in_log, cases = missed_in_the_log()
    missed = missed_by_the_codec() + in_log
    evidence(
        "kafka-why-fast", "kafka-python",
        program="kafka-python", version=version("kafka-python"), cases=4 * len(BATCHES) + cases, different=missed,
        compared=f"every byte of {len(BATCHES)} batches written by both, each read by the other, a bit of each "
        f"damaged; and {cases} batches in the logs of runs",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("kafka-why-fast", "kafka-python")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [
        ("zigzag", lambda value: value << 1 if value >= 0 else -value << 1),
        ("crc32c", zlib.crc32),
        ("COVERED", 17),
        ("told", lambda data: record_batch.varint(len(data or b"")) + (data or b"")),
    ],
    ids=["no zigzag", "the CRC of zip files", "checksum from itself on", "no key is an empty key"],
)
def test_a_saboteur_of_the_codec_is_noticed(monkeypatch, name, wrong):
    monkeypatch.setattr(record_batch, name, wrong)
    assert missed_by_the_codec(BATCHES[:40]) > 0


@pytest.mark.saboteur("kafka-why-fast", "kafka-python")
def test_a_saboteur_of_the_broker_is_noticed(monkeypatch):
    monkeypatch.setattr(partition, "placed", lambda batch, base, epoch: batch)
    assert missed_in_the_log()[0] > 0


# RFC 3720, appendix B.4: the checksum as it stands on the wire, lowest byte first.

VECTORS = {
    bytes(32): "aa36918a",
    bytes([255] * 32): "43aba862",
    bytes(range(32)): "4e79dd46",
    bytes(range(31, -1, -1)): "5cdb3f11",
    bytes.fromhex(
        "01c00000000000000000000000000000140000000000040000000014000000182800000000000000" + "0200000000000000"
    ): "563a96d9",
}  # fmt: skip


def missed_vectors():
    return sum(record_batch.crc32c(data).to_bytes(4, "little").hex() != crc for data, crc in VECTORS.items())


@pytest.mark.checks("kafka-why-fast", "rfc3720")
def test_the_checksum_is_that_of_the_published_vectors(evidence):
    missed = missed_vectors()
    evidence(
        "kafka-why-fast", "rfc3720",
        program="RFC 3720", version="appendix B.4", cases=len(VECTORS), different=missed,
        compared="CRC-32C of the five examples",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("kafka-why-fast", "rfc3720")
def test_a_saboteur_of_the_checksum_is_noticed(monkeypatch):
    monkeypatch.setattr(record_batch, "TABLE", tuple(reversed(record_batch.TABLE)))
    assert missed_vectors() == len(VECTORS)


# The index, by the rules of the source: no search, the whole file is read.


def index_by_the_rules(sizes, interval):
    """(last offset, position) of every entry, for batches of (messages, bytes): LogSegment.append."""
    found, position, offset, since = [], 0, 0, 0
    for messages, size in sizes:
        offset += messages
        if since > interval:
            found.append((offset - 1, position))
            since = 0
        since += size
        position += size
    return found


def cases_of_an_index():
    for _ in range(60):
        interval = DRAWN.choice((64, 100, 256, 1024))
        counts = [DRAWN.randint(1, 9) for _ in range(DRAWN.randint(1, 30))]
        base = DRAWN.choice((0, 40, 5000))
        yield interval, counts, base


INDEXES = list(cases_of_an_index())


def missed_by_the_index():
    missed = cases = 0
    for interval, counts, base in INDEXES:
        segment, offset, sizes = partition.Segment(base), base, []
        for count in counts:
            records = tuple(Record(1000 + at, None, bytes(at)) for at in range(count))
            batch = record_batch.placed(record_batch.encode(records), offset, 0)
            segment.append(batch, interval)
            sizes.append((count, len(batch)))
            offset += count
        rule = index_by_the_rules(sizes, interval)
        missed += bytes(segment.index) != b"".join(struct.pack(">ii", *entry) for entry in rule)
        cases += 1
        for target in range(base, offset):
            below = [(last, position) for last, position in rule if last + base <= target]
            slot, _ = segment.floor(target)
            missed += slot != len(below) - 1
            begin = below[-1][1] if below else 0
            holds = segment.scan(target, begin)[-1]
            missed += not holds.base <= target <= holds.last
            cases += 2
    return missed, cases


def missed_rolls():
    """Where segments begin: a batch that would make the file larger than segment.bytes goes to a new one."""
    missed = cases = 0
    for limit in (256, 300, 512, 1024, 4096):
        done = run(CLS, query_for(CLS, messages=40, batch=3, segment=limit, size=7), draw=False)
        batches = [batch for segment in done.outcome["segments"] for batch in segment["batches"]]
        starts, filled = [0], 0
        for _, size, first, _ in batches:
            if filled > limit - size:
                starts.append(first)
                filled = 0
            filled += size
        missed += [segment["base"] for segment in done.outcome["segments"]] != starts
        missed += any(segment["name"] != f"{segment['base']:020d}.log" for segment in done.outcome["segments"])
        cases += 2
    return missed, cases


@pytest.mark.checks("kafka-why-fast", "offset-index")
def test_the_index_is_written_and_read_by_the_rules_of_the_source(evidence):
    missed, cases = (sum(pair) for pair in zip(missed_by_the_index(), missed_rolls(), strict=True))
    evidence(
        "kafka-why-fast", "offset-index",
        program="Apache Kafka, LogSegment and OffsetIndex", version="commit 1eb7644, October 2024", cases=cases,
        different=missed, compared=f"the bytes of {len(INDEXES)} index files, the entry and the batch for each of "
        "their offsets, and where segments begin; against a list without search",
    )  # fmt: skip
    assert missed == 0


def first_offset(segment, batch, interval):
    """An entry for the batch's first offset, and not its last."""
    header, position = record_batch.header_of(batch), len(segment.log)
    segment.log += batch
    last = header["baseOffset"] + header["lastOffsetDelta"]
    segment.batches.append(partition.Kept(position, len(batch), header["baseOffset"], last))
    due = segment.since_entry > interval
    if due:
        segment.index += partition.ENTRY.pack(header["baseOffset"] - segment.base, position)
        segment.since_entry = 0
    segment.since_entry += len(batch)
    return due


def ceiling(segment, target):
    return next((slot for slot, one in enumerate(segment.entries) if one.offset >= target), -1), []


@pytest.mark.saboteur("kafka-why-fast", "offset-index")
@pytest.mark.parametrize(("name", "wrong"), [("append", first_offset), ("floor", ceiling)])
def test_a_saboteur_of_the_index_is_noticed(monkeypatch, name, wrong):
    monkeypatch.setattr(partition.Segment, name, wrong)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(partition.Segment, "scan", lambda *_: [partition.Kept(0, 0, 0, 10**9)])
        assert missed_by_the_index()[0] > 0


@pytest.mark.saboteur("kafka-why-fast", "offset-index")
def test_a_saboteur_of_the_segments_is_noticed(monkeypatch):
    monkeypatch.setattr(partition.Partition, "must_roll", lambda self, size: len(self.active.log) > self.segment_bytes)
    assert missed_rolls()[0] > 0


# Copies, as Kafka's documentation lists them ("Design", "Efficiency"): disk to page cache, page cache to user
# space, user space to socket buffer, socket buffer to network card; two system calls. With sendfile "only the
# final copy to the NIC buffer is needed"; it "is not used when SSL is enabled".

READ_WRITE = ["page cache > broker", "broker > socket buffer", "socket buffer > network card"]
DOCUMENTED = {
    ("copy", False): (READ_WRITE, 2), ("copy", True): (READ_WRITE, 2),
    ("sendfile", False): (["page cache > network card"], 1), ("sendfile", True): (READ_WRITE, 2),
}  # fmt: skip


def missed_copies():
    missed = cases = 0
    for (send, tls), (rest, calls) in DOCUMENTED.items():
        for cold in (False, True):
            acts = [do("empty_cache")] if cold else []
            query = query_for(CLS, *acts, do("poll", "search"), send=send, tls=tls, batch=20)
            done = run(CLS, query, draw=False)
            path = [f"{hop.start} > {hop.end}" for hop, _ in done.model(KafkaWhyFast).path]
            expected = [*(["disk > page cache"] if cold else []), *rest]
            told = done.outcome["fetched"]
            by_cpu = 2 if len(rest) == 3 else 0
            missed += path != expected
            missed += (told["calls"], told["copies"], told["cpu_bytes"]) != (
                calls, len(expected), by_cpu * told["bytes"],
            )  # fmt: skip
            cases += 2
    return missed, cases


@pytest.mark.checks("kafka-why-fast", "copies")
def test_copies_are_those_of_the_documentation(evidence):
    missed, cases = missed_copies()
    evidence(
        "kafka-why-fast", "copies",
        program="Apache Kafka, documentation, Design", version="4.0", cases=cases, different=missed,
        compared="the order of copies and the number of system calls, sendfile or not, TLS or not, cached or not",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("kafka-why-fast", "copies")
def test_a_saboteur_of_the_copies_is_noticed(monkeypatch):
    honest = CLS.hops
    monkeypatch.setattr(CLS, "hops", lambda self, cold: honest(self, False))
    assert missed_copies()[0] > 0

"""The producer’s and the consumer’s clock against kafka-python’s own classes, without a broker; and the disk’s model.

    RecordAccumulator       gets the same messages at the same instants, and is asked every millisecond what is ready
    ConsumerCoordinator     is polled at the same instants; what it would send to a broker is noted instead
    disk                    the two rates of Kafka’s documentation (Design, Persistence)

kafka-python commits when *more* than the interval has passed, Kafka’s own consumer (Timer.isExpired) when as much has.
Here each poll of the former comes a tenth of a millisecond later than the one before, so that the two agree.
"""

import warnings
from importlib.metadata import version
from random import Random

import pytest

from playground.engine.query import do, query_for
from playground.engine.run import run
from playground.machines import accumulator, disk
from playground.machines.consumer import Consumer
from playground.miniatures.messaging.kafka_why_fast.model import KafkaWhyFast

with warnings.catch_warnings():
    # Its package reads its own resources by a function that is deprecated in Python 3.11 and 3.12.
    warnings.simplefilter("ignore", DeprecationWarning)
    from kafka.consumer.subscription_state import SubscriptionState
    from kafka.coordinator import consumer as coordinator
    from kafka.producer.record_accumulator import RecordAccumulator
    from kafka.record.default_records import DefaultRecordBatchBuilder
    from kafka.structs import TopicPartition

pytestmark = pytest.mark.fidelity

CLS = KafkaWhyFast
PARTITION = TopicPartition("orders", 0)
FIRST = 1_700_000_000_000

# A producer: which messages make a batch, and when it is closed.


class OneBroker:
    """What an accumulator asks of its cluster."""

    def leader_for_partition(self, partition):
        return 1

    def partitions_for_broker(self, node):
        return [PARTITION]


def closed_by_kafka(gap, count, batch, linger, size):
    """(messages, millisecond) of each batch: what arrives is appended, then it is asked what is ready."""
    builder = DefaultRecordBatchBuilder(2, 0, False, -1, -1, -1, 10**6)
    for place in range(batch):
        builder.append(place, FIRST + place * gap, None, bytes(size), [])
    room = len(builder.build())
    collected, found = RecordAccumulator(batch_size=room, linger_ms=linger), []
    arrivals = [number * gap for number in range(count)]
    for now in range(arrivals[-1] + linger + 1):
        for at in arrivals:
            if at == now:
                collected.append(PARTITION, FIRST + at, None, bytes(size), [], now=now / 1000)
        while ready := sent(collected, now):
            found += [(one.record_count, now) for one in ready]
    return found


def sent(collected, now):
    """What is taken at a millisecond. A millionth of a second late, for seconds are floats there."""
    instant = now / 1000 + 1e-6
    nodes, _, _ = collected.ready(OneBroker(), now=instant)
    return collected.drain(OneBroker(), nodes, 10**6, now=instant).get(1, [])


def drawn_producers(count=300):
    draw = Random("producers")  # noqa: S311 - the same cases every time
    for _ in range(count):
        gap, batch = draw.choice((0, 1, 2, 3, 5, 7, 20)), draw.choice((1, 2, 3, 4, 5, 10, 20))
        yield gap, draw.randint(1, 40), batch, draw.choice((0, 1, 4, 5, 6, 10, 20, 50)), draw.choice((0, 10, 40))


def missed_closings(cases=None):
    """Producers whose batches are closed otherwise, in count or in time."""
    missed = batches = 0
    for gap, count, batch, linger, size in cases or drawn_producers():
        query = query_for(CLS, messages=count, gap=gap, batch=batch, linger=linger, size=size, segment=4096)
        done = run(CLS, query, draw=False)
        assert not done.refusal
        arrivals = [number * gap for number in range(count)]
        told = [(one.messages, one.at) for one in done.model(KafkaWhyFast).closes(arrivals)]
        in_log = [last - first + 1 for one in done.outcome["segments"] for _, _, first, last in one["batches"]]
        there = closed_by_kafka(gap, count, batch, linger, size)
        missed += told != there or in_log != [number for number, _ in there]
        waited = sorted(at - one for one, at in zip(arrivals, instants(there), strict=True))
        half, most = done.outcome["wait_p50_ms"], done.outcome["wait_p99_ms"]
        missed += half != waited[(count - 1) // 2] or most != waited[-1]
        batches += len(there)
    return missed, batches


def instants(there):
    """For each message, when its batch was closed."""
    return [at for number, at in there for _ in range(number)]


@pytest.mark.checks("kafka-why-fast", "kafka-python, RecordAccumulator")
def test_batches_are_closed_when_kafka_python_would_send_them(evidence):
    missed, cases = missed_closings()
    evidence(
        "kafka-why-fast", "kafka-python, RecordAccumulator",
        program="kafka-python", version=version("kafka-python"), cases=cases, different=missed,
        compared="how many messages are in each batch of 300 producers, and at which millisecond it is closed",
    )  # fmt: skip
    assert missed == 0


def from_the_last_message(arrivals, most, linger):
    """Linger begins again with every message."""
    found, first = [], 0
    for place, at in enumerate(arrivals):
        late = place + 1 == len(arrivals) or arrivals[place + 1] > at + linger
        if place + 1 - first == most or late:
            full = place + 1 - first == most
            found.append(accumulator.Closing(first, place + 1 - first, at if full else at + linger, "size"))
            first = place + 1
    return found


HONEST = accumulator.closings


@pytest.mark.saboteur("kafka-why-fast", "kafka-python, RecordAccumulator")
@pytest.mark.parametrize(
    "wrong",
    [
        from_the_last_message,
        lambda arrivals, most, linger: HONEST(arrivals, most, linger + 1),
        lambda arrivals, most, linger: HONEST(arrivals, most + 1, linger),
    ],
    ids=["linger begins again", "a millisecond more", "one message more"],
)
def test_a_saboteur_of_the_producer_is_noticed(monkeypatch, wrong):
    monkeypatch.setattr(accumulator, "closings", wrong)
    assert missed_closings(list(drawn_producers(60)))[0] > 0


# A consumer: what each poll commits, and where its successor goes on.


class Seconds:
    """Stands for the module `time` in the coordinator’s."""

    now = 0.0

    def monotonic(self):
        return self.now


class Offline(coordinator.ConsumerCoordinator):
    """A coordinator whose broker is a number: what would be sent there is kept."""

    def __init__(self, clock, interval, committed):
        self.config = {"enable_auto_commit": True, "retry_backoff_ms": 100}
        self.auto_commit_interval = interval
        self.next_auto_commit_deadline = clock.monotonic() + interval
        self._subscription = SubscriptionState()
        self._subscription.assign_from_user([PARTITION])
        self._subscription.seek(PARTITION, committed)
        self.committed = committed

    def coordinator_unknown(self):
        return False

    def commit_offsets_async(self, offsets, callback=None):
        self.committed = offsets[PARTITION].offset

    def poll(self, end):
        """Perhaps a commit, then everything up to the log’s end."""
        self._maybe_auto_commit_offsets_async()
        if self.stands() < end:
            self._subscription.seek(PARTITION, end)

    def stands(self):
        return self._subscription.position(PARTITION).offset


def drawn_acts(draw):
    """Up to 24 deeds of one consumer: time passes, messages come, it polls, goes to an offset, or dies."""
    acts, end = [], 4
    for _ in range(draw.randint(4, 24)):
        what = draw.choice(("wait", "wait", "produce", "poll", "poll", "poll", "fetch", "restart"))
        if what == "wait":
            acts.append(do("wait", draw.randint(1, 6)))
        elif what == "produce" and end < 90:
            acts.append(do("produce", more := draw.randint(1, 4)))
            end += more
        elif what == "fetch":
            acts.append(do("fetch", "billing", draw.randrange(end)))
        else:
            acts.append(do(what if what != "produce" else "poll", "billing"))
    return acts


def kept_by_kafka(clock, interval, acts):
    """(committed, next) after each deed; a tenth of a millisecond passes with each."""
    clock.now, end, found = 0.0, 4, []
    one = Offline(clock, interval, 0)
    clock.now += 1e-4
    one.poll(end)
    for act in acts:
        clock.now += 1e-4
        if act.verb == "wait":
            clock.now += act.arguments[0]
        elif act.verb == "produce":
            end += act.arguments[0]
        elif act.verb == "restart":
            one = Offline(clock, interval, one.committed)
        else:
            if act.verb == "fetch":
                one._subscription.seek(PARTITION, act.arguments[1])
            one.poll(end)
        found.append((one.committed, one.stands()))
    return found


def missed_commits(monkeypatch, count=100):
    """Deeds after which a consumer has committed, or stands, elsewhere."""
    clock, draw = Seconds(), Random("consumers")  # noqa: S311 - the same cases every time
    monkeypatch.setattr(coordinator, "time", clock)
    missed = cases = 0
    for _ in range(count):
        interval, acts = draw.choice((0, 1, 5, 5, 5, 8)), drawn_acts(draw)
        there = kept_by_kafka(clock, interval, acts)
        for length in range(1, len(acts) + 1):
            query = query_for(
                CLS, *acts[:length], messages=4, size=0, batch=20, linger=0, segment=4096, commit=interval
            )
            done = run(CLS, query, draw=False)
            assert not done.refusal
            here = done.outcome["groups"]["billing"]
            missed += (here["committed"], here["next"]) != there[length - 1]
            cases += 1
    return missed, cases


@pytest.mark.checks("kafka-why-fast", "kafka-python, ConsumerCoordinator")
def test_polls_commit_what_kafka_python_would_commit(monkeypatch, evidence):
    missed, cases = missed_commits(monkeypatch)
    evidence(
        "kafka-why-fast", "kafka-python, ConsumerCoordinator",
        program="kafka-python", version=version("kafka-python"), cases=cases, different=missed,
        compared="what is committed and what is read next after each deed of 100 consumers that poll, seek and die",
    )  # fmt: skip
    assert missed == 0


def every_poll(self, now):
    self.committed = self.next
    return True


def what_it_brings(self, stop):
    self.next = self.committed = stop


def clock_runs_on(self, now):
    self.next = self.committed


@pytest.mark.saboteur("kafka-why-fast", "kafka-python, ConsumerCoordinator")
@pytest.mark.parametrize(("name", "wrong"), [("commit", every_poll), ("take", what_it_brings), ("join", clock_runs_on)])
def test_a_saboteur_of_the_consumer_is_noticed(monkeypatch, name, wrong):
    monkeypatch.setattr(Consumer, name, wrong)
    assert missed_commits(monkeypatch, 20)[0] > 0


# The disk: “about 600MB/sec” for linear writes, “only about 100k/sec” for random ones.

LINEAR, RANDOM = 600_000_000, 100_000


def missed_rates():
    """How many of the two rates are missed by more than one in a hundred: ten thousand writes of 1,000 bytes."""
    took = [
        disk.ended(disk.strokes([[1000] * 10_000], 10_000, 600, scattered=scattered)) for scattered in (False, True)
    ]
    # The one seek at the beginning of the file is no part of a rate.
    rates = [10_000_000 * 10**6 // (took[0] - 10_000), 10_000_000 * 10**6 // took[1]]
    return sum(abs(rate - there) * 100 > there for rate, there in zip(rates, (LINEAR, RANDOM), strict=True))


@pytest.mark.checks("kafka-why-fast", "disk")
def test_the_disk_has_the_rates_of_the_documentation(evidence):
    missed = missed_rates()
    evidence(
        "kafka-why-fast", "disk",
        program="Apache Kafka, documentation, Design", version="4.0", cases=2, different=missed,
        compared="bytes a second for ten thousand writes of 1,000 bytes, in order and at random places",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.saboteur("kafka-why-fast", "disk")
def test_a_saboteur_of_the_disk_is_noticed(monkeypatch):
    honest = disk.strokes
    monkeypatch.setattr(disk, "strokes", lambda files, seek, rate, scattered: honest(files, seek, rate, scattered=True))
    assert missed_rates() > 0

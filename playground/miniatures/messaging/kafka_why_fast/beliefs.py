"""What sensible people believe of a partition instead: each is a model that is wrong in one place."""

from __future__ import annotations

from collections.abc import Sequence

from playground.engine import Steps, WrongModel
from playground.engine.clock import Wait
from playground.machines import accumulator, copies
from playground.machines.accumulator import Closing
from playground.machines.consumer import Consumer
from playground.machines.copies import CPU, DMA, Hop
from playground.machines.partition import Segment
from playground.miniatures.messaging.kafka_why_fast.consuming import SECOND
from playground.miniatures.messaging.kafka_why_fast.model import KafkaWhyFast

NEVER = 1_000_000
"""Messages, or milliseconds, that no run reaches."""

# Where a scan begins.


class Dense(WrongModel, KafkaWhyFast):
    belief = "the index has an entry for every batch"

    def scan_from(self, segment: Segment, target: int) -> int:
        return segment.scan(target, 0)[-1].position


class NoIndex(WrongModel, KafkaWhyFast):
    belief = "a segment is read from its first byte"

    def scan_from(self, segment: Segment, target: int) -> int:
        return 0


class Ceiling(WrongModel, KafkaWhyFast):
    belief = "reading begins at the first entry above the offset"

    def scan_from(self, segment: Segment, target: int) -> int:
        above = [entry.position for entry in segment.entries if entry.offset > target]
        return above[0] if above else segment.batches[-1].position


class OneLook(WrongModel, KafkaWhyFast):
    belief = "the broker looks at the entry in the middle, and reads from there if the offset is not before it"

    def scan_from(self, segment: Segment, target: int) -> int:
        middle = segment.entries[len(segment.entries) // 2] if segment.entries else None
        return middle.position if middle and middle.offset <= target else 0


class EntryBefore(WrongModel, KafkaWhyFast):
    belief = "to be safe, reading begins one entry earlier"

    def scan_from(self, segment: Segment, target: int) -> int:
        slot, _ = segment.floor(target)
        return segment.entries[slot - 1].position if slot > 0 else 0


class EveryInterval(WrongModel, KafkaWhyFast):
    belief = "there is an entry at every multiple of the index interval"

    def scan_from(self, segment: Segment, target: int) -> int:
        position = segment.scan(target, 0)[-1].position
        return position - position % self.interval


# What the CPU copies.


class SendfileAlways(WrongModel, KafkaWhyFast):
    belief = "the kernel alone sends the file, whatever is set"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        return copies.way(copies.BY_SENDFILE, cold)


class OneCopy(WrongModel, KafkaWhyFast):
    belief = "the CPU carries the bytes into the broker, and the card takes them from there"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        return copies.way((Hop("page cache", "broker", CPU), Hop("broker", "network card", DMA)), cold)


class CpuCarriesAll(WrongModel, KafkaWhyFast):
    belief = "the CPU makes every copy, also those from the disk and to the card"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        return tuple(hop._replace(by=CPU) for hop in super().hops(cold))


class ReadsAndWrites(WrongModel, KafkaWhyFast):
    belief = "what is sent always passes through the program that sends it"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        return copies.way(copies.BY_READ_AND_WRITE, cold)


class CpuFeedsTheCard(WrongModel, KafkaWhyFast):
    belief = "the CPU makes the last copy, to the network card"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        *rest, last = super().hops(cold)
        return (*rest, last._replace(by=CPU))


# When a batch is closed.


class OnlyWhenFull(WrongModel, KafkaWhyFast):
    belief = "a batch waits until it is full"

    def closes(self, arrivals: Sequence[int]) -> list[Closing]:
        return accumulator.closings(arrivals, self.batch, NEVER)


class OnlyByLinger(WrongModel, KafkaWhyFast):
    belief = "a batch takes whatever comes while it lingers"

    def closes(self, arrivals: Sequence[int]) -> list[Closing]:
        return accumulator.closings(arrivals, NEVER, self.linger)


class AtOnce(WrongModel, KafkaWhyFast):
    belief = "a message is sent as soon as it is there"

    def closes(self, arrivals: Sequence[int]) -> list[Closing]:
        return accumulator.closings(arrivals, 1, self.linger)


class FirstNotCounted(WrongModel, KafkaWhyFast):
    belief = "linger divided by the time between two messages is how many a batch holds"

    def closes(self, arrivals: Sequence[int]) -> list[Closing]:
        most = max(1, min(self.batch, self.linger // max(self.gap, 1)))
        return accumulator.closings(arrivals, most, self.linger)


class BothAreWaitedFor(WrongModel, KafkaWhyFast):
    belief = "a batch must be full, and linger must be over as well"

    def closes(self, arrivals: Sequence[int]) -> list[Closing]:
        by_linger = accumulator.closings(arrivals, NEVER, self.linger)[0].messages
        return accumulator.closings(arrivals, max(self.batch, by_linger), NEVER)


# What comes twice.


class EveryPollCommits(WrongModel, KafkaWhyFast):
    belief = "every poll commits what the poll before it brought"

    def commits(self, asking: Consumer) -> bool:
        asking.committed = asking.next
        return True


class NothingIsCommitted(WrongModel, KafkaWhyFast):
    belief = "a consumer that dies has committed nothing"

    def commits(self, asking: Consumer) -> bool:
        return False


class ReceivedIsCommitted(WrongModel, KafkaWhyFast):
    belief = "what a poll brings is committed by that poll"

    def takes(self, asking: Consumer, stop: int) -> None:
        asking.take(stop)
        asking.committed = stop


class LastReadIsCommitted(WrongModel, KafkaWhyFast):
    belief = "the committed offset is that of the last message read, which is read once more"

    def resumes(self, asking: Consumer) -> int:
        return max(asking.committed - 1, 0)


class CommitsInTheBackground(WrongModel, KafkaWhyFast):
    belief = "a timer commits in the background, whether the consumer polls or not"

    def start(self) -> Steps:
        self.spawn(self.tick(), background=True)
        yield from super().start()

    def tick(self) -> Steps:
        """Commits what has been received, each time the interval is over."""
        while self.commit:
            yield Wait(self.commit * SECOND)
            for consumer in self.groups.values():
                consumer.committed = consumer.next

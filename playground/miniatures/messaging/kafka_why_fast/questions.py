"""What the partition is asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
from playground.machines import copies
from playground.machines.copies import CPU, DMA, Hop
from playground.machines.partition import Segment
from playground.miniatures.messaging.kafka_why_fast.model import SENDFILE, KafkaWhyFast

# What sensible people believe instead.


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


class SendfileAlways(WrongModel, KafkaWhyFast):
    belief = "sendfile works under TLS as well"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        return copies.way(copies.BY_SENDFILE, cold)


class OneCopy(WrongModel, KafkaWhyFast):
    belief = "the CPU carries the bytes into the broker, and the card takes them from there"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        return copies.way((Hop("page cache", "broker", CPU), Hop("broker", "network card", DMA)), cold)


class CpuCarriesAll(WrongModel, KafkaWhyFast):
    belief = "the CPU makes every copy, also those from the disk and to the card"

    def hops(self, cold: bool) -> tuple[Hop, ...]:
        return tuple(hop._replace(by=CPU) for hop in copies.way(copies.BY_READ_AND_WRITE, cold))


class WhereTheScanBegins(Question):
    """An offset is asked for whose batch has no entry. At which byte does reading begin?"""

    name = "where-the-scan-begins"
    title = "finding an offset"
    because = (
        "The index has an entry only every so many bytes, so the broker starts at the last entry that is not "
        "beyond the offset, or at the first byte where there is none, and reads on."
    )
    goes = "The {thing} begins at byte {choice}."
    form = "number"
    reads = "found.position"
    about = "scan for offset {found[offset]}"
    wrong = (Dense, NoIndex, Ceiling)
    verbs = r"(\w+ )*fetch"
    needs = "a run that ends with a fetch from an offset that has not been looked up before"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        batch, interval = rng.between(1, 4), 32 * rng.between(4, 10)
        messages = min(rng.between(10, 13) * batch, 40)
        offset = rng.between(messages // 3, messages - batch - 1)
        fetch = do("fetch", "search", offset)
        size = rng.between(4, 24)
        return query_for(
            KafkaWhyFast, fetch, messages=messages, size=size, batch=batch, interval=interval, segment=4096
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        group, offset = query.acts[-1].arguments
        return f"{group} asks for offset {offset}. At which byte of the segment does the scan begin?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        offset = query.acts[-1].arguments[1]
        return f"batch:{offset // query['batch'] * query['batch']}", f"offset {offset}"


class WhatTheCpuCopies(Question):
    """TLS is on. How many bytes does the CPU copy for a fetch?"""

    name = "what-the-cpu-copies"
    title = "what the CPU copies"
    because = (
        "What is to be encrypted must pass through the broker, so the CPU copies it twice: from the page cache to "
        "the broker, and encrypted from there to the socket; disk and network card are served without it."
    )
    form = "choice"
    reads = "fetched.cpu_bytes"
    about = "bytes copied by the CPU in fetch {fetches}"
    wrong = (SendfileAlways, OneCopy, CpuCarriesAll)
    verbs = "(empty_cache )?poll"
    needs = "a run with TLS, sendfile and messages, in which search polls, perhaps after the page cache is emptied"

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        return bool(query["tls"] and query["send"] == SENDFILE and query["messages"] and query.argument() == "search")

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        batch, size = rng.between(2, 10), rng.between(0, 40)
        acts = [do("empty_cache")] if rng.chance(50) else []
        messages = batch * rng.between(2, 4)
        return query_for(
            KafkaWhyFast, *acts, do("poll", "search"), tls=True, messages=messages, size=size, batch=batch,
            segment=4096, send=SENDFILE,
        )  # fmt: skip

    @classmethod
    def prompt(cls, query: Query) -> str:
        cache = "The page cache is empty. " if query.acts[0].verb == "empty_cache" else ""
        return (
            "The broker is set to use sendfile, and its listener speaks TLS. "
            f"{cache}search fetches the whole segment. How many bytes does the CPU copy?"
        )

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "segment:0", ""


QUESTIONS = (WhereTheScanBegins, WhatTheCpuCopies)


def read_by_both(done: Run) -> bool:
    return all(group["received"] >= 40 and group["next"] >= 40 for group in done.outcome["groups"].values())


def forty_of_ten(done: Run) -> bool:
    return bool(done.outcome["messages"] >= 40 and done.query["size"] >= 10)


CHALLENGES = (
    Challenge(
        name="forty-messages-twice",
        goal="Deliver 40 messages of 10 bytes to two consumers: at most 900 bytes of log, and no copy by the CPU.",
        start="send=copy&step=26",
        solution="batch=20&do=poll:search",
        hints=(
            (
                "Each batch carries a head of its own, and a message does not. And look who reads the bytes before "
                "they go out."
            ),
            (
                "From fourteen messages a batch the log is short enough. The kernel alone moves the bytes with "
                "sendfile, without TLS; and search must poll too."
            ),
        ),
        conditions=(
            Condition("40 messages of 10 bytes or more are in the log", forty_of_ten),
            Condition("billing and search have received all 40", read_by_both),
            Condition("the log has at most 900 bytes", lambda done: done.outcome["log_bytes"] <= 900),
            Condition("the CPU has copied nothing", lambda done: done.outcome["cpu_bytes"] == 0),
        ),
    ),
)

"""What the partition is asked about: questions made from wrong models, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, Score, do, query_for
from playground.machines import record_batch
from playground.miniatures.messaging.kafka_why_fast.beliefs import (
    AtOnce,
    BothAreWaitedFor,
    Ceiling,
    CommitsInTheBackground,
    CpuCarriesAll,
    CpuFeedsTheCard,
    Dense,
    EntryBefore,
    EveryInterval,
    EveryPollCommits,
    FirstNotCounted,
    LastReadIsCommitted,
    NoIndex,
    NothingIsCommitted,
    OneCopy,
    OneLook,
    OnlyByLinger,
    OnlyWhenFull,
    ReadsAndWrites,
    ReceivedIsCommitted,
    SendfileAlways,
)
from playground.miniatures.messaging.kafka_why_fast.consuming import COPY, SENDFILE
from playground.miniatures.messaging.kafka_why_fast.model import KafkaWhyFast


class WhereTheScanBegins(Question):
    """An offset is asked for whose batch has no entry. At which byte does reading begin?"""

    name = "where-the-scan-begins"
    title = "finding an offset"
    version = 2
    because = (
        "The index has an entry only every so many bytes, so the broker starts at the last entry that is not "
        "beyond the offset, or at the first byte where there is none, and reads on."
    )
    goes = "The {thing} begins at byte {choice}."
    form = "number"
    reads = "found.position"
    about = "scan for offset {found[offset]}"
    wrong = (Dense, NoIndex, Ceiling, OneLook, EntryBefore, EveryInterval)
    verbs = r"(\w+ )*fetch"
    needs = "a run that ends with a fetch from an offset that has not been looked up before"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        batch, interval = rng.between(1, 4), 32 * rng.between(4, 10)
        messages = min(rng.between(10, 13) * batch, 40)
        fetch = do("fetch", "search", rng.between(batch, messages - batch - 1))
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
    """How many bytes does the CPU copy for a fetch: with TLS or without, by sendfile or not?"""

    name = "what-the-cpu-copies"
    title = "what the CPU copies"
    version = 2
    because = (
        "By sendfile the kernel alone sends what is in the page cache; without it, and under TLS, the CPU copies the "
        "bytes twice, into the broker and on to the socket, and the rest is DMA."
    )
    form = "number"
    reads = "fetched.cpu_bytes"
    about = "bytes copied by the CPU in fetch {fetches}"
    wrong = (SendfileAlways, OneCopy, CpuCarriesAll, ReadsAndWrites, CpuFeedsTheCard)
    verbs = "produce (empty_cache )?poll"
    needs = (
        "a run that begins with an empty log, in which messages are produced at once and search polls, perhaps after "
        "the page cache is emptied"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        return bool(not query["messages"] and not query["gap"] and query.argument() == "search")

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        batch, size = rng.between(2, 10), rng.between(0, 40)
        emptied = [do("empty_cache")] if rng.chance(50) else []
        acts = [do("produce", batch * rng.between(2, 4)), *emptied, do("poll", "search")]
        send, tls = rng.choice(((SENDFILE, False), (SENDFILE, True), (SENDFILE, True), (COPY, False)))
        return query_for(KafkaWhyFast, *acts, tls=tls, messages=0, size=size, batch=batch, segment=4096, send=send)

    @classmethod
    def prompt(cls, query: Query) -> str:
        how = "sendfile" if query["send"] == SENDFILE else "read and write"
        spoken = "TLS" if query["tls"] else "plain TCP"
        cache = "The page cache is empty. " if len(query.acts) > 2 else ""
        return (
            f"The broker is set to send with {how}, and its listener speaks {spoken}. "
            f"{cache}search fetches all {fetched(query)} bytes of the first segment. How many bytes does the CPU copy?"
        )

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "segment:0", ""


class WhichClosesTheBatch(Question):
    """Messages come one by one. How many are in the first batch?"""

    name = "which-closes-the-batch"
    title = "full, or lingered"
    because = (
        "A batch is sent as soon as it is full or its first message has waited for linger, whichever comes first, and "
        "the first message counts as well."
    )
    goes = "The {thing} is closed with {choice}."
    form = "number"
    about = "batch at offset 0"
    wrong = (OnlyWhenFull, OnlyByLinger, AtOnce, FirstNotCounted, BothAreWaitedFor)
    verbs = "produce"
    needs = "a run that begins with an empty log, in which messages are produced one after the other"

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        enough = query.argument() > query["batch"] and query.argument() * query["gap"] > query["linger"]
        alike = query["gap"] and len({len(one) for one in records(query)}) == 1
        return bool(alike and enough and not query["messages"] and query["linger"] % query["gap"])

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        gap = rng.between(2, 7)
        linger, batch, size = rng.between(gap + 1, 50), rng.between(2, 12), rng.between(4, 20)
        return query_for(
            KafkaWhyFast, do("produce", 40), messages=0, size=size, batch=batch, linger=linger, gap=gap, segment=4096
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        each = [len(one) for one in records(query)]
        return (
            f"A message comes every {query['gap']} ms; its record takes {each[0]} bytes. A batch has room for "
            f"{sum(each)} bytes of records, and the producer lingers for {query['linger']} ms. How many messages are "
            "in the first batch?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        _, _, first, last = done.outcome["segments"][0]["batches"][0]
        return str(last - first + 1)


class WhatComesTwice(Question):
    """A consumer dies without closing. How many messages does its successor receive again?"""

    name = "what-comes-twice"
    title = "what comes twice"
    because = (
        "A poll commits only when the interval has passed, and then what was received before it, so all that came "
        "since that commit comes again."
    )
    form = "number"
    reads = "restarted.again"
    about = "messages that {restarted[group]} receives again"
    goes = "{thing}: {choice}."
    before = 0
    wrong = (
        EveryPollCommits, NothingIsCommitted, ReceivedIsCommitted, LastReadIsCommitted, CommitsInTheBackground,
    )  # fmt: skip
    verbs = r"((wait|produce|poll) )+restart"
    needs = "a run in which time passes, messages are produced, billing polls, and then a consumer of it is restarted"

    @classmethod
    def fits(cls, done: Run) -> bool:
        billing = all(act.arguments[0] == "billing" for act in done.query.acts if act.verb in ("poll", "restart"))
        return billing and len(done.outcome["segments"]) == 1

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        acts, since = [], 0
        for _ in range(rng.between(3, 5)):
            seconds = rng.between(1, 3)
            # A poll five seconds after a commit, to the second, would leave open whether it commits.
            seconds += since + seconds == 5
            since = since + seconds if since + seconds < 5 else 0
            acts += [do("wait", seconds), do("produce", rng.between(2, 7)), do("poll", "billing")]
        if rng.chance(25):
            acts += [do("wait", 6), do("poll", "billing")]
        elif rng.chance(50):
            acts.append(do("wait", rng.between(1, 4)))
        return query_for(
            KafkaWhyFast, *acts, do("restart", "billing"), messages=rng.between(4, 9), segment=4096, batch=20
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        told, now, behind = [f"{query['messages'] or 'nothing'} at 0 s"], 0, 0
        for act in query.acts:
            if act.verb == "wait":
                now += act.arguments[0]
            elif act.verb == "produce":
                behind += act.arguments[0]
            elif act.verb == "poll":
                told.append(f"{behind or 'nothing'} at {now} s")
                behind = 0
        return (
            f"Auto-commit, every {query['commit']} s. billing joins at 0 s, and its polls bring it messages: "
            f"{', '.join(told)}. It dies at {now} s, without closing. How many does the next one receive again?"
        )

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return "reader:billing/name", ""


def records(query: Query) -> list[bytes]:
    """The records of a full batch, the first of the log."""
    drawn = KafkaWhyFast(query.values()).drawn(0, range(0, query["batch"] * query["gap"], query["gap"] or 1))
    return [record_batch.record_bytes(one, place, drawn[0].timestamp) for place, one in enumerate(drawn)]


def fetched(query: Query) -> int:
    """The bytes of the first segment, which a fetch from its beginning brings; the messages are there at once."""
    model, filled = KafkaWhyFast(query.values()), 0
    count = query.argument(0)
    for start in range(0, count, query["batch"]):
        times = range(start, min(start + query["batch"], count))
        size = len(record_batch.encode(model.drawn(start, times)))
        if filled > query["segment"] - size:
            break
        filled += size
    return filled


QUESTIONS = (WhereTheScanBegins, WhatTheCpuCopies, WhichClosesTheBatch, WhatComesTwice)


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
        score=Score(
            unit="bytes of log",
            one="byte of log",
            of=lambda done: done.outcome["log_bytes"],
            par=802,
            best=802,
            best_run="batch=20&do=poll:search",
            limit=900,
        ),
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

"""What the versions of HTTP are asked about: questions, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, Score, do, query_for
from playground.miniatures.communication.http_versions.beliefs import (
    AllAtOnce,
    ComesAgainInTime,
    EverythingStops,
    HandedOverInOrder,
    InTheFirstPacket,
    NeverKept,
    NoHandshake,
    NoneForUdp,
    NothingRemembered,
    NothingWaits,
    OneAfterTheOther,
    OneByOne,
    OneConnection,
    OneHandshakeForBoth,
    OnlyLaterRequests,
    OnlyTheBrokenOne,
    StreamsDownToTheWire,
    TlsOnTop,
    TwoForTls,
)
from playground.miniatures.communication.http_versions.model import HttpVersions
from playground.miniatures.communication.http_versions.words import VERSIONS

OVER = {
    "1.1-six": "six connections of HTTP/1.1, one after the other on each",
    "2": "HTTP/2, taking turns",
    "3": "HTTP/3, taking turns",
}
"""Versions that are asked about, and what else counts."""

LOSS = (
    "in which losing one packet is all that is done and all that is lost, of four objects or more from half to twice a "
    "size, which are answered at once"
)


def one_packet_of_many(done: Run) -> bool:
    """Objects from half to twice a size, answered at once, and no loss but the one that is asked about."""
    query = done.query
    return bool(query["sizes"] == "mixed" and query["objects"] >= 4 and not query["think"] and not query["lost"])


class OfLoads(Question):
    """What is asked about loads: its wrong ideas part at a packet, at an object, or at the last byte of a load."""

    @classmethod
    def way(cls, thing: str, choice: str) -> str:
        if thing.startswith("packet"):
            return f"{thing.capitalize()} carries bytes of {choice}."
        if thing.startswith("last byte"):
            return f"The {thing.replace(', ', ' of ')} is there {choice}."
        return f"Object {thing} {choice}."


class WhoMayNot(OfLoads):
    """One lost packet, over one connection of TCP, six or QUIC: how many objects have bytes that wait for it?"""

    name = "who-may-not"
    title = "bytes that wait"
    version = 3
    because = (
        "TCP hands over nothing that comes after a missing byte of its connection, whichever object it belongs to; "
        "QUIC holds back only what follows in the same stream."
    )
    form = "number"
    reads = "last.held_objects"
    wrong = (
        StreamsDownToTheWire, EverythingStops, OnlyLaterRequests, NothingWaits, HandedOverInOrder, OnlyTheBrokenOne,
    )  # fmt: skip
    verbs = "lose"
    needs = f"a run over six connections of HTTP/1.1, HTTP/2 or HTTP/3 {LOSS}"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return done.query["version"] in OVER and one_packet_of_many(done)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return query_for(
            HttpVersions,
            do("lose", rng.between(1, 10)),
            version=rng.choice(("2", "2", "2", "2", "3", "1.1-six")),
            before="nothing",
            objects=rng.between(5, 9),
            size=rng.between(1, 2),
            round_trip=rng.between(40, 250),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            f"{query['objects']} objects of half to twice {query['size']} kB come over {OVER[query['version']]}, in "
            f"packets of up to 1.4 kB. Packet {query.argument()} is lost. How many objects have bytes that have "
            "arrived, and cannot be used before it comes again?"
        )


class WhoIsLast(OfLoads):
    """HTTP/3 and one lost packet: which object is complete last?"""

    name = "who-is-last"
    title = "the last object"
    version = 3
    because = (
        "QUIC keeps order within each stream alone: the lost packet holds up its own object until it comes again, "
        "and every other object is complete with its own last packet."
    )
    form = "pick"
    wrong = (OneAfterTheOther, HandedOverInOrder, OneByOne, ComesAgainInTime)
    verbs = "lose"
    needs = (
        "a run over HTTP/3 in which losing one packet is all that is done and all that is lost, of four equal objects "
        "or more, which are answered at once"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        equal = query["version"] == "3" and query["sizes"] == "equal" and query["objects"] >= 4
        return bool(equal and not query["think"] and not query["lost"])

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return query_for(
            HttpVersions,
            do("lose", rng.between(2, 16)),
            version="3",
            before="nothing",
            objects=rng.between(6, 12),
            size=rng.between(1, 3),
            sizes="equal",
            round_trip=rng.between(40, 250),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            f"{query['objects']} objects of {query['size']} kB each come over HTTP/3, in packets of up to 1.4 kB and "
            f"in turns. Packet {query.argument()} is lost and comes again. Which object is complete last?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["last"]["complete"][-1])


class UntilTheAnswer(OfLoads):
    """A small object from a server that is new or was seen before: after how many round trips is it there?"""

    name = "until-the-answer"
    title = "trips to an answer"
    because = (
        "TCP takes one round trip and TLS one or two more, of which a resumed session saves one; QUIC takes one for "
        "both, and none with 0-RTT; question and answer take the last."
    )
    form = "number"
    reads = "last.round_trips"
    wrong = (NoneForUdp, TlsOnTop, TwoForTls, NothingRemembered, InTheFirstPacket, OneHandshakeForBoth)
    verbs = "load"
    needs = (
        "a run of one object of at most 10 kB that is loaded again, once, from a server that answers at once, over a "
        "link of 10 Mbit/s or more and 100 ms or more that loses nothing"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        return bool(
            query["objects"] == 1 and query["size"] <= 10 and not query["lost"] and not query["think"]
            and query["bandwidth"] >= 10 and query["round_trip"] >= 100
        )  # fmt: skip

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return query_for(
            HttpVersions,
            do("load", rng.choice(("1.1", "2", "2", "3"))),
            version="1.0",
            before="nothing",
            objects=1,
            size=rng.between(1, 10),
            round_trip=50 * rng.between(2, 8),
            tls=rng.choice(("none", "1.2", "1.2", "1.3")),
            resumed=rng.chance(50),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        version = query.argument()
        tls = "1.3" if version == "3" else query["tls"]
        if tls == "none":
            how = "without TLS"
        else:
            how = f"with TLS {tls}, "
            how += "a session resumed and 0-RTT where QUIC allows it" if query["resumed"] else "for the first time"
        return (
            f"One object of {query['size']} kB comes over {VERSIONS[version]} {how}. "
            "Counted from the first packet of all, after how many round trips is it there?"
        )


class HowManyTrips(OfLoads):
    """No loss, a fast link: after how many round trips is the last object there?"""

    name = "how-many-trips"
    title = "round trips"
    version = 3
    because = (
        "The handshakes of TCP and TLS take whole round trips before the first request, and without pipelining a "
        "connection carries one request and its answer at a time."
    )
    form = "number"
    reads = "last.round_trips"
    wrong = (NoHandshake, NeverKept, AllAtOnce, OneConnection, TwoForTls, OneHandshakeForBoth)
    verbs = "load"
    needs = (
        "a run of several equal objects that are loaded again, once, over HTTP/1.1 without pipelining, from a server "
        "not seen before that answers at once, over a link that loses nothing and carries them all in a round trip"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        bits = 8 * sum(one["bytes"] for one in done.outcome["objects"])
        return bool(
            query.argument() in ("1.1", "1.1-six") and query["sizes"] == "equal" and query["objects"] > 1
            and not query["resumed"] and not query["lost"] and not query["think"]
            and bits <= query["bandwidth"] * 1000 * query["round_trip"]
        )  # fmt: skip

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return query_for(
            HttpVersions,
            do("load", rng.choice(["1.1", "1.1-six"])),
            version=rng.choice(["2", "3"]),
            before="nothing",
            objects=rng.between(3, 12),
            size=rng.between(1, 4),
            sizes="equal",
            round_trip=50 * rng.between(2, 8),
            tls=rng.choice(["none", "1.2", "1.3"]),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        how = "over six connections" if query.argument() == "1.1-six" else "over one connection"
        seal = {"none": "without encryption", "1.2": "with TLS 1.2", "1.3": "with TLS 1.3"}[query["tls"]]
        return (
            f"{query['objects']} objects of {query['size']} kB, now by HTTP/1.1 {how}, {seal}. "
            "After how many round trips is the last one there?"
        )


def twelve(done: Run) -> bool:
    return len(done.outcome["objects"]) >= 12 and all(one["bytes"] >= 2000 for one in done.outcome["objects"])


def far(done: Run) -> bool:
    query = done.query
    return bool(query["round_trip"] >= 200 and query["tls"] != "none" and not query["resumed"])


QUESTIONS = (WhoMayNot, WhoIsLast, HowManyTrips, UntilTheAnswer)
CHALLENGES = (
    Challenge(
        name="a-loss-that-does-not-hurt",
        goal="Twelve objects on a link of 200 ms. Lose one packet, and have the page all the same within 700 ms.",
        start="version=1.1-six&before=nothing&objects=12&size=2&sizes=equal&round_trip=200",
        solution="before=nothing&objects=12&size=2&sizes=equal&round_trip=200&do=lose:7",
        score=Score(
            unit="ms until the page is done",
            one="ms until the page is done",
            of=lambda done: -(-done.outcome["last"]["done_us"] // 1000),
            par=605,
            best=601,
            best_run="objects=12&size=2&sizes=equal&round_trip=200&bandwidth=577.1&do=lose:7",
            limit=700,
        ),
        hints=(
            (
                "Count the round trips before the first byte, and ask what a packet that is missing holds up: "
                "everything after it, or its own object alone."
            ),
            (
                "Of all versions only HTTP/3 does both. Then the place counts: lose none of the first five packets, "
                "and none that comes after the tenth."
            ),
        ),
        conditions=(
            Condition("twelve objects or more, of 2 kB or more each", twelve),
            Condition("a round trip of 200 ms or more, encrypted, to a server not seen before", far),
            Condition("one packet or more is lost in the last load", lambda done: bool(done.outcome["last"]["lost"])),
            Condition("the last load is done in 700 ms", lambda done: done.outcome["last"]["done_us"] <= 700_000),
        ),
    ),
)

"""What the versions of HTTP are asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
from playground.machines.transfer import CONNECTION, OBJECT, Load
from playground.miniatures.communication.http_versions.model import HttpVersions

# What sensible people believe instead.


class StreamsDownToTheWire(WrongModel, HttpVersions):
    belief = "the streams of HTTP/2 are independent down to the packets"

    def order_of(self, version: str) -> str:
        return OBJECT


class EverythingStops(WrongModel, HttpVersions):
    belief = "a lost packet stops every object of its connection, also those that were complete before"

    def held_names(self, load: Load) -> list[str]:
        return list(self.names)


class OnlyLaterRequests(WrongModel, HttpVersions):
    belief = "what was asked for later has to wait, and nothing else"

    def held_names(self, load: Load) -> list[str]:
        first = min((packet.thing for packet in load.packets if packet.lost), default=len(self.names))
        return list(self.names[first + 1 :])


class OneAfterTheOther(WrongModel, HttpVersions):
    belief = "the server sends the objects one after the other, in the order of asking"

    def mixes(self, version: str) -> bool:
        return False


class HandedOverInOrder(WrongModel, HttpVersions):
    belief = "bytes of QUIC are handed over in the order of the connection, as those of TCP"

    def order_of(self, version: str) -> str:
        return CONNECTION


class NoHandshake(WrongModel, HttpVersions):
    belief = "a connection costs nothing before the first request"

    def set_up_of(self, version: str) -> int:
        return 0


class NeverKept(WrongModel, HttpVersions):
    belief = "every object needs a connection of its own, with its handshake"

    def connections_of(self, version: str) -> int:
        return 0


class AllAtOnce(WrongModel, HttpVersions):
    belief = "all objects are asked for at once"

    def asks_ahead(self, version: str) -> bool:
        return True


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
    """HTTP/2 and one lost packet: how many objects have bytes that they may not use?"""

    name = "who-may-not"
    title = "bytes that wait"
    because = (
        "HTTP/2 sends all objects over one TCP connection, and TCP hands over nothing that comes after a missing "
        "byte, whichever object it belongs to."
    )
    form = "number"
    reads = "last.held_objects"
    wrong = (StreamsDownToTheWire, EverythingStops, OnlyLaterRequests)
    verbs = "lose"
    needs = f"a run over HTTP/2 {LOSS}"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return done.query["version"] == "2" and one_packet_of_many(done)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return query_for(
            HttpVersions,
            do("lose", rng.between(3, 10)),
            version="2",
            before="nothing",
            objects=rng.between(5, 9),
            size=rng.between(1, 2),
            round_trip=rng.between(40, 250),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            f"{query['objects']} objects, half to twice {query['size']} kB, in packets of up to 1.4 kB, in turns. "
            f"Over HTTP/2, packet {query.argument()} is lost. How many objects get bytes that may not be used yet?"
        )


class WhoIsLast(OfLoads):
    """HTTP/3 and one lost packet: which object is complete last?"""

    name = "who-is-last"
    title = "the last object"
    because = (
        "QUIC keeps order within each stream alone: the lost packet holds up its own object until it comes again, "
        "and every other object is complete with its own last packet."
    )
    form = "pick"
    wrong = (OneAfterTheOther, HandedOverInOrder)
    verbs = "lose"
    needs = f"a run over HTTP/3 {LOSS}"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return done.query["version"] == "3" and one_packet_of_many(done)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return query_for(
            HttpVersions,
            do("lose", rng.between(2, 10)),
            version="3",
            before="nothing",
            objects=rng.between(5, 8),
            size=rng.between(1, 2),
            round_trip=rng.between(40, 250),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        size = query["size"]
        return (
            f"Objects of {size / 2:g} to {2 * size} kB over HTTP/3, in packets of up to 1.4 kB. "
            f"Packet {query.argument()} is lost and comes again. Which object is complete last?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["last"]["complete"][-1])


class HowManyTrips(OfLoads):
    """No loss, a fast link: after how many round trips is the last object there?"""

    name = "how-many-trips"
    title = "round trips"
    because = (
        "The handshakes of TCP and TLS take whole round trips before the first request, and without pipelining a "
        "connection carries one request and its answer at a time."
    )
    form = "number"
    reads = "last.round_trips"
    wrong = (NoHandshake, NeverKept, AllAtOnce)
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


QUESTIONS = (WhoMayNot, WhoIsLast, HowManyTrips)
CHALLENGES = (
    Challenge(
        name="a-loss-that-does-not-hurt",
        goal="Twelve objects on a link of 200 ms. Lose one packet, and have the page all the same within 700 ms.",
        start="version=1.1-six&before=nothing&objects=12&size=2&sizes=equal&round_trip=200",
        solution="version=3&before=nothing&objects=12&size=2&sizes=equal&round_trip=200&do=lose:7",
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

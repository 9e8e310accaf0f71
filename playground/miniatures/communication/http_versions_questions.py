"""What the versions of HTTP are asked about: wrong models, questions made from them, and the challenge."""

from playground.engine.challenges import Challenge, Condition
from playground.engine.query import Act, Query
from playground.engine.questions import Question
from playground.engine.rng import Rng
from playground.engine.run import Run
from playground.machines.transfer import CONNECTION, OBJECT, Load
from playground.miniatures.communication.http_versions import HttpVersions

# What sensible people believe instead.


class StreamsDownToTheWire(HttpVersions):
    belief = "the streams of HTTP/2 are independent down to the packets"

    def order_of(self, version: str) -> str:
        return OBJECT


class EverythingStops(HttpVersions):
    belief = "a lost packet stops every object of its connection, also those that were complete before"

    def held_names(self, load: Load) -> list[str]:
        return list(self.names)


class OnlyLaterRequests(HttpVersions):
    belief = "what was asked for later has to wait, and nothing else"

    def held_names(self, load: Load) -> list[str]:
        first = min((packet.thing for packet in load.packets if packet.lost), default=len(self.names))
        return list(self.names[first + 1 :])


class OneAfterTheOther(HttpVersions):
    belief = "the server sends the objects one after the other, in the order of asking"

    def mixes(self, version: str) -> bool:
        return False


class HandedOverInOrder(HttpVersions):
    belief = "bytes of QUIC are handed over in the order of the connection, as those of TCP"

    def order_of(self, version: str) -> str:
        return CONNECTION


class NoHandshake(HttpVersions):
    belief = "a connection costs nothing before the first request"

    def set_up_of(self, version: str) -> int:
        return 0


class NeverKept(HttpVersions):
    belief = "every object needs a connection of its own, with its handshake"

    def connections_of(self, version: str) -> int:
        return 0


class AllAtOnce(HttpVersions):
    belief = "all objects are asked for at once"

    def asks_ahead(self, version: str) -> bool:
        return True


def drawn(rng: Rng, act: Act, **more: object) -> Query:
    """A run with these inputs, loaded over nothing else before, and one action that is asked about."""
    inputs = {name: kind.default for name, kind in HttpVersions.inputs().items()}
    inputs |= {"before": "nothing", "version": "1.1", "bandwidth": inputs["bandwidth"], **more}
    return Query(tuple(inputs.items()), (act,))


class WhoMayNot(Question):
    """HTTP/2 and one lost packet: how many objects have bytes that they may not use?"""

    name = "who-may-not"
    form = "number"
    wrong = (StreamsDownToTheWire, EverythingStops, OnlyLaterRequests)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        count, size = rng.between(5, 9), rng.between(1, 2)
        more = {"version": "2", "objects": count, "size": size, "round_trip": rng.between(40, 250)}
        return drawn(rng, Act("lose", (rng.between(3, 10),)), **more)

    @classmethod
    def prompt(cls, query: Query) -> str:
        packet, count = query.acts[-1].arguments[0], query.values()["objects"]
        return (
            f"{count} objects, half to twice {query.values()['size']} kB, in packets of up to 1.4 kB, in turns. "
            f"Over HTTP/2, packet {packet} is lost. How many objects get bytes that the client may not use yet?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(len(done.outcome["last"]["held"]))


class WhoIsLast(Question):
    """HTTP/3 and one lost packet: which object is complete last?"""

    name = "who-is-last"
    form = "pick"
    wrong = (OneAfterTheOther, HandedOverInOrder)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        count, size = rng.between(5, 8), rng.between(1, 2)
        more = {"version": "3", "objects": count, "size": size, "round_trip": rng.between(40, 250)}
        return drawn(rng, Act("lose", (rng.between(2, 10),)), **more)

    @classmethod
    def prompt(cls, query: Query) -> str:
        packet, size = query.acts[-1].arguments[0], query.values()["size"]
        return (
            f"Objects of {size / 2:g} to {2 * size} kB over HTTP/3, in packets of up to 1.4 kB. "
            f"Packet {packet} is lost and comes again. Which object is complete last?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["last"]["complete"][-1])


class HowManyTrips(Question):
    """No loss, a fast link: after how many round trips is the last object there?"""

    name = "how-many-trips"
    form = "number"
    wrong = (NoHandshake, NeverKept, AllAtOnce)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        more = {
            "version": rng.choice(["2", "3"]), "objects": rng.between(3, 12), "size": rng.between(1, 4),
            "sizes": "equal", "round_trip": 50 * rng.between(2, 8), "tls": rng.choice(["none", "1.2", "1.3"]),
        }  # fmt: skip
        return drawn(rng, Act("load", (rng.choice(["1.1", "1.1-six"]),)), **more)

    @classmethod
    def prompt(cls, query: Query) -> str:
        values = query.values()
        how = "over six connections" if query.acts[-1].arguments[0] == "1.1-six" else "over one connection"
        seal = {"none": "without encryption", "1.2": "with TLS 1.2", "1.3": "with TLS 1.3"}[values["tls"]]
        return (
            f"{values['objects']} objects of {values['size']} kB, now by HTTP/1.1 {how}, {seal}. "
            "After how many round trips is the last one there?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["last"]["round_trips"])


def twelve(done: Run) -> bool:
    return len(done.outcome["objects"]) >= 12 and all(one["bytes"] >= 2000 for one in done.outcome["objects"])


def far(done: Run) -> bool:
    values = done.query.values()
    return bool(values["round_trip"] >= 200 and values["tls"] != "none" and not values["resumed"])


HttpVersions.questions = (WhoMayNot, WhoIsLast, HowManyTrips)
HttpVersions.challenges = (
    Challenge(
        name="a-loss-that-does-not-hurt",
        goal="Twelve objects on a link of 200 ms. Lose one packet, and have the page all the same within 700 ms.",
        start="version=1.1-six&before=nothing&objects=12&size=2&sizes=equal&round_trip=200",
        solution="version=3&before=nothing&objects=12&size=2&sizes=equal&round_trip=200&do=lose:7",
        conditions=(
            Condition("twelve objects or more, of 2 kB or more each", twelve),
            Condition("a round trip of 200 ms or more, encrypted, to a server not seen before", far),
            Condition("one packet or more is lost in the last load", lambda done: bool(done.outcome["last"]["lost"])),
            Condition("the last load is done in 700 ms", lambda done: done.outcome["last"]["done_us"] <= 700_000),
        ),
    ),
)

"""What is asked about CAP: wrong models, questions made from them, and the challenge."""

from typing import ClassVar

from playground.engine import Act, Challenge, Condition, Query, Question, Rng, Run, Score, WrongModel, do, query_for
from playground.machines.histories import READ, WRITE
from playground.miniatures.data.cap_theorem.model import CLIENTS, CapTheorem
from playground.miniatures.data.cap_theorem.parts import GOOD, PEEK, Replica, listing

# What sensible people believe instead.


class NoMatter(WrongModel, CapTheorem):
    belief = "the network does not matter and messages get through all the same"

    def parted(self, one: Replica, other: Replica) -> bool:
        return False


class MayAlwaysAnswer(WrongModel, CapTheorem):
    belief = "every node may always answer a read from its own copy"

    def level(self, kind: str) -> str:
        return PEEK if kind == READ else kind


class CutOffIsDead(WrongModel, CapTheorem):
    belief = "a node that is cut off is dead"

    def reachable(self, node: Replica) -> bool:
        return node.alive and node.name not in self.net.side


class WaitsForAll(WrongModel, CapTheorem):
    belief = "a write is done when every node has it"

    def needed(self, kind: str) -> int:
        return self.nodes


class NobodyAnswers(WrongModel, CapTheorem):
    belief = "while the network is cut, no node answers"

    def reachable(self, node: Replica) -> bool:
        return node.alive and not self.net.side


class ReadsHearAll(WrongModel, CapTheorem):
    belief = "a read must hear every node, so that it misses nothing"

    def needed(self, kind: str) -> int:
        return self.nodes if kind == READ else super().needed(kind)


class AsksAfterAll(WrongModel, CapTheorem):
    belief = "a node that is asked for its own copy makes sure with the others first"

    def level(self, kind: str) -> str:
        return READ if kind == PEEK else kind


class Silence(WrongModel, CapTheorem):
    belief = "while the network is cut, no node hears from another one"

    def parted(self, one: Replica, other: Replica) -> bool:
        return bool(self.net.side)


class TwoRounds(WrongModel, CapTheorem):
    belief = "the node asks all others first whether they are ready, and then writes"

    def way(self, one: Replica, other: Replica) -> int:
        return 2 * super().way(one, other)


class OneWay(WrongModel, CapTheorem):
    belief = "the write need only arrive and nobody waits for the acknowledgement"

    def way_back(self, one: Replica, other: Replica) -> int:
        return 0


class OneAfterTheOther(WrongModel, CapTheorem):
    belief = "the others are asked one after the other"

    def way(self, one: Replica, other: Replica) -> int:
        before = [it for it in self.net.replicas.values() if it is not one and it.order < other.order]
        return super().way(one, other) + sum(super(OneAfterTheOther, self).way(one, it) for it in before)


class OwnCopyWillDo(WrongModel, CapTheorem):
    belief = "a write is done when the node has it itself, and the others get it later"

    def needed(self, kind: str) -> int:
        return 1


class OthersOnly(WrongModel, CapTheorem):
    belief = "as many others as W must have it, beside the node that was asked"

    def needed(self, kind: str) -> int:
        return min(super().needed(kind) + 1, self.nodes)


def cut_off(rng: Rng, mode: str, asked: str) -> Query:
    """A calm beginning, a cut, writes on the larger side, and a question to a node on either side."""
    count = rng.between(3, 5)
    names = "abcde"[:count]
    majority = count // 2 + 1
    side = "".join(sorted(rng.sample(names, rng.between(1, count - majority))))
    others = [name for name in names if name not in side]
    writes = [do(WRITE, rng.choice(CLIENTS[:3]), rng.choice(others)) for _ in range(rng.between(1, 3))]
    node = rng.choice(side if rng.chance(30) else others)
    acts: list[Act] = [do("wait", 200), do("cut", side), do("wait", 800), *writes, do(asked, "dan", node)]
    return query_for(
        CapTheorem, *acts, nodes=count, mode=mode, w=majority, r=rng.between(1, majority), first=rng.between(1, 4),
        timeout=400, delay=rng.between(4, 12), far=rng.between(4, 12),
    )  # fmt: skip


def is_cut_off(done: Run) -> bool:
    """A smaller side is cut off, dan asks; what the larger one has written since was acknowledged, no clock is late."""
    query, asked = done.query, done.outcome["operations"]
    side, written = query.argument(1), count_of_writes(query)
    beyond = all(act.arguments[1] not in side for act in query.acts if act.verb == WRITE)
    acknowledged = all(one["state"] == GOOD for one in asked[-1 - written : -1])
    smaller = 2 * len(side) < query["nodes"]
    return bool(smaller and query.argument() == "dan" and beyond and acknowledged and not query["skew"])


def count_of_writes(query: Query) -> int:
    return sum(act.verb == WRITE for act in query.acts)


def told(query: Query) -> str:
    """The state of affairs, in a sentence or two."""
    side, count = listing(query.argument(1)), query["nodes"]
    quorum = f"R = {query['r']} and W = {query['w']}"
    rest = "with " + {"quorum": quorum, "leader": "a leader and a majority"}.get(query["mode"], "last write wins")
    written = count_of_writes(query)
    return (
        f"Of {count} nodes {rest}, {side} {'is' if len(query.argument(1)) == 1 else 'are'} cut off from the others, "
        f"who acknowledge {'one more write' if written == 1 else f'{written} more writes'}."
    )


class CutOff(Question):
    """The network is cut, and a node on one of the sides is asked. What does the client get?"""

    name = "cut-off"
    title = "reading beside a cut"
    version = 2
    because = (
        "A read needs as many nodes as the rule asks for, all on its own side of the cut: with enough of them it is "
        "answered, and it sees the newest write only if one of these has it."
    )
    reads = "answer"
    goes = "{thing} gets {choice}."
    wrong: ClassVar[tuple[type[WrongModel], ...]] = (
        NoMatter, MayAlwaysAnswer, CutOffIsDead, NobodyAnswers, ReadsHearAll
    )  # fmt: skip
    verbs = "wait cut wait( write)+ read"
    needs = (
        "a run with a leader or with quorums, in which one waits, cuts fewer than half of the nodes off, waits, writes "
        "at others and is acknowledged, and dan reads"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        return done.query["mode"] in ("quorum", "leader") and is_cut_off(done)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return cut_off(rng, rng.choice(("quorum", "quorum", "leader")), READ)

    @classmethod
    def prompt(cls, query: Query) -> str:
        return f"{told(query)} Then dan reads at {query.argument(-1, 1)}. Within his time-out he gets …"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return f"node:{query.argument(-1, 1)}", ""

    @classmethod
    def thing(cls, done: Run) -> str:
        return f"operation {len(done.outcome['operations'])}"


class OwnCopy(CutOff):
    """The same where one copy will do."""

    name = "own-copy"
    title = "a node’s own copy"
    version = 2
    because = (
        "Where one copy is enough, the node answers at once with what it has itself: all that was written on its own "
        "side, and nothing that was written beyond the cut."
    )
    goes = "{thing} gets {choice}."
    wrong = (NoMatter, CutOffIsDead, AsksAfterAll, NobodyAnswers, Silence)
    verbs = "wait cut wait( write)+ (read|peek)"
    needs = (
        "a run in which one waits, cuts fewer than half of the nodes off, waits, writes at others and is acknowledged, "
        "and dan reads where the last write wins, or one copy with a leader or with quorums"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        asks = {"lww": READ, "quorum": PEEK, "leader": PEEK}
        return asks.get(done.query["mode"]) == done.query.acts[-1].verb and is_cut_off(done)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        mode = rng.choice(("quorum", "leader", "lww"))
        return cut_off(rng, mode, READ if mode == "lww" else PEEK)

    @classmethod
    def prompt(cls, query: Query) -> str:
        asks = "reads" if query["mode"] == "lww" else "asks for the node’s own copy"
        return f"{told(query)} Then dan {asks} at {query.argument(-1, 1)}. Within his time-out he gets …"


class HowLong(Question):
    """Without any cut: how long does a write take?"""

    name = "how-long"
    title = "time of a write"
    version = 2
    because = (
        "All messages go out at once, and the write is done with the W-th copy, counting the node’s own: a round "
        "trip to the slowest of the nearest W − 1 others."
    )
    goes = "The {thing} is {choice}."
    form = "number"
    reads = "latency_ms"
    about = "latency of operation 1"
    wrong = (WaitsForAll, OneWay, OneAfterTheOther, OthersOnly, OwnCopyWillDo, TwoRounds)
    verbs = WRITE
    needs = "a run with quorums and without operations to begin with, in which ann writes once and is acknowledged"

    @classmethod
    def fits(cls, done: Run) -> bool:
        query, asked = done.query, done.outcome["operations"]
        calm = query["mode"] == "quorum" and not query["first"]
        return bool(calm and query.argument() == "ann" and asked[-1]["state"] == GOOD)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        count = rng.between(3, 5)
        near = rng.between(5, 60)
        # Of the draws about half need the last node, which is further away.
        return query_for(
            CapTheorem,
            do(WRITE, "ann", rng.choice("abcde"[: count - rng.between(0, 1)])),
            nodes=count,
            w=rng.between(2, count),
            r=rng.between(1, 3),
            first=0,
            delay=near,
            far=near + rng.between(10, 90),
            timeout=1000,
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            f"Nothing is cut. {query['nodes']} nodes, W = {query['w']}: {query['delay']} ms one way between them, "
            f"to and from the last one, {'abcde'[query['nodes'] - 1]}, {query['far']} ms. After how many ms is ann’s "
            f"write at {query.argument(0, 1)} acknowledged?"
        )


def no_tricks(done: Run) -> bool:
    """Quorums that meet, true clocks, nobody dead."""
    query = done.query
    met = query["mode"] == "quorum" and query["r"] + query["w"] > query["nodes"] and not query["skew"]
    return met and not any(act.verb == "kill" for act in query.acts)


QUESTIONS = (CutOff, OwnCopy, HowLong)
CHALLENGES = (
    Challenge(
        name="meeting-is-not-enough",
        claim="Where reads and writes meet in a node, one order explains what everybody saw.",
        goal="Reads and writes meet in at least one node, and no clock is late. Show a history that no order explains.",
        start="first=2",
        solution="far=60&first=0&do=cut:c&do=write:cat:c&do=heal&do=read:cat:c&do=read:ann:a",
        score=Score(
            unit="operations",
            one="operation",
            of=lambda done: len(done.outcome["operations"]),
            par=3,
            best=3,
            best_run="far=60&first=0&do=cut:c&do=write:cat:c&do=heal&do=read:cat:c&do=read:ann:a",
            limit=8,
        ),
        hints=(
            (
                "A write that reaches too few nodes ends in a time-out, and is not taken back where it did arrive. "
                "Make one."
            ),
            (
                "Cut c off, let cat write there in vain, and heal. Then read twice: first where the new value lies, "
                "then where two nodes without it answer each other."
            ),
        ),
        conditions=(
            Condition("the mode is quorums, R + W > N, no clock is late, and no node is killed", no_tricks),
            Condition("no read asks for one copy only", lambda done: all(act.verb != PEEK for act in done.query.acts)),
            Condition("at most eight operations are asked for", lambda done: len(done.outcome["operations"]) <= 8),
            Condition("the history is not linearizable", lambda done: done.outcome["linearizable"] == "no"),
        ),
    ),
)

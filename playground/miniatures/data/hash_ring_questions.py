"""What the ring is asked about: wrong models, questions made from them, and the challenge."""

from playground.engine.challenges import Challenge, Condition
from playground.engine.inputs import Named
from playground.engine.query import Act, Query
from playground.engine.questions import Question
from playground.engine.rng import Rng
from playground.engine.run import Run, run
from playground.machines.ketama import successor
from playground.miniatures.data.hash_ring import HashRing

# What sensible people believe instead.


class Modulo(HashRing):
    belief = "a key’s hash modulo the number of servers picks its server"

    def owner(self, key: str) -> str:
        return self.modulo_owner(key)


class Anticlockwise(HashRing):
    belief = "a key belongs to the point before it, anticlockwise"

    def owner(self, key: str) -> str:
        ring = self.answering
        return ring[successor(ring, self.hash(key)) - 1].server if ring else ""


class SkipsOne(HashRing):
    belief = "a key skips the first point clockwise and takes the second"

    def owner(self, key: str) -> str:
        ring = self.answering
        return ring[(successor(ring, self.hash(key)) + 1) % len(ring)].server if ring else ""


class EqualShares(HashRing):
    belief = "every server holds equally many keys, so a change moves just one server’s share"

    def moved(self) -> int:
        return len(self.held) // max(len(self.living()), 1)


class AllAgain(HashRing):
    belief = "every key is placed again whenever the ring changes"

    def moved(self) -> int:
        return len(self.held)


NAMES = ("ada", "bob", "cleo", "dee", "eve", "fay", "gus", "hal")


def drawn(rng: Rng, acts: tuple[Act, ...], nodes: list[str], keys: int) -> Query:
    """A run of the ring with these servers, one to three points each."""
    inputs = {name: kind.default for name, kind in HashRing.inputs().items()}
    inputs |= {"nodes": tuple(Named(name) for name in nodes), "points": rng.between(1, 3), "keys": keys}
    return Query(tuple(inputs.items()), acts)


class WhoAnswers(Question):
    """A server fails. Which one answers for one of its keys?"""

    name = "who-answers"
    form = "pick"
    before = -2
    wrong = (Modulo, Anticlockwise, SkipsOne)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        nodes = rng.sample(NAMES, rng.between(4, 6))
        plain = drawn(rng, (), nodes, rng.between(8, 16))
        owners = run(HashRing, plain, draw=False).outcome["owners"]
        key = rng.choice(sorted(owners))
        return Query(plain.inputs, (Act("fail", (owners[key],)), Act("look_up", (key,))))

    @classmethod
    def prompt(cls, query: Query) -> str:
        fail, look_up = query.acts[-2:]
        return f"{fail.arguments[0]} stops answering. Which server answers for {look_up.arguments[0]} then?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        key = query.acts[-1].arguments[0]
        return f"key:{key}", str(key)

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["found"]["server"])

    @classmethod
    def thing(cls, done: Run) -> str:
        return f"look-up of {done.outcome['found']['key']}"


class HowManyMove(Question):
    """A server joins or leaves. How many keys change owner?"""

    name = "how-many-move"
    form = "number"
    wrong = (Modulo, EqualShares, AllAgain)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        nodes = rng.sample(NAMES, rng.between(3, 6))
        act = Act("add", ("new", 1)) if rng.chance(50) else Act("remove", (rng.choice(nodes),))
        return drawn(rng, (act,), nodes, rng.between(20, 40))

    @classmethod
    def prompt(cls, query: Query) -> str:
        act = query.acts[-1]
        what = "joins" if act.verb == "add" else "leaves" if act.verb == "remove" else "stops answering"
        return f"{act.arguments[0]} {what}. How many of the {query.values()['keys']} keys change owner?"

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["moved"])

    @classmethod
    def thing(cls, done: Run) -> str:
        return "keys moved"


def live(done: Run) -> list[dict[str, int]]:
    return [server for server in done.outcome["servers"] if server["state"] == "live"]


HashRing.questions = (WhoAnswers, HowManyMove)
HashRing.challenges = (
    Challenge(
        name="even-after-a-failure",
        goal="Five servers hold 200 keys, and one of them fails. Keep the load even all the same, with few points.",
        start="nodes=ada+bob+cleo+dee+eve&points=1&keys=200&step=22",
        solution="nodes=ada+bob+cleo+dee+eve&points=10&keys=200&do=fail:bob",
        conditions=(
            Condition("200 keys or more are placed", lambda done: done.outcome["keys"] >= 200),
            Condition(
                "a server has failed, and four or more answer",
                lambda done: (
                    any(server["state"] == "failed" for server in done.outcome["servers"]) and len(live(done)) >= 4
                ),
            ),
            Condition(
                "no server holds more than 1.3 times the mean",
                lambda done: (
                    bool(live(done))
                    and max(s["keys"] for s in live(done)) * len(live(done)) * 10 <= done.outcome["keys"] * 13
                ),
            ),
            Condition(
                "at most 60 points are on the ring",
                lambda done: sum(s["points"] for s in done.outcome["servers"] if s["state"] != "gone") <= 60,
            ),
        ),
    ),
)

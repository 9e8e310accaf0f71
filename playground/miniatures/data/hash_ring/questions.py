"""What the ring is asked about: wrong models, questions made from them, and the challenge."""

from dataclasses import replace

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for, unweighted
from playground.engine.run import run
from playground.machines.fleet import NAMES
from playground.machines.ketama import successor
from playground.miniatures.data.hash_ring.model import HashRing

# What sensible people believe instead.


class Modulo(WrongModel, HashRing):
    belief = "a key’s hash modulo the number of servers picks its server"

    def owner(self, key: str) -> str:
        return self.modulo_owner(key)


class Anticlockwise(WrongModel, HashRing):
    belief = "a key belongs to the point before it, anticlockwise"

    def owner(self, key: str) -> str:
        ring = self.answering
        return ring[successor(ring, self.hash(key)) - 1].server if ring else ""


class SkipsOne(WrongModel, HashRing):
    belief = "a key skips the first point clockwise and takes the second"

    def owner(self, key: str) -> str:
        ring = self.answering
        return ring[(successor(ring, self.hash(key)) + 1) % len(ring)].server if ring else ""


class EqualShares(WrongModel, HashRing):
    belief = "every server holds equally many keys, so a change moves just one server’s share"

    def moved(self) -> int:
        return len(self.held) // max(len(self.living()), 1)


class AllAgain(WrongModel, HashRing):
    belief = "every key is placed again whenever the ring changes"

    def moved(self) -> int:
        return len(self.held)


class WhoAnswers(Question):
    """A server fails. Which one answers for one of its keys?"""

    name = "who-answers"
    title = "who answers"
    because = (
        "A key belongs to the first point clockwise from it whose server answers, so each key of the failed "
        "server goes on to the next such point."
    )
    goes = "The {thing} leads to {choice}."
    form = "pick"
    reads = "found.server"
    about = "look-up of {found[key]}"
    before = -2
    wrong = (Modulo, Anticlockwise, SkipsOne)
    verbs = r"(\w+ )*fail look_up"
    needs = "a run that ends with a server failing and a key looked up for the first time"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        nodes = rng.sample(NAMES, rng.between(5, 7))
        plain = query_for(HashRing, nodes=unweighted(nodes), keys=rng.between(8, 16), points=rng.between(1, 2))
        owners = run(HashRing, plain, draw=False).outcome["owners"]
        key = rng.choice(sorted(owners))
        return replace(plain, acts=(do("fail", owners[key]), do("look_up", key)))

    @classmethod
    def prompt(cls, query: Query) -> str:
        return f"{query.argument(-2)} stops answering. Which server answers for {query.argument()} then?"

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return f"key:{query.argument()}", str(query.argument())


class HowManyMove(Question):
    """A server joins or leaves. How many keys change owner?"""

    name = "how-many-move"
    title = "keys that move"
    because = "Only keys on the arcs that change hands change owner; every other key still meets the same point first."
    goes = "{choice} keys move."
    form = "number"
    reads = "moved"
    about = "keys moved"
    wrong = (Modulo, EqualShares, AllAgain)
    verbs = "(look_up )*(add|remove|fail)"
    needs = "a run that ends with a server added, removed or failing, and changes nothing before"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        nodes = rng.sample(NAMES, rng.between(3, 6))
        act = do("add", "new", 1) if rng.chance(50) else do("remove", rng.choice(nodes))
        return query_for(HashRing, act, nodes=unweighted(nodes), keys=rng.between(20, 40), points=rng.between(1, 3))

    @classmethod
    def prompt(cls, query: Query) -> str:
        what = {"add": "joins", "remove": "leaves"}.get(query.acts[-1].verb, "stops answering")
        return f"{query.argument()} {what}. How many of the {query['keys']} keys change owner?"


def live(done: Run) -> list[dict[str, int]]:
    return [server for server in done.outcome["servers"] if server["state"] == "live"]


QUESTIONS = (WhoAnswers, HowManyMove)
CHALLENGES = (
    Challenge(
        name="even-after-a-failure",
        goal="Five servers hold 200 keys, and one of them fails. Keep the load even all the same, with few points.",
        start="nodes=ada+bob+cleo+dee+eve&points=1&keys=200&step=22",
        solution="nodes=ada+bob+cleo+dee+eve&points=10&keys=200&do=fail:bob",
        hints=(
            (
                "What a failed server held goes to the next ones along the circle. With one point there is one such "
                "neighbour; with more points there are more."
            ),
            (
                "Sixty points are twelve for each of the five. From nine on it can be done, but not whichever server "
                "fails: try bob, or another."
            ),
        ),
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

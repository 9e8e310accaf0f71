"""What the ring is asked about: questions made from wrong models, and the challenge."""

from dataclasses import replace

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, Score, do, query_for, unweighted
from playground.engine.run import run
from playground.machines.fleet import NAMES
from playground.miniatures.data.hash_ring.beliefs import (
    AllAgain,
    Anticlockwise,
    AsModulo,
    ByItsArcs,
    Chain,
    Cured,
    EqualShares,
    Evenly,
    Level,
    Modulo,
    NobodyMore,
    NoneMove,
    NothingElse,
    OneHeir,
    OnTheFullest,
    OnTop,
    SkipsOne,
    StillThere,
    ToTheFullest,
)
from playground.miniatures.data.hash_ring.model import HashRing
from playground.miniatures.data.hash_ring.words import of_points


class WhoAnswers(Question):
    """A server fails. Which one answers for one of its keys?"""

    name = "who-answers"
    title = "who answers"
    version = 2
    because = (
        "A key belongs to the first point clockwise from its place whose server answers, so each key of the failed "
        "server goes on to the next such point."
    )
    goes = "The {thing} leads to {choice}."
    form = "pick"
    reads = "found.server"
    about = "look-up of {found[key]}"
    before = -2
    wrong = (Modulo, Anticlockwise, SkipsOne, StillThere)
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


WORDS = {"add": "joins the ring", "remove": "leaves the ring", "fail": "stops answering"}


class HowManyMove(Question):
    """A server leaves, fails or joins. How many keys change owner?"""

    name = "how-many-move"
    title = "keys that move"
    version = 2
    because = "Only keys on the arcs that change hands change owner; every other key still meets the same point first."
    goes = "{choice} keys move."
    form = "number"
    reads = "moved"
    about = "keys moved"
    wrong = (AsModulo, EqualShares, AllAgain, Chain, NoneMove)
    verbs = "(look_up )*(add|remove|fail)"
    needs = "a run that ends with a server added, removed or failing, and changes nothing before"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        nodes = rng.sample(NAMES, rng.between(3, 7))
        act = do(rng.choice(("remove", "fail")), rng.choice(nodes))
        return query_for(HashRing, act, nodes=unweighted(nodes), keys=rng.between(20, 60), points=rng.between(1, 4))

    @classmethod
    def prompt(cls, query: Query) -> str:
        what = WORDS[query.acts[-1].verb]
        return (
            f"{query.argument()} {what}. The picture says how many of the {query['keys']} keys each server holds. "
            "How many change owner?"
        )


class TheFullest(Question):
    """A server fails. How full is the fullest of the others afterwards?"""

    name = "how-full"
    title = "the fullest server"
    because = (
        "Each point of the failed server hands its keys to the next point along the circle: one point means one "
        "neighbour, many points mean many."
    )
    goes = "The fullest server holds {choice} keys."
    about = "keys on the fullest server"
    wrong = (Evenly, OneHeir, Level, NobodyMore, ToTheFullest)
    verbs = "fail"
    needs = "a run in which one server fails, and at least two still answer"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return len(live(done)) >= 2 and done.outcome["keys"] >= 20

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        nodes = rng.sample(NAMES, rng.between(4, 7))
        points = 1 if rng.chance(50) else 40
        act = do("fail", rng.choice(nodes))
        return query_for(HashRing, act, nodes=unweighted(nodes), keys=rng.between(6, 16) * 10, points=points)

    @classmethod
    def prompt(cls, query: Query) -> str:
        points = of_points(query["points"])
        return (
            f"{len(query['nodes'])} servers have {points} each, and {query.argument()} stops answering. To the nearest "
            "quarter, how many times the mean of the others does the fullest of them hold then?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        """In quarters of the mean."""
        keys = done.outcome["keys"]
        quarters = (8 * done.outcome["fullest"] * len(live(done)) + keys) // (2 * keys)
        return f"{quarters // 4}{('', ' ¼', ' ½', ' ¾')[quarters % 4]} ×"


class TheHotKey(Question):
    """Half of all requests are for one key. What part of them reaches its server?"""

    name = "hot-key"
    title = "a hot key"
    because = (
        "One key has one owner however many points there are, so the hot half goes there, besides the owner’s part of "
        "the other half."
    )
    goes = "Its server gets {choice} of all requests."
    about = "requests where {found[key]} is hot"
    wrong = (Cured, NothingElse, OnTop, ByItsArcs, OnTheFullest)
    verbs = "look_up"
    needs = "a run in which nothing is done but to look up a key that is stored"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return done.query.argument() in done.outcome["owners"] and len(live(done)) >= 2

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        nodes = rng.sample(NAMES, rng.between(3, 7))
        keys = rng.between(6, 16) * 10
        act = do("look_up", f"user:{rng.between(1, keys)}")
        return query_for(HashRing, act, nodes=unweighted(nodes), keys=keys, points=rng.choice((3, 10, 40, 160)))

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            f"Each server has {of_points(query['points'])}. Half of all requests are for {query.argument()}, the rest "
            "is spread evenly over the other keys. How many of all requests reach the server of that key?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return f"{done.outcome['found']['hot_percent']} %"


def live(done: Run) -> list[dict[str, int]]:
    return [server for server in done.outcome["servers"] if server["state"] == "live"]


def points_there(done: Run) -> int:
    """Points on the ring, those of failed servers too."""
    return sum(server["points"] for server in done.outcome["servers"] if server["state"] != "gone")


QUESTIONS = (WhoAnswers, HowManyMove, TheFullest, TheHotKey)
CHALLENGES = (
    Challenge(
        name="even-after-a-failure",
        goal="Five servers hold 200 keys, and one of them fails. Keep the load even all the same, with few points.",
        start="nodes=ada+bob+cleo+dee+eve&points=1&keys=200&step=22",
        solution="nodes=ada+bob+cleo+dee+eve&points=10&keys=200&do=fail:bob",
        score=Score(
            unit="points on the ring",
            one="point on the ring",
            of=points_there,
            par=45,
            best=5,
            best_run="nodes=mia+dee+kay+tom+gil&points=1&keys=200&do=fail:gil",
            limit=60,
        ),
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
                "of four or more that answer, none holds more than 1.3 times the mean",
                lambda done: (
                    len(live(done)) >= 4
                    and max(s["keys"] for s in live(done)) * len(live(done)) * 10 <= done.outcome["keys"] * 13
                ),
            ),
            Condition(
                "with four or more that answer, at most 60 points are on the ring",
                lambda done: len(live(done)) >= 4 and points_there(done) <= 60,
            ),
        ),
    ),
)

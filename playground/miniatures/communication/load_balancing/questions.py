"""What the balancer is asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import (
    SEEDS,
    Challenge,
    Condition,
    Named,
    Query,
    Question,
    Rng,
    Run,
    WrongModel,
    do,
    query_for,
    unweighted,
)
from playground.machines.balancers import Balancer, PageHash, RoundRobin
from playground.machines.fleet import NAMES
from playground.miniatures.communication.load_balancing.model import LoadBalancing

# What sensible people believe instead.


class HeaviestFirst(Balancer):
    """The heaviest until its share is used up, then the next."""

    def pick(self, tried: set[str]) -> str:
        able = sorted(self.able(tried), key=lambda peer: -peer.weight)
        if not able:
            return ""
        for peer in able:
            if peer.current < peer.weight:
                peer.current += 1
                return peer.name
        for peer in able:
            peer.current = 0
        able[0].current = 1
        return able[0].name


class IdleFirst(Balancer):
    """The first in the list with nothing open; a slow one, named last, only when all others are busy."""

    def pick(self, tried: set[str]) -> str:
        able = self.able(tried)
        idle = [peer.name for peer in able if not peer.open]
        return idle[0] if idle else able[0].name if able else ""


class TakesTurns(WrongModel, LoadBalancing):
    belief = "weights do not matter and everybody gets a turn"

    def rule(self, name: str) -> Balancer:
        return RoundRobin(Rng(1).below)


class SharesInBlocks(WrongModel, LoadBalancing):
    belief = "the heaviest server gets its whole share first"

    def rule(self, name: str) -> Balancer:
        return HeaviestFirst(Rng(1).below)


class Modulo(WrongModel, LoadBalancing):
    belief = "the hash of the page modulo the total weight picks the server"

    def rule(self, name: str) -> Balancer:
        return PageHash(Rng(1).below)


class SlowIsSpared(WrongModel, LoadBalancing):
    belief = "a slow server gets a request only when all the others are busy"

    def rule(self, name: str) -> Balancer:
        return IdleFirst(Rng(1).below)


class WhoIsNext(Question):
    """Smooth weights, counted in one's head: which server gets the next request?"""

    name = "who-is-next"
    title = "who is next"
    because = (
        "Before each request every server’s counter grows by its weight; the highest counter wins, and the sum of "
        "all weights is taken from it, which spreads the turns."
    )
    goes = "{thing} goes to {choice}."
    form = "pick"
    about = "request {sent}"
    wrong = (TakesTurns, SharesInBlocks, Modulo)
    verbs = "send"
    needs = "a run by smooth weights as in nginx in which sending one request is all that is done"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return bool(done.query["algorithm"] == "weighted-nginx" and done.query.argument() == 1)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return query_for(
            LoadBalancing,
            do("send", 1),
            servers=tuple(Named(name, rng.between(1, 5)) for name in rng.sample(NAMES, 5)),
            requests=rng.between(4, 11),
            seed=rng.below(SEEDS),
            algorithm="weighted-nginx",
            speeds="equal",
            clients=60,
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        weights = ", ".join(f"{one.name} {one.weight}" for one in query["servers"])
        return f"Weights as nginx counts them: {weights}. Which server gets request {query['requests'] + 1}?"

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["served"][-1])


class SlowShare(Question):
    """Least connections, one server slow: how many requests does it get?"""

    name = "slow-share"
    title = "a slow server’s share"
    because = (
        "Least connections looks at open requests only: a slow server keeps its own open longer, so it has the "
        "fewest less often, but it is not left out."
    )
    goes = "{thing} goes to {choice}."
    form = "number"
    wrong = (TakesTurns, SlowIsSpared)
    verbs = "send"
    needs = (
        "a run by least connections without requests at the start, in which sending some is all that is done, to two "
        "servers or more of one weight, each with one request at once, the last five times slower"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        alike = {one.weight for one in query["servers"]} == {1} and len(query["servers"]) > 1
        rule = query["algorithm"] == "least-connections" and query["speeds"] == "one-slow"
        return bool(alike and rule and query["slots"] == 1 and not query["requests"] and query["sizes"] == "equal")

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        servers = unweighted(rng.sample(NAMES, rng.between(3, 4)))
        gap, send, seed = rng.between(10, 25), do("send", rng.between(16, 24)), rng.below(SEEDS)
        algorithm = "least-connections"
        return query_for(
            LoadBalancing, send, servers=servers, gap=gap, seed=seed, algorithm=algorithm, requests=0, clients=60
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        slow, work = query["servers"][-1].name, query["work"]
        return (
            f"{slow} needs {5 * work} ms for a request, the others {work} ms, and one comes every {query['gap']} ms "
            f"or so. By least connections, how many of {query.argument()} does {slow} get?"
        )

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return f"server:{query['servers'][-1].name}", ""

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(list(done.outcome["requests"].values())[-1])


def sent(done: Run) -> bool:
    fast = done.query["gap"] <= 30
    return bool(fast and done.outcome["sent"] >= 60 and done.outcome["errors"] == 0)


def one_is_slow(done: Run) -> bool:
    """One of the servers at the start is, and stays, five times slower."""
    servers, work = done.query["servers"], done.query["work"]
    if done.query["speeds"] != "one-slow" or len(servers) < 3:
        return False
    slow = done.model(LoadBalancing).lane.hosts[servers[-1].name]
    return bool(not slow.dead and slow.work >= 5 * work * 1000 and work >= 40)


def joined(done: Run) -> bool:
    """A server joined while requests came, and got some of them."""
    return any(host.given > 0 for host in done.model(LoadBalancing).lane.hosts.values() if host.joined)


QUESTIONS = (WhoIsNext, SlowShare)
CHALLENGES = (
    Challenge(
        name="slow-and-growing",
        goal="dee is five times slower, and eve joins midway. Keep answers fast, and every client where it was.",
        start="requests=80&gap=30&clients=40&do=@800000:add:eve:1",
        solution="servers=ada*10+bob*10+cleo*10+dee&algorithm=ketama&requests=80&gap=30&clients=40&do=@800000:add:eve:10",
        hints=(
            (
                "Only a rule that looks at nothing but the client leaves every client where it was. Find one that a "
                "server more disturbs little."
            ),
            (
                "On the hash ring weights are numbers of points. Give dee a tenth of what the fast ones have, and let "
                "eve join with as much as they."
            ),
        ),
        conditions=(
            Condition("60 requests or more are sent, one every 30 ms or faster, and none ends in an error", sent),
            Condition("the last of three or more servers is five times slower than 40 ms, and answers", one_is_slow),
            Condition("a server joins while requests come, and gets some", joined),
            Condition("95 of 100 answers take at most 200 ms", lambda done: done.outcome["p95_us"] <= 200_000),
            Condition(
                "no client is moved from one server to another that was there before",
                lambda done: done.outcome["moved"] == 0,
            ),
        ),
    ),
)

"""What the balancer is asked about: questions made from wrong models, and the challenge."""

from playground.engine import (
    SEEDS,
    Challenge,
    Condition,
    Named,
    Query,
    Question,
    Rng,
    Run,
    Score,
    do,
    query_for,
    unweighted,
)
from playground.machines.balancers import RULES
from playground.machines.fleet import NAMES
from playground.machines.lanes import WIRE
from playground.miniatures.communication.load_balancing.beliefs import (
    CatchesUp,
    HadTheFewest,
    HeaviestAlways,
    InProportion,
    LooksIdle,
    NeverNoticed,
    NobodyMoves,
    NoticedAtOnce,
    RestsAfterOne,
    SharesInBlocks,
    SlowIsSpared,
    TakesTurns,
    TheNewOneCatchesUp,
    TheOtherHash,
    ThreeFailures,
)
from playground.miniatures.communication.load_balancing.model import LoadBalancing
from playground.scenes.names import escaped


class WhoIsNext(Question):
    """Smooth weights, some requests already given: who gets the next request?"""

    name = "who-is-next"
    title = "who is next"
    version = 4
    because = (
        "Before each request every server saves up its weight; the richest is chosen and pays the sum of all weights, "
        "which spreads the turns."
    )
    goes = "{thing} goes to {choice}."
    form = "pick"
    about = "request {sent}"
    wrong = (TakesTurns, SharesInBlocks, HadTheFewest, HeaviestAlways)
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
        return (
            f"nginx shares by weight: {weights}. At each letter stands what it has saved up after request "
            f"{query['requests']}. Which server gets request {query['requests'] + 1}?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["served"][-1])


MARGIN = 3
"""Requests by which every wrong idea misses a slow server’s share, at least."""

COUNTED = {2: "two", 3: "three", 4: "four", 5: "five"}


class SlowShare(Question):
    """Least connections, one server slow, requests that come evenly: how many of them does the slow one get?"""

    name = "slow-share"
    title = "a slow server’s share"
    version = 4
    because = (
        "Only open requests count: the slow server is passed over while it has one, then all are equal and nginx lets "
        "them take turns, so that it gets one request in as many as there are servers and as come while it works."
    )
    goes = "{thing} goes to {choice}."
    form = "number"
    tolerance = 1
    wrong = (TakesTurns, SlowIsSpared, InProportion, CatchesUp)
    verbs = "send"
    needs = (
        "a run by least connections without requests at the start, in which sending many, evenly, is all that is done, "
        "to two servers or more of one weight, each with one request at once, the last five times slower, and the "
        "others free again before the next request"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        alike = {one.weight for one in query["servers"]} == {1} and len(query["servers"]) in COUNTED
        rule = query["algorithm"] == "least-connections" and query["speeds"] == "one-slow"
        evenly = query["arrivals"] == "even" and query["sizes"] == "equal" and not query["requests"]
        return bool(alike and rule and evenly and query["slots"] == 1 and cls.is_clear(query, int(cls.answer(done))))

    @classmethod
    def times(cls, query: Query) -> tuple[int, int]:
        """Milliseconds until a request is back, from the slow server and from another one."""
        way, work = 2 * WIRE // 1000, query["work"]
        return 5 * work + way, work + way

    @classmethod
    def is_clear(cls, query: Query, share: int) -> bool:
        """Whether others are free at each request, and turns, speed and catching up come to far other shares."""
        servers, sent, gap = len(query["servers"]), query.argument(), query["gap"]
        slow, fast = cls.times(query)
        passed = slow // gap
        believed = sent / servers, sent / (5 * servers - 4), sent / (passed + 1)
        return fast < gap and passed >= 2 and all(abs(share - one) > MARGIN + 0.5 for one in believed)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        # So many requests come while the slow one works, and nobody answers just as one comes.
        count, passed = rng.choice(((2, 2), (3, 3)))
        servers, seed = unweighted(rng.sample(NAMES, count)), rng.below(SEEDS)
        work, send = rng.between(9, 14), do("send", rng.between(44, 50))
        gap = (5 * work + 2 * WIRE // 1000) * 10 // (10 * passed + 3)
        return query_for(
            LoadBalancing, send, servers=servers, gap=gap, seed=seed, algorithm="least-connections", requests=0,
            clients=60, work=work, arrivals="even",
        )  # fmt: skip

    @classmethod
    def prompt(cls, query: Query) -> str:
        name, (slow, fast) = query["servers"][-1].name, cls.times(query)
        return (
            f"nginx, least connections, {COUNTED[len(query['servers'])]} servers, a request every {query['gap']} ms. "
            f"From {name} an answer is back after {slow} ms, from the others after {fast} ms. About how many of "
            f"{query.argument()} requests does {name} get?"
        )

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return f"server:{escaped(query['servers'][-1].name)}", ""

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(list(done.outcome["requests"].values())[-1])


NOTICING = ("weighted-nginx", "least-connections", "weighted-haproxy", "weighted-static")


class WhoNotices(Question):
    """A server is dead, and no health check is configured: how many requests does it still get?"""

    name = "who-notices"
    title = "a dead server’s share"
    version = 2
    because = (
        "Without a health check nobody asks a server how it is: nginx learns it from one request that fails, and rests "
        "the server for some ten seconds, while HAProxy learns nothing and gives it every turn, which ends in an error."
    )
    goes = "{thing} is answered by {choice}."
    form = "number"
    wrong = (NoticedAtOnce, ThreeFailures, NeverNoticed, RestsAfterOne, LooksIdle)
    verbs = "kill send"
    needs = (
        "a run without a health check and without requests at the start, in which one of the servers is killed and "
        "requests are sent, evenly and one after the other"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        calm = query["arrivals"] == "even" and query["gap"] >= 25 and query["speeds"] == "equal" and query["work"] <= 10
        return bool(calm and query["notice"] == "request" and query["algorithm"] in NOTICING and not query["requests"])

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        names = rng.sample(NAMES, rng.between(2, 4))
        rule = rng.choice(NOTICING)
        weighted = rule != "least-connections"
        return query_for(
            LoadBalancing,
            do("kill", rng.choice(names)),
            do("send", rng.between(8, 24)),
            servers=tuple(Named(name, rng.between(1, 3) if weighted else 1) for name in names),
            algorithm=rule,
            speeds="equal",
            work=1,
            requests=0,
            gap=60,
            arrivals="even",
            clients=60,
            seed=rng.below(SEEDS),
        )

    @classmethod
    def dead(cls, query: Query) -> str:
        return str(query.acts[0].arguments[0])

    @classmethod
    def prompt(cls, query: Query) -> str:
        program, rule = RULES[query["algorithm"]].program, RULES[query["algorithm"]].rule
        weights = ", ".join(f"{one.name} {one.weight}" for one in query["servers"])
        return (
            f"{program} with its defaults, no health check; rule: {rule}; weights: {weights}. {cls.dead(query)} is "
            f"dead. How many of the next {query.argument()} requests does it give to {cls.dead(query)}?"
        )

    @classmethod
    def points_at(cls, query: Query) -> tuple[str, str]:
        return f"server:{escaped(cls.dead(query))}", ""

    @classmethod
    def answer(cls, done: Run) -> str:
        return str(done.outcome["requests"][cls.dead(done.query)])


HASHES = {"ketama": "a hash ring", "url-hash": "a hash divided by the number of servers"}


class WhoMoves(Question):
    """A server joins: how often is a client sent elsewhere than the time before?"""

    name = "who-moves"
    title = "who moves"
    version = 2
    because = (
        "On a ring only those move that the new server takes from the others, while a hash that is divided by another "
        "number mostly leaves another remainder."
    )
    goes = "{thing} goes to {choice}."
    form = "number"
    wrong = (TheOtherHash, NobodyMoves, TakesTurns, TheNewOneCatchesUp)
    verbs = "add send"
    needs = "a run by a hash of the page, one request after the other, in which a server joins and requests are sent"

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        alike = {one.weight for one in query["servers"]} == {1} and query.acts[0].arguments[1] == 1
        slowly = (
            query["gap"] >= 60 and query["arrivals"] == "even" and query["speeds"] == "equal" and query["work"] <= 40
        )
        return bool(alike and slowly and query["algorithm"] in HASHES and query["requests"] >= 12)

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        names = rng.sample(NAMES, rng.between(4, 5))
        return query_for(
            LoadBalancing,
            do("add", names[-1], 1),
            do("send", rng.between(16, 24)),
            servers=unweighted(names[:-1]),
            algorithm=rng.choice(tuple(HASHES)),
            speeds="equal",
            requests=rng.between(20, 28),
            gap=60,
            arrivals="even",
            clients=rng.between(10, 16),
            seed=rng.below(SEEDS),
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        names = [one.name for one in query["servers"]]
        return (
            f"{query['clients']} clients have sent {query['requests']} requests to {', '.join(names)} by "
            f"{HASHES[query['algorithm']]}. {query.acts[0].arguments[0]} joins, and the clients send "
            f"{query.argument()} more. How many of these go elsewhere than the same client’s request before?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        """Of the requests after the server has joined, those that part from the same client’s one before."""
        homes: dict[int, str] = {}
        moved = 0
        for number, (client, server) in enumerate(zip(done.outcome["asking"], done.outcome["served"], strict=True)):
            moved += number >= done.query["requests"] and homes.get(client, server) != server
            homes[client] = server
        return str(moved)


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


QUESTIONS = (WhoIsNext, SlowShare, WhoNotices, WhoMoves)
CHALLENGES = (
    Challenge(
        name="slow-and-growing",
        goal="dee is five times slower, and eve joins midway. Keep answers fast, and every client where it was.",
        start="requests=80&gap=30&clients=40&do=@800000:add:eve:1",
        solution="servers=ada*10+bob*10+cleo*10+dee&algorithm=ketama&requests=80&gap=30&clients=40&do=@800000:add:eve:10",
        score=Score(
            unit="ms for 95 of 100 answers",
            one="ms for 95 of 100 answers",
            of=lambda done: -(-done.outcome["p95_us"] // 1000),
            par=125,
            best=48,
            best_run=(
                "servers=ada*10+bob*10+cleo*10+dee&algorithm=ketama&slots=2&requests=61&gap=30&clients=40"
                "&do=@197342:add:F:8"
            ),
            limit=200,
        ),
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

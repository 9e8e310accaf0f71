"""Servers that fail, return and join in any order, before nginx and HAProxy at their defaults.

A sequence is drawn from a number: servers, weights, and eight deeds out of send, kill, revive, add and wait. The
miniature runs it on its virtual clock; then the real program does the same, one request after the other.

    kill      the server’s socket is renamed, so that nobody answers there
    add       HAProxy, roundrobin: `add server` on its own socket. All others: a pool of the new configuration, which
              is what a reload starts with
    wait      twelve seconds, longer than nginx’s fail_timeout; all sequences wait together
    checked   HAProxy is told by its socket, as a health check does it; without that it is told nothing

500 sequences are on record; a test repeats 40 of them, others at every commit. HAProxy’s servers are on unix sockets,
where a connection fails at once and the pause between two tries falls away; five cases on TCP have the pause in full.

At the end stand two sentences of the lesson: what `option redispatch` does by rule, and that an nginx all of whose
servers have failed answers nobody for ten seconds, though all are back.
"""

import threading
import time
from contextlib import ExitStack, closing
from random import Random
from typing import NamedTuple

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines.balancers import base, places
from playground.machines.balancers import haproxy as unnoticed
from playground.machines.balancers import nginx as passive
from playground.miniatures.communication.load_balancing import model
from tests.fidelity.test_load_balancing import HAPROXY, NGINX, address, marked
from tests.real import haproxy, pools, programs
from tests.real.front import Front, read
from tests.tiers import seed

pytestmark = pytest.mark.fidelity

ON_RECORD, REPEATED = 500, 40
NAMES = ["ada", "bob", "cleo", "dee"]
JOINING = ["eve", "fay"]
NGINX_RULES = NGINX | {"least-connections": "least_conn;"}
KINDS = [(rule, "request") for rule in NGINX_RULES] + [
    (rule, notice) for rule in HAPROXY for notice in ("request", "check")
]
DEEDS = ["send"] * 4 + ["kill"] * 3 + ["revive"] * 3 + ["add"]
SPACE = 400_000
"""Microseconds from one deed to the next."""
REFUSED = 4_000_000
"""The same with HAProxy, where a request that fails takes three seconds."""
WAIT = 12
GAP = 60
"""Milliseconds from one request to the next: by then the one before is done."""


class Deed(NamedTuple):
    """What is done, to which server, and how many requests or what weight."""

    what: str
    server: str = ""
    number: int = 0


class Sequence(NamedTuple):
    """One setting, what is done, and the address of the same run here."""

    pool: str
    rule: str
    notice: str
    weights: dict[str, int]
    deeds: list[Deed]
    query: str


def sequence(number: int) -> Sequence:
    """A sequence from its number. Kinds take turns, so that forty neighbours have all of them."""
    draw = Random(f"failing {number}")  # noqa: S311 - reproducible on purpose, nothing secret
    rule, notice = KINDS[number % len(KINDS)]
    plain = rule in ("round-robin", "sticky")
    names = NAMES[: draw.randint(1, 4)]
    weights = {name: 1 if plain else draw.choice((1, 1, 2, 3, 5, 10)) for name in names}
    # One line for waits in the middle, where nginx’s ten seconds pass.
    deeds, dead, present = [], set[str](), list(names)
    for place in range(9):
        what = draw.choice(DEEDS) if place not in (0, 8) or draw.random() < 0.5 else "send"
        if place == 5 and rule in NGINX_RULES:
            deeds.append(Deed("wait"))
        living = [name for name in present if name not in dead]
        if what == "kill" and living:
            dead.add(name := draw.choice(living))
            deeds.append(Deed("kill", name))
        elif what == "revive" and dead:
            dead.discard(name := draw.choice(sorted(dead)))
            deeds.append(Deed("revive", name))
        elif what == "add" and len(present) < len(names) + len(JOINING):
            present.append(name := JOINING[len(present) - len(names)])
            deeds.append(Deed("add", name, 1 if plain else draw.choice((1, 2, 5))))
        else:
            deeds.append(Deed("send", "", draw.randint(1, 4)))
    return Sequence(f"f{number}", rule, notice, weights, deeds, written(rule, notice, weights, deeds, number))


def written(rule: str, notice: str, weights: dict[str, int], deeds: list[Deed], number: int) -> str:
    """The address of the run."""
    servers = "+".join(f"{name}*{weight}" if weight > 1 else name for name, weight in weights.items())
    query = (
        f"servers={servers}&algorithm={rule}&speeds=equal&work=1&requests=0&arrivals=even&gap={GAP}"
        f"&clients=12&seed={number}&notice={notice}"
    )
    at = 0
    for deed in deeds:
        at += SPACE if rule in NGINX_RULES else REFUSED
        if deed.what == "wait":
            at += WAIT * 1_000_000
        elif deed.what == "send":
            query += f"&do=@{at}:send:{deed.number}"
            at += deed.number * GAP * 1000
        elif deed.what == "add":
            query += f"&do=@{at}:add:{deed.server}:{deed.number}"
        else:
            query += f"&do=@{at}:{deed.what}:{deed.server}"
    return query


def directed(name: str, rule: str, notice: str, servers: str, told: str) -> Sequence:
    """A sequence that was written by hand, such as `kill:ada send:4`."""
    weights = {one.partition("*")[0]: int(one.partition("*")[2] or 1) for one in servers.split()}
    deeds = []
    for what, _, more in (deed.partition(":") for deed in told.split()):
        deeds.append(Deed(what, "", int(more)) if what == "send" else Deed(what, more))
    return Sequence(name, rule, notice, weights, deeds, written(rule, notice, weights, deeds, 1))


LATE = "kill:ada kill:bob revive:bob send:20 revive:ada send:20"
DIRECTED = [
    directed("before", "weighted-haproxy", "check", "ada bob", "kill:ada revive:ada send:14"),
    directed("before10", "weighted-haproxy", "check", "ada*10 bob*3", "kill:bob revive:bob send:30"),
    directed(
        "nobody", "weighted-haproxy", "check", "ada bob*2",
        "send:1 kill:ada kill:bob send:1 revive:ada revive:bob send:14",
    ),
    *(
        directed(f"late{number}", "weighted-haproxy", "check", "ada*3 bob cleo", f"send:{40 + number} send:30 {LATE}")
        for number in range(10)
    ),
    directed("weight", "weighted-nginx", "request", "ada*5 bob*2 cleo", "kill:ada send:3 revive:ada wait send:12"),
    directed("watched", "weighted-nginx", "request", "ada bob", "kill:ada send:2 wait send:4 revive:ada send:4"),
    directed("alone", "weighted-nginx", "request", "ada", "kill:ada send:2 revive:ada send:2"),
    directed("all", "weighted-nginx", "request", "ada bob", "kill:ada kill:bob send:2 revive:bob send:2 wait send:4"),
    directed("cookie", "sticky", "request", "ada bob", "send:8 kill:ada send:8"),
]  # fmt: skip
"""At the seams of the rules: these are always played."""


def here(one: Sequence) -> list[tuple[int, str]]:
    """What the miniature does: (client, server) for each request; no server where it ends in an error."""
    cls = entries()["load-balancing"].cls
    parsed = parse(cls, one.query)
    assert parsed.problems == []
    done = run(cls, parsed.query, draw=False)
    assert not done.refusal, (one.query, done.refusal)
    return list(zip(done.outcome["asking"], done.outcome["served"], strict=True))


def stages(one: Sequence) -> list[dict[str, int]]:
    """The weights of each configuration: one more after every server that joins by a reload."""
    found = [one.weights]
    for deed in one.deeds:
        if deed.what == "add" and one.rule != "weighted-haproxy":
            found.append(found[-1] | {deed.server: deed.number})
    return found


class There:
    """One sequence on the real program, deed by deed."""

    def __init__(self, one: Sequence, front: Front, clients: list[int]) -> None:
        self.one, self.front = one, front
        self.clients = iter(clients)
        self.deeds = iter(one.deeds)
        self.dead: set[str] = set()
        self.stage = 0
        self.cookies: dict[int, str] = {}
        self.served: list[str] = []

    @property
    def pool(self) -> str:
        return f"{self.one.pool}x{self.stage}"

    @property
    def proxy(self) -> haproxy.HAProxy:
        assert isinstance(self.front, haproxy.HAProxy)
        return self.front

    def until_a_wait(self) -> None:
        """Everything up to a wait. While others play, their servers are alive."""
        for name in self.dead:
            self.rename(name, f".{name}")
        for deed in self.deeds:
            if deed.what == "wait":
                break
            self.do(deed)
        for name in self.dead:
            self.rename(f".{name}", name)

    def rename(self, old: str, new: str) -> None:
        (self.front.folder / old).rename(self.front.folder / new)

    def do(self, deed: Deed) -> None:
        name = deed.server
        if deed.what == "send":
            self.served += [self.ask(next(self.clients)) for _ in range(deed.number)]
        elif deed.what == "kill":
            self.rename(name, f".{name}")
            self.dead.add(name)
            self.check(name, "maint")
        elif deed.what == "revive":
            self.rename(f".{name}", name)
            self.dead.discard(name)
            self.check(name, "ready")
        elif self.one.rule == "weighted-haproxy":
            self.proxy.add(self.pool, name, deed.number)
        else:
            self.stage += 1
            for name in self.dead:
                self.check(name, "maint")

    def check(self, name: str, state: str) -> None:
        if self.one.notice == "check":
            self.proxy.set(self.pool, name, state)

    def ask(self, client: int) -> str:
        cookie = f"Cookie: {self.cookies[client]}\r\n" if client in self.cookies else ""
        headers = f"Host: front\r\nX-Real-IP: {address(client)}\r\n{cookie}"
        with closing(self.front.another()) as link:
            link.sendall(f"GET /?to={self.pool}&page=/user/{client} HTTP/1.1\r\n{headers}\r\n".encode())
            head, body = read(link)
        if set_ := head.lower().partition("set-cookie: ")[2]:
            self.cookies[client] = set_.split(";")[0].replace("s=", "S=", 1)
        return body if head.startswith("HTTP/1.1 200") else ""


class Compared(NamedTuple):
    """Sequences, and who answered in each of them there."""

    sequences: list[Sequence]
    there: dict[str, list[str]]

    def differing(self, kinds: dict[str, object]) -> list[tuple[str, list[str], list[str]]]:
        """Of the rules of one program, those on which the miniature and it do not agree in every request."""
        found = []
        for one in self.sequences:
            if one.rule in kinds:
                served = [server for _, server in here(one)]
                if served != self.there[one.pool]:
                    found.append((one.query, served, self.there[one.pool]))
        return found


@pytest.fixture(scope="module")
def compared(request) -> Compared:
    """All sequences when the record is written; else forty of them, others at every commit."""
    first = seed() % (ON_RECORD - REPEATED + 1)
    whole = request.config.getoption("--write-evidence", default=False)
    drawn = [sequence(number) for number in (range(ON_RECORD) if whole else range(first, first + REPEATED))]
    sequences = [*drawn, *DIRECTED]
    asking = {one.pool: [client for client, _ in here(one)] for one in sequences}
    names, nginx_pools, backends = [*NAMES, *JOINING], [], []
    with ExitStack() as stack:
        path = stack.enter_context(pools.folder())
        for one in sequences:
            for stage, weights in enumerate(stages(one)):
                name = f"{one.pool}x{stage}"
                if one.rule in NGINX_RULES:
                    nginx_pools.append(pools.pool(name, NGINX_RULES[one.rule], weights))
                else:
                    balance, extra = HAPROXY[one.rule]
                    backends.append(haproxy.pool(name, path, balance, weights, extra))
        nginx = stack.enter_context(pools.serving(path, names, "\n  ".join(nginx_pools)))
        proxy = stack.enter_context(haproxy.serving(path, "\n".join(backends)))
        played = {
            one.pool: There(one, nginx if one.rule in NGINX_RULES else proxy, asking[one.pool]) for one in sequences
        }
        for part in range(2):
            if part:
                time.sleep(WAIT)
            for there in played.values():
                there.until_a_wait()
    return Compared(sequences, {pool: there.served for pool, there in played.items()})


NOTICED = "nginx, failures and returns"
UNNOTICED = "HAProxy, failures and returns"


@pytest.mark.parametrize(
    ("check", "program", "kinds", "version"),
    [
        pytest.param(NOTICED, "nginx", NGINX_RULES, pools.version, marks=pytest.mark.checks("load-balancing", NOTICED)),
        pytest.param(
            UNNOTICED, "HAProxy", HAPROXY, haproxy.version, marks=pytest.mark.checks("load-balancing", UNNOTICED)
        ),
    ],
)
def test_whatever_fails_returns_and_joins_each_request_ends_as_in_the_real_program(
    check, program, kinds, version, compared, evidence
):
    missed = compared.differing(kinds)
    evidence(
        "load-balancing", check,
        program=program, version=version(), different=len(missed),
        cases=sum(one.rule in kinds for one in [*map(sequence, range(ON_RECORD)), *DIRECTED]),
        compared="random sequences of send, kill, revive and add, and some by hand; a test repeats forty of them",
    )  # fmt: skip
    assert missed == [], missed[:3]


# Saboteurs: one wrong line each.


def never_rests(self, peer):
    return False


def rests_for_ever(self, peer):
    return len(self.peers) > 1 and peer.fails > 0


def hands_on(self, flight, *, first):
    """As with `option redispatch 1`."""
    failed = flight.server
    flight.balancer.closed(failed)
    self.lane.goes_to(flight, flight.balancer.pick({failed}), self.now)
    self.spawn(self.travel(flight))
    yield from ()


def moves_though_nobody_is_in(self, tried):
    if not self.able(set()):
        self.place = self.width = self.next_width
        for seat in self.seats.values():
            seat.row = {"later": "fresh", "fresh": "later"}.get(seat.row, seat.row)
        return ""
    return places_pick(self, tried)


places_pick = places.Places.pick


def begins_with_the_first_request(self, name, weight):
    base.Balancer.join(self, name, weight)
    self.seats[name] = places.Seat()
    self.next_width += self.weight(name)
    self.sit(name, "fresh")


def fails_alone(self, name):
    peer = self.peers[name]
    peer.fails += 1
    peer.failed_at = peer.checked = self.second


SABOTEURS = {
    "nginx never rests a server": (NOTICED, passive.Nginx, "rests", never_rests),
    "nginx rests it for ever": (NOTICED, passive.Nginx, "rests", rests_for_ever),
    "a failure leaves the weight alone": (NOTICED, passive.Nginx, "failed", fails_alone),
    "HAProxy hands a request on": (UNNOTICED, model.LoadBalancing, "try_the_same", hands_on),
    "the line begins with the first request": (UNNOTICED, places.Places, "join", begins_with_the_first_request),
    "the line ends though nobody is in": (UNNOTICED, places.Places, "pick", moves_though_nobody_is_in),
}


@pytest.mark.parametrize("name", [marked(name, pytest.mark.saboteur, check) for name, (check, *_) in SABOTEURS.items()])
def test_a_saboteur_is_noticed(name, compared, monkeypatch):
    check, where, what, wrong = SABOTEURS[name]
    monkeypatch.setattr(where, what, wrong)
    missed = compared.differing(NGINX_RULES if check == NOTICED else HAPROXY)
    assert missed


# The pause between two tries, in full: servers on TCP.

PAUSES = "HAProxy, the pause between two tries"
IN_FULL = [
    directed("t0", "weighted-haproxy", "request", "ada bob", "kill:ada send:4"),
    directed("t1", "weighted-haproxy", "request", "ada*3 bob", "kill:ada send:4"),
    directed("t2", "weighted-static", "request", "ada bob*2", "kill:bob send:3"),
    directed("t3", "round-robin", "request", "ada bob cleo", "kill:cleo send:6"),
    directed("t4", "weighted-haproxy", "request", "ada bob", "kill:ada kill:bob send:2"),
]


class Timed:
    """A request on a connection of its own: who answered, or nobody, and after how long."""

    def __init__(self, front: Front, pool: str) -> None:
        self.link, self.pool = front.another(), pool
        self.thread = threading.Thread(target=self.ask)
        self.thread.start()

    def ask(self) -> None:
        begun = time.monotonic()
        with closing(self.link):
            self.link.sendall(f"GET /?to={self.pool} HTTP/1.1\r\nHost: front\r\n\r\n".encode())
            head, body = read(self.link)
        self.took = time.monotonic() - begun
        self.server = body if head.startswith("HTTP/1.1 200") else ""


@pytest.fixture(scope="module")
def in_full() -> list[list[Timed]]:
    """Every request of the five cases at once: each that fails takes three seconds."""
    blocks = []
    for one in IN_FULL:
        dead = [deed.server for deed in one.deeds if deed.what == "kill"]
        ports = dict(zip(one.weights, programs.free_ports(len(one.weights)), strict=True))
        blocks.append(f"backend {one.pool}\n  balance {HAPROXY[one.rule][0]}")
        blocks += [f"  server {name} 127.0.0.1:{ports[name]} weight {one.weights[name]}" for name in one.weights]
        for name in one.weights.keys() - dead:
            blocks.append(f"frontend {one.pool}{name}\n  bind 127.0.0.1:{ports[name]}")
            blocks.append(f"  http-request return status 200 content-type text/plain string {name}")
    with pools.folder() as path, haproxy.serving(path, "\n".join(blocks) + "\n") as front:
        made: list[list[Timed]] = []
        for one in IN_FULL:
            made.append([])
            for _ in here(one):
                made[-1].append(Timed(front, one.pool))
                time.sleep(0.02)  # they come in this order
        for some in made:
            for request in some:
                request.thread.join()
    return made


def otherwise(in_full: list[list[Timed]]) -> list[object]:
    """The requests that end otherwise than here, or whose error comes after another time than all the pauses."""
    found: list[object] = []
    pauses = unnoticed.RETRIES * unnoticed.TURN_AROUND / 1_000_000
    for one, requests in zip(IN_FULL, in_full, strict=True):
        for (_, server), request in zip(here(one), requests, strict=True):
            took = 0 if server else pauses
            if server != request.server or not took <= request.took < took + 0.8:
                found.append((one.query, server, request.server, request.took))
    return found


@pytest.mark.checks("load-balancing", PAUSES)
def test_an_error_comes_after_three_pauses_of_a_second(in_full, evidence):
    missed = otherwise(in_full)
    evidence(
        "load-balancing", PAUSES,
        program="HAProxy", version=haproxy.version(), cases=sum(map(len, in_full)), different=len(missed),
        compared="requests of five cases on TCP with all defaults: who answers, or an error, and after how long",
    )  # fmt: skip
    assert missed == []


@pytest.mark.saboteur("load-balancing", PAUSES)
@pytest.mark.parametrize(("what", "wrong"), [("RETRIES", 2), ("TURN_AROUND", 2_000_000)])
def test_fewer_tries_or_a_longer_pause_are_noticed(what, wrong, in_full, monkeypatch):
    monkeypatch.setattr(unnoticed, what, wrong)
    assert otherwise(in_full)


# Sentences of the lesson: option redispatch, and a pause of nginx.


def asked(front: Front, pool: str, more: str = "", page: str = "") -> tuple[str, float]:
    """Who answers a request on a connection of its own, or nobody, and after how long."""
    begun = time.monotonic()
    with closing(front.another()) as link:
        link.sendall(f"GET /{page}?to={pool} HTTP/1.1\r\nHost: front\r\n{more}\r\n".encode())
        head, body = read(link)
    return body if head.startswith("HTTP/1.1 200") else "", time.monotonic() - begun


AT_ONCE, AT_THE_LAST, NEVER = ("bob", 0), ("bob", 2), ("", 2)
"""Who answers, and after how many pauses of a second."""
REDISPATCHED = {
    "roundrobin": AT_ONCE, "static-rr": AT_ONCE, "leastconn": AT_ONCE, "random": AT_ONCE, "cookie": AT_THE_LAST,
    "uri": NEVER,
}  # fmt: skip


@pytest.fixture(scope="module")
def redispatched() -> dict[str, list[tuple[str, float]]]:
    """By rule, what becomes of four requests at once; by the hash of the page, of those that are led to `ada`."""
    dead, alive = programs.free_ports(2)
    blocks = [
        f"frontend bobs\n  bind 127.0.0.1:{alive}\n  http-request return status 200 content-type text/plain string bob"
    ]
    for rule in REDISPATCHED:
        balance = "roundrobin" if rule == "cookie" else rule
        cookie = "  cookie S insert indirect nocache\n" if rule == "cookie" else ""
        blocks.append(
            f"backend {rule}\n  balance {balance}\n  option redispatch\n{cookie}"
            f"  server ada 127.0.0.1:{dead} cookie ada\n  server bob 127.0.0.1:{alive} cookie bob"
        )
    found: dict[str, list[tuple[str, float]]] = {rule: [] for rule in REDISPATCHED}
    with pools.folder() as path, haproxy.serving(path, "\n".join(blocks) + "\n") as front:
        asking = [
            threading.Thread(
                target=lambda rule=rule, number=number: found[rule].append(
                    asked(front, rule, "Cookie: S=ada\r\n" * (rule == "cookie"), f"page-{number}")
                )
            )
            for rule in REDISPATCHED
            for number in range(8 if rule == "uri" else 4)
        ]
        for one in asking:
            one.start()
        for one in asking:
            one.join()
    found["uri"] = [one for one in found["uri"] if one[1] > 0.5]  # the others were led to bob
    return found


@pytest.mark.parametrize("rule", REDISPATCHED)
def test_with_redispatch_turns_and_counts_go_elsewhere_at_once_a_cookie_at_last_and_a_hash_never(rule, redispatched):
    server, pauses = REDISPATCHED[rule]
    assert redispatched[rule]
    for who, took in redispatched[rule]:
        assert who == server
        assert pauses <= took < pauses + 0.8


# All have failed.


def test_where_all_have_failed_an_nginx_answers_nobody_for_ten_seconds_though_all_are_back():
    names = ["ada", "bob"]
    with (
        pools.folder() as path,
        pools.serving(path, names, pools.pool("both", "", dict.fromkeys(names, 1))) as front,
        pools.away(path, "ada"),
        pools.away(path, "bob"),
    ):
        assert asked(front, "both")[0] == ""
        failed = time.monotonic()
        for name in names:
            (path / f".{name}").rename(path / name)
        assert asked(front, "both")[0] == ""
        while not asked(front, "both")[0]:
            assert time.monotonic() - failed < 12
            time.sleep(0.1)
        took = time.monotonic() - failed
        for name in names:
            (path / name).rename(path / f".{name}")
    assert 9.9 < took < 11.3

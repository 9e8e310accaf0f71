"""The load balancer against the real things, rule by rule: one worker, one thread, a fresh pool for each case.

    sequences   200 cases a rule: servers, weights and clients from a seed; six requests, then six more. In half of
                the cases a server is gone in between (and with HAProxy, back for four more).
                nginx finds out by a request that fails, and sends it on; HAProxy is told, as by a health check.
    states      requests that stay open; in each state, who gets the next one
    shares      `random two` in states of open requests: the share of each server, within five standard deviations
    a slow one  requests that come evenly, one server slow: `least_conn` gives it the share that the sum of the question
                `slow-share` says. (HAProxy takes the one that was free first, which may be the slow one.)

Each comparison counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must not.
Least response time is a model of our own, and compared with nothing.
"""

import socketserver
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from random import Random
from typing import NamedTuple
from zlib import crc32

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines.balancers import base, counting, hashing, nginx, places, turns
from playground.miniatures.communication.load_balancing.elsewhere import CALM
from tests.real import haproxy, pools
from tests.real.front import Front, read

pytestmark = pytest.mark.fidelity

CASES = 200
NAMES = ["ada", "bob", "cleo", "cache-eu-west-1a-02", "10.0.16.69.ec2.internal"]
NGINX = {
    "weighted-nginx": "",
    "ip-hash": "ip_hash;",
    "url-hash": "hash $arg_page;",
    "ketama": "hash $arg_page consistent;",
}
HAPROXY = {
    "weighted-haproxy": ("roundrobin", ""),
    "weighted-static": ("static-rr", ""),
    "round-robin": ("static-rr", ""),
    "sticky": ("static-rr", "cookie S insert indirect nocache"),
}


class Case(NamedTuple):
    """One setting: the run of the miniature, and what to do with the real program."""

    pool: str
    weights: dict[str, int]
    query: str
    victim: str
    back: bool


def case(rule: str, number: int) -> Case:
    """A case from its number; in every second one a server is gone midway."""
    draw = Random(f"{rule} {number}")  # noqa: S311 - reproducible on purpose, nothing secret
    names = NAMES[: draw.randint(2, 5)]
    plain = rule in ("round-robin", "sticky")
    weights = {name: 1 if plain else draw.randint(1, 6) for name in names}
    victim = draw.choice(names) if number % 2 else ""
    servers = "+".join(f"{name}*{weight}" if weight > 1 else name for name, weight in weights.items())
    query = (
        f"servers={servers}&algorithm={rule}&speeds=equal&work=1&requests=6&arrivals=even"
        f"&clients={draw.choice((3, 60))}&seed={number}"
    )
    back = rule in HAPROXY and bool(victim)
    if rule in HAPROXY:
        query += "&notice=check"
    query += f"&do=kill:{victim}" if victim else ""
    query += "&do=send:6" + (f"&do=revive:{victim}&do=send:4" if back else "")
    return Case(f"{rule}-{number}", weights, query, victim, back)


def here(one: Case) -> list[tuple[int, str]]:
    """What the miniature does: (client, server) for each request."""
    cls = entries()["load-balancing"].cls
    parsed = parse(cls, one.query)
    assert parsed.problems == []
    done = run(cls, parsed.query, draw=False)
    assert not done.refusal
    return list(zip(done.outcome["asking"], done.outcome["served"], strict=True))


KEPT: dict[str, list[tuple[int, str]]] = {}


def cached(one: Case) -> list[tuple[int, str]]:
    """The same, once for each case; not for a saboteur."""
    if one.pool not in KEPT:
        KEPT[one.pool] = here(one)
    return KEPT[one.pool]


def address(client: int) -> str:
    return f"10.{client * 37 % 256}.{client * 101 % 256}.{client}"


class Clients:
    """Clients that keep the cookies they are given, one after the other on one connection."""

    def __init__(self, front: Front, pool: str) -> None:
        self.front, self.pool = front, pool
        self.cookies: dict[int, str] = {}

    def ask(self, client: int) -> str:
        cookie = f"Cookie: {self.cookies[client]}\r\n" if client in self.cookies else ""
        path = f"/?to={self.pool}&page=/user/{client}"
        head, body = self.front.ask(path, f"X-Real-IP: {address(client)}\r\n{cookie}")
        if set_ := head.lower().partition("set-cookie: ")[2]:
            self.cookies[client] = set_.split(";")[0].replace("s=", "S=", 1)
        assert head.startswith("HTTP/1.1 200"), head
        return body


class Everything(NamedTuple):
    """Case -> what the real program did, and the version of each program."""

    there: dict[str, list[str]]
    cases: dict[str, list[Case]]


@pytest.fixture(scope="module")
def real() -> Everything:
    """Every case of every rule, run once against nginx and HAProxy."""
    cases = {rule: [case(rule, number) for number in range(CASES)] for rule in [*NGINX, *HAPROXY]}
    asking = {one.pool: [client for client, _ in cached(one)] for some in cases.values() for one in some}
    there: dict[str, list[str]] = {}
    with ExitStack() as stack:
        path = stack.enter_context(pools.folder())
        lines = [pools.pool(one.pool, NGINX[rule], one.weights) for rule in NGINX for one in cases[rule]]
        nginx = stack.enter_context(pools.serving(path, NAMES, "\n  ".join(lines)))
        backends = [
            haproxy.pool(one.pool, path, balance, one.weights, extra)
            for rule, (balance, extra) in HAPROXY.items()
            for one in cases[rule]
        ]
        proxy = stack.enter_context(haproxy.serving(path, "\n".join(backends)))
        for rule, some in cases.items():
            for one in some:
                clients = Clients(nginx if rule in NGINX else proxy, one.pool)
                first, then, last = asking[one.pool][:6], asking[one.pool][6:12], asking[one.pool][12:]
                found = [clients.ask(client) for client in first]
                if one.victim and rule in NGINX:
                    with pools.away(path, one.victim):
                        found += [clients.ask(client) for client in then]
                else:
                    if one.victim:
                        proxy.set(one.pool, one.victim, "maint")
                    found += [clients.ask(client) for client in then]
                    if one.victim:
                        proxy.set(one.pool, one.victim, "ready")
                    found += [clients.ask(client) for client in last]
                there[one.pool] = found
    return Everything(there, cases)


def differing(rule, real, count=CASES, run_it=cached):
    """The cases in which the miniature and the program do not agree on every request."""
    found = []
    for one in real.cases[rule][:count]:
        ours = [server for _, server in run_it(one)]
        if ours != real.there[one.pool]:
            found.append((one, ours, real.there[one.pool]))
    return found


CHECKS = {
    "weighted-nginx": "nginx, smooth weights",
    "ip-hash": "nginx, ip_hash",
    "url-hash": "nginx, hash",
    "ketama": "nginx, hash consistent",
    "weighted-haproxy": "HAProxy, roundrobin",
    "weighted-static": "HAProxy, static-rr",
    "round-robin": "HAProxy, equal weights",
    "sticky": "HAProxy, cookie",
}


def marked(case, mark, check):
    """A case that stands for a Check of its own."""
    return pytest.param(case, marks=mark("load-balancing", check))


@pytest.mark.parametrize("rule", [marked(rule, pytest.mark.checks, check) for rule, check in CHECKS.items()])
def test_every_request_goes_to_the_server_of_the_real_program(rule, real, evidence):
    missed = differing(rule, real)
    program = "nginx" if rule in NGINX else "HAProxy"
    failing = "is gone midway" if rule in NGINX else "is out for a while"
    evidence(
        "load-balancing", CHECKS[rule],
        program=program, version=pools.version() if rule in NGINX else haproxy.version(),
        cases=CASES, different=len(missed),
        compared=f"200 sequences of 12 to 16 requests; in half of them a server {failing}",
    )  # fmt: skip
    assert missed == [], missed[:3]


# Saboteurs: one wrong line each.


def pays_its_own_weight(self, tried):
    able = self.able(tried)
    for peer in able:
        peer.current += peer.effective
    best = max(able, key=lambda peer: peer.current)
    best.current -= best.weight
    return best.name


def last_of_equals(self, tried):
    able = self.able(tried)[::-1]
    for peer in able:
        peer.current += peer.effective
    best = max(able, key=lambda peer: peer.current)
    best.current -= sum(peer.effective for peer in able)
    return best.name


def forgets_the_failure(self, name):
    pass


def whole_address(self, asked):
    value = 89
    while True:
        for part in asked.address.split("."):
            value = (value * 113 + int(part)) % 6271
        yield self.at(value, "")


def no_shift(self, asked):
    value, again = 0, 0
    while True:
        value += crc32(f"{again or ''}{asked.page}".encode()) & 0x7FFF
        again += 1
        yield self.at(value, "")


def same_number_again(self, asked):
    value, again = 0, 0
    while True:
        value = crc32(f"{again or ''}{asked.page}".encode()) >> 16 & 0x7FFF
        again += 1
        yield self.at(value, "")


def drops_the_rest(self, name):
    seat = self.seats[name]
    seat.rest = 0
    self.sit(name, "due")


def first_share(number, by):
    return number * 2 // by


def ignores_the_cookie(self, asked):
    return super(turns.Sticky, self).choices(asked)


def starts_again(self):
    turns_write(self)
    self.next = 0


turns_write = turns.StaticTurns.write
SABOTEURS = {
    "pays its own weight": ("weighted-nginx", turns.Smooth, "pick", pays_its_own_weight),
    "the last of equals": ("weighted-nginx", turns.Smooth, "pick", last_of_equals),
    "a failure is forgotten": ("weighted-nginx", nginx.Nginx, "failed", forgets_the_failure),
    "the whole address": ("ip-hash", hashing.AddressHash, "places", whole_address),
    "no shift": ("url-hash", hashing.PageHash, "places", no_shift),
    "numbers are not added up": ("url-hash", hashing.PageHash, "places", same_number_again),
    "100 points": ("ketama", hashing, "POINTS", 100),
    "no second line": ("weighted-haproxy", places.Places, "queue", drops_the_rest),
    "whole weights": ("weighted-haproxy", places, "SCALE", 1),
    "finer shares": ("weighted-static", turns, "toward_zero", first_share),
    "starts again after a change": ("round-robin", turns.StaticTurns, "write", starts_again),
    "ignores the cookie": ("sticky", turns.Sticky, "choices", ignores_the_cookie),
}


@pytest.mark.parametrize(
    "name", [marked(name, pytest.mark.saboteur, CHECKS[rule]) for name, (rule, *_) in SABOTEURS.items()]
)
def test_a_saboteur_is_noticed(name, real, monkeypatch):
    rule, where, what, wrong = SABOTEURS[name]
    monkeypatch.setattr(where, what, wrong)
    hashing.ring_of.cache_clear()
    try:
        assert differing(rule, real, 60, here)
    finally:
        hashing.ring_of.cache_clear()


# States: requests that stay open.

STATES = 200


class Chosen(NamedTuple):
    """A state of open requests, and who got the next one."""

    before: tuple[tuple[str, str], ...]
    """What has happened in this pool: (opened or closed, server)."""
    server: str


def play(front, holders, pool, draw) -> list[Chosen]:
    """Open up to seven requests, end some of them, and note who gets each."""
    before: list[tuple[str, str]] = []
    found: list[Chosen] = []
    held: list[pools.Held] = []
    for turn in range(7):
        if held and draw.random() < 0.3:
            one = held.pop(draw.randrange(len(held)))
            one.finish()
            before.append(("closed", one.server))
            continue
        one = pools.Held(front, pool, f"{pool}-{turn}", holders)
        found.append(Chosen(tuple(before), one.server))
        before.append(("opened", one.server))
        held.append(one)
    for one in held:
        one.finish()
    return found


@pytest.fixture(scope="module")
def states():
    """Weights and choices, pool by pool, for nginx's least_conn and HAProxy's leastconn (equal weights)."""
    draws = {f"s{number}": Random(number) for number in range(STATES)}  # noqa: S311 - the same each time
    weights = {pool: {name: draw.randint(1, 4) for name in NAMES[: draw.randint(2, 5)]} for pool, draw in draws.items()}
    even = {pool: dict.fromkeys(names, 1) for pool, names in weights.items()}
    found: dict[str, list] = {"nginx": [], "HAProxy": [], "two": []}
    with ExitStack() as stack:
        path = stack.enter_context(pools.folder())
        holders = pools.Holders(path, NAMES)
        stack.callback(holders.close)
        lines = [pools.pool(pool, "least_conn;", some) for pool, some in weights.items()]
        lines += [pools.pool(f"two{number}", "random two;", some) for number, some in enumerate(TWO)]
        nginx = stack.enter_context(pools.serving(path, [], "\n".join(lines)))
        backends = "\n".join(haproxy.pool(pool, path, "leastconn", some) for pool, some in even.items())
        proxy = stack.enter_context(haproxy.serving(path, backends))
        for pool, draw in draws.items():
            found["nginx"].append((weights[pool], play(nginx, holders, pool, draw)))
            found["HAProxy"].append((even[pool], play(proxy, holders, pool, draw)))
        for number, some in enumerate(TWO):
            held = [pools.Held(nginx, f"two{number}", f"two{number}-{turn}", holders) for turn in range(5 * number)]
            open_ = Counter(one.server for one in held)
            shares = Counter(nginx.ask(f"/?to=two{number}")[1] for _ in range(DRAWS))
            found["two"].append((some, open_, shares))
            for one in held:
                one.finish()
    return found


def told(weights, before):
    """Our rule, after the same has happened."""
    rule = counting.LeastOpen(lambda bound: 0)
    for name, weight in weights.items():
        rule.join(name, weight)
    for what, server in before:
        if what == "opened":
            rule.pick(set())
            rule.opened(server)
        else:
            rule.closed(server)
    return rule


def counts(weights, before):
    open_ = dict.fromkeys(weights, 0)
    for what, server in before:
        open_[server] += 1 if what == "opened" else -1
    return sorted(open_.values())


@pytest.mark.checks("load-balancing", "nginx, least_conn")
def test_the_fewest_open_in_nginx_ties_too(states, evidence):
    cases = [(weights, one) for weights, some in states["nginx"] for one in some]
    missed = [case for case in cases if told(case[0], case[1].before).pick(set()) != case[1].server]
    evidence(
        "load-balancing", "nginx, least_conn",
        program="nginx", version=pools.version(), cases=len(cases), different=len(missed),
        compared="the server chosen in 200 pools with weights, after each opening and closing of a request",
    )  # fmt: skip
    assert missed == [], missed[:3]


@pytest.mark.checks("load-balancing", "HAProxy, leastconn")
def test_the_fewest_open_in_haproxy_where_one_has_fewest(states, evidence):
    cases = []
    for weights, some in states["HAProxy"]:
        for one in some:
            fewest = counts(weights, one.before)
            if fewest[0] < fewest[1]:
                cases.append((weights, one))
    missed = [case for case in cases if told(case[0], case[1].before).pick(set()) != case[1].server]
    evidence(
        "load-balancing", "HAProxy, leastconn",
        program="HAProxy", version=haproxy.version(), cases=len(cases), different=len(missed),
        compared="the server chosen, equal weights, in every state where one has fewer open than all others",
    )  # fmt: skip
    assert len(cases) >= STATES
    assert missed == [], missed[:3]


def longest_so(names, before):
    """HAProxy's leastconn among equals, `fwlc_srv_reposition`: the one whose count has stood so the longest."""
    open_, since = dict.fromkeys(names, 0), {name: place - len(names) for place, name in enumerate(names)}
    for instant, (what, server) in enumerate(before):
        open_[server] += 1 if what == "opened" else -1
        since[server] = instant
    return min(names, key=lambda name: (open_[name], since[name]))


def test_among_equals_haproxy_takes_the_one_whose_count_has_stood_the_longest(states):
    """As the lesson says; no rule of the miniature has it."""
    cases = [(list(weights), one) for weights, some in states["HAProxy"] for one in some]
    missed = [case for case in cases if longest_so(case[0], case[1].before) != case[1].server]
    assert len(cases) > 1000
    assert missed == [], (len(missed), len(cases), missed[:3])


@pytest.mark.parametrize(
    "program",
    [
        marked("nginx", pytest.mark.saboteur, "nginx, least_conn"),
        marked("HAProxy", pytest.mark.saboteur, "HAProxy, leastconn"),
    ],
)
def test_counting_no_open_requests_is_noticed(states, program, monkeypatch):
    monkeypatch.setattr(counting.LeastOpen, "opened", lambda self, name: None)
    assert any(told(weights, one.before).pick(set()) != one.server for weights, some in states[program] for one in some)


# Shares.

TWO: list[dict[str, int]] = [
    {"ada": 1, "bob": 1, "cleo": 1, NAMES[3]: 1},
    {"ada": 1, "bob": 1, "cleo": 1},
    {"ada": 3, "bob": 2, "cleo": 1, NAMES[3]: 2},
    {"ada": 2, "bob": 1, "cleo": 1, NAMES[3]: 4, NAMES[4]: 1},
]
DRAWS, OURS, SIGMAS = 1500, 6000, 5


def beyond(two) -> list[str]:
    """The servers whose share in nginx is further from ours than five standard deviations."""
    found = []
    for weights, open_, shares in two:
        rule = counting.TwoChoices(Random(7).randrange)  # noqa: S311 - the same each time
        for name, weight in weights.items():
            rule.join(name, weight)
            rule.peers[name].open = open_[name]
        ours = Counter(next(rule.choices(base.Asked("10.0.0.1", "/"))) for _ in range(OURS))
        for name in weights:
            p = (ours[name] + shares[name] + 1) / (OURS + DRAWS + 2)
            bound = SIGMAS * (p * (1 - p) * (1 / OURS + 1 / DRAWS)) ** 0.5
            if abs(ours[name] / OURS - shares[name] / DRAWS) > bound:
                found.append(f"{name}: {ours[name] / OURS:.3f} here, {shares[name] / DRAWS:.3f} there")
    return found


@pytest.mark.checks("load-balancing", "nginx, random two")
def test_two_random_choices_have_the_shares_of_nginx(states, evidence):
    missed = beyond(states["two"])
    evidence(
        "load-balancing", "nginx, random two",
        program="nginx", version=pools.version(), cases=DRAWS * len(TWO), different=len(missed),
        compared="the share of each server in 1,500 requests in each of 4 states; "
        "a share differs if it is further off than 5 standard deviations",
    )  # fmt: skip
    assert missed == []


def one_choice(self, asked):
    yield self.drawn().name


def fuller_of_two(self, asked):
    first, second = self.drawn(), self.drawn()
    yield (first if first.open > second.open else second).name


@pytest.mark.saboteur("load-balancing", "nginx, random two")
@pytest.mark.parametrize("wrong", [one_choice, fuller_of_two])
def test_one_choice_or_the_fuller_of_two_is_noticed(states, wrong, monkeypatch):
    monkeypatch.setattr(counting.TwoChoices, "choices", wrong)
    assert beyond(states["two"])


# Taken away.


@pytest.mark.parametrize("query", CALM)
def test_where_nobody_is_busy_the_recipe_prints_whom_the_run_has_chosen(query):
    entry = entries()["load-balancing"]
    done = run(entry.cls, parse(entry.cls, query).query, draw=False)
    (recipe,) = entry.elsewhere(done)
    assert list(recipe.prints) == done.outcome["served"]


# A slow server’s share.

SLOW, FAST = 0.232, 0.036
GAPS = {2: 0.1, 3: 0.07}
"""Servers, and the seconds from one request to the next: two and three of them come while the slow one works."""
SENT = 36


class Waiting(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    """A server that answers a request after so many seconds."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, path: Path, seconds: float) -> None:
        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                time.sleep(seconds)
                self.send_response(200)
                self.send_header("Content-Length", str(len(path.name)))
                self.send_header("Connection", "close")
                self.end_headers()
                self.wfile.write(path.name.encode())

            def address_string(self) -> str:
                return ""

            def log_message(self, *_: object) -> None: ...

        super().__init__(str(path), Handler)
        path.chmod(0o777)


def answered(front: Front, pool: str) -> str:
    """Who answers a request on a connection of its own."""
    with closing(front.another()) as link:
        link.sendall(f"GET /?to={pool} HTTP/1.1\r\nHost: front\r\n\r\n".encode())
        head, body = read(link)
    return body if head.startswith("HTTP/1.1 200") else ""


@contextmanager
def waiting(path: Path, name: str, seconds: float) -> Iterator[None]:
    with Waiting(path / name, seconds) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def shares() -> dict[int, int]:
    """Servers -> requests that the slow one got."""
    names = {count: [f"{count}s{number}" for number in range(count)] for count in GAPS}
    rules = [pools.pool(f"p{count}", "least_conn;", dict.fromkeys(some, 1)) for count, some in names.items()]
    served: dict[int, list[str]] = {count: [] for count in GAPS}
    with pools.folder() as path, ExitStack() as stack:
        for some in names.values():
            for name in some:
                stack.enter_context(waiting(path, name, SLOW if name == some[-1] else FAST))
        front = stack.enter_context(pools.serving(path, [], "\n".join(rules)))

        def send(count: int) -> None:
            begun, threads = time.monotonic(), []
            for number in range(SENT):
                time.sleep(max(begun + number * GAPS[count] - time.monotonic(), 0))
                ask = threading.Thread(target=lambda: served[count].append(answered(front, f"p{count}")))
                threads.append(ask)
                ask.start()
            for one in threads:
                one.join()

        sending = [threading.Thread(target=send, args=(count,)) for count in GAPS]
        for one in sending:
            one.start()
        for one in sending:
            one.join()
    assert all(len(some) == SENT and all(some) for some in served.values())
    return {count: some.count(names[count][-1]) for count, some in served.items()}


@pytest.mark.parametrize("count", GAPS)
def test_a_slow_server_gets_one_in_as_many_as_there_are_and_as_come_while_it_works(count, shares):
    assert abs(shares[count] - SENT / (count + SLOW // GAPS[count])) <= 1

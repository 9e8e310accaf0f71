"""The load balancer against the real things, rule by rule: one worker, one thread, a fresh pool for each case.

    sequences   200 cases a rule: servers, weights and clients from a seed; six requests, then six more. In half of
                the cases a server is gone in between (and with HAProxy, back for four more).
                nginx finds out by a request that fails, and sends it on; HAProxy is told, as by a health check.
    states      requests that stay open; in each state, who gets the next one
    shares      `random two` in states of open requests: the share of each server, within five standard deviations

Each comparison counts the cases that differ, and that must be 0. Under each saboteur, one wrong line, it must not.
Least response time is a model of our own, and compared with nothing.
"""

from collections import Counter
from contextlib import ExitStack
from random import Random
from typing import NamedTuple

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines import balancers
from tests.fidelity import haproxy, pools
from tests.fidelity.front import Front, read

pytestmark = pytest.mark.fidelity

CASES = 200
NAMES = ["ada", "bob", "cleo", "dee", "eve"]
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
    draw = Random(f"{rule} {number}")
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
    return list(zip(done.outcome["asking"], done.outcome["first"]["served"], strict=True))


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
    asking = {one.pool: [client for client, _ in here(one)] for some in cases.values() for one in some}
    there: dict[str, list[str]] = {}
    with ExitStack() as stack:
        path = stack.enter_context(pools.folder())
        lines = [pools.pool(one.pool, NGINX[rule], one.weights) for rule in NGINX for one in cases[rule]]
        nginx = stack.enter_context(pools.serving(path, NAMES, "\n  ".join(lines)))
        backends = [haproxy.pool(one.pool, path, HAPROXY[rule][0], one.weights, HAPROXY[rule][1]) for rule in HAPROXY for one in cases[rule]]
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


def differing(rule: str, real: Everything, count: int = CASES) -> list[tuple[Case, list[str], list[str]]]:
    """The cases in which the miniature and the program do not agree on every request."""
    found = []
    for one in real.cases[rule][:count]:
        ours = [server for _, server in here(one)]
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


@pytest.mark.parametrize("rule", CHECKS)
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

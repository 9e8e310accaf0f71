"""The hash ring against the real things.

    uhashring   HashRing(nodes={name: weight, …}, hash_fn="ketama", vnodes=points / 4).get_node(key)
                libketama's placement: 40 weighted servers with 10,000 keys, and the miniature's own runs, with equal
                weights and with others: its verbs in a random order; of a ring with failed servers the first owner
                that `iterate_nodes` comes to and that has not failed

    nginx       upstream { hash $arg_key consistent; server unix:ada weight=2; server 127.0.0.9:8101; … }
                requests on a unix socket, one worker; the miniature's placement "nginx", 160 points

Each comparison counts the keys for which the two answer differently, and that must be 0. Under each
saboteur, one wrong line, it must not be 0.
"""

from bisect import bisect_right
from importlib.metadata import version
from itertools import pairwise
from random import Random
from typing import NamedTuple
from zlib import crc32

import pytest
import uhashring

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines import ketama
from playground.machines.ketama import libketama_counts, libketama_hash, libketama_points, place, successor
from playground.miniatures.data.hash_ring.elsewhere import SAME
from playground.scenes.names import escaped
from tests.real import nginx

pytestmark = pytest.mark.fidelity

# With these names four of the keys lie beyond the last point: they go over the top to the first.
SERVERS = {f"cache-{number}": 1 + number * number % 7 for number in range(40)}
KEYS = [f"session:{number}" for number in range(10_000)]
USERS = [f"user:{number}" for number in range(1, 201)]
SIXTEEN = [f"10.0.16.{number}:11211" for number in range(60, 68)] + [f"cache-eu-west-1a-{n:02d}" for n in range(8)]
NAMES = ["ada", "10.0.16.69:11211", "10.0.16.70:11211", "us-east/a", "us-east/b", "cache-eu-west-1a-01", 64 * "n"]

# Setting, and the actions of the miniature that lead to it: weights, who is down, the query.
RINGS = {
    "equal": ({"ada": 1, "bob": 1, "cleo": 1}, (), "nodes=ada+bob+cleo"),
    "weighted": ({"ada": 2, "bob": 1, "cleo": 3, "dee": 1}, (), "nodes=ada*2+bob+cleo*3+dee"),
    "one down": ({"ada": 2, "bob": 1, "cleo": 3}, ("cleo",), "nodes=ada*2+bob+cleo*3&do=fail:cleo"),
    "removed": ({"ada": 2, "cleo": 3}, (), "nodes=ada*2+bob+cleo*3&do=remove:bob"),
    "added": ({"ada": 2, "bob": 1, "eve": 2}, (), "nodes=ada*2+bob&do=add:eve:2"),
    "weighted later": ({"ada": 1, "bob": 3}, (), "nodes=ada*2+bob&do=weight:ada:1&do=weight:bob:3"),
    "back again": ({"ada": 1, "bob": 1}, (), "nodes=ada+bob&do=fail:ada&do=revive:ada"),
    "at ports": (
        {"127.0.0.9:18101": 2, "127.0.0.9:18102": 1, "cache-eu-west-1a-01": 1},
        (),
        "nodes=127.0.0.9:18101*2+127.0.0.9:18102+cache-eu-west-1a-01",
    ),
}


def owners_here(query: str, points: str = "points=160&") -> dict[str, str]:
    """What the miniature answers for the 200 keys."""
    cls = entries()["hash-ring"].cls
    parsed = parse(cls, f"{points}keys=200&{query}")
    assert parsed.problems == []
    done = run(cls, parsed.query, draw=False)
    assert not done.refusal
    return done.outcome["owners"]


def different(here: dict[str, str], there: dict[str, str]) -> int:
    assert list(here) == list(there)
    return sum(here[key] != there[key] for key in there)


# uhashring


def uhashring_owners(weights, keys, failed=(), digests=40):
    ring = uhashring.HashRing(nodes=dict(weights), hash_fn="ketama", vnodes=digests)
    if not failed:
        return {key: ring.get_node(key) for key in keys}
    return {key: next((one for one in ring.iterate_nodes(key) if one not in failed), "") for key in keys}


def machine_owners():
    counts = libketama_counts(SERVERS)
    ring = place((server, libketama_points(server, counts[server])) for server in SERVERS)
    return {key: ring[ketama.successor(ring, ketama.libketama_hash(key))].server for key in KEYS}


def equal_owners():
    """The miniature with one to sixteen servers of equal weight: each count, and after adding and removing."""
    here: dict[str, str] = {}
    there: dict[str, str] = {}
    for before, after in [*pairwise(range(1, 17)), *pairwise(range(16, 0, -1))]:
        changed = SIXTEEN[max(before, after) - 1]
        act = f"add:{escaped(changed)}" if after > before else f"remove:{changed}"
        found = owners_here(f"nodes={'+'.join(SIXTEEN[:before])}&do={act}")
        real = uhashring_owners(dict.fromkeys(SIXTEEN[:after], 1), USERS)
        here |= {f"{act}, {key}": owner for key, owner in found.items()}
        there |= {f"{act}, {key}": owner for key, owner in real.items()}
    return here, there


class Walk(NamedTuple):
    """Servers of some weights, and verbs in an order that nobody would choose: the query, and what there is then."""

    query: str
    weights: dict[str, int]
    failed: set[str]
    digests: int


def walked(number: int) -> Walk:
    """A walk from its number."""
    draw = Random(f"ring {number}")  # noqa: S311 - reproducible on purpose, nothing secret
    weights = {name: draw.randint(1, 10) for name in draw.sample(NAMES, draw.randint(2, 5))}
    start = "+".join(f"{name}*{weight}" for name, weight in weights.items())
    failed: set[str] = set()
    acts = []
    for _ in range(draw.randint(1, 4)):
        verb, weight = draw.choice(("add", "remove", "weight", "fail", "revive")), draw.randint(1, 10)
        free = [name for name in NAMES if name not in weights]
        some = {"add": free, "remove": [*weights], "weight": [*weights], "revive": sorted(failed)}
        names = some.get(verb, [name for name in weights if name not in failed])
        if not names or (verb == "remove" and len(weights) < 2):
            continue
        name = draw.choice(names)
        if verb == "weight" and weights[name] == weight:
            continue
        acts.append(f"do={verb}:{escaped(name)}:{weight}" if verb in ("add", "weight") else f"do={verb}:{name}")
        if verb in ("add", "weight"):
            weights[name] = weight
        elif verb == "remove":
            del weights[name]
        (failed.add if verb == "fail" else failed.discard)(name) if verb != "weight" else None
    digests = draw.choice((40, 40, 40, 1, 5, 10, 25))
    return Walk("&".join([f"nodes={start}", f"points={4 * digests}", *acts]), weights, failed, digests)


WALKS = 100


def weighted_owners():
    here: dict[str, str] = {}
    there: dict[str, str] = {}
    for number in range(WALKS):
        one = walked(number)
        here |= {f"{number}, {key}": owner for key, owner in owners_here(one.query, points="").items()}
        found = uhashring_owners(one.weights, USERS, one.failed, one.digests)
        there |= {f"{number}, {key}": owner for key, owner in found.items()}
    return here, there


@pytest.mark.checks("hash-ring", "uhashring, weights")
def test_with_weights_every_key_has_the_owner_that_uhashring_gives_it(evidence):
    here, there = weighted_owners()
    missed = different(here, there)
    evidence(
        "hash-ring", "uhashring, weights",
        program="uhashring", version=version("uhashring"), cases=len(there), different=missed,
        compared=f"the owner of 200 keys after each of {WALKS} random walks: weights 1 to 10, servers added, removed, "
        "weighted otherwise, failed and back, 4 to 160 points a server, names such as 10.0.16.69:11211",
    )  # fmt: skip
    assert missed == 0


@pytest.mark.checks("hash-ring", "uhashring")
def test_every_key_has_the_owner_that_uhashring_gives_it(evidence):
    here, there = equal_owners()
    missed = different(machine_owners(), uhashring_owners(SERVERS, KEYS)) + different(here, there)
    evidence(
        "hash-ring", "uhashring",
        program="uhashring", version=version("uhashring"), cases=len(KEYS) + len(there), different=missed,
        compared="by the placement alone, the owner of 10,000 keys on 40 weighted servers; by the model, that of "
        "200 keys after each of 30 changes to a ring of equal ones",
    )  # fmt: skip
    assert missed == 0


def big_endian(key):
    return int.from_bytes(libketama_hash(key).to_bytes(4, "little"), "big")


def anticlockwise(ring, position):
    return successor(ring, position) - 1


def stays_below_the_top(ring, position):
    return min(bisect_right(ring, (position,)), len(ring) - 1)


@pytest.mark.saboteur("hash-ring", "uhashring")
@pytest.mark.parametrize(
    ("name", "wrong"),
    [("libketama_hash", big_endian), ("successor", anticlockwise), ("successor", stays_below_the_top)],
    ids=["big-endian", "anticlockwise", "no way over the top"],
)
def test_a_saboteur_of_the_machine_is_noticed(monkeypatch, name, wrong):
    monkeypatch.setattr(ketama, name, wrong)
    assert different(machine_owners(), uhashring_owners(SERVERS, KEYS)) > 0


@pytest.mark.saboteur("hash-ring", "uhashring")
def test_a_saboteur_of_the_miniature_is_noticed_by_uhashring(monkeypatch):
    cls = entries()["hash-ring"].cls
    monkeypatch.setattr(f"{cls.__module__}.successor", anticlockwise)
    here, there = equal_owners()
    assert different(here, there) > 0


def multiplied(weights, mean=160):
    return {server: mean * weight for server, weight in weights.items()}


def to_whole_points(weights, mean=160):
    total = sum(weights.values())
    return {server: mean * len(weights) * weight // total for server, weight in weights.items()}


@pytest.mark.saboteur("hash-ring", "uhashring, weights")
@pytest.mark.parametrize("wrong", [multiplied, to_whole_points], ids=["multiplied, as in nginx", "no whole digests"])
def test_a_saboteur_of_the_counts_is_noticed_by_uhashring(monkeypatch, wrong):
    monkeypatch.setitem(ketama.SCHEMES, "libketama", (*ketama.SCHEMES["libketama"][:2], wrong))
    assert different(*weighted_owners()) > 0


# nginx


@pytest.fixture(scope="module")
def real() -> dict[str, dict[str, str]]:
    """What nginx answers, ring by ring."""
    found = {}
    for name, (weights, down, _) in RINGS.items():
        with nginx.serving(weights, down) as front:
            found[name] = front.owners(USERS)
    return found


def missed_by_nginx(real):
    return sum(different(owners_here(f"placement=nginx&{query}"), real[name]) for name, (*_, query) in RINGS.items())


@pytest.mark.checks("hash-ring", "nginx")
def test_every_key_has_the_owner_that_nginx_gives_it(real, evidence):
    missed = missed_by_nginx(real)
    evidence(
        "hash-ring", "nginx",
        program="nginx", version=nginx.version(), cases=len(USERS) * len(RINGS), different=missed,
        compared="the owner of 200 keys on each of 8 rings: equal, weighted, one server down, removed, "
        "added, weighted later, failed and back, and servers named by address and port",
    )  # fmt: skip
    assert missed == 0


def big_endian_link(server, count):
    found, before, base = [], 0, crc32(f"{server}\0".encode())
    for _ in range(count):
        before = crc32(before.to_bytes(4, "big"), base)
        found.append(before)
    return tuple(found)


def port_in_the_name(server, count):
    return ketama.nginx_points(server.replace(":", " "), count)


@pytest.mark.saboteur("hash-ring", "nginx")
@pytest.mark.parametrize(
    "wrong",
    [
        (ketama.nginx_hash, big_endian_link, ketama.nginx_counts),
        (ketama.libketama_hash, *ketama.SCHEMES["nginx"][1:]),
        (*ketama.SCHEMES["libketama"][:2], ketama.nginx_counts),
        (*ketama.SCHEMES["nginx"][:2], ketama.libketama_counts),
        (ketama.nginx_hash, port_in_the_name, ketama.nginx_counts),
    ],
    ids=["big-endian", "keys by MD5", "libketama's points", "libketama's counts", "the port as part of the name"],
)
def test_a_saboteur_of_the_placement_is_noticed_by_nginx(monkeypatch, real, wrong):
    monkeypatch.setitem(ketama.SCHEMES, "nginx", wrong)
    assert missed_by_nginx(real) > 0


def test_a_server_that_is_down_is_walked_past_and_not_taken_off_the_circle(real):
    """The two come to the same owners: nginx marks it down, the miniature lets it fail or removes it."""
    removed = owners_here("placement=nginx&nodes=ada*2+bob+cleo*3&do=remove:cleo")
    assert removed == real["one down"]
    assert "cleo" not in removed.values()


@pytest.mark.parametrize("query", SAME)
def test_with_160_points_the_recipe_prints_the_owners_of_the_run(query):
    entry = entries()["hash-ring"]
    done = run(entry.cls, parse(entry.cls, query).query, draw=False)
    (recipe,) = entry.elsewhere(done)
    assert list(recipe.prints) == [f"{key} {owner}" for key, owner in list(done.outcome["owners"].items())[:12]]
    assert not recipe.note

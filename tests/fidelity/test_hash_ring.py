"""The hash ring against the real things.

    uhashring   HashRing(nodes={name: weight, …}, hash_fn="ketama").get_node(key)
                libketama's placement: 40 weighted servers with 10,000 keys, and the miniature's own runs

    nginx       upstream { hash $arg_key consistent; server unix:ada weight=2; … }
                requests on a unix socket, one worker; the miniature's placement "nginx", 160 points

Each comparison counts the keys for which the two answer differently, and that must be 0. Under each
saboteur, one wrong line, it must not be 0.
"""

from bisect import bisect_right
from importlib.metadata import version
from itertools import pairwise
from zlib import crc32

import pytest
import uhashring

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines import ketama
from playground.machines.ketama import libketama_counts, libketama_hash, libketama_points, place, successor
from playground.miniatures.data.hash_ring.elsewhere import SAME
from tests.real import nginx

pytestmark = pytest.mark.fidelity

# With these names four of the keys lie beyond the last point: they go over the top to the first.
SERVERS = {f"cache-{number}": 1 + number * number % 7 for number in range(40)}
KEYS = [f"session:{number}" for number in range(10_000)]
USERS = [f"user:{number}" for number in range(1, 201)]
TWELVE = [f"web-{letter}" for letter in "abcdefghijkl"]

# Setting, and the actions of the miniature that lead to it: weights, who is down, the query.
RINGS = {
    "equal": ({"ada": 1, "bob": 1, "cleo": 1}, (), "nodes=ada+bob+cleo"),
    "weighted": ({"ada": 2, "bob": 1, "cleo": 3, "dee": 1}, (), "nodes=ada*2+bob+cleo*3+dee"),
    "one down": ({"ada": 2, "bob": 1, "cleo": 3}, ("cleo",), "nodes=ada*2+bob+cleo*3&do=fail:cleo"),
    "removed": ({"ada": 2, "cleo": 3}, (), "nodes=ada*2+bob+cleo*3&do=remove:bob"),
    "added": ({"ada": 2, "bob": 1, "eve": 2}, (), "nodes=ada*2+bob&do=add:eve:2"),
    "weighted later": ({"ada": 1, "bob": 3}, (), "nodes=ada*2+bob&do=weight:ada:1&do=weight:bob:3"),
    "back again": ({"ada": 1, "bob": 1}, (), "nodes=ada+bob&do=fail:ada&do=revive:ada"),
}


def owners_here(query: str) -> dict[str, str]:
    """What the miniature answers for the 200 keys."""
    cls = entries()["hash-ring"].cls
    parsed = parse(cls, f"points=160&keys=200&{query}")
    assert parsed.problems == []
    done = run(cls, parsed.query, draw=False)
    assert not done.refusal
    return done.outcome["owners"]


def different(here: dict[str, str], there: dict[str, str]) -> int:
    assert list(here) == list(there)
    return sum(here[key] != there[key] for key in there)


# uhashring


def uhashring_owners(weights, keys):
    ring = uhashring.HashRing(nodes=dict(weights), hash_fn="ketama")
    return {key: ring.get_node(key) for key in keys}


def machine_owners():
    counts = libketama_counts(SERVERS)
    ring = place((server, libketama_points(server, counts[server])) for server in SERVERS)
    return {key: ring[ketama.successor(ring, ketama.libketama_hash(key))].server for key in KEYS}


def twelve_owners():
    """The miniature with one to twelve servers of equal weight: each count, and after adding and removing."""
    here: dict[str, str] = {}
    there: dict[str, str] = {}
    for before, after in [*pairwise(range(1, 13)), *pairwise(range(12, 0, -1))]:
        changed = TWELVE[max(before, after) - 1]
        act = f"add:{changed}" if after > before else f"remove:{changed}"
        found = owners_here(f"nodes={'+'.join(TWELVE[:before])}&do={act}")
        real = uhashring_owners(dict.fromkeys(TWELVE[:after], 1), USERS)
        here |= {f"{act}, {key}": owner for key, owner in found.items()}
        there |= {f"{act}, {key}": owner for key, owner in real.items()}
    return here, there


@pytest.mark.checks("hash-ring", "uhashring")
def test_every_key_has_the_owner_that_uhashring_gives_it(evidence):
    here, there = twelve_owners()
    missed = different(machine_owners(), uhashring_owners(SERVERS, KEYS)) + different(here, there)
    evidence(
        "hash-ring", "uhashring",
        program="uhashring", version=version("uhashring"), cases=len(KEYS) + len(there), different=missed,
        compared="the owner of 10,000 keys on 40 weighted servers, and of 200 keys "
        "after each of 22 changes to a ring of equal ones",
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
    here, there = twelve_owners()
    assert different(here, there) > 0


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
        compared="the owner of 200 keys on each of 7 rings: equal, weighted, one server down, removed, "
        "added, weighted later, failed and back",
    )  # fmt: skip
    assert missed == 0


def big_endian_link(server, count):
    found, before, base = [], 0, crc32(f"{server}\0".encode())
    for _ in range(count):
        before = crc32(before.to_bytes(4, "big"), base)
        found.append(before)
    return tuple(found)


@pytest.mark.saboteur("hash-ring", "nginx")
@pytest.mark.parametrize(
    "wrong",
    [(ketama.nginx_hash, big_endian_link), (ketama.libketama_hash, ketama.nginx_points), ketama.SCHEMES["libketama"]],
    ids=["big-endian", "keys by MD5", "libketama's ring"],
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

"""The two placements: counts by weight, and keys that look alike."""

from hashlib import md5

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.machines.fleet import FAILED, Fleet
from playground.machines.ketama import libketama_counts, libketama_hash, libketama_points, nginx_counts


@pytest.mark.parametrize(
    ("weights", "mean", "counts"),
    [
        ({"ada": 1, "bob": 1}, 160, {"ada": 160, "bob": 160}),
        ({"ada": 4, "bob": 1, "cleo": 1, "dee": 1}, 160, {"ada": 364, "bob": 88, "cleo": 88, "dee": 88}),
        ({"ada": 4, "bob": 1, "cleo": 1, "dee": 1}, 3, {"ada": 6, "bob": 1, "cleo": 1, "dee": 1}),
        ({"ada": 10, "bob": 1}, 4, {"ada": 4, "bob": 0}),
    ],
)
def test_libketama_shares_its_points_by_weight_and_rounds_down(weights, mean, counts):
    assert libketama_counts(weights, mean) == counts


@pytest.mark.parametrize("key", ["user:7", "ada-0", ""])
def test_libketama_reads_a_digest_byte_by_byte_the_lowest_first(key):
    """As `ketama_hashi` and `ketama_create_continuum` shift them."""
    digest = md5(key.encode(), usedforsecurity=False).digest()
    places = [sum(digest[4 * four + byte] << 8 * byte for byte in range(4)) for four in range(4)]
    assert libketama_hash(key) == places[0]
    if key.endswith("-0"):
        assert list(libketama_points(key[:-2], 4)) == places
        assert list(libketama_points(key[:-2], 3)) == places[:3]


def test_a_fleet_counts_what_its_machines_have_and_nobody_elses():
    fleet = Fleet()
    for name in ("ada", "bob", "cleo"):
        fleet.join(name, 1)
    fleet.turn("bob", FAILED)
    assert fleet.shares(["cleo", "ada", "", "eve", "cleo"]) == {"ada": 1, "bob": 0, "cleo": 2}
    assert list(fleet.shares([])) == ["ada", "bob", "cleo"]


def test_nginx_multiplies():
    assert nginx_counts({"ada": 4, "bob": 1}, 160) == {"ada": 640, "bob": 160}


def told(query):
    cls = entries()["hash-ring"].cls
    return [step.text for step in run(cls, parse(cls, query).query, draw=False).steps]


def test_a_server_whose_share_is_less_than_a_digest_has_no_point_and_the_run_says_so():
    assert "bob takes 0 points: its share of the weight comes to less than one." in told("nodes=ada*10+bob&points=4")


def test_a_weight_says_whose_points_change_too():
    assert (
        "bob takes 64 points and has 84 now; points are shared out again by weight: those of ada, cleo, dee shrink."
        in told("nodes=ada*4+bob+cleo+dee&points=40&do=weight:bob:7")
    )
    assert "bob takes 6 points and has 9 now, and all other points stay where they are." in told(
        "placement=nginx&do=weight:bob:3"
    )


def test_keys_that_look_alike_are_told_apart():
    composed, apart = told("do=look_up:caf%C3%A9"), told("do=look_up:cafe%CC%81")
    assert any(text.startswith("café hashes to") for text in composed)
    assert any("(NFD: accents as characters of their own) hashes to" in text for text in apart)

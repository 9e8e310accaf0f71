"""A balancer whose weights are set anew: it begins as one that had them from the start."""

from typing import cast

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import Run, run
from playground.machines.balancers import RULES
from playground.miniatures.communication.load_balancing.model import LoadBalancing

CLS = entries()["load-balancing"].cls


def done(query: str) -> Run:
    parsed = parse(CLS, query)
    assert parsed.problems == []
    found = run(CLS, parsed.query, draw=False)
    assert not found.refusal
    return found


@pytest.mark.parametrize("rule", RULES)
def test_after_a_reload_it_chooses_as_one_that_was_started_with_these_weights(rule: str):
    calm = f"algorithm={rule}&speeds=equal&work=1&arrivals=even&requests="
    set_later = done(f"servers=ada+bob+cleo&{calm}0&do=weight:ada:4&do=weight:cleo:2&do=send:30")
    from_the_start = done(f"servers=ada*4+bob+cleo*2&{calm}0&do=send:30")
    assert set_later.outcome["served"] == from_the_start.outcome["served"]


def test_what_it_has_counted_before_is_forgotten():
    """Of ada and bob it would be bob’s turn."""
    turns = "servers=ada+bob&algorithm=weighted-nginx&speeds=equal&work=1&arrivals=even&requests=1"
    assert done(f"{turns}&do=send:1").outcome["served"] == ["ada", "bob"]
    assert done(f"{turns}&do=weight:bob:2&do=weight:bob:1&do=send:1").outcome["served"] == ["ada", "ada"]


@pytest.mark.parametrize(("notice", "retries"), [("request", 2), ("check", 0)])
def test_it_has_to_find_out_anew_who_does_not_answer_unless_a_health_check_says_so(notice: str, retries: int):
    away = f"servers=ada+bob&speeds=equal&work=1&arrivals=even&requests=0&notice={notice}&do=kill:ada"
    assert done(f"{away}&do=send:4&do=weight:bob:2&do=send:4").outcome["retries"] == retries


@pytest.mark.parametrize("rule", RULES)
def test_what_is_under_way_when_a_weight_is_set_is_answered(rule: str):
    busy = done(f"algorithm={rule}&clients=40&do=@150000:weight:dee:7&do=@170000:kill:dee&do=@180000:weight:ada:2")
    assert busy.outcome["answered"] == busy.outcome["sent"] == 16
    balancer = cast("LoadBalancing", busy.machine).lane.balancer
    assert {peer.open for peer in balancer.peers.values()} == {0}


def test_a_weight_that_it_has_already_and_a_server_that_is_not_there_are_refused():
    for act, field in (("ada:1", "do[0].weight"), ("eve:2", "do[0].node")):
        refusal = run(CLS, parse(CLS, f"do=weight:{act}").query, draw=False).refusal
        assert refusal
        assert refusal.field == field

"""A balancer whose weights are set while it runs, and servers that fail: what each program does by itself."""

from itertools import pairwise
from math import exp, factorial
from typing import cast

import pytest

from playground.engine.query import parse
from playground.engine.questions import pose
from playground.engine.registry import entries
from playground.engine.run import Run, run
from playground.machines.balancers import RULES
from playground.miniatures.communication.load_balancing.model import LoadBalancing
from playground.miniatures.communication.load_balancing.questions import MARGIN, SlowShare
from playground.miniatures.communication.load_balancing.shown import metrics
from playground.scenes.topology import Topology

EVEN = "speeds=equal&work=1&arrivals=even&gap=60&requests=0"

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
def test_it_has_to_find_out_again_who_does_not_answer_unless_a_health_check_says_so(notice: str, retries: int):
    away = f"servers=ada+bob&algorithm=weighted-nginx&{EVEN}&notice={notice}&do=kill:ada"
    assert done(f"{away}&do=send:4&do=weight:bob:2&do=send:4").outcome["retries"] == retries


@pytest.mark.parametrize("rule", RULES)
def test_what_is_under_way_when_a_weight_is_set_comes_to_an_end(rule: str):
    busy = done(f"algorithm={rule}&clients=40&do=@150000:weight:dee:7&do=@170000:kill:dee&do=@180000:weight:ada:2")
    assert busy.outcome["sent"] == busy.outcome["answered"] + busy.outcome["errors"] == 16
    assert not busy.outcome["errors"] or RULES[rule].program == "HAProxy"
    balancer = cast("LoadBalancing", busy.machine).lane.balancer
    assert {peer.open for peer in balancer.peers.values()} == {0}


def test_a_weight_that_it_has_already_and_a_server_that_is_not_there_are_refused():
    for act, field in (("ada:1", "do[0].weight"), ("eve:2", "do[0].node")):
        refusal = run(CLS, parse(CLS, f"do=weight:{act}").query, draw=False).refusal
        assert refusal
        assert refusal.field == field


# Who notices what.


def told(query: str) -> list[str]:
    return [step.text for step in done(query).steps]


def test_haproxy_without_a_check_tries_a_dead_server_four_times_and_then_says_503():
    """Every second request is an error, three seconds late, for ever."""
    away = done(f"servers=ada+bob&algorithm=weighted-haproxy&{EVEN}&do=kill:ada&do=send:6")
    assert away.outcome["served"] == ["", "bob", "", "bob", "", "bob"]
    assert (away.outcome["errors"], away.outcome["retries"]) == (3, 9)
    words = [step.text for step in away.steps]
    assert "Request 1 comes back; a second later HAProxy tries ada again." in words
    assert "Request 1 gets an error, 503: ada has refused it four times." in words


def test_a_server_that_returns_between_two_tries_answers():
    back = f"servers=ada+bob&algorithm=weighted-haproxy&{EVEN}&do=kill:ada&do=@0:send:2&do=@1500000:revive:ada"
    assert done(back).outcome["served"] == ["ada", "bob"]


def test_haproxy_hands_on_no_request_that_was_broken_off():
    cut = "servers=ada+bob&algorithm=weighted-haproxy&speeds=equal&arrivals=even&requests=1&do=@40000:kill:ada"
    assert done(cut).outcome["served"] == [""]
    assert "Request 1 gets an error, 502: ada broke off its work on it." in told(cut)
    assert done(cut.replace("haproxy", "nginx")).outcome["served"] == ["bob"]


@pytest.mark.parametrize(("later", "answering"), [(10, {"bob"}), (12, {"ada", "bob"})])
def test_nginx_tries_a_server_again_when_ten_seconds_are_over(later: int, answering: set[str]):
    rests = f"servers=ada+bob&algorithm=weighted-nginx&{EVEN}&do=kill:ada&do=send:2&do=revive:ada"
    found = done(f"{rests}&do=@{later * 1_000_000}:send:4").outcome["served"]
    assert found[:2] == ["bob", "bob"]
    assert set(found[2:]) == answering


def test_of_a_server_that_is_still_dead_after_ten_seconds_one_request_finds_out():
    dead = f"servers=ada+bob&algorithm=weighted-nginx&{EVEN}&do=kill:ada&do=send:4&do=@13000000:send:6"
    assert done(dead).outcome["retries"] == 2


def test_the_page_says_where_a_check_needs_another_nginx():
    plus = "nginx has health checks only in NGINX Plus"
    assert plus in told("algorithm=least-connections&notice=check")[1]
    assert plus not in told("algorithm=weighted-haproxy&notice=check")[1]
    assert plus not in told("algorithm=least-connections")[1]


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule != "weighted-haproxy"])
def test_a_server_that_joins_takes_a_new_configuration_except_where_the_rule_is_dynamic(rule: str):
    calm = f"algorithm={rule}&{EVEN}"
    joined = done(f"servers=ada+bob&{calm}&do=send:3&do=add:eve:1&do=send:9").outcome
    fresh = done(f"servers=ada+bob+eve&{calm}&do=send:12").outcome
    if rule in ("sticky", "two-choices", "least-time"):
        assert "eve" in joined["served"]  # what cookies, dice and clocks say depends on the requests before
    elif rule in ("ip-hash", "url-hash", "ketama"):
        assert joined["served"][3:] == fresh["served"][3:]
    else:
        assert joined["served"][3:] == fresh["served"][:9]


def test_errors_are_counted_beside_the_answers():
    away = f"servers=ada+bob&algorithm=weighted-haproxy&{EVEN}&do=kill:ada&do=send:6"
    assert told(away)[-1].startswith("All 6 requests are done, 3 of them in an error: half of the answers took ")
    assert told(away.replace("ada+bob", "ada"))[-1] == "All 6 requests are done, and none was answered."


# What the lesson says beside the picture.


def test_where_all_have_failed_nginx_answers_nobody_for_ten_seconds_though_all_are_back():
    both = f"servers=ada+bob&algorithm=weighted-nginx&{EVEN}&do=kill:ada&do=kill:bob&do=send:1"
    back = f"{both}&do=revive:ada&do=revive:bob&do=send:2&do=@12000000:send:2"
    served = done(back).outcome["served"]
    assert served[:3] == ["", "", ""]
    assert all(served[3:])
    assert told(back).count("Request 2 gets an error: nginx rests every server that is left.") == 1


@pytest.mark.parametrize(("at", "left"), [(500_000, "10 to 11 s"), (10_900_000, "0 to 1 s")])
def test_a_pause_of_nginx_is_told_in_whole_seconds(at: int, left: str):
    rests = f"servers=ada+bob&algorithm=weighted-nginx&{EVEN}&do=kill:ada&do=@100000:send:2&do=@{at}:revive:ada"
    assert any(f"gives it nothing for another {left}." in text for text in told(rests))


def test_the_slowest_five_in_a_hundred_of_turns_wait_longer_with_every_further_request():
    times = [done(f"requests={count}").outcome["p95_us"] for count in (40, 80, 160, 300)]
    assert all(more > fewer * 5 // 4 for fewer, more in pairwise(times)), times


def test_of_fewer_than_a_hundred_answers_ninety_nine_in_a_hundred_are_the_slowest():
    few = done("requests=40")
    assert few.outcome["p99_us"] == cast("LoadBalancing", few.machine).lane.times[-1]
    figures = {one.label: one for one in metrics(cast("LoadBalancing", few.machine))}
    assert figures["99 of 100 within (p99)"].note == "of 40 the slowest"


def test_a_slow_servers_share_follows_from_a_sum_and_every_wrong_idea_is_far_from_it():
    """One in as many as there are servers and as come while it works, and no other option near it."""
    for seed in range(60):
        posed = pose(LoadBalancing, SlowShare, seed)
        query, right = posed.query, int(posed.right)
        slow, _ = SlowShare.times(query)
        share = query.argument() / (len(query["servers"]) + slow // query["gap"])
        assert abs(right - share) <= SlowShare.tolerance
        assert all(abs(int(one.value) - right) >= MARGIN > SlowShare.tolerance for one in posed.options if one.belief)


def test_for_a_million_servers_the_fullest_has_eight_or_nine_and_four_with_two_choices():
    """With one choice loads are Poisson’s; with two, of n servers s(k) have k or more: s(k)′ = s(k - 1)² - s(k)²."""
    one = [1 - sum(exp(-1) / factorial(load) for load in range(most)) for most in range(12)]
    two, parts = [1.0] + [0.0] * 8, 2000
    for _ in range(parts):
        two = [1.0, *(now + (below**2 - now**2) / parts for below, now in pairwise(two))]
    assert [round(10**6 * share) for share in (one[8], one[9], one[10])] == [10, 1, 0]
    assert 10**6 * two[4] > 5
    assert 10**6 * two[5] < 0.01


@pytest.mark.parametrize("speeds", ["equal", "one-slow", "steps"])
def test_before_anything_has_begun_the_servers_stand_there_as_they_will(speeds: str):
    found = run(CLS, parse(CLS, f"servers=ada*2+bob+cleo&speeds={speeds}&requests=0").query)
    begun = cast("Topology", found.steps[1].scenes[0])
    assert found.steps[0].scenes[0] == begun
    assert [(one.name, one.weight) for one in begun.servers] == [("ada", 2), ("bob", 1), ("cleo", 1)]

"""What a rule says of its choice, and what it does where servers are out."""

from hypothesis import given
from hypothesis import strategies as st

from playground.machines.balancers import RULES, Asked, PageHash


def test_a_server_with_one_number_has_that_number_and_one_with_more_has_a_range():
    rule = PageHash(lambda bound: 0)
    for name, weight in (("ada", 1), ("bob", 3), ("cleo", 1), ("dee", 2)):
        rule.join(name, weight)
    assert next(rule.choices(Asked("10.0.0.1", "/tea"))) in rule.peers
    assert rule.compared == (("ada", "0"), ("bob", "1–3"), ("cleo", "4"), ("dee", "5–6"))
    assert rule.why.endswith("when divided by 7")


def test_a_hash_that_meets_more_than_twenty_servers_that_are_out_takes_turns():
    rule = PageHash(lambda bound: 0)
    for number in range(40):
        rule.join(f"n{number}", 1)
    for number in range(39):
        rule.leave(f"n{number}")
    why = []
    for page in range(60):
        assert list(rule.choices(Asked("10.0.0.1", f"/{page}"))) == ["n39"]
        why.append(rule.why)
    assert why.count("after twenty tries it is its turn") > 10
    assert why.count("after twenty tries it is its turn") < 60


def test_where_every_server_is_out_no_rule_has_a_choice():
    for rule in (made(lambda bound: 0) for made in RULES.values()):
        for name in ("ada", "bob"):
            rule.join(name, 1)
            rule.leave(name)
        assert list(rule.choices(Asked("10.0.0.1", "/tea"))) == [], rule.rule


WEIGHTS = st.lists(st.integers(1, 10), min_size=1, max_size=6)
DEEDS = st.lists(st.tuples(st.sampled_from(("ask", "leave", "come back")), st.integers(0, 5)), max_size=60)


@given(st.sampled_from([rule for rule in RULES if RULES[rule].program == "HAProxy"]), WEIGHTS, DEEDS)
def test_haproxy_asks_somebody_who_is_in_as_long_as_there_is_one(rule: str, weights: list[int], deeds: list):
    """Whoever leaves and returns in whatever order, also before the first request, and also where all are out."""
    balancer = RULES[rule](lambda bound: 0)
    names = [f"n{number}" for number in range(len(weights))]
    for name, weight in zip(names, weights, strict=True):
        balancer.join(name, weight)
    balancer.begin()
    inside = set(names)
    for what, number in deeds:
        name = names[number % len(names)]
        if what == "leave" and name in inside:
            balancer.leave(name)
            inside.discard(name)
        elif what == "come back" and name not in inside:
            balancer.come_back(name)
            inside.add(name)
        elif what == "ask":
            given_to = list(balancer.choices(Asked("10.0.0.1", "/tea")))
            assert len(given_to) == bool(inside)
            assert inside.issuperset(given_to)
    for name in names:
        if name not in inside:
            balancer.come_back(name)
    if rule != "sticky":
        asked = [name for _ in range(2 * sum(weights) + 2) for name in balancer.choices(Asked("10.0.0.1", "/tea"))]
        assert set(asked) == set(names), "whoever is back is asked again before long"


@given(st.integers(0, 40))
def test_a_server_of_nginx_rests_for_ten_whole_seconds(later: int):
    balancer = RULES["weighted-nginx"](lambda bound: 0)
    for name in ("ada", "bob"):
        balancer.join(name, 1)
    balancer.second = 5
    balancer.failed("ada")
    balancer.second = 5 + later
    assert balancer.serves("ada") == (later > 10)
    assert balancer.serves("bob")

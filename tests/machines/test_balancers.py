"""What a rule says of its choice, and what it does where servers are out."""

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

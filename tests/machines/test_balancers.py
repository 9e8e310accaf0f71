"""What a rule says of its choice: the numbers that it compared, as a person reads them."""

from playground.machines.balancers import Asked, PageHash


def test_a_server_with_one_number_has_that_number_and_one_with_more_has_a_range():
    rule = PageHash(lambda bound: 0)
    for name, weight in (("ada", 1), ("bob", 3), ("cleo", 1), ("dee", 2)):
        rule.join(name, weight)
    assert next(rule.choices(Asked("10.0.0.1", "/tea"))) in rule.peers
    assert rule.compared == (("ada", "0"), ("bob", "1–3"), ("cleo", "4"), ("dee", "5–6"))
    assert rule.why.endswith("when divided by 7")

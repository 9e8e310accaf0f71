"""Random walks: what golden digests and property tests feed to a miniature."""

from playground.engine.query import default_query
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.walk import ACTS, draw_argument, walk
from tests.engine.bells import Few

WALKS = [walk(Few, Rng(seed)) for seed in range(60)]


def test_a_seed_walks_one_way():
    assert walk(Few, Rng(3)) == WALKS[3]
    assert len(set(WALKS)) == len(WALKS)


def test_every_verb_is_used_and_timed_ones_at_instants_too():
    acts = [act for query in WALKS for act in query.acts]
    assert {act.verb for act in acts} == {"ring", "say", "drop"}
    assert {act.at is None for act in acts if act.verb == "ring"} == {True, False}
    assert {act.at for act in acts if act.verb != "ring"} == {None}
    assert {len(query.acts) for query in WALKS} >= {0, 1, ACTS}


def test_every_input_is_seen_at_its_default_and_elsewhere():
    for name, value in default_query(Few).inputs:
        assert {query.values()[name] == value for query in WALKS} == {True, False}, name


def test_rules_across_inputs_are_kept():
    assert all(Few(query.values()).rules() == [] for query in WALKS)


def test_most_arguments_are_on_offer_and_a_few_are_refused():
    machine = Few(default_query(Few).values())
    bell = Few.actions()["ring"].arguments[0]
    drawn = [draw_argument(bell, machine, Rng(seed)) for seed in range(100)]
    assert 80 < sum(name in ("A", "B") for name in drawn) < 100
    assert 0 < sum(bool(run(Few, query, draw=False).refusal) for query in WALKS) < 30

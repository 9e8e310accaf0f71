"""A challenge is checked by replaying the run."""

from dataclasses import replace

from playground.engine.challenges import Challenge, Condition
from playground.engine.query import parse
from playground.engine.run import run
from playground.engine.scores import Score, acts
from tests.engine.bells import Bells

TWICE = Challenge(
    name="twice",
    goal="Ring a bell twice, but B never.",
    start="rounds=0",
    solution="rounds=0&do=ring:A:2",
    score=Score(unit="actions", one="action", of=acts, par=1, best=1, best_run="rounds=0&do=ring:A:2"),
    hints=("One bell is enough.", "Ring A, and ring it again."),
    conditions=(
        Condition("two rings", lambda done: len(done.outcome["rung"]) == 2),
        Condition("B is silent", lambda done: not any(name.startswith("B") for name in done.outcome["rung"])),
    ),
)


def check(query):
    return TWICE.check(run(Bells, parse(Bells, query).query))


def test_every_condition_is_listed_with_its_answer():
    assert check("rounds=0") == [("two rings", False), ("B is silent", True)]
    assert check("rounds=0&do=ring:B:2") == [("two rings", True), ("B is silent", False)]


def test_all_of_them_pass():
    assert TWICE.passed(run(Bells, parse(Bells, TWICE.solution).query))
    assert not TWICE.passed(run(Bells, parse(Bells, TWICE.start).query))


def test_a_refused_run_holds_nothing():
    assert check("rounds=0&do=ring:A:2&do=ring:Z") == [("two rings", False), ("B is silent", False)]


def test_a_cut_run_holds_nothing():
    assert check("rounds=600") == [("two rings", False), ("B is silent", False)]


def test_what_it_took_is_counted_in_its_unit():
    done = run(Bells, parse(Bells, "rounds=0&do=ring:A:1&do=ring:A:1").query)
    assert TWICE.score.counted(TWICE.score.of(done)) == "2 actions"
    assert TWICE.score.counted(1) == "1 action"
    assert TWICE.score.counted(1200) == "1,200 actions"


def test_a_claim_that_is_to_be_refuted_stands_before_the_goal():
    assert (TWICE.kind, TWICE.asked) == ("Challenge", TWICE.goal)
    naive = replace(TWICE, claim="Every ring is heard.")
    assert (naive.kind, naive.asked) == ("Break it", f"“Every ring is heard.” {TWICE.goal}")

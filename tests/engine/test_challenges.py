"""A challenge is checked by replaying the run."""

from playground.engine.challenges import Challenge, Condition
from playground.engine.query import parse
from playground.engine.run import run
from tests.engine.bells import Bells

TWICE = Challenge(
    name="twice",
    goal="Ring a bell twice, but B never.",
    start="rounds=0",
    solution="rounds=0&do=ring:A:2",
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

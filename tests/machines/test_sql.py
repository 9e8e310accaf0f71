"""The small engine: what it says to the one who has typed a statement, and which plans it keeps."""

import pytest

from playground.machines.sql.costs import Cost
from playground.machines.sql.errors import SqlError, beyond
from playground.machines.sql.planner import beats, with_candidate
from playground.machines.sql.plans import INDEX, SEQ, Plan


def test_a_fault_that_postgresql_has_too_is_told_with_its_sqlstate():
    wrong = SqlError("42703", "there is no column “sise”", 8)
    assert wrong.sentence() == "Error 42703 at character 8: there is no column “sise”."


def test_a_fault_of_the_miniature_alone_has_no_sqlstate():
    assert beyond("a join", 20).sentence() == (
        "PostgreSQL may know this, the miniature does not: a join, at character 20."
    )


def plan(name, startup, total, *, in_order=False):
    return Plan(name, Cost(startup, total), 10.0, in_order=in_order)


def test_of_two_plans_that_cost_the_same_the_one_that_was_there_stays():
    first, second = plan(SEQ, 0, 100), plan(INDEX, 0, 100)
    assert beats(first, second, early=False)
    assert with_candidate((first,), second, early=False) == (first,)


def test_less_than_a_hundredth_is_no_difference():
    first = plan(SEQ, 0, 100)
    assert with_candidate((first,), plan(INDEX, 0, 99.5, in_order=True), early=False)[0].name == INDEX
    assert with_candidate((first,), plan(INDEX, 0, 102), early=False) == (first,)
    cheaper = plan(INDEX, 0, 90)
    assert with_candidate((first,), cheaper, early=False) == (cheaper,)


@pytest.mark.parametrize(("early", "kept"), [(True, 2), (False, 1)])
def test_a_dearer_plan_with_an_earlier_first_row_is_kept_where_few_rows_are_wanted(early, kept):
    late, soon = plan(SEQ, 50, 100), plan(INDEX, 1, 200)
    assert len(with_candidate((late,), soon, early=early)) == kept


def test_a_dearer_plan_whose_rows_are_in_order_is_kept():
    assert len(with_candidate((plan(SEQ, 0, 100),), plan(INDEX, 0, 200, in_order=True), early=False)) == 2

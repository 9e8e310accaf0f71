"""A card: the shop knows what its terminal has heard, and can cancel nothing else."""

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import Run, run

CLS = entries()["visa-authorization"].cls
HEARD = 1_640_000
"""Microseconds: the answer to the first purchase reaches the terminal, 40 ms after it has left the acquirer."""


def done(text: str) -> Run:
    parsed = parse(CLS, text)
    assert parsed.problems == []
    return run(CLS, parsed.query)


def approved(step) -> str:
    """The figure that says what the shop sees."""
    return next(one.value for one in step.metrics if one.label == "Approved")


def test_the_answer_is_heard_when_it_is_told():
    (heard,) = [step for step in done("").steps if step.text.startswith("The shop shows approved")]
    assert heard.clock == HEARD


@pytest.mark.parametrize("at", [HEARD - 40_000, HEARD - 20_000, HEARD - 1])
def test_an_approval_that_is_on_its_way_cannot_be_cancelled(at):
    early = done(f"do=@{at}:reverse")
    assert early.refusal
    assert "nothing to cancel" in early.refusal.sentence
    assert early.outcome["reversals"] == 0


@pytest.mark.parametrize("at", [HEARD, HEARD + 1])
def test_one_that_has_been_heard_can(at):
    late = done(f"do=@{at}:reverse")
    assert late.refusal is None
    assert (late.outcome["shop"], late.outcome["reversals"], late.outcome["held"]) == ("cancelled", 1, "0.00")


def test_while_a_second_answer_is_on_its_way_what_is_cancelled_is_the_first():
    """Of two purchases the shop cancels the last one that it has heard of."""
    again = done("do=authorise")
    heard = max(step.clock for step in again.steps if step.text.startswith("The shop shows approved"))
    both = done(f"do=authorise&do=@{heard - 1}:reverse").outcome["purchases"]
    assert [one["shop"] for one in both] == ["cancelled", "approved"]


def test_figures_count_an_approval_from_when_the_shop_hears_it():
    asked = done("do=@1620000:drop:reversal")
    for step in asked.steps:
        assert approved(step) == ("1 of 1" if step.clock >= HEARD else "0 of 0"), step.text

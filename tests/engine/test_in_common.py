"""A run that goes on from another one takes over what both have: it is the same run as one that begins anew."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from playground.engine.query import Query, default_query, do, query_for
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import Run, run
from playground.engine.trace import compact, trace
from playground.engine.walk import draw_act, walk
from playground.scenes.marks import NARROW, WIDE
from tests.engine.bells import Bells

MODELS = {slug: entry.cls for slug, entry in entries().items()}


def told(done: Run) -> tuple:
    """All that anybody learns of a run."""
    traces = [compact(trace("slug", 1, done, layout)) for layout in (WIDE, NARROW)]
    return traces, done.outcome, done.starts, done.begun, done.moves, done.refusal, done.stopped


def another(before: Run, rng: Rng) -> Query:
    """What may be done next: some of the actions that were done, then one more, perhaps at an instant long past."""
    assert before.machine
    acts = before.query.acts[: rng.below(len(before.query.acts) + 1)]
    verb = rng.choice([*before.cls.actions().values()])
    return replace(before.query, acts=(*acts, draw_act(verb, before.machine, rng)))


@pytest.mark.parametrize("slug", MODELS)
@settings(deadline=None, max_examples=8)
@given(seed=st.integers(0, 10**6))
def test_it_is_the_same_run(slug, seed):
    cls, rng = MODELS[slug], Rng(seed)
    before = run(cls, walk(cls, rng))
    told(before)  # with pictures of both layouts at hand
    for _ in range(3):
        wanted = another(before, rng)
        after = run(cls, wanted, before=before)
        assert told(after) == told(run(cls, wanted))
        before = after


@pytest.mark.parametrize("slug", MODELS)
def test_all_that_was_told_before_an_action_is_taken_over(slug):
    cls = MODELS[slug]
    before = run(cls, default_query(cls))
    assert before.machine
    untimed = [verb for verb in cls.actions().values() if not verb.timed] or [*cls.actions().values()]
    acts = (draw_act(untimed[0], before.machine, Rng(1))._replace(at=None),)
    after = run(cls, replace(before.query, acts=acts), before=before)
    assert len(before.steps) > 3
    assert all(one is other for one, other in zip(before.steps, after.steps, strict=False))


def test_of_what_happens_at_an_instant_nothing_from_then_on_is_taken_over():
    query = query_for(Bells, do("ring", "A", 5))
    before = run(Bells, query)
    instant = before.steps[-2].clock
    common = before.in_common(replace(query, acts=(*query.acts, do("ring", "B", 1, at=instant))))
    assert common == [step for step in before.steps if step.clock < instant]
    assert 0 < len(common) < len(before.steps)


def test_other_inputs_have_nothing_in_common():
    before = run(Bells, query_for(Bells, rounds=3))
    assert before.in_common(query_for(Bells, rounds=4)) == []


def test_a_run_that_nobody_has_drawn_has_no_pictures_to_give():
    before = run(Bells, query_for(Bells, rounds=3), draw=False)
    assert before.in_common(before.query) == []


def test_the_step_that_says_that_a_run_was_cut_is_not_taken_over():
    before = run(Bells, query_for(Bells, rounds=1000))
    assert before.stopped
    assert before.steps[-1] not in before.in_common(before.query)

"""A run is cut where its trace is full: one step in seven tells whether that may be, every step where it is."""

import pytest

from playground.engine import weight
from playground.engine.paintings import Paintings
from playground.engine.query import Query, default_query
from playground.engine.registry import Entry, entries
from playground.engine.rng import Rng
from playground.engine.run import Run, run
from playground.engine.walk import draw_inputs
from playground.engine.weight import FREE, MOST, NEAR, Sampled, Whole
from tests.bench.queries import sound, stored
from tests.contract.test_limits import busy

pytestmark = pytest.mark.search


def long_runs(entry: Entry) -> list[Query]:
    """The worst that are known, and random ones that go on for long."""
    verbs = list(entry.cls.actions().values())
    drawn = [dict(draw_inputs(entry.cls, Rng(seed))) for seed in (3, 4)]
    found = [
        busy(entry.cls, one, verbs, seed, 100) for seed, one in enumerate([default_query(entry.cls).values(), *drawn])
    ]
    return [*found, *(sound(entry, text) for text in stored().get(entry.slug, {}).values())]


@pytest.mark.parametrize("slug", entries())
def test_it_is_cut_where_weighing_every_step_would_cut_it(monkeypatch, slug):
    entry = entries()[slug]
    queries = long_runs(entry)
    sampled = [ended(run(entry.cls, query)) for query in queries]
    monkeypatch.setattr(weight, "NEAR", -1)
    assert [ended(run(entry.cls, query)) for query in queries] == sampled


def ended(done: Run) -> tuple[int, str]:
    return done.last, done.stopped


@pytest.mark.parametrize("slug", entries())
def test_a_run_that_fills_its_trace_is_near_it_by_one_step_in_seven(slug):
    entry = entries()[slug]
    for query in long_runs(entry):
        done = run(entry.cls, query)
        whole, sampled = Whole(Paintings()), Sampled(Paintings())
        for steps in range(FREE + 1, len(done.steps) + 1):
            came_to, about = whole.weigh(done.steps[:steps]), sampled.weigh(done.steps[:steps])
            if came_to > 0.8 * MOST:
                assert about > 1.2 * NEAR * came_to, (query, steps)

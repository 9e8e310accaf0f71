"""The worst allowed run is searched, not chosen: corners of the bounds, then Hypothesis climbing towards more.

python -m pytest tests/contract/test_limits.py -s    prints the worst that was found.
"""

import dataclasses
import itertools
import sys
from dataclasses import dataclass

from hypothesis import given, settings, target
from hypothesis import strategies as st

from playground.engine import limits
from playground.engine.actions import Refused
from playground.engine.query import Query, default_query, parse, print_query
from playground.engine.rng import Rng
from playground.engine.run import Runner, run
from playground.engine.trace import compact, paint_all, trace
from playground.engine.walk import draw_act, draw_inputs
from playground.scenes.marks import LAYOUTS, MARKS_AIM, NARROW
from tests.contract.every import each_miniature, walked

CORNERS = 8
"""Corners of the inputs that are tried, of all that there are."""

WINDOW = 12
"""Steps that are painted to weigh a run; the heaviest is then painted whole."""


def busy(cls, values, verbs, seed, count):
    """A query with up to `count` actions that make sense, drawn from these verbs while a machine runs along."""
    rng, machine, acts = Rng(seed), cls(values), []
    machine.clock.start(machine.start(), act=-1)
    steps = sum(1 for _ in machine.clock.drain())
    while len(acts) < count and steps < limits.STEPS:
        act = draw_act(rng.choice(verbs), machine, rng)._replace(at=None)
        longer = Query(tuple(values.items()), (*acts, act))
        if len(print_query(cls, longer)) > limits.QUERY:
            break
        machine.clock.start(getattr(machine, act.verb)(*act.arguments), act=len(acts))
        try:
            steps += sum(1 for _ in machine.clock.drain())
        except Refused:
            count -= 1
            continue
        acts.append(act)
    return Query(tuple(values.items()), tuple(acts))


@dataclass(frozen=True)
class Weight:
    """What a run costs: steps, marks of its fullest picture, bytes of its trace in the heavier layout."""

    steps: int
    marks: int
    bytes: int
    query: str

    def __str__(self):
        return f"{self.steps} steps, {self.marks} marks, {self.bytes:,} bytes: {self.query}"


class Tail(Runner):
    """Runs without pictures but for the last few steps."""

    def __init__(self, cls, query, first):
        super().__init__(cls, query)
        self.first = first

    def picture(self, heard):
        self.draw = len(self.run.steps) >= self.first
        return super().picture(heard)


def weigh(entry, query, window=0):
    """Weigh a run; with a window only its last steps are painted, and their bytes stand for the rest."""
    steps = len(run(entry.cls, query, draw=False).steps)
    first = max(0, steps - window - 1) if window else 0
    done = Tail(entry.cls, query, first).go()
    seen = dataclasses.replace(done, steps=done.steps[first:])
    marks, size = 0, 0
    for layout in LAYOUTS:
        marks = max([marks, *(len(picture.marks) for column in paint_all(seen, layout) for picture in column)])
        size = max(size, len(compact(trace(entry.slug, 1, seen, layout)).encode()))
    return Weight(steps, marks, size * steps // len(seen.steps), print_query(entry.cls, query))


def corners(cls):
    """Values of all inputs at extreme places, fairly drawn from all combinations that the rules allow."""
    kinds = cls.inputs()
    every = list(itertools.islice(itertools.product(*(kind.corners() for kind in kinds.values())), 20_000))
    allowed = (dict(zip(kinds, values, strict=True)) for values in Rng(1).shuffled(every))
    return itertools.islice((values for values in allowed if not cls(values).rules()), CORNERS)


def judge(entry, weights):
    """The heaviest of each kind is painted whole, printed, and compared with the limits."""
    worst = {max(weights, key=lambda weight: getattr(weight, what)).query for what in ("steps", "marks", "bytes")}
    for weight in [weigh(entry, parse(entry.cls, query).query) for query in sorted(worst)]:
        sys.stdout.write(f"{weight}\n")
        assert weight.steps <= limits.STEPS, weight
        assert weight.marks <= MARKS_AIM, weight
        assert weight.bytes <= limits.TRACE, weight


@each_miniature
def test_the_worst_corner_is_inside_the_limits(entry):
    """Inputs at the corners of their bounds, then actions without end."""
    verbs = list(entry.cls.actions().values())
    runs = [busy(entry.cls, values, verbs, seed, limits.ACTIONS) for seed, values in enumerate(corners(entry.cls))]
    judge(entry, [weigh(entry, query, WINDOW) for query in runs])


@each_miniature
def test_each_verb_and_each_pair_of_verbs_without_end_is_inside_the_limits(entry):
    verbs = [[one] for one in entry.cls.actions().values()]
    verbs += [[one, other] for (one,), (other,) in itertools.combinations(verbs, 2)]
    values = default_query(entry.cls).values()
    judge(entry, [weigh(entry, busy(entry.cls, values, some, seed, 40), WINDOW) for seed, some in enumerate(verbs)])


@each_miniature
def test_climbing_towards_more_finds_nothing_beyond_the_limits(entry):
    """Random inputs and one or two verbs without end; Hypothesis keeps what costs more, and changes that."""
    weights, verbs = [], list(entry.cls.actions().values())

    @settings(max_examples=30)
    @given(seed=st.integers(0, 10**6), chosen=st.lists(st.sampled_from(verbs), min_size=1, max_size=2))
    def climb(seed, chosen):
        query = busy(entry.cls, dict(draw_inputs(entry.cls, Rng(seed))), chosen, seed, limits.ACTIONS)
        weights.append(weigh(entry, query, WINDOW))
        for what in ("steps", "marks", "bytes"):
            target(getattr(weights[-1], what), label=what)

    climb()
    judge(entry, weights)


@each_miniature
def test_twice_the_actions_cost_at_most_2_2_times(entry):
    """Cost counts marks over all steps, not seconds."""
    verbs = list(entry.cls.actions().values())
    for seed in range(3):
        values = default_query(entry.cls).values()
        whole = busy(entry.cls, values, verbs, seed, 24)
        once, twice, four = (
            cost(entry.cls, dataclasses.replace(whole, acts=whole.acts[:count])) for count in (6, 12, 24)
        )
        assert twice <= 2.2 * once, (once, twice, four)
        assert four <= 2.2 * twice, (once, twice, four)


def cost(cls, query):
    return sum(len(picture.marks) for column in paint_all(run(cls, query), NARROW) for picture in column)


@each_miniature
def test_random_runs_are_inside_the_limits(entry):
    for seed in range(12):
        done = walked(entry.cls, seed)
        assert len(done.steps) <= limits.STEPS

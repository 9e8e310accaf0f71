"""The worst allowed run is searched, not chosen: corners of the bounds, then Hypothesis climbing towards more.

python -m pytest tests/contract/test_limits.py -s    prints the worst that was found.
"""

import dataclasses
import itertools
import sys
from dataclasses import dataclass

import pytest
from hypothesis import Phase, given, settings, target
from hypothesis import strategies as st

from playground.engine import limits
from playground.engine.actions import Refused
from playground.engine.patches import compact
from playground.engine.query import Act, Query, default_query, print_query
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.trace import paint_all, trace
from playground.engine.walk import draw_act, draw_inputs
from playground.scenes.marks import LAYOUTS, MARKS_AIM, NARROW
from tests.contract.every import each_miniature, walked

CORNERS = 4
"""Corners of the inputs that are tried, of all that there are."""

PAIRS = 4
"""Pairs of verbs that are tried, of all that there are; the climb tries others."""

# Hundreds of runs of every miniature: `make test` does them, `make check` does not.
pytestmark = pytest.mark.search


def busy(cls, values, verbs, seed, count):
    """A query with up to `count` actions that make sense, drawn from these verbs while a machine runs along."""
    rng, machine = Rng(seed), cls(values)
    acts: list[Act] = []
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
    """What a run costs: steps, marks of its fullest picture, bytes of its narrow trace."""

    steps: int
    marks: int
    bytes: int
    query: str

    def __str__(self):
        return f"{self.steps} steps, {self.marks} marks, {self.bytes:,} bytes: {self.query}"


def weigh(entry, query):
    """Run it, paint it in both layouts, and weigh what comes out. The engine has weighed the wide one on the way."""
    done = run(entry.cls, query)
    marks = max(len(picture.marks) for layout in LAYOUTS for column in paint_all(done, layout) for picture in column)
    size = len(compact(trace(entry.slug, 1, done, NARROW)).encode())
    return Weight(len(done.steps), marks, size, print_query(entry.cls, query))


def corners(cls):
    """Values of all inputs at extreme places, fairly drawn from all combinations that the rules allow."""
    kinds = cls.inputs()
    every = list(itertools.islice(itertools.product(*(kind.corners() for kind in kinds.values())), 20_000))
    allowed = (dict(zip(kinds, values, strict=True)) for values in Rng(1).shuffled(every))
    return itertools.islice((values for values in allowed if not cls(values).rules()), CORNERS)


def judge(weights):
    """The heaviest of each kind is printed, and compared with the limits."""
    for what, limit in (("steps", limits.STEPS), ("marks", MARKS_AIM), ("bytes", limits.TRACE)):
        worst = max(weights, key=lambda weight: getattr(weight, what))
        sys.stdout.write(f"most {what}: {worst}\n")
        assert getattr(worst, what) <= limit, f"more than {limit} {what}: {worst}"


@each_miniature
def test_the_worst_corner_is_inside_the_limits(entry):
    """Inputs at the corners of their bounds, then actions without end."""
    verbs = list(entry.cls.actions().values())
    runs = [busy(entry.cls, values, verbs, seed, limits.ACTIONS) for seed, values in enumerate(corners(entry.cls))]
    judge([weigh(entry, query) for query in runs])


@each_miniature
def test_each_input_alone_at_each_of_its_corners_is_inside_the_limits(entry):
    default = default_query(entry.cls).values()
    values = [default | {name: value} for name, kind in entry.cls.inputs().items() for value in kind.corners()]
    sound = [one for one in values if not entry.cls(one).rules()]
    judge([weigh(entry, Query(tuple(one.items()))) for one in sound])


@each_miniature
def test_each_verb_and_pairs_of_verbs_without_end_are_inside_the_limits(entry):
    verbs = [[one] for one in entry.cls.actions().values()]
    pairs = [[one, other] for (one,), (other,) in itertools.combinations(verbs, 2)]
    verbs += Rng(1).shuffled(pairs)[:PAIRS]
    values = default_query(entry.cls).values()
    judge([weigh(entry, busy(entry.cls, values, some, seed, 40)) for seed, some in enumerate(verbs)])


@each_miniature
def test_climbing_towards_more_finds_nothing_beyond_the_limits(entry):
    """Random inputs and one or two verbs without end; Hypothesis keeps what costs more, and changes that."""
    weights, verbs = [], list(entry.cls.actions().values())

    @settings(max_examples=12, phases=[Phase.generate, Phase.target])
    @given(seed=st.integers(0, 10**6), chosen=st.lists(st.sampled_from(verbs), min_size=1, max_size=2))
    def climb(seed, chosen):
        query = busy(entry.cls, dict(draw_inputs(entry.cls, Rng(seed))), chosen, seed, limits.ACTIONS)
        weights.append(weigh(entry, query))
        for what in ("steps", "marks", "bytes"):
            target(getattr(weights[-1], what), label=what)

    climb()
    judge(weights)


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

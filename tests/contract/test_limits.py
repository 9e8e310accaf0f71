"""The worst allowed run is searched, not chosen: corners of the bounds, then Hypothesis climbing towards more.

python -m pytest tests/contract/test_limits.py -s    prints the worst that was found.

This search is small. The long one, `python -m tests.bench.search`, keeps what it finds in worst.json; what it has
found is looked at here first.
"""

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
from playground.engine.walk import draw_act
from playground.scenes.marks import LAYOUTS, MARKS_AIM, NARROW
from tests.bench.endpoints import NAMES, Asked
from tests.bench.queries import dearest, sound, stored
from tests.contract.every import each_miniature, each_whole
from tests.tiers import sample

CORNERS, SAMPLED = 4, 2
"""Corners of the inputs that are tried, of all that there are; and of a miniature that is tested by a sample."""

PAIRS = 4
"""Pairs of verbs that are tried, of all that there are; the climb tries others."""

# Hundreds of runs of every miniature: `make test` does them, `make check` does not.
pytestmark = pytest.mark.search


def busy(cls, values, verbs, seed, count):
    """A query with up to `count` actions that make sense, drawn from these verbs while a machine runs along."""
    rng, machine = Rng(seed), cls(values)
    acts: list[Act] = []
    machine.set_up()
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
    """What a run costs: steps, marks of its fullest picture, bytes of its heavier trace."""

    steps: int
    marks: int
    bytes: int
    query: str

    def __str__(self):
        return f"{self.steps} steps, {self.marks} marks, {self.bytes:,} bytes: {self.query}"


def weigh(entry, query):
    """Run it, and weigh its traces in both layouts."""
    done = run(entry.cls, query)
    told = [trace(entry.slug, 1, done, layout) for layout in LAYOUTS]
    marks = max(
        most_marks(patches) for one in told for patches in zip(*(step["patch"] for step in one["steps"]), strict=True)
    )
    size = max(len(compact(one).encode()) for one in told)
    return Weight(len(done.steps), marks, size, print_query(entry.cls, query))


def most_marks(patches):
    """Marks of the fullest picture that these patches lead to, one after the other."""
    shown: set[str] = set()
    most = 0
    for patch in patches:
        for number, change in patch.items():
            (shown.discard if change is None else shown.add)(number)
        most = max(most, len(shown))
    return most


def corners(cls):
    """Values of all inputs at extreme places, fairly drawn from all combinations that the rules allow."""
    kinds = cls.inputs()
    every = list(itertools.islice(itertools.product(*(kind.corners() for kind in kinds.values())), 20_000))
    allowed = (dict(zip(kinds, values, strict=True)) for values in Rng(1).shuffled(every))
    return (values for values in allowed if not cls(values).rules())


def judge(weights):
    """The heaviest of each kind is printed, and compared with the limits."""
    for what, limit in (("steps", limits.STEPS), ("marks", MARKS_AIM), ("bytes", limits.TRACE)):
        worst = max(weights, key=lambda weight: getattr(weight, what))
        sys.stdout.write(f"most {what}: {worst}\n")
        assert getattr(worst, what) <= limit, f"more than {limit} {what}: {worst}"


@pytest.mark.asvs("15.2.2")
@each_miniature
def test_the_worst_runs_that_are_known_are_inside_the_limits(entry):
    known = {"default": "", **stored().get(entry.slug, {})}
    judge([weigh(entry, sound(entry, text)) for text in known.values()])


@each_miniature
def test_the_dearest_requests_that_are_known_are_still_read_and_answered(client, entry):
    """Some are dear and refused: it takes the run to see that there is nothing to ask about it."""
    for name, text in dearest(entry.slug).items():
        assert name in NAMES
        sound(entry, text.rpartition("?")[2])
        address = Asked(name, entry.slug, text).address
        assert client.get(address).status_code in (200, 404, 422), address


@each_miniature
def test_the_worst_corner_is_inside_the_limits(entry):
    """Inputs at the corners of their bounds, then actions without end."""
    verbs = list(entry.cls.actions().values())
    tried = sample(entry, list(itertools.islice(corners(entry.cls), CORNERS)), SAMPLED)
    judge([weigh(entry, busy(entry.cls, values, verbs, seed, limits.ACTIONS)) for seed, values in enumerate(tried)])


@each_whole
def test_each_input_alone_at_each_of_its_corners_is_inside_the_limits(entry):
    default = default_query(entry.cls).values()
    values = [
        default | {name: value}
        for name, kind in entry.cls.inputs().items()
        for value in kind.corners()
        if value != kind.default
    ]
    sound = [one for one in values if not entry.cls(one).rules()]
    judge([weigh(entry, Query(tuple(one.items()))) for one in sound])


@each_whole
def test_each_verb_and_pairs_of_verbs_without_end_are_inside_the_limits(entry):
    verbs = [[one] for one in entry.cls.actions().values()]
    pairs = [[one, other] for (one,), (other,) in itertools.combinations(verbs, 2)]
    verbs += Rng(1).shuffled(pairs)[:PAIRS]
    values = default_query(entry.cls).values()
    judge([weigh(entry, busy(entry.cls, values, some, seed, 40)) for seed, some in enumerate(verbs)])


@each_whole
def test_climbing_towards_more_finds_nothing_beyond_the_limits(entry):
    """Inputs at their defaults, at corners and in between, then one or two verbs, a few times or without end: it is
    short runs whose pictures are fullest. Hypothesis keeps what costs more, and changes that."""
    weights, verbs = [], list(entry.cls.actions().values())
    counts = st.one_of(st.integers(0, 8), st.just(limits.ACTIONS))

    @settings(max_examples=20, phases=[Phase.generate, Phase.target])
    @given(st.integers(0, 10**6), st.lists(st.sampled_from(verbs), min_size=1, max_size=2), counts)
    def climb(seed, chosen, count):
        weights.append(weigh(entry, busy(entry.cls, mixed(entry.cls, seed), chosen, seed, count)))
        for what in ("steps", "marks", "bytes"):
            target(getattr(weights[-1], what), label=what)

    climb()
    judge(weights)


def mixed(cls, seed):
    """Inputs of which some are at their defaults, some at corners, some anywhere."""
    rng = Rng(seed)
    values = {
        name: rng.choice([kind.default, rng.choice(kind.corners()), kind.draw(rng)])
        for name, kind in cls.inputs().items()
    }
    return default_query(cls).values() if cls(values).rules() else values


@each_miniature
def test_twice_the_actions_cost_at_most_2_2_times(entry):
    """Cost counts marks over all steps, not seconds. What comes later changes no step (test_runs.py), so one run
    tells what its beginnings cost."""
    verbs = list(entry.cls.actions().values())
    for seed in range(3):
        done = run(entry.cls, busy(entry.cls, default_query(entry.cls).values(), verbs, seed, 24))
        marks = [sum(len(picture.marks) for picture in step) for step in zip(*paint_all(done, NARROW), strict=True)]
        once, twice, four = (sum(marks[: done.starts.get(count, len(marks))]) for count in (6, 12, 24))
        assert twice <= 2.2 * once, (once, twice, four)
        assert four <= 2.2 * twice, (once, twice, four)

"""Two runs side by side: every step of both is shown, at the same moments, and rings say what differs."""

from itertools import pairwise

import pytest

from playground.asking.versus import Versus, others, versus
from playground.engine.beside import Beside, pair, together
from playground.engine.inputs import Choice, Flag
from playground.engine.query import Problem, parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.engine.trace import rebuild, state_of, trace
from playground.scenes.difference import Seen, around, ringed, things
from playground.scenes.paint import paint
from tests.engine.bells import Bells

BALANCING = entries()["load-balancing"].cls
RING = entries()["hash-ring"].cls


def ran(cls, text):
    return run(cls, parse(cls, text).query)


RUNS = {
    "instants": (BALANCING, "", "algorithm=least-connections"),
    "actions": (RING, "do=remove:cleo&do=add:eve:1", "points=8&do=remove:cleo&do=add:eve:1"),
    "one is longer": (RING, "keys=2", "keys=20"),
}


@pytest.mark.parametrize("name", RUNS)
def test_every_step_of_both_is_shown_and_none_goes_back(name):
    cls, left, right = RUNS[name]
    left, right = ran(cls, left), ran(cls, right)
    pairs = list(together(left.steps, right.steps))
    assert pairs[0] == (0, 0)
    assert pairs[-1] == (left.last, right.last)
    assert {one for one, _ in pairs} == set(range(left.last + 1))
    assert {other for _, other in pairs} == set(range(right.last + 1))
    assert all(before != after for before, after in pairwise(pairs))
    assert all(b[0] <= a[0] and b[1] <= a[1] for b, a in pairwise(pairs))


def test_where_time_passes_both_stand_where_they_stood_at_that_instant():
    left, right = (ran(BALANCING, text) for text in RUNS["instants"][1:])
    for here in together(left.steps, right.steps):
        now = max(left.steps[here[0]].clock, right.steps[here[1]].clock)
        for done, number in zip((left, right), here, strict=True):
            assert done.steps[number].clock <= now
            assert number == done.last or done.steps[number + 1].clock >= now


def test_where_none_passes_both_are_at_the_same_action():
    left, right = (ran(RING, text) for text in RUNS["actions"][1:])
    for one, other in together(left.steps, right.steps):
        assert abs(left.steps[one].act - right.steps[other].act) <= 1


def test_two_equal_runs_have_no_ring_and_one_narration():
    paired = pair(ran(RING, ""), ran(RING, ""), ("One", "Other"))
    for step in paired.steps:
        assert step.text.startswith("Both: ")
        painted = paint(step.scenes[0], "narrow", step.scenes[0].room())
        assert not [mark for mark in painted.marks if mark.key.startswith("differs:")]


def test_it_tells_what_has_just_happened_in_both_or_in_the_one_that_moved():
    left, right = ran(Bells, "rounds=1&do=say:hi&do=say:yes"), ran(Bells, "rounds=2&do=say:hi&do=say:no")
    assert [step.text for step in pair(left, right, ("L", "R")).steps] == [
        "Both: Silence.",
        "Both: Round 1.",
        "R: Round 2.",
        "Both: Somebody says hi.",
        "L: Somebody says yes. R: Somebody says no.",
    ]


def test_what_only_one_says_again_is_not_told_of_both():
    left, right = ran(Bells, "rounds=1&do=ring:A:1"), ran(Bells, "rounds=1&do=ring:A:2")
    assert left.steps[-1].clock < right.steps[-1].clock
    assert [step.text for step in pair(left, right, ("L", "R")).steps][-1].startswith("R: ")


def test_a_ring_stands_around_what_differs_and_nothing_else():
    paired = pair(ran(BALANCING, ""), ran(BALANCING, "algorithm=least-connections"), ("Left", "Right"))
    found = 0
    for step in paired.steps:
        left, _ = step.scenes
        assert isinstance(left, Beside)
        mine, other = (paint(scene, "narrow", left.room()) for scene in (left.scene, left.other))
        rings = {
            mark.key.removeprefix("differs:")
            for mark in ringed(Seen(mine), Seen(other)).marks
            if mark.tag == "rect" and mark.key.startswith("differs:")
        }
        differ = {key for key, parts in things(mine).items() if things(other).get(key) != parts and around(parts)}
        assert rings == differ or (not rings and len(differ) > 8)
        found += len(rings)
    assert found > 20


def test_the_table_has_a_row_for_each_thing_and_says_where_they_differ():
    paired = pair(ran(RING, "do=remove:cleo"), ran(RING, "points=8&do=remove:cleo"), ("Few", "Many"))
    words = paired.steps[-1].scenes[0].words()
    assert words.head[1:] == ("Few", "Many", "")
    for _, few, many, differs in words.rows:
        assert (differs == "≠") == (few != many)


def test_it_travels_as_any_run_does():
    paired = pair(ran(RING, "keys=3"), ran(RING, "keys=3&points=8"), ("Few", "Many"))
    told = trace("hash-ring", 1, paired, "narrow")
    for place in (0, 1):
        room = tuple(map(max, *(step.scenes[place].room() for step in paired.steps)))
        painted = [paint(step.scenes[place], "narrow", room) for step in paired.steps]
        assert rebuild(told, place) == [state_of(one) for one in painted]


@pytest.mark.parametrize("slug", entries())
def test_every_choice_of_every_model_can_stand_beside_its_default_run_or_says_why_not(slug):
    cls = entries()[slug].cls
    done = ran(cls, "")
    offered = list(others(cls, done.query))
    assert sum(len(values) for _, values in offered) == sum(
        len(kind.corners()) - 1 for kind in cls.inputs().values() if isinstance(kind, Choice | Flag)
    )
    for _, values in offered:
        found = versus(cls, done, values[-1].value)
        if isinstance(found, Problem):
            assert found.field == "vs"
            assert len(found.sentence) > 10
            continue
        assert isinstance(found, Versus)
        assert found.spelled == values[-1].value
        assert found.sentence.startswith("At the end: ")
        assert max(done.last, 1) <= found.run.last


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ("nonsense", "Write vs=input:value"),
        ("algorithm", "Write vs=input:value"),
        ("colour:red", "Write vs=input:value"),
        ("points:0", "0 is out of range"),
        ("points:x", "is not a whole number"),
        ("points:3", "Both runs would have"),
        (f"points:{'9' * 3000}", ""),
        ("nodes:", "0 names are out of range"),
    ],
)
def test_what_cannot_stand_beside_it_is_told(given, sentence):
    found = versus(RING, ran(RING, ""), given)
    assert isinstance(found, Problem)
    assert sentence in found.sentence


def test_an_action_that_only_the_other_run_refuses_is_told_with_its_name():
    found = versus(RING, ran(RING, "nodes=ada+bob+zoe&do=remove:zoe"), "nodes:ada bob")
    assert isinstance(found, Problem)
    assert "zoe" in found.sentence


@pytest.mark.parametrize(
    ("left", "right"), [("rounds=600", "rounds=2"), ("rounds=2", "rounds=600"), ("rounds=600", "rounds=601")]
)
def test_a_pair_is_cut_short_where_one_of_the_two_is_and_says_why(left, right):
    left, right = ran(Bells, left), ran(Bells, right)
    paired = pair(left, right, ("Left", "Right"))
    assert paired.stopped
    assert paired.stopped in (left.stopped, right.stopped)
    assert not pair(ran(Bells, "rounds=2"), ran(Bells, "rounds=3"), ("Left", "Right")).stopped

"""The trace: frame 0 and keyed patches, which a browser expands to states."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.patches import compact, state_of, union
from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import HOME, run
from playground.engine.trace import paint_all, picture, rebuild, trace
from playground.engine.walk import walk
from playground.scenes.marks import LAYOUTS, NARROW, WIDTH
from tests.engine.bells import Bells, Few

each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def traced(query, layout="narrow"):
    return trace("bells", 1, run(Bells, parse(Bells, query).query), layout)


def test_it_begins_with_its_format():
    assert compact(traced("rounds=0")).startswith(
        '{"format":1,"slug":"bells","version":1,"query":"rounds=0","layout":"narrow"'
    )


def test_a_small_trace_whole():
    told = traced("rounds=1&do=drop")
    assert told["pictures"] == [
        {
            "kind": "row",
            "width": 360,
            "height": 60,
            "marks": [["disc:r0", "g", -1], ["disc:r0/disc", "circle", 0], ["count", "text", -1]],
        }
    ]
    disc = {"0": {"aria-label": "r0", "transform": "translate(20 30)"}, "1": {"r": "9", "stroke-width": "2"}}
    label = {"": "0", "class": "t-label", "x": "10", "y": "10"}
    assert [step["patch"] for step in told["steps"]] == [
        [{"2": label}],
        [disc | {"2": {"": "1"}}],
        [{"0": None, "1": None, "2": {"": "0"}}],
    ]
    assert [step["say"] for step in told["steps"]] == ["Silence.", "Round 1.", "One less."]


def test_an_attribute_that_goes_is_told_as_null():
    patch = traced("rounds=2")["steps"][2]["patch"][0]
    assert {"stroke-width": None} in patch.values()


def test_a_step_without_change_has_an_empty_patch_and_does_not_repeat_the_state():
    step = traced("rounds=1&do=say:x")["steps"][2]
    assert step == {"say": "Somebody says x.", "at": 0, "act": 0, "line": step["line"], "patch": [{}]}


@each_layout
@given(seed=st.integers(0, 10**6))
def test_patches_rebuild_every_painted_state(layout, seed):
    done = run(Few, walk(Few, Rng(seed)))
    told = json.loads(compact(trace("bells", 1, done, layout)))
    for place, column in enumerate(paint_all(done, layout)):
        assert rebuild(told, place) == [state_of(painted) for painted in column]


@each_layout
def test_the_union_keeps_the_paint_order_of_every_step(layout):
    done = run(Bells, parse(Bells, "rounds=4&do=drop&do=drop&do=ring:A:3").query)
    for column in paint_all(done, layout):
        order = [mark.key for mark in union(column)]
        for painted in column:
            keys = {mark.key for mark in painted.marks}
            assert [key for key in order if key in keys] == [mark.key for mark in painted.marks]


def test_what_happens_after_a_step_changes_no_earlier_frame():
    short, long = traced("rounds=3"), traced("rounds=3&do=drop&do=drop&do=drop")
    assert [step.scenes for step in run(Bells, parse(Bells, "rounds=3&do=drop&do=drop").query).steps][:4] == [
        step.scenes for step in run(Bells, parse(Bells, "rounds=3").query).steps
    ]
    assert rebuild(short, 0) == rebuild(long, 0)[:4]


def test_equal_runs_have_equal_bytes():
    assert compact(traced("rounds=5&do=ring:B:3")) == compact(traced("do=ring:B:3&rounds=5"))


def test_a_step_names_the_line_that_narrates_it_and_the_first_and_the_last_of_a_cut_run_have_none():
    ring = entries()["hash-ring"].cls
    told = trace("hash-ring", 1, run(ring, parse(ring, "do=remove:cleo").query), "narrow")
    first, *later = [step["line"] for step in told["steps"]]
    assert first is None
    lines = [Path(HOME, told["files"][file]).read_text("utf-8").splitlines()[number - 1] for file, number in later]
    assert all("yield" in line or '"' in line for line in lines), lines
    assert traced("rounds=600")["steps"][-1]["line"] is None


@each_layout
def test_the_first_scene_is_drawn_as_asked_and_the_others_beside_or_under_it_are_narrow(layout):
    sql = entries()["sql-execution"].cls
    done = run(sql, parse(sql, "").query)
    widths = [WIDTH[layout], *[WIDTH[NARROW]] * (len(done.rooms) - 1)]
    assert len(widths) > 1
    assert [painted["width"] for painted in trace("sql-execution", 1, done, layout)["pictures"]] == widths
    assert [picture(done, done.last, place, layout).width for place in range(len(widths))] == widths

"""Every run of every miniature: the same bytes for the same URL, and patches that lead to what was painted."""

import dataclasses
import hashlib
import json
import subprocess
import sys
from functools import cache

import pytest

from playground.engine.patches import compact, state_of, union
from playground.engine.query import parse, print_query
from playground.engine.run import run
from playground.engine.trace import FORMAT, paint_all, rebuild, trace
from playground.scenes.marks import LAYOUTS, WIDTH
from tests.conftest import ROOT
from tests.contract.every import each_miniature, place, shown_runs, walked

# Hundreds of runs, over all miniatures: `make test` does them, `make check` does not.
pytestmark = pytest.mark.search

each_layout = pytest.mark.parametrize("layout", LAYOUTS)
WALKS = range(6)


def looked_at(entry):
    return shown_runs(entry) | {f"walk {seed}": walked(entry.cls, seed) for seed in WALKS}


@cache
def painted(entry, name, layout):
    return paint_all(looked_at(entry)[name], layout)


def traced(entry, query):
    """The traces of a query, both layouts, as bytes; the run is made anew."""
    done = run(entry.cls, parse(entry.cls, query).query)
    return "\n".join(compact(trace(entry.slug, 1, done, layout)) for layout in LAYOUTS).encode()


AGAIN = """
import hashlib, json, sys
from playground.drawn import symbols
from playground.engine.registry import entries
from tests.contract.test_runs import traced
symbols.hand_in()
for line in sys.stdin:
    slug, queries = json.loads(line)
    print(json.dumps([hashlib.sha256(traced(entries()[slug], query)).hexdigest() for query in queries]), flush=True)
"""


@pytest.fixture(scope="module")
def elsewhere():
    """Another process with another hash seed; it is asked for the digests of some queries' traces."""
    environ = {"PYTHONHASHSEED": "271828", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        [sys.executable, "-c", AGAIN], cwd=ROOT, env=environ, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        told, asked = process.stdout, process.stdin

        def ask(slug, queries):
            asked.write(json.dumps([slug, queries]) + "\n")
            asked.flush()
            return json.loads(told.readline())

        yield ask
        asked.close()


@each_miniature
def test_the_same_url_has_the_same_bytes_also_in_another_process_with_another_hash_seed(entry, elsewhere):
    queries = [print_query(entry.cls, done.query) for done in looked_at(entry).values()][-6:]
    here = [hashlib.sha256(traced(entry, query)).hexdigest() for query in queries]
    assert elsewhere(entry.slug, queries) == here, f"{place(entry)}: a set's order, the time or a random draw has a say"


@each_miniature
@each_layout
def test_patches_rebuild_what_was_painted_at_every_step(entry, layout):
    for name, done in looked_at(entry).items():
        told = json.loads(compact(trace(entry.slug, 1, done, layout)))
        assert told["format"] == FORMAT == 1
        for number, column in enumerate(painted(entry, name, layout)):
            assert rebuild(told, number) == [state_of(picture) for picture in column], name


@each_miniature
@each_layout
def test_tag_and_parent_of_a_mark_never_change_and_paint_order_is_one(entry, layout):
    for name in looked_at(entry):
        for column in painted(entry, name, layout):
            order = [mark.key for mark in union(column)]
            fixed = {mark.key: (mark.tag, mark.parent) for mark in union(column)}
            for picture in column:
                assert {mark.key: (mark.tag, mark.parent) for mark in picture.marks}.items() <= fixed.items(), name
                shown = {mark.key for mark in picture.marks}
                assert [key for key in order if key in shown] == [mark.key for mark in picture.marks], name


@each_miniature
@each_layout
def test_groups_are_one_level_deep_and_named(entry, layout):
    for name in looked_at(entry):
        for picture in (picture for column in painted(entry, name, layout) for picture in column):
            groups = {mark.key: dict(mark.attrs) for mark in picture.marks if mark.tag == "g"}
            assert all(attrs.get("aria-label") for attrs in groups.values()), name
            assert {mark.parent for mark in picture.marks} - {""} <= groups.keys(), name
            assert not [mark.key for mark in picture.marks if mark.tag == "g" and mark.parent], name


@each_miniature
@each_layout
def test_a_picture_has_one_size_all_through_a_run(entry, layout):
    for name in looked_at(entry):
        first, *others = painted(entry, name, layout)
        assert {picture.width for picture in first} == {WIDTH[layout]}, f"{name}: the large picture is not {layout}"
        for column in (first, *others):
            assert len({(picture.width, picture.height) for picture in column}) == 1, name


@each_miniature
def test_scenes_are_frozen_all_the_way_down(entry):
    for name, done in looked_at(entry).items():
        for step in done.steps:
            assert 1 <= len(step.scenes) <= 3, f"{place(entry)}: draw() gives one to three scenes"
            for scene in step.scenes:
                assert not loose(scene), (
                    f"{place(entry)}: draw() in the {name} holds a {loose(scene)}; use tuples and frozen dataclasses"
                )
                assert hash(scene) == hash(dataclasses.replace(scene))


def loose(value):
    """The first part of a value that could be changed later, by its type's name."""
    if value is None or type(value) in (str, int, bool):
        return ""
    if isinstance(value, tuple):
        return next((found for part in value if (found := loose(part))), "")
    if dataclasses.is_dataclass(value) and vars(type(value))["__dataclass_params__"].frozen:
        return loose(tuple(getattr(value, field.name) for field in dataclasses.fields(value)))
    return type(value).__name__


@each_miniature
def test_what_happens_later_changes_no_earlier_step(entry):
    for name, done in looked_at(entry).items():
        acts = done.query.acts
        if not acts or done.stopped or any(act.at is not None for act in acts):
            continue
        shorter = run(entry.cls, dataclasses.replace(done.query, acts=acts[:-1]))
        assert shorter.steps == done.steps[: len(shorter.steps)], name


@each_miniature
def test_every_step_has_words(entry):
    for name, done in looked_at(entry).items():
        for number, step in enumerate(done.steps):
            assert step.text.strip(), f"{place(entry)}: step {number} of the {name} says nothing"
            assert step.text == step.text.strip(), f"{place(entry)}: step {number} of the {name} has space around it"
            for scene in step.scenes:
                assert scene.words().sentence.endswith("."), f"{scene.kind}: words() opens with a sentence"
                assert scene.words().head
                for row in scene.words().rows:
                    assert all(isinstance(cell, str) for cell in row)


@each_miniature
def test_every_decision_names_a_thing_and_its_choice(entry):
    for name, done in looked_at(entry).items():
        for number, made in done.decisions():
            said = f"{place(entry)}: step {number} of the {name} says “{done.steps[number].text}”"
            assert made.thing, f"{said} and decides about nothing"
            assert made.choice, f"{said} and chooses nothing for {made.thing}; name it, such as nobody"


@each_miniature
def test_every_step_but_the_first_names_a_line_of_playground(entry):
    for name, done in looked_at(entry).items():
        narrated = done.steps[1:-1] if done.stopped else done.steps[1:]
        for step in narrated:
            assert step.line.file.startswith(("miniatures/", "machines/")), f"{name}: {step.line}"
            line = (ROOT / "playground" / step.line.file).read_text("utf-8").splitlines()[step.line.number - 1]
            assert "yield" in line, f"{name}: “{step.text}” stands at {line!r}"


@each_miniature
@each_layout
def test_a_failed_thing_carries_a_cross(entry, layout):
    found = 0
    for name in looked_at(entry):
        for picture in (picture for column in painted(entry, name, layout) for picture in column):
            marks = {mark.key: mark for mark in picture.marks}
            dashed = [
                key for key, mark in marks.items() if dict(mark.attrs).get("stroke") == "fail" and mark.tag == "circle"
            ]
            for key in dashed:
                cross = marks.get(f"{marks[key].parent}/cross")
                assert cross, f"{name}: {key} has failed and has no cross"
                assert dict(cross.attrs)["stroke"] == "fail"
            found += len(dashed)
    crossed = "something fails in a run that is looked at, and no picture shows it: draw it hollow, with a cross"
    fails = any("fail" in act.verb for done in looked_at(entry).values() for act in done.query.acts)
    assert found or not fails, f"{place(entry, 'shown.py')}: {crossed}"


@each_miniature
@each_layout
def test_a_step_that_is_about_one_thing_shows_where_to_look(entry, layout):
    """One thing has been decided (a count is no thing): then something wears brass."""
    for name, done in shown_runs(entry).items():
        for number, step in enumerate(done.steps):
            if len(step.decisions) != 1 or step.decisions[0].choice.isdigit():
                continue
            attrs = [value for mark in painted(entry, name, layout)[0][number].marks for value in mark.attrs]
            assert {("stroke", "brass-line"), ("fill", "brass-line")} & set(attrs), (
                f"{name}, step {number}: {step.text}"
            )

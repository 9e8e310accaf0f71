"""Every kind of picture, on a typical value, an empty one, a crowded one and long names, in both layouts."""

import importlib
import pkgutil
import re

import pytest

from playground import scenes
from playground.guide.samples import samples
from playground.guide.samples.topology import topology
from playground.scenes.marks import LAYOUTS, MARKS_AIM, WIDTH
from playground.scenes.paint import PAINTERS
from playground.scenes.paint import paint as painted
from playground.scenes.svg import inner
from playground.scenes.timeline import ARRIVING, CONNECT, HELD, UNSENT, WAITING
from playground.scenes.timeline.moments import SINGLY
from playground.scenes.topology import Topology
from playground.scenes.type import STYLES, width

SCENES = {f"{kind}, {name}": scene for kind, some in samples().items() for name, scene in some.items()}
each_scene = pytest.mark.parametrize("scene", SCENES.values(), ids=list(SCENES))
each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def paint(scene, layout):
    return painted(scene, layout, scene.room())


@each_scene
@each_layout
def test_it_stays_within_150_marks(scene, layout):
    assert len(paint(scene, layout).marks) <= MARKS_AIM


@each_scene
@each_layout
def test_equal_values_have_equal_bytes(scene, layout):
    twin = type(scene)(**vars(scene))
    assert twin == scene
    assert inner(paint(twin, layout)) == inner(paint(scene, layout))


@each_scene
@each_layout
def test_what_failed_carries_a_cross(scene, layout):
    marks = {mark.key: mark for mark in paint(scene, layout).marks}
    failed = [key for key, mark in marks.items() if dict(mark.attrs).get("aria-label", "").endswith("failed")]
    assert bool(failed) == any(server.state == "failed" for server in getattr(scene, "servers", ()))
    for key in failed:
        assert dict(marks[f"{key}/cross"].attrs)["stroke"] == "fail"
        assert "stroke-dasharray" in dict(marks[f"{key}/disc"].attrs)


@each_scene
@each_layout
def test_a_way_is_brass_from_end_to_end(scene, layout):
    brass = {mark.key for mark in paint(scene, layout).marks if "brass-line" in dict(mark.attrs).values()}
    assert ({"way", "way/head", "changed", "wedge"} <= brass) == bool(getattr(scene, "way", None))


@each_scene
@each_layout
def test_every_text_has_a_style_and_lies_within_the_frame(scene, layout):
    """By the table of widths; a browser measures it again. Texts in groups lie within their badge."""
    for mark in paint(scene, layout).marks:
        if mark.tag != "text" or mark.parent:
            continue
        attrs = dict(mark.attrs)
        assert attrs["style"] in STYLES
        room, x = width(mark.text, attrs["style"]), float(attrs["x"])
        left = {"start": x, "middle": x - room / 2, "end": x - room}[attrs.get("text-anchor", "start")]
        assert left >= 0, mark
        assert left + room <= WIDTH[layout], mark


@each_scene
@each_layout
def test_colours_are_roles(scene, layout):
    written = "".join(value for mark in paint(scene, layout).marks for _, value in mark.attrs)
    assert not re.search(r"#[0-9a-fA-F]{3}|rgb|url\(", written)


@each_scene
def test_it_says_itself_in_words(scene):
    words = scene.words()
    assert words.sentence.endswith(".")
    assert len({len(row) for row in words.rows}) <= 1


@each_scene
@each_layout
def test_a_moment_has_its_cross_where_it_names_a_lane(scene, layout):
    marks = {mark.key for mark in paint(scene, layout).marks}
    moments = getattr(scene, "moments", ())
    for one in moments:
        key = f"moment:{one.group}/{one.words}/{one.lane}" if len(moments) <= SINGLY else f"moments:{one.group}"
        assert key in marks
        assert (f"{key}/cross" in marks) == bool(one.lane)


@each_layout
def test_kinds_of_spans_are_told_apart_without_colour(layout):
    marks = {mark.key: dict(mark.attrs) for mark in paint(SCENES["timeline, typical"], layout).marks}
    drawn = [marks[f"legend/{kind}"] for kind in (CONNECT, WAITING, ARRIVING, HELD, UNSENT)]
    shapes = {
        (one["d"].count("M") > 2, one["d"].count("v"), one["stroke-width"], "stroke-dasharray" in one) for one in drawn
    }
    assert len(shapes) == 5


def request_marks(scene, layout="wide"):
    """The marks of requests by key."""
    return {mark.key: dict(mark.attrs) for mark in paint(scene, layout).marks if mark.key.startswith("request:")}


def test_what_waits_is_hollow_and_what_is_worked_on_is_solid():
    marks = request_marks(topology(["ada"], 1, 1, flying=[("ada", "answer", 500)]))
    assert marks["request:1/disc"]["fill"] == "data"
    assert (marks["request:2/disc"]["fill"], marks["request:2/disc"]["stroke"]) == ("sheet", "data")
    assert marks["request:3/answer"]["fill"] == "done"


@each_layout
def test_the_request_in_question_is_drawn_however_many_there_are(layout):
    crowded = samples()["topology"]["crowded"]
    assert isinstance(crowded, Topology)
    assert f"request:{crowded.current}" in request_marks(crowded, layout)
    assert "changed" in {mark.key for mark in paint(crowded, layout).marks}


@each_layout
def test_the_numbers_that_a_balancer_compared_are_whole(layout):
    """Eight servers with ranges of two digits: what decides is not cut."""
    crowded = samples()["topology"]["crowded"]
    assert isinstance(crowded, Topology)
    told = {mark.text for mark in paint(crowded, layout).marks if re.fullmatch("seen:.*/figure", mark.key)}
    assert told == {figure for _, figure in crowded.compared} == {"12–21", "−7"}


def test_every_kind_has_samples():
    for module in pkgutil.walk_packages(scenes.__path__, "playground.scenes."):
        importlib.import_module(module.name)
    kinds = {value.kind for value in PAINTERS if value.__module__.startswith("playground.scenes.")}
    assert set(samples()) == kinds


def test_every_kind_shows_a_typical_an_empty_and_a_crowded_value():
    for kind, some in samples().items():
        assert next(iter(some)) == "typical", kind
        assert {"empty", "crowded"} <= set(some), kind

"""The thread of a history runs downwards, through a point within every stretch of the order."""

import re

import pytest

from playground.guide.samples import samples
from playground.scenes.history import History, Painter
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint
from playground.scenes.reach import place_of
from playground.scenes.type import width


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_thread_runs_downwards_within_every_stretch(layout):
    scene = samples()["history"]["crowded"]
    assert isinstance(scene, History)
    painter = Painter(scene, layout, scene.room())
    painted = {mark.key: dict(mark.attrs) for mark in painter.paint().marks}
    heights = [float(y) for y in re.findall(r"[ML][\d.]+ ([\d.]+)", painted["thread"]["d"])]
    assert heights == sorted(set(heights))
    by_number = {one.number: one for one in scene.stretches}
    for y, number in zip(heights, scene.order, strict=True):
        assert painter.y(by_number[number].called) <= y < painter.y(by_number[number].answered)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_proof_is_drawn_in_the_colour_of_failure(layout):
    scene = samples()["history"]["no order"]
    painted = {mark.key: dict(mark.attrs) for mark in paint(scene, layout, scene.room()).marks}
    red = {key for key, attrs in painted.items() if attrs.get("stroke") == "fail"}
    assert red == {"op:1/bar", "op:3/bar"}
    assert "thread" not in painted


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("name", ["typical", "crowded", "long names"])
def test_no_line_runs_through_words(layout, name):
    """Under all words and numbers lies paper, over the thread and under what is written."""
    scene = samples()["history"][name]
    marks = paint(scene, layout, scene.room()).marks
    order = [mark.key for mark in marks]
    found = {mark.key: dict(mark.attrs) for mark in marks}
    backs = re.findall(r"M([\d.]+) ([\d.]+)h([\d.]+)v12", found["backs"]["d"])
    words = [mark for mark in marks if mark.key.endswith("/words") or mark.key.startswith("place/")]
    assert len(backs) == len(words) > 0
    assert all(order.index("backs") < order.index(mark.key) for mark in words)
    assert "thread" not in order or order.index("thread") < order.index("backs")
    for mark in words:
        x, y = place_of(found[mark.parent]) or (0, 0) if mark.parent else (0, 0)
        wide, attrs = width(mark.text, "tick"), found[mark.key]
        left = x + float(attrs["x"]) - (wide / 2 if "text-anchor" in attrs else 0)
        base = y + float(attrs["y"])
        under = [
            (float(at), float(top), float(long))
            for at, top, long in backs
            if float(at) <= left and float(top) <= base - 8 and base <= float(top) + 12
        ]
        assert any(at + long >= left + wide for at, _, long in under), mark.key

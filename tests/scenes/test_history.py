"""The thread of a history runs downwards, through a point within every stretch of the order."""

import re

import pytest

from playground.guide.samples import samples
from playground.scenes.history import History, Painter
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint


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

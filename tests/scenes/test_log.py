"""What is in view of a log."""

import pytest

from playground.guide.samples.log import log
from playground.scenes.log import LookUp
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint


def keys(scene, layout):
    return {mark.key for mark in paint(scene, layout, scene.room()).marks}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_newest_batches_are_in_view(layout):
    drawn = keys(log(40, 2, 95), layout)
    assert "batch:78" in drawn
    assert "batch:0" not in drawn
    assert {"tear", "next"} <= drawn


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("target", range(0, 80, 7))
def test_what_is_looked_for_is_in_view_and_ringed(layout, target):
    base = target - target % 2
    look = LookUp(target, max(base - 4, 0), tuple(range(max(base - 4, 0), base + 2, 2)), "find it")
    drawn = keys(log(40, 2, 95, look_up=look, changed=f"batch:{base}"), layout)
    assert {f"batch:{one}" for one in look.read} | {"changed"} <= drawn
    assert ("tear" in drawn) != ("batch:0" in drawn)
    assert ("tear/right" in drawn) != ("batch:78" in drawn)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_backlog_is_hollow_and_a_reader_who_is_done_has_none(layout):
    scene = log(10, 4, 129, readers=(("billing", 40), ("search", 13)))
    marks = {mark.key: dict(mark.attrs) for mark in paint(scene, layout, scene.room()).marks}
    assert marks["reader:search/lag"]["fill"] == "none"
    assert "reader:billing/lag" not in marks


def test_a_batch_on_disk_only_is_dashed():
    scene = log(4, 1, 78, state="cold")
    marks = {mark.key: dict(mark.attrs) for mark in paint(scene, "wide", scene.room()).marks}
    assert "stroke-dasharray" in marks["batch:1/box"]
    assert "stroke-dasharray" not in marks["batch:0/box"]

"""Peers and their cut: what still has a way, what is lost, which side stands where."""

import pytest

from playground.guide.samples.peers import peers
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint
from playground.scenes.peers.layout import Plan

each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def marks(scene, layout):
    return {mark.key: dict(mark.attrs) for mark in paint(scene, layout, scene.room()).marks}


@each_layout
def test_ways_across_the_cut_are_torn_and_the_others_whole(layout):
    drawn = marks(peers(5, "ab"), layout)
    # Five peers have twenty ways; two on one side and three on the other leave two and six.
    assert drawn["ways"]["d"].count("M") == 2 + 6
    assert drawn["torn"]["d"].count("M") == 12
    assert "cut" in drawn
    assert "cut" not in marks(peers(5), layout)


@each_layout
def test_what_is_lost_has_a_cross(layout):
    drawn = marks(peers(3, "c", flying=5), layout)
    lost = [key for key, attrs in drawn.items() if attrs.get("aria-label", "").endswith(", lost")]
    assert lost
    assert all(f"{key}/cross" in drawn for key in lost)


@each_layout
def test_the_two_banks_lie_on_two_sides_and_a_way_within_a_bank_stays_there(layout):
    plan = Plan(layout, (False, True, False, True), cut=True, count=4)
    middle = plan.shape.middle
    assert [across < middle for _, across in plan.at] == [False, True, False, True]
    for one, other, far in ((0, 2, False), (2, 0, False), (1, 3, True), (3, 1, True)):
        assert all((across < middle) == far for _, across in plan.arc(one, other))


@each_layout
def test_the_dead_have_no_ways(layout):
    assert marks(peers(3, dead="b"), layout)["ways"]["d"].count("M") == 2

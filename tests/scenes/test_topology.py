"""A picture of servers has room for the next one: those that are there stay where they are when it comes."""

from itertools import pairwise
from math import dist

import pytest

from playground.guide.samples.topology import topology
from playground.scenes.marks import LAYOUTS, NARROW, WIDE
from playground.scenes.paint import paint
from playground.scenes.topology.layout import MOST, ROOMY, places_for, rows

NAMES = [f"n{number}" for number in range(MOST)]


def marks_of(count: int, layout: str) -> dict[str, tuple[object, ...]]:
    """The marks of a picture of so many servers, of its balancer too, by their keys."""
    scene = topology(NAMES[:count], 0, 0, figures=False)
    return {mark.key: (mark.tag, mark.attrs, mark.text) for mark in paint(scene, layout, scene.room()).marks}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_where_one_comes_to_four_all_that_stands_there_stays_where_it_is(layout: str):
    before, after = marks_of(4, layout), marks_of(5, layout)
    assert set(before) - set(after) == {"room", "room/box", "room/words", "room/seen"}
    assert {key for key in before.keys() & after.keys() if before[key] != after[key]} == set()


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("count", [one for one in range(1, MOST) if one != ROOMY])
def test_no_server_leaves_its_place_for_another_one(count: int, layout: str):
    before, after = marks_of(count, layout), marks_of(count + 1, layout)
    servers = [f"server:{name}{part}" for name in NAMES[:count] for part in ("", "/box")]
    assert [before[key] for key in servers] == [after[key] for key in servers]


@pytest.mark.parametrize(("layout", "most"), [(WIDE, 420), (NARROW, 460)])
def test_five_are_drawn_roomily_in_a_picture_that_is_no_higher_than_a_screen_holds(layout: str, most: int):
    assert rows(layout, places_for(ROOMY))[1] <= most


def test_there_is_no_room_where_none_can_come():
    assert "room" not in marks_of(MOST, WIDE)
    assert "room" not in marks_of(ROOMY, WIDE)


@pytest.mark.parametrize("place", range(ROOMY))
def test_equal_parts_of_an_edge_are_equally_long(place: int):
    row = rows(WIDE, ROOMY)[0][place]
    points = [row.on_edge(part / 64) for part in range(65)]
    assert points[0] == row.edge[0]
    assert points[-1] == pytest.approx(row.edge[-1])
    legs = [dist(one, other) for one, other in pairwise(points)]
    assert max(legs) - min(legs) < 0.05

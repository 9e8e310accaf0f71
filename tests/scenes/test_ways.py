"""Two ways on a finished picture: each end ringed and named, mine dashed; nothing covers the other's words."""

import re

import pytest

from playground.guide.samples import samples
from playground.machines.ketama import Point
from playground.scenes.marks import BOX, LAYOUTS, NARROW, WIDE, Sheet
from playground.scenes.paint import paint
from playground.scenes.ring import Key, Ring, Server
from playground.scenes.table import Column, Grid, Row, Table
from playground.scenes.timeline import Group, Lane, Span, Timeline
from playground.scenes.ways import Way, ways


def picture(*places, tag="circle"):
    """A picture 360 wide and 200 high with a thing at each place, called a, b, c …"""
    sheet = Sheet("ring", NARROW, 200)
    for name, (x, y) in zip("abcdef", places, strict=False):
        key = sheet.group(f"thing:{name}", BOX, x, y, name, data_pick=name)
        if tag == "circle":
            sheet.add(f"{key}/disc", tag, BOX, parent=key, r=9)
        else:
            sheet.add(f"{key}/box", tag, BOX, parent=key, x=-40, y=-10, width=80, height=20)
    return sheet.done()


def found(drawn):
    return {mark.key: dict(mark.attrs) | {"text": mark.text} for mark in drawn.marks}


def box(attrs):
    x, y, width, height = (float(attrs[name]) for name in ("x", "y", "width", "height"))
    return x, y, x + width, y + height


def apart(one, other):
    return one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]


def test_both_ends_are_ringed_and_named_and_only_mine_is_dashed():
    marks = found(ways(picture((60, 100), (300, 100)), Way(("a",), "you: a"), Way(("b",), "b"), NARROW))
    assert marks["mine/words"]["text"] == "you: a"
    assert marks["machines/words"]["text"] == "b"
    assert (marks["mine"]["stroke"], marks["machines"]["stroke"]) == ("fail", "brass-line")
    assert "stroke-dasharray" in marks["mine"]
    assert "stroke-dasharray" not in marks["machines"]
    assert box(marks["mine"]) == (47, 87, 73, 113)


def test_a_right_answer_has_one_ring():
    marks = found(ways(picture((60, 100)), None, Way(("a",), "a"), NARROW))
    assert marks.keys() == {"machines", "machines/plate", "machines/words"}


def test_where_both_end_at_one_thing_the_machine_has_it():
    marks = found(ways(picture((60, 100)), Way(("a",), "you: a"), Way(("a",), "a"), NARROW))
    assert "mine" not in marks


def test_what_is_not_in_view_is_left_out_and_the_next_name_is_looked_for():
    marks = found(ways(picture((60, 100), (300, 100)), Way(("z",), "you: z"), Way(("z", "b"), "b"), NARROW))
    assert marks.keys() == {"machines", "machines/plate", "machines/words"}
    assert box(marks["machines"])[0] == 287


@pytest.mark.parametrize("tag", ["circle", "rect"])
@pytest.mark.parametrize("gap", [22, 30, 45])
def test_the_words_of_neighbours_cover_neither_ring_nor_words(tag, gap):
    for across, down in ((gap + 60 if tag == "rect" else gap, 0), (0, gap)):
        painted = picture((120, 90), (120 + across, 90 + down), tag=tag)
        marks = found(ways(painted, Way(("a",), "you: a"), Way(("b",), "b"), NARROW))
        mine, machines = box(marks["mine/plate"]), box(marks["machines/plate"])
        assert apart(mine, machines)
        assert apart(mine, box(marks["machines"]))
        assert apart(machines, box(marks["mine"]))


@pytest.mark.parametrize("place", [(4, 4), (356, 4), (4, 196), (356, 196)])
def test_words_stay_inside_the_picture(place):
    left, top, right, bottom = box(
        found(ways(picture(place), None, Way(("a",), "a rather long name"), NARROW))["machines/plate"]
    )
    assert (left >= 0, top >= 0, right <= 360, bottom <= 200) == (True,) * 4


@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_every_kind_of_picture_whatever_can_be_picked_can_be_ringed(layout):
    ringed = 0
    for kind in samples().values():
        for scene in kind.values():
            painted = paint(scene, layout, scene.room())
            for name in {dict(mark.attrs)["data-pick"] for mark in painted.marks if "data-pick" in dict(mark.attrs)}:
                assert "machines" in found(ways(painted, None, Way((name,), name), layout)), (painted.kind, name)
                ringed += 1
    assert ringed > 100


def lines(marks):
    return {key for key in marks if key.endswith("/line")}


def rows(second=None):
    grid = Grid("Users", (Column("user", 0, "name"),), (Row("ada", ("ada",)), Row("bob", ("bob",))))
    return paint(Table(grid, second), WIDE, Table(grid, second).room())


def test_in_a_table_the_row_that_is_asked_about_is_where_a_thread_begins():
    marks = found(ways(rows(), None, Way(("bob",), "bob"), WIDE, "row:ada"))
    _, start = marks["machines/line"]["d"][1:].split("H")[0].split()
    ada = next(dict(mark.attrs) for mark in rows().marks if mark.key == "row:ada")
    assert f" {start})" in ada["transform"]


def test_a_row_of_a_second_table_and_the_asked_row_itself_are_ringed_without_a_thread():
    entries = Grid("Words", (Column("word", 0),), (Row("x", ("letmein",)),))
    marks = found(ways(rows(entries), Way(("ada",), "you: ada"), Way(("letmein",), "letmein"), WIDE, "row:ada"))
    assert {"mine", "machines"} <= marks.keys()
    assert lines(marks) == set()


def test_in_a_timeline_without_a_moment_the_names_of_the_latest_lanes_are_ringed():
    lanes = (Lane("html", (Span("waiting", 0, 90_000),)), Lane("css", (Span("waiting", 0, 90_000),)))
    scene = Timeline((Group("one", "HTTP/2", "", lanes), Group("two", "HTTP/3", "", lanes)), last=90_000)
    painted = paint(scene, NARROW, scene.room())
    marks = found(ways(painted, Way(("html",), "you: html"), Way(("css",), "css"), NARROW))
    assert lines(marks) == set()
    named = {mark.key: float(dict(mark.attrs)["y"]) for mark in painted.marks if mark.key.endswith("/name")}
    for way, lane in (("mine", "html"), ("machines", "css")):
        _, top, _, bottom = box(marks[way])
        assert top < named[f"lane:two/{lane}/name"] < bottom


def test_in_a_ring_whose_key_is_not_in_view_both_ends_are_ringed_without_a_line():
    servers = (Server("ada", 0, "live", (9,), 1, 0), Server("bob", 1, "live", (2**31,), 0, 0))
    scene = Ring(servers, (), (Point(9, "ada"), Point(2**31, "bob")), (), "1", "key placed", "", "")
    marks = found(
        ways(paint(scene, WIDE, scene.room()), Way(("ada",), "you: ada"), Way(("bob",), "bob"), WIDE, "key:k")
    )
    assert {"mine", "machines"} <= marks.keys()
    assert lines(marks) == set()


@pytest.mark.parametrize(
    ("turn", "sweep"), [(0.01, ""), (0.25, "1"), (0.45, "1"), (0.55, "1"), (0.75, "0"), (0.99, "")]
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_in_a_ring_mine_goes_round_as_keys_do_unless_it_ends_just_before_the_key(turn, sweep, layout):
    """Seen by its arc: one that runs back has another sweep; what is near has none."""
    mine, right = round(turn * 2**32), round((turn + 0.3) % 1 * 2**32)
    servers = (Server("ada", 0, "live", (mine,), 0, 0), Server("bob", 1, "live", (right,), 1, 0))
    scene = Ring(servers, (Key("k", 0, "bob", ""),), (), (), "1", "key placed", "", "")
    painted = paint(scene, layout, scene.room())
    d = found(ways(painted, Way(("ada",), "you: ada"), Way(("bob",), "bob"), layout, "key:k"))["mine/line"]["d"]
    assert set(re.findall(r"A\S+ \S+ 0 [01] ([01]) ", d)) == set(sweep)

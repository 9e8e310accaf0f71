"""The poster of a timeline: groups that stand still, totals, what a loss cost, who waited, and the grip."""

import re
from dataclasses import replace
from functools import cache

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.rng import Rng
from playground.engine.run import run
from playground.engine.walk import walk
from playground.miniatures.communication.http_versions.fates import COUNTED, fate
from playground.miniatures.communication.http_versions.model import ALL
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint
from playground.scenes.timeline import ARRIVING
from tests.scenes.texts import misplaced

LOSS = "lost=4"
WALKS = 100
each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def machine():
    return entries()["http-versions"].cls


@cache
def done(text):
    parsed = parse(machine(), text)
    assert parsed.problems == []
    return run(machine(), parsed.query)


def room_of(ended):
    return tuple(map(max, zip(*(step.scenes[0].room() for step in ended.steps), strict=True)))


def marks(scene, layout, room=None):
    return {mark.key: mark for mark in paint(scene, layout, room or scene.room()).marks}


@each_layout
def test_no_two_texts_meet_and_none_leaves_the_sheet_over_a_hundred_random_runs(layout):
    for seed in range(WALKS):
        ended = run(machine(), walk(machine(), Rng(seed)))
        room = room_of(ended)
        for step in (ended.steps[-1], ended.steps[len(ended.steps) // 2]):
            assert misplaced(paint(step.scenes[0], layout, room), above=0.7, below=0) == [], (seed, ended.query)


@each_layout
def test_all_three_versions_have_their_place_from_the_first_step(layout):
    ended = done(LOSS)
    room = room_of(ended)
    names = ("group:load1", "group:load2", "group:load3")
    places = [
        {key: dict(found[key].attrs)["y"] for key in names} | {"axis": dict(found["axis"].attrs)["d"]}
        for step in ended.steps
        for found in [marks(step.scenes[0], layout, room)]
    ]
    assert all(place == places[0] for place in places)


@each_layout
def test_versions_that_lose_it_at_the_same_instant_share_one_line_and_others_have_their_own(layout):
    scene = done(LOSS).steps[-1].scenes[0]
    at = {moment.group: moment.at for moment in scene.moments}
    assert at["load1"] == at["load2"] != at["load3"]
    found = marks(scene, layout)
    lines = {
        moment.group: tuple(map(float, re.findall(r"[\d.]+", dict(found[key].attrs)["d"])))
        for moment in scene.moments
        for key in [f"moment:{moment.group}/{moment.words}/{moment.lane}"]
    }
    (x, _, end), (same, start, _), (other, _, _) = lines["load1"], lines["load2"], lines["load3"]
    assert (x, end) == (same, start)
    assert other < x


@pytest.mark.parametrize("lost", [1, 4, 15, 19])
def test_what_a_loss_cost_is_the_difference_to_the_same_run_without_it(lost):
    for group in done(f"lost={lost}").steps[-1].scenes[0].groups:
        version = {"HTTP/1.1": "version=1.1&", "HTTP/2": "version=2&", "HTTP/3": ""}[group.name]
        calm = done(f"{version}before=nothing").outcome["last"]["done_us"]
        assert group.otherwise == calm
        assert group.total == done(f"{version}before=nothing&lost={lost}").outcome["last"]["done_us"]


@each_layout
def test_a_loss_that_costs_nothing_says_so_in_the_colour_of_success(layout):
    scene = done("lost=15").steps[-1].scenes[0]
    groups = tuple(group._replace(otherwise=group.total) for group in scene.groups)
    scene = replace(scene, groups=groups)
    words = marks(scene, layout)["group:load2/cost/words"]
    assert (words.text, dict(words.attrs)["fill"]) == ("+0 ms", "done")


def test_without_a_loss_nothing_is_said_of_one():
    scene = done("").steps[-1].scenes[0]
    assert [(group.remark, group.otherwise) for group in scene.groups] == [("", None)] * 3
    assert not scene.moments


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("version=1.1&before=nothing&lost=4", "Only html is held back; five come later too."),
        ("version=2&before=nothing&lost=4", "All six are held back."),
        ("before=nothing&lost=4", "Only 1.png is held back; five come later too."),
        ("version=1.1-six&before=nothing&lost=4", "Only html is held back."),
        ("version=1.1&before=nothing&objects=1&lost=2", "html is held back."),
        ("version=2&before=nothing&objects=2&lost=1", "Both are held back."),
        ("before=nothing", ""),
    ],
)
def test_a_remark_is_made_of_what_happened(query, said):
    assert fate(done(query).model(machine()).loads[-1], ALL) == said


def test_a_remark_counts_those_that_were_held_back_and_those_that_came_later():
    """Over packets that are lost in turn, beside the same load without the loss."""
    for version in ("version=1.1&", "version=1.1-six&", "version=2&", ""):
        (calm,) = done(f"{version}before=nothing").model(machine()).loads
        for lost in ("1", "4", "10", "16", "19", "4+10", "4+30"):
            (one,) = done(f"{version}before=nothing&lost={lost}").model(machine()).loads
            held = {packet.thing for packet in one.load.packets if packet.lost}
            held |= {number for number, thing in enumerate(one.load.things) if thing.held}
            pairs = enumerate(zip(one.load.things, calm.load.things, strict=True))
            later = {number for number, (thing, before) in pairs if thing.done > before.done + 10_000} - held
            said = fate(one, ALL)
            assert said.startswith("Only ") == (len(held) == 1), said
            assert said.startswith("All six ") == (len(held) == 6), said
            assert ("later" in said) == bool(later), said
            assert not later or COUNTED[len(later)] in said, said


def test_a_remark_knows_of_no_loss_that_is_still_to_come():
    (one,) = done("version=2&before=nothing&lost=4+30").model(machine()).loads
    first, second = sorted(packet.arrives for packet in one.load.packets if packet.lost)
    assert fate(one, first - 1) == ""
    assert fate(one, first) == "Only 1.png is held back."
    assert fate(one, second) == "All six are held back."


def test_a_remark_does_not_come_before_what_it_tells():
    ended = done(LOSS)
    for step in ended.steps:
        for group in step.scenes[0].groups:
            assert not group.remark or any(moment.group == group.key for moment in step.scenes[0].moments)


@each_layout
def test_the_lost_packet_has_a_grip_and_every_bar_is_a_packet_that_can_be_taken(layout):
    scene = done(LOSS).steps[-1].scenes[0]
    found = marks(scene, layout)
    assert found["loss:4"].tag == "g"
    taken = [mark for key, mark in found.items() if key.startswith("packet:")]
    assert all(dict(mark.attrs)["aria-label"].startswith("packet ") for mark in taken)
    bars = [key for key in found if re.fullmatch(r"packet:\d+/load\d", key)]
    solid = [lane for group in scene.groups for lane in group.lanes if any(one.kind == ARRIVING for one in lane.spans)]
    assert sorted(bars) == sorted(lane.bar for lane in solid)
    assert len(bars) > 12


def test_another_packet_is_lost_instead_in_every_version():
    ended = done("lost=4&do=instead:4:9")
    scene = ended.steps[-1].scenes[0]
    assert {moment.words for moment in scene.moments} == {"packet 9 lost"}
    assert [group.key for group in scene.groups] == ["load1", "load2", "load3"]
    assert [group.total for group in scene.groups] == [
        group.total for group in done("lost=9").steps[-1].scenes[0].groups
    ]


def test_one_more_packet_is_lost_in_every_version():
    several = done("lost=4&do=lose:9").steps[-1].scenes[0].groups
    assert [group.total for group in several] == [group.total for group in done("lost=4+9").steps[-1].scenes[0].groups]


def test_what_is_not_lost_cannot_be_found_again():
    refusal = done("lost=4&do=instead:5:9").refusal
    assert refusal.field
    assert "Packet 5 is not lost." in str(refusal)


def test_what_was_loaded_before_a_packet_was_lost_is_not_shown_beside_what_was_loaded_after():
    ended = done("do=lose:7")
    for step in ended.steps[ended.starts[0] :]:
        groups = step.scenes[0].groups
        begun = [group for group in groups if not group.coming]
        assert begun
        assert all(group.otherwise for group in begun if group.total)
        assert [group.coming for group in groups] == sorted(group.coming for group in groups)

"""A pool: which pages of the disk were read is seen at a glance, and where the last one has come from."""

from dataclasses import replace

import pytest

from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run
from playground.guide.samples.tree import INDEX, SEQ
from playground.scenes.marks import LAYOUTS, NARROW, WIDE
from playground.scenes.paint import paint
from playground.scenes.pool import Disk, Frame, Pool
from playground.scenes.pool.places import BRICKS
from playground.scenes.tree import Tree

each_layout = pytest.mark.parametrize("layout", LAYOUTS)
PLANS = Tree("Two plans", SEQ + INDEX)


def pool(frames, hand, changed="", read=(), waiting=(), pages=173):
    held = tuple(int(page[1:]) for page, _ in frames if page)
    disks = Disk("t", "the table", pages, held, read, waiting), Disk("i", "the index", 30)
    return Pool("4 buffers", tuple(Frame(*one) for one in frames), hand, disks, "", changed, plan=PLANS)


def marks(scene, layout=WIDE, room=None):
    return {mark.key: (dict(mark.attrs), mark.text) for mark in paint(scene, layout, room or scene.room()).marks}


READ = pool([("t7", 1), ("t9", 1), ("", 0), ("", 0)], 2, "t9", (7, 9))


@each_layout
def test_a_page_that_has_come_from_disk_has_a_way_from_the_shelf(layout):
    found = marks(READ, layout)
    assert found["way"][0]["stroke"] == "brass-line"
    assert {"reader", "changed"} <= set(found)


@each_layout
@pytest.mark.parametrize(("frames", "changed"), [
    ([("t7", 2), ("t9", 1)], "t7"), ([("t7", 1), ("t9", 2)], "t9"), ([("t7", 1), ("t9", 1)], ""),
])  # fmt: skip
def test_one_that_was_in_memory_has_none(layout, frames, changed):
    found = marks(pool([*frames, ("", 0), ("", 0)], 2, changed, (7, 9)), layout)
    assert "way" not in found
    assert ("changed" in found) == ("reader" in found) == bool(changed)


@each_layout
def test_it_counts_what_was_asked_for(layout):
    told = {key: text for key, (_, text) in marks(READ, layout).items() if text}
    assert told["disk:t/read"] == "2"
    assert told["disk:t/name"].startswith("of 173 pages of the table")
    assert told["disk:i/name"] == "30 pages of the index"
    assert "171 not asked for" in str(READ.words().rows)


def test_the_scan_goes_as_far_as_its_pages_are_apart():
    near, far = (marks(replace(READ, changed=page))["reader"][0] for page in ("t8", "t160"))
    here = marks(READ)["reader"][0]
    assert near["y"] == here["y"] != far["y"]


@each_layout
@pytest.mark.parametrize("pages", [1, 16, 173, 345])
def test_all_bricks_lie_in_the_picture(layout, pages):
    scene = pool([("", 0)] * 4, 0, "", (), (), pages)
    scene = replace(scene, changed=f"t{pages - 1}")
    found = marks(scene, layout)["reader"][0]
    high = paint(scene, layout, scene.room()).height
    assert float(found["x"]) + float(found["width"]) <= (720 if layout == WIDE else 360)
    assert float(found["y"]) + float(found["height"]) < high
    assert BRICKS[-1][0] + 4 <= float(found["width"]) <= BRICKS[0][0] + 4


def test_a_narrow_picture_shows_the_sums_while_plans_are_made_and_the_pages_while_they_are_read():
    making, reading = replace(READ, planning=True, changed=""), READ
    room = tuple(max(pair) for pair in zip(making.room(), reading.room(), strict=True))
    made, read = marks(making, NARROW, room), marks(reading, NARROW, room)
    assert any(key.startswith("part:") for key in made)
    assert not any(key.startswith(("frame", "disk:")) for key in made)
    assert not any(key.startswith("part:") for key in read)
    assert {"frames", "disk:t/seen", "node:seq"} <= set(read)
    assert {key for key in made if key.startswith("disk:")} < set(marks(making, WIDE, room))


def test_the_plan_that_was_taken_has_a_spine_and_the_other_one_is_dotted():
    found = marks(READ)
    assert "node:seq/taken" in found
    assert "node:index/taken" not in found
    assert "stroke-dasharray" in found["node:index/box"][0]
    assert "stroke-dasharray" not in found["node:seq/box"][0]


def test_bars_of_what_a_plan_pays_for_have_one_scale_and_lie_between_name_and_figure():
    found = marks(READ)
    long = {key: found[f"bars:{key}"][0]["d"].split("M")[1:] for key in ("seq", "index")}
    lengths = [float(bar.partition("h")[2]) for bars in long.values() for bar in bars]
    assert lengths[0] == max(lengths)
    assert [round(one / lengths[0], 2) for one in lengths[1:]] == [0.58, 0.02, 0.04]


@each_layout
def test_what_a_statement_before_has_asked_for_is_not_said_to_be_untouched(layout):
    """Each statement counts anew; pages may have been asked for before, and have gone."""
    sql = entries()["sql-execution"].cls
    done = run(sql, parse(sql, "buffers=16&do=run:SELECT+*+FROM+orders+WHERE+id+%3D+7&step=0").query)
    told = " ".join(
        mark.text for step in done.steps for mark in paint(step.scenes[0], layout, step.scenes[0].room()).marks
    )
    heard = " ".join(map(str, (step.scenes[0].words() for step in done.steps)))
    assert "not asked for" in told
    assert "asked for in this run" in heard
    assert "touched" not in told + heard

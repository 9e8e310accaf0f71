"""Two ways as lines, over seeds: each begins at what is asked about and ends at what it is named after."""

from math import atan2, hypot, pi

import pytest

from playground.engine.registry import entries
from playground.scenes.reach import place_of, texts
from playground.scenes.ring.arcs import SIZE
from playground.scenes.ring.lane import BANDS, INSIDE
from playground.scenes.type import STYLES
from playground.scenes.ways import DRAWN as LINES
from playground.scenes.ways.curves import sampled
from playground.scenes.ways.ring import ASIDE
from tests.scenes.reviews import DRAWN, posed, reviews

EVERY = pytest.mark.parametrize(("slug", "name"), DRAWN)
WAYS = ("machines", "mine")


def first(d):
    """The place at which a path begins."""
    x, y = d[1:].replace("A", " ").replace("C", " ").replace("Q", " ").replace("L", " ").replace("H", " ").split()[:2]
    return float(x), float(y)


def tip(one, way):
    """The place to which the arrow of a way points."""
    return first(one.attrs(f"{way}/line/head")["d"])


def ends(one):
    return zip(WAYS, (one.right, one.wrong), strict=True)


def turn(band, place):
    return (atan2(place[1] - band.y, place[0] - band.x) / (2 * pi) + 0.25) % 1


@EVERY
def test_both_ways_are_lines_with_names_and_only_mine_is_dashed(slug, name):
    for one in reviews(slug, name):
        for way in WAYS:
            dashed = ["stroke-dasharray" in one.attrs(key) for key in (way, f"{way}/line")]
            assert dashed == [way == "mine"] * 2
            assert STYLES[one.attrs(f"{way}/words")["style"]][1] >= 11
        assert one.over["mine/words"].text == f"you: {one.wrong}"
        assert one.over["machines/words"].text == one.right


@EVERY
def test_names_lie_inside_the_picture_and_cover_neither_each_other_nor_an_end(slug, name):
    for one in reviews(slug, name):
        mine, machines = one.box("mine/plate"), one.box("machines/plate")
        assert mine.within(one.seen)
        assert machines.within(one.seen)
        assert not mine.meets(machines)
        assert not any(plate.meets(one.box(way)) for plate in (mine, machines) for way in WAYS)


@EVERY
def test_names_cover_no_text(slug, name):
    for one in reviews(slug, name):
        for way in WAYS:
            assert not [text for text in texts(one.seen) if one.box(f"{way}/plate").meets(text)], (way, one.wrong)


def test_in_a_ring_both_begin_at_the_key_and_end_at_a_point_of_their_server():
    for one in reviews("hash-ring", "who-answers"):
        band, key = BANDS[one.layout], one.thing(one.asked)
        for way, name in ends(one):
            x, y = first(one.attrs(f"{way}/line")["d"])
            assert hypot(x - key.x, y - key.y) == pytest.approx(9, abs=0.2)
            points = next(server.points for server in one.scene.servers if server.name == name)
            x, y = tip(one, way)
            assert hypot(x - band.x, y - band.y) == pytest.approx(band.r - 9, abs=0.2)
            assert min(abs(turn(band, (x, y)) - point / SIZE) for point in points) < 0.001


def test_in_a_ring_the_machines_way_ends_where_the_model_says():
    for one in reviews("hash-ring", "who-answers"):
        assert turn(BANDS[one.layout], tip(one, "machines")) == pytest.approx(one.scene.way.point / SIZE, abs=0.001)


def test_in_a_ring_no_way_runs_through_the_figure_in_the_middle():
    for one in reviews("hash-ring", "who-answers"):
        band = BANDS[one.layout]
        inner = band.r - INSIDE[one.layout] - ASIDE
        for key in ("figure", "caption"):
            text = one.thing(key)
            assert hypot(text.across - 5, abs(text.y - band.y) + 6) < inner, key


@pytest.mark.parametrize("name", ["who-is-next", "slow-share"])
def test_in_a_topology_both_follow_the_edge_of_their_server_and_strike_no_number(name):
    for one in reviews("load-balancing", name):
        requests = [place_of(dict(mark.attrs)) for mark in one.seen.marks if mark.key.startswith("request:")]
        for way, server in ends(one):
            edge = sampled(one.mark(f"edge:{server}")["d"])
            line = sampled(one.attrs(f"{way}/line")["d"])
            assert line[0] == pytest.approx(edge[0], abs=0.1)
            assert tip(one, way) == pytest.approx(edge[-1], abs=0.1)
            box = one.thing(f"server:{server}")
            assert tip(one, way)[1] == pytest.approx(box.y, abs=0.6)
            assert 0 < box.x - box.across - tip(one, way)[0] < 130
            for place in filter(None, requests):
                assert all(hypot(x - place[0], y - place[1]) > 14 for x, y in line[1:-1])


def test_in_a_table_both_are_threads_from_the_title_to_their_row():
    for one in reviews("password-storage", "who-is-read-first"):
        title = one.thing("rows/title")
        for way, row in ends(one):
            assert first(one.attrs(f"{way}/line")["d"]) == pytest.approx((title.x - title.across, title.y), abs=0.1)
            assert tip(one, way)[1] == pytest.approx(one.thing(f"row:{row}").y, abs=0.6)


def test_in_a_table_the_threads_do_not_cross():
    for one in reviews("password-storage", "who-is-read-first"):
        lowest = {way: max(y for _, y in sampled(one.attrs(f"{way}/line")["d"])) for way in WAYS}
        margin = {way: min(x for x, _ in sampled(one.attrs(f"{way}/line")["d"])) for way in WAYS}
        farther = max(WAYS, key=lowest.__getitem__)
        assert margin[farther] == min(margin.values())
        assert len(set(margin.values())) == 2


def test_in_a_timeline_both_come_out_of_the_loss_and_end_in_their_lane_of_the_latest_load():
    for one in reviews("http-versions", "who-is-last"):
        group = one.scene.groups[-1].key
        crosses = [dict(mark.attrs)["d"] for mark in one.seen.marks if mark.key.endswith("/cross")]
        middles = [tuple(sum(side) / 4 for side in zip(*sampled(d), strict=True)) for d in crosses]
        for way, lane in ends(one):
            x, y = first(one.attrs(f"{way}/line")["d"])
            assert any(hypot(x - at, y - down) == pytest.approx(7, abs=0.2) for at, down in middles)
            name = one.mark(f"lane:{group}/{lane}/name")
            assert tip(one, way)[1] == pytest.approx(float(name["y"]) - 4, abs=0.3)
            ring = one.box(way)
            assert ring.y == pytest.approx(float(name["y"]) - 4, abs=0.3)


@pytest.mark.parametrize(("slug", "name"), [one for one in DRAWN if one[0] != "hash-ring"])
def test_lines_run_through_no_text(slug, name):
    for one in reviews(slug, name):
        for way in WAYS:
            line = sampled(one.attrs(f"{way}/line")["d"])
            assert not [text for text in texts(one.seen) for x, y in line if text.holds(x, y)], (way, one.wrong)


def test_whatever_is_picked_in_such_a_picture_is_looked_at_here():
    found = {
        (slug, one.name) for slug, entry in entries().items() for one in entry.questions
        if one.form == "pick" and posed(slug, one.name, 1)[0].steps[-1].scenes[0].kind in LINES
    }  # fmt: skip
    assert found == set(DRAWN) - {("load-balancing", "slow-share")}

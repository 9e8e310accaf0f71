"""Peers and their tear: who stands where, what still has a way, what is lost, and what each client was told."""

import re
from random import Random

import pytest

from playground.guide.samples.peers import LONG, SHORT, peers, seats
from playground.scenes.marks import LAYOUTS, WIDE
from playground.scenes.paint import paint
from playground.scenes.peers import Message, Peer, Peers, Switch
from playground.scenes.peers.layout import Plan, point
from playground.scenes.peers.painter import when
from tests.scenes.texts import marks, misplaced, place

each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def drawn(seed):
    """Any number of machines and clients, at rest or waiting or answered, whole or torn anywhere."""
    draw = Random(seed)  # noqa: S311 - the same pictures every time
    count = draw.choice((3, 4, 5))
    names = "abcde"[:count]
    aside = set(draw.sample(names, draw.randint(0, count // 2)))
    some = tuple(
        Peer(name, str(draw.randint(0, 16)), draw.choice(("leads, term 12", "follows a", "no leader", "empty", "")),
             draw.random() > 0.1, name in aside, draw.choice((-1, 7, 999, 12_345, 234_567)))
        for name in names
    )  # fmt: skip
    where = "".join(draw.choice(names) for _ in range(draw.randint(0, 4)))
    flying = tuple(
        Message(at + 1, one, other, draw.choice(("16", "?", "ok", "lead?")), draw.randint(0, 1000))
        for at in range(12)
        for one, other in [draw.sample(names, 2)]
    )
    lost = tuple(one._replace(lost=(one.sender in aside) != (one.receiver in aside)) for one in flying)
    rule = "a write needs 2 of 3, a read 2 of 3"
    switch = draw.choice((None, Switch("mode", SHORT, "lww"), Switch("mode", LONG, "leader")))
    sides = ("may decide", "may write")
    against = ("ann", "cat") if len(where) > 2 else None
    return Peers("The nodes", some, lost, bool(aside), "a", seats(where), rule, sides, against, True, switch)


@each_layout
@pytest.mark.parametrize("half", [0, 1])
def test_no_two_texts_meet_and_none_leaves_the_sheet(layout, half):
    for seed in range(60 * half, 60 * half + 60):
        scene = drawn(seed)
        assert misplaced(paint(scene, layout, scene.room())) == [], seed


@each_layout
def test_every_client_stands_at_the_machine_that_it_asks(layout):
    """Wide above it, narrow at its left; of several at one, who pressed last stands next to it."""
    for seed in range(60):
        scene = drawn(seed)
        found = marks(scene, layout)
        for seat in scene.seats:
            x, y = place(found[f"client:{seat.client}"])
            nearest = min(
                (place(found[f"node:{one.name}"]) for one in scene.peers),
                key=lambda node: abs(node[0] - x) if layout == WIDE else abs(node[1] - y) if y <= node[1] else 1e9,
            )
            assert nearest == place(found[f"node:{seat.at}"]), (seed, seat)


@each_layout
def test_only_what_was_pressed_is_filled_and_only_who_pressed_has_a_line(layout):
    found = marks(peers(4, at="abcd"), layout)
    filled = {key for key, attrs in found.items() if key.endswith("/button") and attrs["fill"] == "ink"}
    pressed = ("ann/write", "ben/read", "cat/read", "dan/write")
    assert filled == {f"client:{one}/button" for one in pressed}
    scene = peers(3, at="abc")
    idle = scene.seats[0]._replace(pressed="", state="")
    quiet = marks(Peers("The nodes", scene.peers, seats=(idle,)), layout)
    assert "asks:ann" not in quiet
    assert not any(attrs["fill"] == "ink" for key, attrs in quiet.items() if key.endswith("/button"))


@each_layout
def test_no_answer_is_hollow_and_crossed_and_none_yet_is_hollow(layout):
    found = marks(peers(4, at="abcd"), layout)
    assert "answer:ann/hollow" not in found
    assert "answer:ben/hollow" in found
    assert "answer:ben/cross" not in found
    assert {"answer:dan/hollow", "answer:dan/cross"} <= found.keys()


@each_layout
def test_a_contradiction_has_the_only_ring(layout):
    found = marks(peers(3, "c", at="abc"), layout)
    assert "against" in found
    assert (found["changed"]["width"], found["changed"]["height"]) == ("29", "29")
    assert "against" not in marks(peers(3, "c", at="ab"), layout)


@each_layout
def test_what_stands_in_one_line_only_is_not_contradicted_in_the_picture(layout):
    """Both answers must be there to be joined."""
    scene = peers(3, "c", at="abc")
    together = tuple(one._replace(at="a") for one in scene.seats)
    crowded = Peers("The nodes", scene.peers, (), True, "a", together, against=("ann", "cat"))
    assert "against" not in marks(crowded, layout)
    assert float(marks(crowded, layout)["changed"]["width"]) > 100


@each_layout
def test_ways_across_the_cut_are_torn_and_the_others_whole(layout):
    drawn = marks(peers(5, "ab"), layout)
    # Five peers have twenty ways; two on one side and three on the other leave two and six.
    assert drawn["ways"]["d"].count("M") == 2 + 6
    assert drawn["torn"]["d"].count("M") == 12
    assert "cut" in drawn
    assert "cut" not in marks(peers(5), layout)


@each_layout
def test_what_is_lost_has_a_cross_and_lies_in_the_tear(layout):
    scene = peers(3, "c", flying=5)
    drawn = marks(scene, layout)
    lost = [key for key, attrs in drawn.items() if attrs.get("aria-label", "").endswith(", lost")]
    assert lost
    assert all(f"{key}/cross" in drawn for key in lost)
    plan = Plan(layout, scene.row(), scene.tear(), (3, 0))
    for key in lost:
        along = place(drawn[key])[0 if layout == WIDE else 1]
        assert along == pytest.approx(plan.tear, abs=0.1)


@each_layout
def test_a_way_that_is_torn_has_the_tear_in_its_middle(layout):
    """There what travels stops, however far it would have had to go."""
    plan = Plan(layout, (0, 1, 2, 3, 4), 2, (5, 1))
    for one, other in plan.pairs:
        if plan.parted(one, other):
            half = plan.to_tear(plan.curve(one, other))
            assert point(half, 1)[0] == pytest.approx(plan.tear, abs=0.01)
            d = plan.travelled[one, other]
            assert d.count("C") == 2
            assert d.startswith(f"M{plan.spelled(half[0])}C")
            assert d.endswith(f" {plan.spelled(half[0])}")


@pytest.mark.parametrize(
    ("aside", "row", "tear"), [("c", "abc", 2), ("a", "abc", 1), ("b", "acb", 2), ("bd", "acebd", 3), ("", "abc", 0)]
)
def test_machines_stand_so_that_one_tear_parts_them(aside, row, tear):
    scene = peers(len(row), aside)
    assert "".join(scene.peers[at].name for at in scene.row()) == row
    assert scene.tear() == tear


@each_layout
def test_it_may_be_cut_elsewhere_where_somebody_can(layout):
    """Every other gap is a place, named by the smaller of the two groups that it would part."""
    places = {key for key in marks(peers(5, "de", at="a"), layout) if key.startswith("gap:") and "/" not in key}
    assert places == {"gap:a", "gap:ab", "gap:e"}
    assert not any(key.startswith("gap:") for key in marks(peers(5, "de"), layout))


@each_layout
def test_the_dead_have_no_ways(layout):
    assert marks(peers(3, dead="b"), layout)["ways"]["d"].count("M") == 2


@pytest.mark.parametrize(
    ("ms", "told"),
    [(0, "0 ms"), (999, "999 ms"), (1000, "1.00 s"), (9_994, "9.99 s"), (12_340, "12.3 s"), (99_960, "100 s")],
)
def test_a_time_has_six_signs_at_most(ms, told):
    assert when(ms) == told


def field(found, value):
    """Width and height of a side of the switch."""
    return [float(one) for one in re.findall(r"[HV]([\d.]+)", found[f"mode:{value}/box"]["d"])[:2]]


@each_layout
@pytest.mark.parametrize("at", ["leader", "primary"])
def test_the_side_of_a_switch_that_is_on_is_told_by_its_disc_and_its_field(layout, at):
    """Not by colour alone: a disc that is a hole in a filled field, a ring in an outline."""
    scene = Peers("The nodes", peers(3).peers, rule="2 of 3 must agree first", switch=Switch("mode", LONG, at))
    found = marks(scene, layout)
    for value, name in LONG:
        key, on = f"mode:{value}", value == at
        assert found[key]["aria-label"] == name
        assert found[f"{key}/box"]["fill"] == ("ink" if on else "sheet")
        # The field goes round with the clock and the disc against it, which makes it a hole.
        assert re.fullmatch(r"M0 0H[\d.]+V[\d.]+H0Z(M\S+ \S+)(a\d \d 0 1 0 -?\d+ 0){2}Z", found[f"{key}/box"]["d"])
        assert found[f"{key}/name"]["fill"] == ("sheet" if on else "ink")
        assert field(found, value)[1] >= 26


def test_a_switch_stands_where_it_stood_whichever_side_is_on():
    """Who presses it presses the same place to come back."""
    for layout in LAYOUTS:
        places = [
            [(place(found[f"mode:{value}"]), field(found, value)) for value, _ in LONG]
            for at, _ in LONG
            for found in [marks(Peers("The nodes", peers(3).peers, switch=Switch("mode", LONG, at)), layout)]
        ]
        assert places[0] == places[1]


@pytest.mark.parametrize("names", [SHORT, LONG])
def test_on_a_phone_a_switch_takes_two_lines_short_names_with_the_words_below_or_long_ones(names):
    scene = peers(3, at="abc")
    switched = Peers("The nodes", scene.peers, seats=scene.seats, rule="so it is", switch=Switch("mode", names, "lww"))
    found = marks(switched, "narrow")
    bottom = 8 + field(found, names[0][0])[1]
    assert place(found["client:ann"])[1] >= bottom + 8
    assert ("title" in found) == (names is SHORT)
    if names is SHORT:
        assert bottom + 10 < float(found["title"]["y"]) < place(found["client:ann"])[1] - 8
    plain = paint(Peers("The nodes", scene.peers, seats=scene.seats), "narrow", scene.room())
    assert paint(switched, "narrow", scene.room()).height - plain.height <= 28


@each_layout
def test_what_a_dead_machine_held_is_lost_and_no_clock_tells_of_when(layout):
    found = marks(peers(3, dead="a"), layout)
    assert {"node:b/clock", "node:b/written"} <= found.keys()
    assert not {"node:a/clock", "node:a/written", "node:a/of"} & found.keys()

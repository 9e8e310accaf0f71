"""Codes: how long one lives, what is taken now, where both clocks point, what is on its way and what came of it."""

import re
from random import Random

import pytest

from playground.guide.samples.codes import NOW, NUMBERS, OWN, codes
from playground.scenes.codes import (
    OLD,
    OPEN,
    OUTSIDE,
    SHUT,
    USED,
    Account,
    Codes,
    Compared,
    Device,
    Sent,
    Slot,
    Verdict,
    Verifier,
)
from playground.scenes.codes.device import PIECES
from playground.scenes.codes.layout import places
from playground.scenes.codes.value import STATES, at, grouped
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint
from tests.scenes.texts import marks, misplaced, place

each_layout = pytest.mark.parametrize("layout", LAYOUTS)


def words_in(scene, layout):
    return {mark.key: mark.text for mark in paint(scene, layout, scene.room()).marks if mark.tag == "text"}


def drawn(seed):
    """Any drift and second, any slots, with or without something sent, compared and judged."""
    draw = Random(seed)  # noqa: S311 - the same pictures every time
    now, period, long = draw.randint(1000, 20_000_000_000), draw.choice((30, 60)), draw.choice((6, 8))
    own = now // period
    slots = tuple(
        Slot(own + far, f"{draw.randrange(10**long):0{long}d}", draw.choice((OPEN, OUTSIDE, USED, OLD, SHUT)))
        for far in range(-2, 3)
    )
    limit = draw.randint(0, 20)
    account = Account("ada’s account", draw.choice((0, 3, 20, 1_234_567)), limit, draw.random() > 0.7,
                      draw.choice(("", "the attacker")))  # fmt: skip
    device = Device("phone", now + draw.randint(-120, 120), f"{draw.randrange(10**long):0{long}d}")
    ways = [("phone", "server"), ("attacker", "server"), ("phone", "attacker"), ("server", "phone")]
    text = draw.choice((device.code, "999,997 guesses", "refused", "wwwwwwwwwwww"))
    sent = tuple(Sent(9, text, *draw.choice(ways), "other", draw.random() > 0.5) for _ in range(draw.randint(0, 1)))
    words = draw.choice(
        ("accepted, and used up", "refused: it is used up", "not compared: locked", "would be accepted")
    )
    verdict = Verdict(words, draw.random() > 0.5) if draw.random() > 0.5 else None
    compared = Compared(own + draw.randint(-2, 2), draw.random() > 0.5) if draw.random() > 0.5 else None
    changed = draw.choice(("device", "clocks", "account", "sent", "rival", f"slot:{own}", ""))
    return Codes(period, device, Verifier("server", now, slots, account), "attacker", sent, verdict, compared, changed)


@each_layout
@pytest.mark.parametrize("half", [0, 1])
def test_no_two_texts_meet_and_none_leaves_the_sheet(layout, half):
    for seed in range(60 * half, 60 * half + 60):
        scene = drawn(seed)
        assert misplaced(paint(scene, layout, scene.room())) == [], seed


@each_layout
def test_the_ring_ends_where_the_period_does_and_always_has_as_many_arcs(layout):
    """As many, so that it moves from one step to the next and does not jump."""
    ring = places(layout).ring
    for second, gone in ((0, 0.0), (15, 0.5), (29, 29 / 30)):
        d = marks(codes(0, now=30 * OWN + second), layout)["lane:phone/left"]["d"]
        assert d.count("A") == PIECES
        numbers = [float(one) for one in re.findall(r"-?\d+(?:\.\d+)?", d)]
        assert numbers[:2] == pytest.approx(ring.at(gone), abs=0.1)
        assert numbers[-2:] == pytest.approx(ring.at(1), abs=0.1)


@each_layout
def test_how_long_the_code_lives_is_written_too(layout):
    told = words_in(codes(), layout)
    assert (told["lane:phone/seconds"], told["lane:phone/of"]) == ("8 s left", "of 30")
    assert told["lane:phone/step"] == f"step {OWN - 1}"
    assert told["lane:phone/code"] == grouped(NUMBERS[1])
    assert "8 s left of 30" in codes().words().sentence


@each_layout
@pytest.mark.parametrize(("drift", "slot"), [(-20, 1), (0, 2), (17, 2), (18, 3), (40, 3), (-41, 1), (-43, 0)])
def test_each_clock_points_into_its_own_step(layout, drift, slot):
    found = marks(codes(drift), layout)
    box = places(layout).slots
    own, theirs = (place(found[f"value:clock/{name}"])[0] for name in ("server", "phone"))
    pitch = box.wide / 5
    assert int((own - box.x) / pitch) == 2
    assert int((theirs - box.x) / pitch) == slot
    assert ("apart" in found) == bool(drift)


@each_layout
def test_a_clock_beyond_the_slots_points_to_their_end(layout):
    box = places(layout).slots
    for drift, edge in ((120, box.right), (-120, box.x)):
        x = place(marks(codes(drift), layout)["value:clock/phone"])[0]
        assert x == pytest.approx(edge, abs=3)


@each_layout
def test_a_used_code_is_struck_and_what_is_not_taken_is_dotted(layout):
    found = marks(codes(states=(OUTSIDE, OLD, USED, OPEN, SHUT)), layout)
    keys = [f"slot:{OWN + far}" for far in range(-2, 3)]
    assert [f"{key}/struck" in found for key in keys] == [False, True, True, False, False]
    assert ["stroke-dasharray" in found[f"{key}/box"] for key in keys] == [True, True, True, False, True]
    told = words_in(codes(states=(OUTSIDE, OLD, USED, OPEN, SHUT)), layout)
    assert [told[f"{key}/words"] for key in keys] == ["not taken", "too old", "used up", "1 later", "shut"]


@each_layout
def test_a_slot_keeps_its_key_when_time_goes_on(layout):
    """So it moves one place, and is not another one."""
    before, after = (marks(codes(now=NOW + later), layout) for later in (0, 30))
    key = f"slot:{OWN}"
    assert place(before[key])[0] - place(after[key])[0] == pytest.approx(places(layout).slots.wide / 5, abs=0.1)


@each_layout
def test_a_code_goes_from_its_sender_into_the_field(layout):
    one, spots = Sent(7, "980357", "phone", "server"), places(layout)
    assert place(marks(codes(sent=(one,)), layout)["sent:7"]) == spots.sends.at
    assert place(marks(codes(sent=(one._replace(here=True),)), layout)["sent:7"]) == spots.field.middle
    rival = one._replace(sender="attacker", pen="other")
    assert place(marks(codes(sent=(rival,)), layout)["sent:7"]) == spots.rival_sends.at
    assert place(marks(codes(sent=(one._replace(receiver="attacker"),)), layout)["sent:7"]) == spots.fooled.at


@each_layout
@pytest.mark.parametrize("equal", [True, False])
def test_what_is_compared_is_joined_by_a_sign(layout, equal):
    scene = codes(compared=Compared(OWN, equal))
    assert words_in(scene, layout)["compares/word"] == ("=" if equal else "≠")
    assert "compares" not in marks(codes(), layout)
    assert ("compared with step 41152263", "equal" if equal else "not equal") in scene.words().rows


@each_layout
def test_a_verdict_has_a_sign_beside_its_colour(layout):
    good, bad = (marks(codes(verdict=Verdict("so", good)), layout)["verdict/sign"]["d"] for good in (True, False))
    assert good != bad


@each_layout
def test_a_locked_account_has_a_shut_padlock_with_a_cross(layout):
    free, locked = (marks(codes(wrong=wrong, limit=5), layout) for wrong in (4, 5))
    assert free["account/lock"]["d"] != locked["account/lock"]["d"]
    assert ("account/cross" in free, "account/cross" in locked) == (False, True)
    # A pip for each wrong code that is allowed.
    assert (free["account/wrong"]["d"].count("M"), free["account/free"]["d"].count("M")) == (4, 1)
    assert "account/free" not in locked
    assert not {"account/free", "account/wrong"} & marks(codes(wrong=3, limit=0), layout).keys()


@each_layout
@pytest.mark.parametrize("changed", ["device", "clocks", "account", "sent", "rival", f"slot:{OWN}"])
def test_what_has_changed_wears_the_only_brass(layout, changed):
    found = marks(codes(sent=(Sent(7, "980357", "phone", "server"),), changed=changed), layout)
    assert [key for key, attrs in found.items() if "brass-line" in attrs.values()] == ["changed"]


@each_layout
def test_without_a_secret_there_is_no_code_and_no_slot(layout):
    scene = Codes(30, Device("phone", NOW), Verifier("server", NOW), "attacker")
    found = marks(scene, layout)
    assert not [key for key in found if key.startswith(("slot:", "value:", "account", "lane:phone/left"))]
    assert scene.blank()
    assert scene.words().sentence == "Phone and server share no secret yet."


def test_every_state_of_a_slot_is_told_in_words():
    rows = {row[0]: row[1] for row in codes(states=(OUTSIDE, OLD, USED, OPEN, SHUT)).words().rows}
    told = [rows[f"step {OWN + far}"].partition(", ")[2] for far in range(-2, 3)]
    assert told == [STATES[state] for state in (OUTSIDE, OLD, USED, OPEN, SHUT)]


@pytest.mark.parametrize(("clock", "told"), [(0, "00:00:00"), (1_234_567_890, "23:31:30"), (86_399, "23:59:59")])
def test_a_clock_tells_the_time_of_day(clock, told):
    assert at(clock) == told


@pytest.mark.parametrize(
    ("code", "told"), [("980357", "980 357"), ("07081804", "0708 1804"), ("accepted", "accepted"), ("2t", "2t")]
)
def test_a_code_is_read_in_two_groups(code, told):
    assert grouped(code) == told

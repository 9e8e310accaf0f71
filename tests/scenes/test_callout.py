"""What a question is about: ringed as it is shaped, with a question mark that covers nothing that is to be read."""

import pytest

from playground.scenes.callout import callout
from playground.scenes.marks import BOX, NARROW, Sheet
from playground.scenes.reach import reach, texts


def picture(x=180, y=100):
    """A box, a disc and a text, and a key that has been moved to its place."""
    sheet = Sheet("ring", NARROW, 200)
    group = sheet.group("box", BOX, x, y, "box")
    sheet.add("box/box", "rect", BOX, parent=group, width=60, height=20)
    sheet.add("disc", "circle", BOX, cx=x, cy=y, r=5)
    sheet.label("text", x, y, "COPY", "label")
    sheet.add("key", "circle", BOX, transform=f"translate({x} {y})", r=4)
    return sheet.done()


def drawn(seen, key, words=""):
    return {mark.key: dict(mark.attrs) | {"text": mark.text} for mark in callout(seen, key, words, NARROW).marks}


@pytest.mark.parametrize("key", ["box", "disc", "text", "key"])
def test_a_thing_of_any_shape_is_ringed_in_brass(key):
    seen = picture()
    ring, around = drawn(seen, key)["asked"], reach(seen, key)
    assert around
    assert ring["stroke"] == "brass-line"
    assert float(ring["width"]) == pytest.approx(2 * around.across, abs=0.1)
    assert float(ring["x"]) == pytest.approx(around.x - around.across, abs=0.1)
    assert float(ring["y"]) == pytest.approx(around.y - around.down, abs=0.1)


def test_what_wears_its_name_has_the_question_mark_alone():
    assert drawn(picture(), "box")["asked/name"]["text"] == "?"
    assert drawn(picture(), "key", "user:9")["asked/name"]["text"] == "user:9 ?"


@pytest.mark.parametrize("key", ["", "elsewhere"])
def test_what_is_not_in_view_is_not_pointed_at(key):
    assert drawn(picture(), key) == {}


@pytest.mark.parametrize("near", [(0, 28), (0, -20), (30, 4), (-30, 4)])
@pytest.mark.parametrize("words", ["", "user:9"])
def test_the_name_keeps_off_what_is_to_be_read(near, words):
    sheet = Sheet("ring", NARROW, 200)
    sheet.add("key", "circle", BOX, transform="translate(180 100)", r=4)
    sheet.label("near", 180 + near[0], 100 + near[1], "near", "label", text_anchor="middle")
    seen = sheet.done()
    (name,) = texts(callout(seen, "key", words, NARROW))
    (other,) = texts(seen)
    assert not name.meets(other)


@pytest.mark.parametrize("place", [(12, 12), (348, 12), (12, 188), (348, 188)])
def test_the_name_stays_inside_the_picture(place):
    seen = picture(*place)
    (name,) = texts(callout(seen, "disc", "a rather long name", NARROW))
    assert name.within(seen)

"""The card of a state: its picture as large as there is room for, in the middle, and its words below."""

from xml.etree.ElementTree import Element, fromstring

import pytest

from playground.asking.request import ask
from playground.drawn.card import HEIGHT, LINES, MARGIN, ROOM, SIGNS, TOP, WIDTH, card
from playground.engine.registry import entries

SVG = "{http://www.w3.org/2000/svg}"


def drawn(slug: str, query: str = "") -> Element:
    return fromstring(card(ask(entries()[slug], query), "light"))  # noqa: S314 - our own


@pytest.mark.parametrize("slug", entries())
def test_the_picture_is_whole_in_the_middle_and_as_large_as_fits(slug: str):
    picture = drawn(slug, entries()[slug].scenarios[0].query).find(f"{SVG}svg")
    assert picture is not None
    x, y, wide, high = (float(picture.attrib[name]) for name in ("x", "y", "width", "height"))
    _, _, own_wide, own_high = map(float, picture.attrib["viewBox"].split())
    assert wide / own_wide == pytest.approx(high / own_high, rel=0.01)
    assert wide == pytest.approx(WIDTH - 2 * MARGIN) or high == pytest.approx(ROOM)
    assert x == pytest.approx(WIDTH - x - wide, abs=0.2)
    assert y - TOP == pytest.approx(TOP + ROOM - y - high, abs=0.2)
    assert x >= MARGIN - 0.1
    assert y >= TOP - 0.1


@pytest.mark.parametrize("slug", entries())
def test_the_words_stand_on_lines_below_the_picture_and_inside_the_card(slug: str):
    told = [one for one in drawn(slug).findall(f"{SVG}text") if one.attrib.get("font-size") == "28"]
    assert 1 <= len(told) <= LINES
    assert all(len(one.text or "") <= SIGNS for one in told)
    lines = [float(one.attrib["y"]) for one in told]
    assert lines == sorted(set(lines))
    assert TOP + ROOM < lines[0] <= lines[-1] < HEIGHT


def test_a_long_narration_has_two_lines():
    asked = ask(entries()["hash-ring"], "")
    longest = max(range(len(asked.run.steps)), key=lambda step: len(asked.run.steps[step].text))
    assert len(asked.run.steps[longest].text) > SIGNS
    told = [one for one in drawn("hash-ring", f"step={longest}").findall(f"{SVG}text") if "28" in one.attrib.values()]
    assert len(told) == 2


def test_a_step_beyond_the_last_one_is_the_last():
    assert card(ask(entries()["hash-ring"], "step=499"), "dark") == card(
        ask(entries()["hash-ring"], f"step={ask(entries()['hash-ring'], '').run.last}"), "dark"
    )

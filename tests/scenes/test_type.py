"""Text is measured and shortened without a browser."""

import pytest

from playground.scenes.type import STYLES, end_cut, middle_cut, width


@pytest.mark.parametrize("style", STYLES)
def test_no_text_is_smaller_than_11_units(style):
    _, size = STYLES[style]
    assert size >= 11


def test_a_name_is_shortened_in_the_middle_and_a_value_at_its_end():
    assert middle_cut("checkout-service-7f", "name", 100) == "check…ce-7f"
    assert end_cut("0571749e2ab4", "value", 60) == "0571749…"
    assert middle_cut("ada", "name", 100) == "ada"


@pytest.mark.parametrize("cut", [middle_cut, end_cut])
@pytest.mark.parametrize("room", range(10, 200, 7))
def test_what_is_shortened_fits(cut, room):
    short = cut("node-number-0017.eu-west", "label", room)
    assert width(short, "label") <= room
    assert short == "…" or short[0] == "n"


def test_wide_characters_take_more_room():
    assert width("日本", "label") > width("ab", "label")

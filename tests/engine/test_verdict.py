"""What is typed or picked, read and judged."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.questions import Option, Parting
from playground.engine.verdict import LONGEST, SPACES, Unreadable, Verdict, read_value, verdict

WHOLES = (Option("1250"), Option("40", "it is halved", Parting(3, "keys", "1250", "40"), "Halves"))


@dataclass(frozen=True)
class Asks:
    """A question of which nothing matters but how it is answered."""

    form: str = "number"
    options: tuple[Option, ...] = WHOLES
    right: str = "1250"
    tolerance: int = 0
    picks: tuple[str, ...] = field(default=())


MONEY = Asks(options=(Option("1,250.50"), Option("−12.00", "it is owed", None, "Owed")), right="1,250.50")
CHOICE = Asks("choice", (Option("both MACs"), Option("1,250", "it is copied", None, "Copied")), "both MACs")
PICK = Asks("pick", (Option("ada"), Option("bob", "it is next", None, "Next")), "ada", picks=("bob", "cleo", "ada"))


@pytest.mark.parametrize(
    "typed",
    ["1250", " 1250 ", "1,250", "1’250", "1'250", "1 250", "1\u00a0250", "1\u2009250", "1\u202f250", "+1250", "01250"],
)
def test_a_number_may_be_typed_as_people_write_numbers(typed):
    assert read_value(Asks(), typed) == "1250"


@pytest.mark.parametrize(
    "typed", ["", " ", "1250 ms", "about 40", "1.5", "1,25", "12,50", "1,250 000", "1e3", "0x10", "--4", "4-", "½", "²"]
)
def test_what_is_no_whole_number_is_told_how_to_write_one(typed):
    with pytest.raises(Unreadable, match=re.escape("Write a whole number, such as 1,250.")):
        read_value(Asks(), typed)


def test_a_number_that_is_too_long_is_not_read():
    assert read_value(Asks(), "7" * LONGEST) == "7" * LONGEST
    with pytest.raises(Unreadable, match="too long for a number"):
        read_value(Asks(), "7" * (LONGEST + 1))


@given(st.integers(-(10**12), 10**12), st.sampled_from(f",'’{SPACES}"), st.booleans())
def test_every_whole_number_is_read_in_whatever_groups(number, between, plus):
    typed = f"{number:,}".replace(",", between)
    assert read_value(Asks(options=(Option("x"),)), f"+{typed}" if plus and number >= 0 else typed) == str(number)


def said(asks, text):
    """How it is read, or the sentence that refuses it."""
    try:
        return read_value(asks, text), ""
    except Unreadable as why:
        return "", str(why)


@given(st.text(max_size=60))
def test_whatever_is_typed_is_read_once_and_for_all_or_refused_in_a_sentence(typed):
    for asks in (Asks(), MONEY, CHOICE, PICK):
        value, refused = said(asks, typed)
        assert bool(value) != bool(refused)
        if refused:
            assert re.fullmatch(r"[A-Z“].*\.", refused, re.DOTALL)
        else:
            assert said(asks, value) == (value, "")


@pytest.mark.parametrize(
    ("typed", "value"),
    [("1250.50", "1,250.50"), ("1,250.5", "1,250.50"), ("-12", "−12.00"), ("−12.00", "−12.00"), ("7", "7.00")],
)
def test_an_amount_is_read_with_its_decimals_and_spelled_as_the_machine_does(typed, value):
    assert read_value(MONEY, typed) == value


def test_an_amount_with_more_decimals_is_told_how_many_there_are():
    with pytest.raises(Unreadable, match=re.escape("Write a number with 2 decimals, such as 1,250.00.")):
        read_value(MONEY, "12.345")


def test_a_choice_is_one_of_the_options_as_it_stands():
    assert read_value(CHOICE, " both MACs ") == "both MACs"
    assert read_value(CHOICE, "1,250") == "1,250"
    with pytest.raises(Unreadable, match="“1250” is not one of the answers"):
        read_value(CHOICE, "1250")
    with pytest.raises(Unreadable, match="Choose one of the answers"):
        read_value(CHOICE, "")


def test_whatever_can_be_picked_is_an_answer():
    assert read_value(PICK, "cleo") == "cleo"
    assert verdict(PICK, "cleo") == Verdict(right=False, option=None, parting=None)
    with pytest.raises(Unreadable, match="Nothing in the picture is called “zoe”"):
        read_value(PICK, "zoe")


def test_the_option_that_was_said_explains_the_verdict():
    right, wrong = WHOLES
    assert verdict(Asks(), "1250") == Verdict(right=True, option=right, parting=None)
    assert verdict(Asks(), "40") == Verdict(right=False, option=wrong, parting=wrong.parting)
    assert verdict(Asks(), "41") == Verdict(right=False, option=None, parting=None)


@pytest.mark.parametrize(
    ("value", "right", "model"),
    [("97", True, ""), ("103", True, ""), ("104", False, "Near"), ("107", False, "Near"), ("110", False, None)],
)
def test_within_the_tolerance_a_number_is_as_good_as_the_option(value, right, model):
    asks = Asks(options=(Option("105", "it is near", None, "Near"), Option("100")), right="100", tolerance=3)
    judged = verdict(asks, value)
    assert judged.right is right
    assert (judged.option.model if judged.option else None) == model


def test_an_option_itself_stands_for_itself_also_within_reach_of_the_right_one():
    asks = Asks(options=(Option("101", "it is near", None, "Near"), Option("100")), right="100", tolerance=3)
    assert not verdict(asks, "101").right

"""Names where a sign divides, and names for which there is little room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.inputs import Names
from playground.engine.inputs.names import NAME
from playground.scenes.names import escaped, told_apart, unescaped
from playground.scenes.shapes import initials
from playground.scenes.type import width

NAMES = st.text("ab01_.:/-", min_size=1, max_size=64)


@given(text=st.text())
def test_whatever_is_escaped_comes_back_and_holds_no_sign_that_divides(text):
    assert unescaped(escaped(text)) == text
    assert not {":", "/"} & set(escaped(text))


@given(name=st.from_regex("[A-Za-z0-9_.-]{1,16}", fullmatch=True))
def test_a_name_of_before_is_written_as_it_was(name):
    assert escaped(name) == unescaped(name) == name
    assert NAME.fullmatch(name)


@pytest.mark.parametrize(("text", "name"), [("a~3ab", "a:b"), ("~", "~"), ("~4A~3", "~4A~3"), ("~7E3A", "~3A")])
def test_a_tilde_that_begins_no_escape_stands_for_itself(text, name):
    assert unescaped(text) == name


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("ada", "bob"), ("ada", "bob")),
        (("10.0.16.69:11211", "10.0.16.70:11211"), ("…16.69…", "…16.70…")),
        (("cache-eu-west-1a-01", "cache-eu-west-1a-02"), ("cac…-01", "cac…-02")),
        (("us-east/a", "us-east/b", "us-west/a"), ("…east/a", "…east/b", "…west/a")),
    ],
)
def test_the_part_in_which_names_differ_is_kept(names, shown):
    assert tuple(told_apart(names, "name", 68).values()) == shown


@given(names=st.lists(NAMES, min_size=2, max_size=16, unique=True), room=st.sampled_from((48, 68, 74, 160)))
def test_a_shortened_name_is_never_wider_than_its_room(names, room):
    assert all(width(shown, "name") <= room for shown in told_apart(tuple(names), "name", room).values())


@pytest.mark.parametrize("room", [48, 68, 74])
def test_sixteen_of_the_longest_names_are_told_apart(room):
    names = tuple(one.name for one in Names("A", most=16).corners()[-1])
    assert {len(name) for name in names} == {64}
    assert len(set(told_apart(names, "name", room).values())) == 16
    assert len(set(initials(names).values())) == 16


@pytest.mark.parametrize(
    ("names", "letters"),
    [
        (("ada", "bob"), ("A", "B")),
        (("10.0.16.69:11211", "10.0.16.70:11211"), ("69", "70")),
        (tuple(f"cache-{number:02d}" for number in range(1, 13)), tuple(f"{number:02d}" for number in range(1, 13))),
    ],
)
def test_the_letters_of_a_badge_are_those_that_differ(names, letters):
    assert tuple(initials(names).values()) == letters

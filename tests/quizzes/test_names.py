"""Names that people type, codes and ids."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.forms import JoinForm
from quizzes.names import CODE, SIGNS, fold, new_code, new_id, read_code, tidy


def test_a_name_is_shown_composed_and_without_spaces_around():
    assert tidy("  Jose\u0301   Maria ") == "José Maria"


@pytest.mark.parametrize("other", ["ANA", " ana ", "Ａｎａ", "ana\u00a0"])
def test_names_that_look_alike_are_one(other):
    assert fold(other) == fold("Ana")


def test_names_that_differ_are_two():
    assert len({fold("Ana"), fold("Anna"), fold("Åna"), fold("")}) == 4


@given(st.text(max_size=60))
def test_comparing_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)
    assert tidy(tidy(text)) == tidy(text)


def test_codes_have_no_signs_that_are_mistaken_for_others():
    assert len(SIGNS) == 31
    assert not set(SIGNS) & set("01OIL")
    assert all(len(new_code()) == CODE and set(new_code()) <= set(SIGNS) for _ in range(50))


@pytest.mark.parametrize("typed", ["abcd-efgh", " ABCD EFGH ", "AbCdEfGh", "abcd–efgh\n", "ＡＢＣＤＥＦＧＨ"])
def test_a_code_is_read_however_it_was_written_down(typed):
    assert read_code(typed) == "ABCDEFGH"


def test_what_is_too_long_is_not_cut_to_a_code():
    assert len(read_code("A" * 500)) == CODE + 1


def test_ids_stand_in_an_address_and_are_never_the_same():
    ids = {new_id() for _ in range(500)}
    assert len(ids) == 500
    assert all(len(one) == 22 and one.replace("-", "a").replace("_", "a").isalnum() for one in ids)
    # One with a dash before it would be an option of a command.
    assert not any(one.startswith("-") for one in ids)


@pytest.mark.parametrize("name", ["Ana", "😀", "می‌نا", "👩‍🚀", "李", "O’Hara 2", "7"])
def test_what_is_a_name(name):
    assert JoinForm({"name": name}).is_valid()


@pytest.mark.parametrize("name", ["", " ", "\u3164", "\u200d\u200d", "a\u202eb", "\0", "...", "a" * 61])
def test_what_is_none(name):
    assert not JoinForm({"name": name}).is_valid()

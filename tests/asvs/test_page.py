"""SECURITY.md says what the markers and the table say, and these leave nothing out."""

import re
from collections import Counter

import pytest

from playground.engine import limits
from playground.engine.turns import PATIENCE
from quizzes import throttle
from tests.asvs.marks import marked, marks
from tests.asvs.page import AGAIN, PAGE, faults, page
from tests.asvs.standard import ITEMS, Item, Standard, Unsaid, read
from tests.conftest import ROOT

OF_LEVEL_1 = {1: 8, 2: 4, 3: 8, 4: 2, 5: 4, 6: 13, 7: 6, 8: 4, 9: 4, 10: 5, 11: 3, 12: 3, 13: 1, 14: 2, 15: 3}
"""Chapter of the standard (5.0.0) → its requirements of level 1; chapters 16 and 17 have none."""


@pytest.fixture
def standard() -> Standard:
    return read(ITEMS.read_text("utf-8"))


def test_it_is_what_the_markers_and_the_table_say():
    assert PAGE.read_text("utf-8") == page(), AGAIN


@pytest.mark.asvs("15.1.1", "15.1.3")
def test_it_says_how_soon_versions_are_renewed_and_what_is_dear():
    """What is dear, as the limits are, and not as somebody has typed them once."""
    told = PAGE.read_text("utf-8")
    assert "at least every 92 days" in told
    assert f"at most {limits.STEPS} steps and {limits.ACTIONS} actions" in told
    assert f"waits for {PATIENCE:.0f} seconds at most" in told


@pytest.mark.asvs("6.1.1", "8.1.1")
def test_it_says_who_may_what_and_how_guessing_is_slowed_down():
    told = PAGE.read_text("utf-8")
    assert "begins with one of the ten functions" in told
    assert f"{throttle.PASSWORDS_OF.most} for an account" in told
    assert f"{throttle.CODES.most} from an address" in told


def test_every_item_has_a_test_or_a_reason_and_every_marker_an_item(standard: Standard):
    assert faults(standard, marks(ROOT / "tests")) == []


def test_no_item_of_level_1_is_left_out(standard: Standard):
    assert Counter(int(item.number.partition(".")[0]) for item in standard.level1) == OF_LEVEL_1


def test_items_stand_in_the_order_of_the_standard(standard: Standard):
    for items in (standard.level1, standard.level2):
        numbers = [tuple(map(int, item.number.split("."))) for item in items]
        assert numbers == sorted(set(numbers))


def test_every_test_that_is_named_exists():
    named = re.findall(r"`([\w/]+\.py)::(\w+)`", PAGE.read_text("utf-8"))
    assert len(named) > 80
    for file, name in named:
        assert re.search(rf"^def {name}\(", (ROOT / "tests" / file).read_text("utf-8"), re.MULTILINE), name


SMALL = Standard(
    {"boats": "There are no boats."},
    [
        Item("1.1.1", "Tea."),
        Item("1.1.2", "Cups.", "in-part", "No saucers."),
        Item("1.1.3", "Oars.", "absent", "boats"),
    ],
    [Item("2.1.1", "Milk.", "not-met", "There is none.")],
)
SOUND = {"1.1.1": ["tests/a.py::test_tea"], "1.1.2": ["tests/a.py::test_cups"], "boats": ["tests/a.py::test_land"]}


def test_what_fits_together_has_no_fault():
    assert faults(SMALL, SOUND) == []


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"1.1.1": []}, "1.1.1 has no test: mark one, or say in items.toml why there is none."),
        ({"1.1.2": []}, "1.1.2 has no test: mark one, or say in items.toml why there is none."),
        ({"1.1.3": ["a.py::test_a"]}, "1.1.3 is not applicable and yet held by a.py::test_a: say which of the two."),
        ({"2.1.1": ["a.py::test_milk"]}, "2.1.1 is not met and yet held by a.py::test_milk: say which of the two."),
        ({"9.9.9": ["a.py::test_tea"]}, "a.py::test_tea is marked with '9.9.9', which items.toml does not know."),
        ({"boats": []}, "Nothing tests that there are no boats."),
    ],
)  # fmt: skip
def test_what_does_not_is_told(changed: dict[str, list[str]], sentence: str):
    assert faults(SMALL, SOUND | changed) == [sentence]


LINE = "[absent]\nboats = 'x'\n[level1]\n'1.1.3' = { asks = 'Oars.', absent = 'boats' }\n'1.1.1' = { %s }\n[level2]\n"


@pytest.mark.parametrize(
    "row",
    ["", "absent = 'boats'", "asks = 'Tea.', why = 'x'", "asks = 'Tea.', in-part = ''", "asks = '', in-part = 'x'",
     "asks = 'Tea.', in-part = 'x', not-met = 'x'", "asks = 'Tea.', absent = 'trains'"],
)  # fmt: skip
def test_a_row_that_says_too_little_or_too_much_is_refused(row: str):
    assert read(LINE % "asks = 'Tea.'").level1[1] == Item("1.1.1", "Tea.")
    with pytest.raises(Unsaid):
        read(LINE % row)


MARK = "@pytest.mark." + "asvs"


def test_a_marker_says_items_of_its_test():
    found = list(marked(f"{MARK}('1.1.1', 'boats')\n@other\ndef test_a(): ...\n\ndef test_b(): ..."))
    assert found == [("1.1.1", "test_a"), ("boats", "test_a")]


@pytest.mark.parametrize(
    "text",
    [
        f"{MARK}('1')\ndef helper(): ...", f"class A:\n    {MARK}('1')\n    def test_a(): ...",
        f"{MARK}\ndef test_a(): ...", f"{MARK}(NAME)\ndef test_a(): ...", f"pytestmark = {MARK[1:]}('1')",
    ],
)  # fmt: skip
def test_one_that_stands_elsewhere_or_does_not_say_them_as_they_are_is_refused(text: str):
    with pytest.raises(ValueError, match=r"stands above a test|malformed"):
        list(marked(text))

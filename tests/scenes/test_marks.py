"""Marks: keyed shapes in paint order, and the one place that escapes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.scenes.marks import BOX, CROSS, FURNITURE, LABEL, Mark, Sheet, in_paint_order, number
from playground.scenes.svg import inner


@pytest.mark.parametrize(
    ("value", "text"), [(1, "1"), (1.04, "1"), (1.05, "1.1"), (-0.04, "0"), (12.25, "12.2"), (-3.5, "-3.5")]
)
def test_coordinates_have_one_decimal_at_most(value, text):
    assert number(value) == text


def test_two_marks_may_not_share_a_key():
    sheet = Sheet("row", "narrow", 10)
    sheet.add("a", "rect", BOX)
    with pytest.raises(ValueError, match="'a'"):
        sheet.add("a", "rect", BOX)


def test_later_layers_lie_on_top_and_parts_follow_their_group():
    sheet = Sheet("row", "narrow", 10)
    sheet.label("name", 0, 0, "x", "label", layer=LABEL)
    sheet.group("b", BOX, 0, 0, "b")
    sheet.add("b/cross", "path", CROSS, parent="b")
    sheet.add("b/box", "rect", BOX, parent="b")
    sheet.group("a", BOX, 0, 0, "a")
    sheet.path("grid", FURNITURE, "M0 0")
    assert [mark.key for mark in sheet.done().marks] == ["grid", "a", "b", "b/box", "b/cross", "name"]


@given(
    st.permutations([(key, parent) for parent in ("", "a", "b") for key in "abcd"]),
    st.lists(st.integers(0, 3**12), min_size=2, max_size=2),
)
def test_marks_are_painted_by_layer_then_key_however_they_were_added(places, seeds):
    """An order is kept for marks that stand alike: the same keys in other layers have another."""
    for seed in seeds:
        layers = {place: seed // 3**number % 3 for number, place in enumerate(sorted(places))}
        marks = {
            mark.key: mark
            for key, parent in places
            for mark in [Mark(f"{parent}/{key}" if parent else key, "g", (), "", parent, layers[key, parent])]
        }
        tops = {mark.key: (marks[mark.parent or mark.key].layer, mark.parent or mark.key) for mark in marks.values()}
        by_rule = sorted(marks.values(), key=lambda mark: (*tops[mark.key], mark.parent, mark.layer, mark.key))
        assert in_paint_order(marks.values()) == by_rule


@pytest.mark.asvs("1.2.1")
def test_text_and_names_are_escaped():
    sheet = Sheet("row", "narrow", 10)
    sheet.group('<a "b">', BOX, 0, 0, "<i>&")
    sheet.label("t", 0, 0, "<script>", "label")
    written = inner(sheet.done())
    assert "<script>" not in written
    assert "&lt;script&gt;" in written
    assert 'data-key="&lt;a &quot;b&quot;&gt;"' in written
    assert 'aria-label="&lt;i&gt;&amp;"' in written

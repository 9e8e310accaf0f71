"""An instant is typed with its unit, and told in the one that reads best."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.inputs import Invalid
from playground.engine.instants import LATEST, read_instant, spelled_instant

HOW = "write it as 0.8 s, 800 ms or 800000 µs."


@pytest.mark.parametrize(
    "text",
    ["800000", "800,000 µs", "800000us", "800000 μs", "800 ms", "800ms", "0.8 s", "0.8s", " 0.80  s ", "800.000 ms"],
)
def test_it_may_be_typed_in_any_unit(text):
    assert read_instant(text) == 800_000


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("soon", f"“soon” is not an instant; {HOW}"),
        ("0.8 h", f"“0.8 h” is not an instant; {HOW}"),
        ("-1 s", f"“-1 s” is not an instant; {HOW}"),
        ("0,8 s", f"“0,8 s” is not an instant; {HOW}"),
        ("8 00 ms", f"“8 00 ms” is not an instant; {HOW}"),
        ("½ s", f"“½ s” is not an instant; {HOW}"),
        ("0.5", "“0.5” is finer than the clock; it counts whole microseconds."),
        ("0.0001 ms", "“0.0001 ms” is finer than the clock; it counts whole microseconds."),
        ("1000000 s", "“1000000 s” is later than any run; write an instant such as 0.8 s."),
    ],
)
def test_what_is_none_gets_a_sentence(text, sentence):
    with pytest.raises(Invalid) as refused:
        read_instant(text)
    assert str(refused.value) == sentence


@pytest.mark.parametrize(
    ("microseconds", "spelled"),
    [
        (0, "0 s"),
        (1, "1 µs"),
        (3825, "3,825 µs"),
        (25_000, "25 ms"),
        (100_000, "0.1 s"),
        (150_000, "0.15 s"),
        (800_000, "0.8 s"),
        (10_000_000, "10 s"),
        (12_345_000, "12.345 s"),
        (12_345_678, "12,345,678 µs"),
    ],
)
def test_it_is_told_in_the_unit_that_reads_best(microseconds, spelled):
    assert spelled_instant(microseconds) == spelled


@given(microseconds=st.integers(0, LATEST - 1))
def test_what_is_told_can_be_typed(microseconds):
    assert read_instant(spelled_instant(microseconds)) == microseconds


@given(text=st.text(alphabet="0123456789.,smuµμ -", max_size=16))
def test_any_text_is_an_instant_or_refused(text):
    try:
        read = read_instant(text)
    except Invalid:
        return
    assert 0 <= read < LATEST

"""What several runs say is told once, and whoever puts the references together again has the runs."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from playground.embed.repeats import WORTH, Repeats, Told
from playground.engine.patches import compact

NAMES = st.text(min_size=1, max_size=8).filter(lambda name: name != "$")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=20,
)
LONG = "x" * WORTH


def whole(told: list[Told]) -> list[Any]:
    """The runs: each is put together as soon as it is there, from what has been told until then."""
    values: list[Any] = []

    def one(part: Any) -> Any:
        if isinstance(part, dict):
            return one(values[part["$"]]) if "$" in part else {name: one(inner) for name, inner in part.items()}
        return [one(inner) for inner in part] if isinstance(part, list) else part

    found = []
    for told_here, run in told:
        values.extend(told_here)
        found.append(one(run))
    return found


@given(st.lists(VALUES, max_size=4), st.lists(VALUES, max_size=3))
def test_runs_come_back_as_they_were_after_any_others(first: list[Any], then: list[Any]):
    repeats = Repeats()
    earlier = repeats.told(first)
    later = Repeats(repeats.numbers).told(then)
    assert whole(json.loads(compact([*earlier, *later]))) == [*first, *then]


def test_what_comes_twice_is_told_once_where_it_comes_first():
    first, then = Repeats().told([{"a": [LONG, 1], "b": 2}, {"a": [LONG, 1], "b": 3}])
    assert first == ([[f"{LONG}", 1]], {"a": {"$": 0}, "b": 2})
    assert then == ([], {"a": {"$": 0}, "b": 3})


def test_what_comes_once_and_what_is_short_stands_where_it_is():
    (told,) = Repeats().told([{"a": LONG, "b": ["y", "y"]}])
    assert told == ([], {"a": LONG, "b": ["y", "y"]})


def test_a_run_that_comes_later_refers_to_what_was_told_and_to_nothing_else():
    repeats = Repeats()
    repeats.told([[LONG, LONG]])
    assert Repeats(repeats.numbers).told([[LONG]]) == [Told([], [{"$": 0}])]
    assert Repeats().told([[LONG]]) == [Told([], [LONG])]


def test_a_key_that_means_a_reference_is_refused():
    with pytest.raises(ValueError, match="means a reference"):
        Repeats().told([{"a": {"$": 1}}])

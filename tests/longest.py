"""In which order tests run."""

import pytest

LONGEST = ("deploy", "long", "browser", "fidelity", "search")
"""Marks of tests that take long, the longest first."""


def longest_first(items: list[pytest.Item]) -> None:
    """Files whose tests wait for real programs come first: what takes minutes alone must not be left for the end, when
    the other cores have nothing more to do."""
    ranks: dict[str, int] = {}
    for item in items:
        marks = {mark.name for mark in item.iter_markers()}
        rank = next((number for number, mark in enumerate(LONGEST) if mark in marks), len(LONGEST))
        file = item.nodeid.partition("::")[0]
        ranks[file] = min(rank, ranks.get(file, rank))
    items.sort(key=lambda item: ranks[item.nodeid.partition("::")[0]])

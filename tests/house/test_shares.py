"""What `make test` says that each miniature has cost."""

from typing import Literal

import pytest

from tests.shares import MOST, shares, told


def report(nodeid: str, when: Literal["setup", "call"], duration: float) -> pytest.TestReport:
    return pytest.TestReport(nodeid, ("", 0, ""), {}, "passed", None, when, duration=duration)


REPORTS = [
    report("tests/contract/test_runs.py::test_it[narrow-hash-ring]", "call", 1.5),
    report("tests/browser/test_every_page.py::test_axe[hash-ring]", "setup", 12.0),
    report("tests/fidelity/test_git_objects.py::test_a_saboteur_is_noticed", "call", 0.25),
    report("tests/house/test_tree.py::test_it", "call", 9.0),
]


def test_every_test_in_whose_name_or_file_it_stands_counts_with_what_was_made_ready():
    assert shares(REPORTS) == {"hash-ring": 13.5, "git-objects": 0.25}


def test_the_dearest_comes_first_and_more_than_its_share_is_said():
    first, second = told(shares(REPORTS))
    assert first.endswith(f"13.5s hash-ring, over the {MOST} that it may take")
    assert second.endswith("0.2s git-objects")

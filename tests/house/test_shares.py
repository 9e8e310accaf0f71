"""What `make test` says that each miniature has cost."""

import subprocess
import sys
from typing import Literal

import pytest

from tests.shares import SAMPLED, SPENT, WHOLE, shares, spent, told


def report(nodeid: str, when: Literal["setup", "call"], seconds: float) -> pytest.TestReport:
    found = pytest.TestReport(nodeid, ("", 0, ""), {}, "passed", None, when)
    found.user_properties.append((SPENT, seconds))
    return found


REPORTS = [
    report("tests/contract/test_runs.py::test_it[narrow-hash-ring]", "call", 1.5),
    report("tests/browser/test_every_page.py::test_axe[hash-ring]", "setup", 39.0),
    report("tests/fidelity/test_git_objects.py::test_a_saboteur_is_noticed", "call", 15.25),
    report("tests/house/test_tree.py::test_it", "call", 9.0),
]


def test_every_test_in_whose_name_or_file_it_stands_counts_with_what_was_made_ready():
    assert shares(REPORTS) == {"hash-ring": 40.5, "git-objects": 15.25}


def test_the_dearest_comes_first_and_more_than_its_share_is_said():
    first, second = told(shares(REPORTS), {"hash-ring"})
    assert first.endswith(f"40.5s hash-ring, tested whole, over the {WHOLE} that it may take")
    assert second.endswith(f"15.2s git-objects, tested by a sample, over the {SAMPLED} that it may take")


def test_within_its_share_nothing_is_said():
    assert told({"hash-ring": 40.0}, {"hash-ring"}) == ["  40.0s hash-ring, tested whole"]


def test_work_that_another_process_does_counts_too():
    before = spent(apart=True)
    subprocess.run([sys.executable, "-c", "sum(range(20_000_000))"], check=True)
    assert spent(apart=True) - before > 0.1

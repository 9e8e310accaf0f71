"""These tests search with the one Hypothesis profile."""

import pytest

from tests import search

assert search


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-saved", action="store_true", help="add what is missing to every saved.json")

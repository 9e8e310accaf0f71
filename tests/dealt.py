"""How tests are dealt out to the cores: a file to each, of some files what is about one miniature.

The marks of xdist's `loadgroup` are not heard by this pytest, whose names of tests no longer change.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

from playground.engine.registry import entries

SPREAD = ("tests/contract/", "tests/api/", "tests/lessons/", "tests/player/")
"""Tests that have no fixture worth keeping: there all cores have work to the end."""


class ByFile(LoadScopeScheduling):
    """xdist's scheduler, told what belongs together and what comes first."""

    def __init__(self, config: pytest.Config, log: object) -> None:
        # Not the files with most tests first, but in the order in which they are collected: tests/longest.py.
        config.option.loadscopereorder = False
        super().__init__(config, log)

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        about = next((slug for slug in entries() if slug in nodeid), "") if file.startswith(SPREAD) else ""
        return f"{file} {about}".strip()

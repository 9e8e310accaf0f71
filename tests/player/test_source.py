"""The source panel: each line that narrates stands in one listing, and in one only."""

from typing import Any

import pytest

from playground.engine.registry import entries
from playground.page.source import excerpts
from tests.contract.every import shown_runs


@pytest.mark.parametrize("slug", entries())
def test_every_line_that_narrates_stands_in_exactly_one_listing(slug):
    cls: Any = entries()[slug].cls
    for name, done in shown_runs(cls).items():
        listings = excerpts(step.line for step in done.steps)
        for step in done.steps:
            if step.line.number:
                held = [one.function for one in listings if one.holds(step.line.file, step.line.number)]
                assert len(held) == 1, f"{slug}, {name}: {step.text} stands in {held}"

"""The source panel: each line that narrates stands in one listing, and in one only."""

import pytest

from playground.engine.registry import entries
from playground.page.source import excerpts
from tests.contract.every import shown_runs


@pytest.mark.parametrize("slug", entries())
def test_every_line_that_narrates_stands_in_exactly_one_listing(slug):
    for name, done in shown_runs(entries()[slug]).items():
        listings = excerpts(step.line for step in done.steps)
        for step in done.steps:
            if step.line.number:
                held = [one.function for one in listings if one.holds(step.line.file, step.line.number)]
                assert len(held) == 1, f"{slug}, {name}: {step.text} stands in {held}"

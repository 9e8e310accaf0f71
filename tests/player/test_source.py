"""The source panel: each line that narrates stands in one listing, and in one only."""

import ast

import pytest

from playground.engine.registry import entries
from playground.engine.run import HOME
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


@pytest.mark.parametrize("slug", entries())
def test_a_listing_begins_at_the_left_and_reads_as_it_stands_in_its_file(slug):
    for done in shown_runs(entries()[slug]).values():
        for one in excerpts(step.line for step in done.steps):
            lines = (HOME / one.file).read_text("utf-8").splitlines()
            indent = len(lines[one.first - 1]) - len(lines[one.first - 1].lstrip())
            assert one.lines[0][1].startswith(("def ", "@"))
            assert [text for _, text in one.lines] == [lines[number - 1][indent:] for number, _ in one.lines]
            assert ast.parse("\n".join(text for _, text in one.lines))

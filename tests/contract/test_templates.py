"""What a version of a question asked stays recorded, and what a stock of it is like."""

import pytest

from playground.engine import templates
from tests.contract.every import QUESTIONS, each_miniature, over
from tests.tiers import whole


@each_miniature
def test_it_asks_as_its_versions_did(entry):
    assert not templates.advice(entry), templates.advice(entry)


@pytest.mark.search
@over([(entry, one) for entry, one in QUESTIONS if entry.slug in whole()])
def test_a_stock_of_it_is_as_recorded(entry, question):
    was = templates.recorded(entry)[question.name]
    now = templates.figures(entry, question)
    assert now == {name: was[name] for name in now}, (
        f"{entry.slug}, {question.name}: a stock of it is otherwise than recorded. Record it:\n"
        f"    python -m playground record {entry.slug}"
    )

"""What is wrong with a query is told once: beside its field where the page has one, else above everything."""

from html import unescape

import pytest
from django.test import Client

from playground.asking.request import ask
from playground.engine.registry import entries


@pytest.mark.parametrize(
    ("slug", "query", "field"),
    [
        ("hash-ring", "points=0", "points"),
        ("hash-ring", "act=remove", "act.node"),
        ("hash-ring", "act=remove&act.node=zoe", "act.node"),
        ("load-balancing", "act=kill&act.node=ada&act.@=soon", "act.@"),
        ("hash-ring", "act=fly&act.node=ada", "act"),
        ("hash-ring", "do=fly", "do[0]"),
        ("hash-ring", "step=x", "step"),
        ("hash-ring", "vs=nonsense", "vs"),
    ],
    ids=["input", "argument", "refused argument", "instant", "an unknown verb", "do", "step", "beside"],
)
def test_it_is_told_once(client: Client, slug: str, query: str, field: str):
    (problem,) = ask(entries()[slug], query).problems
    assert problem.field == field
    page = client.get(f"/playground/{slug}/?{query}")
    assert page.status_code == 422
    assert unescape(page.text).count(problem.sentence) == 1

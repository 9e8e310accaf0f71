"""The page that shows how the models are checked holds every figure of every evidence file, and no other."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from playground.engine.registry import entries


@pytest.fixture
def page(client: Client) -> str:
    return client.get("/about/how-we-check").text


@pytest.mark.parametrize("slug", entries())
def test_each_model_has_its_comparisons_and_what_it_leaves_out(page: str, slug: str):
    entry = entries()[slug]
    section = page.split(f'<section class="model" id="{slug}"')[1].split("</section>", maxsplit=1)[0]
    for check, found in entry.evidence():
        row = next(row for row in section.split("<tr>") if f'<th scope="row">{escape(check.name)}' in row)
        assert escape(check.strength) in row
        if found:
            assert f">{found['cases']:,}</td>" in row
            assert f">{found['different']:,}</td>" in row
            assert found["date"] in row
        else:
            assert "no comparison" in row
    for sentence in entry.simplified:
        assert escape(sentence) in section


def test_the_totals_are_the_sums(page: str):
    found = [figures for entry in entries().values() for _, figures in entry.evidence() if figures]
    totals = page.split('<ul class="totals">')[1].split("</ul>", maxsplit=1)[0]
    assert re.findall(r"<b>([\d,]+)</b>", totals) == [
        str(len(entries())),
        str(len(found)),
        f"{sum(one['cases'] for one in found):,}",
        f"{sum(one['different'] for one in found):,}",
    ]

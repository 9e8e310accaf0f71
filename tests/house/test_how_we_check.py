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
    told = [(check, figures) for entry in entries().values() for check, figures in entry.evidence() if figures]
    real = [figures for check, figures in told if not check.ours]
    again = [figures for check, figures in told if check.ours]
    totals = page.split('<ul class="totals">')[1].split("</ul>", maxsplit=1)[0]
    assert re.findall(r"<b>([\d,]+)</b>", totals) == [
        str(len(entries())),
        str(len(real)),
        f"{sum(one['cases'] for one in real):,}",
        str(len(again)),
        f"{sum(one['cases'] for one in again):,}",
        f"{sum(figures['different'] for _, figures in told):,}",
    ]


def test_what_was_written_twice_by_the_same_hands_is_said_to_be_so(page: str):
    ours = [check.name for entry in entries().values() for check, _ in entry.evidence() if check.ours]
    assert {"brute force", "offset-index"} <= set(ours)
    assert page.count("our own second writing") == len(ours)

"""The scale of a challenge: mine, the best known, par and the limit on one line, in a picture and in words."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from playground.engine.scores import Score, acts
from playground.page.scale import LEFT, RIGHT, Scale
from tests.contract.every import each_challenge
from tests.player.test_challenge import arrived

POINTS = Score(unit="points", one="point", of=acts, par=45, best=5, best_run="", limit=60)
EVEN = reverse("playground:challenge", args=["hash-ring", "even-after-a-failure"])
FIFTY = "nodes=ada+bob+cleo+dee+eve&points=10&keys=200&do=fail:bob"
WIDTH = 0.62 * 11
"""Of a character, at most, in a picture of 240."""


def test_figures_stand_as_far_to_the_right_as_they_are_large():
    scale = Scale(POINTS, 50)
    assert scale.end == 70
    assert scale.par
    assert scale.limit
    assert scale.best.x < scale.par.x < scale.you.x < scale.limit.x
    assert scale.told == "50 points in this run, the fewest known 5, par 45, at most 60"


def test_what_is_far_out_stands_at_the_end_with_its_figure():
    scale = Scale(POINTS, 4000)
    assert scale.you.x == RIGHT
    assert scale.you.value == 4000
    assert scale.end < 400


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.none() | st.integers(1, 10**6))
def test_words_stay_in_the_picture(mine, best, more, limit):
    scale = Scale(replace(POINTS, best=best, par=best + more, limit=limit), mine)
    for name, mark in (("you", scale.you), ("best", scale.best), ("par", scale.par), ("at most", scale.limit)):
        if mark is None:
            continue
        assert LEFT <= mark.x <= RIGHT
        wide = WIDTH * len(f"{name} {mark.value:,}")
        left = mark.x - wide * {"start": 0, "middle": 0.5, "end": 1}[mark.anchor]
        assert left >= -2
        assert left + wide <= 242


def test_par_is_left_out_where_it_is_the_best():
    scale = Scale(replace(POINTS, par=5, limit=None), 5)
    assert (scale.par, scale.limit) == (None, None)
    assert scale.told == "5 points in this run, the fewest known 5"


def result(client: Client, query: str) -> str:
    page = unescape(client.get(f"{EVEN}?{query}").text)
    found = re.search(r'<p class="result"[^>]*>(.*?)</p>(.*?)<div class="hints"', page, re.DOTALL)
    assert found
    return found[0]


def test_who_has_solved_it_is_told_with_how_few_it_can_be_done(client: Client):
    said = result(client, FIFTY)
    assert "Solved with 50 points on the ring." in said
    assert "It can be done with 5." in said
    assert f'href="{EVEN}"' in said
    (best,) = re.findall(r'<a href="([^"]+)">Show the 5</a>', said)
    assert "Nobody is known to have needed fewer." in unescape(arrived(client, best))


def test_before_it_is_solved_nothing_is_said_of_the_run_that_needs_fewest(client: Client):
    page = client.get(EVEN, follow=True).text
    assert "best 5" in page
    assert "mia" not in page
    assert "Show the" not in page


@each_challenge
@pytest.mark.parametrize("part", ["start", "solution"])
def test_the_scale_is_drawn_and_told(client: Client, entry, challenge, part):
    page = arrived(
        client, f"{reverse('playground:challenge', args=[entry.slug, challenge.name])}?{getattr(challenge, part)}"
    )
    scale = re.search(r'<figure class="scale">(.*?)</figure>', unescape(page), re.DOTALL)
    assert scale
    assert f"the fewest known {challenge.score.best:,}" in scale[1]
    assert f">best {challenge.score.best:,}<" in scale[1]
    assert challenge.score.unit in scale[1]
    assert f"<b>{challenge.kind}.</b>" in page


def test_a_refused_run_has_no_scale(client: Client):
    page = client.get(f"{EVEN}?do=fail:nobody")
    assert page.status_code == 422
    assert 'class="scale"' not in page.text

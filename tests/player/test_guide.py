"""The style guide: every kind, on every sample, as the painters paint it."""

import pytest
from django.test import Client

from playground.guide.samples import samples
from playground.scenes.marks import LAYOUTS
from playground.scenes.paint import paint, thumb
from playground.scenes.svg import inner


def test_every_kind_is_there_with_its_small_picture_and_its_rule(client: Client):
    page = client.get("/playground/scenes/").text
    for kind, some in samples().items():
        card = page.split(f'href="/playground/scenes/{kind}/"')[1].split("</a>")[0]
        assert inner(thumb(next(iter(some.values())))) in card
        rule = card.split('<span class="question">')[1].split("</span>")[0]
        assert rule[0].isupper()
        assert len(rule) > 20


def test_a_state_is_shown_by_a_picture_that_says_it(client: Client):
    states = client.get("/playground/scenes/").text.split('<ul class="states">')[1].split("</ul>")[0].split("<li>")[1:]
    assert len(states) > 5
    for state in states:
        assert "data-key" in state
        assert "None" not in state


@pytest.mark.parametrize("kind", samples())
def test_a_kind_has_a_page_with_every_sample_in_both_layouts_and_themes(client: Client, kind: str):
    page = client.get(f"/playground/scenes/{kind}/").text
    for name, scene in samples()[kind].items():
        section = page.split(f'<section aria-label="{name}">')[1].split("</section>")[0]
        for layout in LAYOUTS:
            painted = paint(scene, layout, scene.room())
            size = f'class="sample {layout}" translate="no" viewBox="0 0 {painted.width} {painted.height}"'
            assert section.count(size) == 2
            assert section.count(inner(painted)) == 2


def test_a_kind_that_is_none_is_told_with_one_that_is_near(client: Client):
    response = client.get("/playground/scenes/rings/")
    assert response.status_code == 404
    assert "ring" in response.text.split("<main")[1]

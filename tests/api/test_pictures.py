"""A run as a picture: `/playground/<slug>.svg?…`."""

import re

import pytest
from django.test import Client

from playground.drawn.pictures import picture_of
from playground.engine.query import parse
from playground.engine.registry import entries
from playground.engine.run import run

each_miniature = pytest.mark.parametrize("slug", entries())


@each_miniature
def test_it_is_the_state_that_the_page_shows(client: Client, slug: str):
    entry = entries()[slug]
    for scenario in entry.scenarios:
        served = client.get(f"/playground/{slug}.svg?{scenario.query}")
        assert served.text == picture_of(
            run(entry.cls, query := parse(entry.cls, scenario.query).query), query.step, "light", "wide"
        )
        assert served.headers["Content-Type"] == "image/svg+xml; charset=utf-8"


@each_miniature
def test_it_carries_resolved_colours_of_the_theme_and_nothing_inline(client: Client, slug: str):
    light, dark = (client.get(f"/playground/{slug}.svg?theme={theme}").text for theme in ("light", "dark"))
    assert "#FFFEFB" in light
    assert "#131B2A" in dark
    assert not re.search(r"var\(|style=|<style|<script|light-dark", light + dark)


def test_the_narrow_layout_is_asked_for(client: Client):
    assert 'viewBox="0 0 360 ' in client.get("/playground/hash-ring.svg?layout=narrow").text


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("theme=pink", "There is no theme “pink”; there are light and dark."),
        ("layout=tall", "There is no layout “tall”; there are narrow and wide."),
        ("points=0", "points: 0 is out of range"),
    ],
)
def test_bad_input_is_a_sentence(client: Client, query: str, sentence: str):
    response = client.get(f"/playground/hash-ring.svg?{query}")
    assert response.status_code == 422
    assert sentence in response.text


def test_who_has_it_is_told_so(client: Client):
    etag = client.get("/playground/hash-ring.svg?step=3").headers["ETag"]
    assert client.get("/playground/hash-ring.svg?step=3", headers={"if-none-match": etag}).status_code == 304


def test_an_unknown_miniature_names_the_one_that_is_near(client: Client):
    response = client.get("/playground/hash-rin.svg")
    assert response.status_code == 404
    assert "hash-ring" in response.text

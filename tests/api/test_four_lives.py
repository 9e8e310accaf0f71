"""The four lives of a run: page, widget, picture and data show one state; and a link to it has a card."""

import re
import struct
from html import unescape
from xml.etree.ElementTree import fromstring as parse

import pytest
import resvg_py
from django.test import Client
from fontTools.ttLib import TTFont

from playground.asking.request import ask
from playground.drawn.card import HEIGHT, WIDTH, card
from playground.drawn.raster import font_files, png
from playground.engine.registry import entries
from playground.scenes.paint import paint
from playground.scenes.svg import FAMILIES
from tests.contract.every import shown_runs

each_miniature = pytest.mark.parametrize("slug", entries())

# Painting pixels takes a tenth of a second a picture, and the fonts are written as files.
pytestmark = pytest.mark.long


def states(slug: str) -> list[str]:
    """Queries of a state in the middle, and of a scenario's."""
    entry = entries()[slug]
    return [f"step={ask(entry, '').run.last // 2}", entry.scenarios[-1].query]


def narration(html: str) -> str:
    (said,) = re.findall(r'data-slot="say">([^<]*)<', html)
    return unescape(said)


def figures(html: str) -> list[tuple[str, str]]:
    found = re.findall(r"<dt>([^<]*)</dt>\s*<dd><b>([^<]*)</b>", html)
    return [(unescape(label), unescape(value)) for label, value in found]


def texts(svg: str) -> list[str]:
    return [element.text or "" for element in parse(svg).iter() if element.tag.endswith("text")]  # noqa: S314 - our own


@each_miniature
def test_page_widget_picture_and_data_agree_on_the_state(client: Client, slug: str):
    for query in states(slug):
        page = client.get(f"/playground/{slug}/?{query}").text
        widget = client.get(f"/embed/{slug}/?{query}").text
        picture = client.get(f"/playground/{slug}.svg?{query}").text
        data = client.get(f"/playground/{slug}.json?{query}").json()
        assert narration(page) == narration(widget) == data["narration"]
        told = [(metric["label"], metric["value"]) for metric in data["metrics"]]
        assert figures(page) == figures(widget) == told
        (wide, *_) = re.findall(r'<svg class="picture wide.*?</svg>', page, re.DOTALL)
        assert texts(wide.replace("&nbsp;", " ")) == texts(picture)
        assert data["pictures"][0]["sentence"] in unescape(page)
    assert client.get(f"/playground/{slug}.png?{query}").content == png(picture, 1440)


@each_miniature
def test_the_data_leads_back_to_the_page_and_to_the_whole_run(client: Client, slug: str):
    data = client.get(f"/playground/{slug}.json?{entries()[slug].scenarios[0].query}").json()
    assert narration(client.get(data["page"].removeprefix("http://testserver")).text) == data["narration"]
    run = client.get(data["run"].removeprefix("http://testserver")).json()
    assert run["steps"][data["step"]]["narration"] == data["narration"]
    assert (run["version"], run["miniature"]) == (data["version"], slug)


def size(body: bytes) -> tuple[int, int]:
    """Width and height of a PNG (its first chunk, IHDR)."""
    assert body[:8] == b"\x89PNG\r\n\x1a\n"
    return struct.unpack(">II", body[16:24])


@each_miniature
def test_the_card_of_a_page_is_its_very_state(client: Client, slug: str):
    query = entries()[slug].scenarios[0].query
    told = {
        path: dict(re.findall(r'<meta (?:property|name)="([a-z:]+)" content="([^"]*)">', client.get(path).text))
        for path in (f"/playground/{slug}/?{query}", f"/lessons/{slug}/")
    }
    for tags in told.values():
        assert tags["twitter:card"] == "summary_large_image"
        assert {"og:type", "og:title", "og:description", "og:url", "og:image:alt"} <= tags.keys()
        assert (tags["og:image:width"], tags["og:image:height"]) == ("1200", "630")
    (address,) = {unescape(tags["og:image"]).removeprefix("http://testserver") for tags in told.values()}
    answer = client.get(address)
    assert answer.headers["Content-Type"] == "image/png"
    assert size(answer.content) == (WIDTH, HEIGHT) == (1200, 630)
    assert answer.content == png(card(ask(entries()[slug], query), "light"), WIDTH)


def test_the_card_says_what_happens_there():
    asked = ask(entries()["hash-ring"], "do=remove:cleo&step=22")
    said = [text for text in texts(card(asked, "dark")) if text]
    assert entries()["hash-ring"].cls.title in said
    assert asked.run.steps[22].text.startswith(said[-1][:40])


def test_a_narration_longer_than_its_lines_is_cut_at_a_word():
    asked = ask(entries()["hash-ring"], "step=3")
    asked.run.steps[3] = asked.run.steps[3]._replace(text="word " * 80)
    assert [text for text in texts(card(asked, "light")) if text][-1].endswith("word …")


# Fonts.

NOTHING = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="40"></svg>'
TEXT = NOTHING.replace("></", '><text y="30" font-size="30" font-family="{}">ab</text></')


@pytest.mark.parametrize("family", sorted({*FAMILIES.values()}))
def test_every_family_is_drawn_and_no_font_of_the_system_is_looked_at(family: str):
    svg = TEXT.format(family)
    assert png(svg, 90) != png(NOTHING, 90)
    # Without our files there is no text at all, whatever is installed here.
    assert resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[]) == resvg_py.svg_to_bytes(
        svg_string=NOTHING, skip_system_fonts=True
    )


@pytest.fixture(scope="module")
def known() -> set[int]:
    """The signs of all our fonts together."""
    return set().union(*(TTFont(path).getBestCmap() for path in font_files()))


@each_miniature
def test_every_sign_in_a_picture_is_in_the_fonts(slug, known):
    for name, done in shown_runs(entries()[slug]).items():
        for step in done.steps:
            signs = {sign for mark in paint(step.scenes[0], "wide", step.scenes[0].room()).marks for sign in mark.text}
            missing = {sign for sign in signs if ord(sign) not in known}
            assert not missing, f"{slug}, {name}: {step.text}"


@pytest.mark.parametrize("form", ["svg", "png", "json"])
@pytest.mark.parametrize("query", ["points=0", "do=remove:nobody", "theme=pink", "layout=tall", "format=poster"])
def test_bad_input_is_a_sentence(client: Client, form: str, query: str):
    response = client.get(f"/playground/hash-ring.{form}?{query}")
    assert response.status_code == 422
    assert len(response.text.split()) > 4
    assert "no-store" in response.headers.get("Cache-Control", "no-store")


def test_a_page_elsewhere_may_read_it_and_who_has_it_is_told_so(client: Client):
    first = client.get("/playground/hash-ring.json?step=3")
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    again = client.get("/playground/hash-ring.json?step=3", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304

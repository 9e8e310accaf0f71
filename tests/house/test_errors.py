"""An error is a page with a sentence, whatever broke."""

from pathlib import Path

import pytest
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.test import Client

from config import errors, unfound
from playground.scenes import marks
from playground.scenes import type as types
from playground.scenes.marks import LAYOUTS


def test_a_missing_page_says_so_and_shows_the_way_back(client: Client):
    response = client.get("/there-is-nothing-here")
    assert response.status_code == 404
    assert "There is no page here" in response.text
    assert 'href="/"' in response.text
    assert response.headers["Cache-Control"] == "no-store"


def pictures(page: str) -> list[str]:
    return page.split("<figure")[1].split("</figure>", maxsplit=1)[0].split("<svg")[1:]


def test_a_missing_page_draws_the_request_that_came_back_and_says_so_in_words(client: Client):
    page = client.get("/lessons/hash-rings/?x=1").text
    for svg, layout in zip(pictures(page), LAYOUTS, strict=True):
        assert svg.startswith(f' class="{layout}"')
        assert ">GET /lessons/hash-rings/?x=1<" in svg
        assert ">404 Not Found<" in svg
        assert 'data-key="msg:3/cross"' in svg
    caption = page.split("<figcaption>")[1].split("</figcaption>")[0]
    assert '<code translate="no">/lessons/hash-rings/?x=1</code>' in caption
    assert "came back crossed: 404" in caption


@pytest.mark.asvs("1.2.1")
def test_what_was_asked_for_is_escaped_and_cut_where_it_is_very_long(client: Client):
    page = client.get("/%3Cb%3E&amp;'" + 3000 * "x" + "/end?<script>").text
    figure = page.split("<figure")[1].split("</figure>")[0]
    assert "<b>" not in figure
    assert "<script" not in figure
    assert "&amp;amp%3B&#x27;x" in figure
    code = figure.split('<code translate="no">')[1].split("</code>")[0]
    assert code.endswith("xx/end?%3Cscript%3E")
    assert "…" in code
    assert len(figure) < 8_000


def test_the_picture_of_a_missing_page_fills_no_cache_with_what_strangers_type(client: Client):
    client.get("/first")
    caches = (types.width, types.middle_cut, types.end_cut, marks.mark_of, unfound.painted)
    before = [cache.cache_info().currsize for cache in caches]
    for number in range(20):
        client.get(f"/nothing-{number}")
    assert [cache.cache_info().currsize for cache in caches] == before
    assert unfound.painted.cache_info().currsize == len(LAYOUTS)


@pytest.mark.parametrize("most", [10, 11, unfound.LONGEST])
def test_an_address_is_cut_in_its_middle(most: int):
    text = "".join(chr(0x21 + at % 90) for at in range(500))
    cut = unfound.shortened(text, most)
    start, end = cut.split("…")
    assert len(cut) == most
    assert text.startswith(start)
    assert text.endswith(end)
    assert unfound.shortened(text[:most], most) == text[:most]


def test_other_errors_and_notes_for_htmx_have_no_picture(client: Client):
    assert "<figure" not in errors.permission_denied(HttpRequest(), Exception()).text
    assert "<figure" not in errors.page(404)
    assert "<figure" not in client.get("/nothing", headers={"hx-request": "true"}).text


@pytest.mark.asvs("16.5.1")
def test_the_page_of_a_broken_server_needs_no_request_and_no_database():
    # An empty request has no path, no user, nothing; and without the database mark a query fails the test.
    response = errors.server_error(HttpRequest())
    assert response.status_code == 500
    assert "Something broke on our side" in response.text


def test_where_even_the_template_is_broken_a_bare_page_remains(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    def broken(name: str) -> None:
        raise TemplateDoesNotExist(name)

    monkeypatch.setattr(errors, "get_template", broken)
    response = errors.server_error(HttpRequest())
    assert response.status_code == 500
    assert "<h1>Something broke on our side</h1>" in response.text
    assert "could not be drawn" in caplog.text


def test_for_htmx_an_error_is_a_note_beside_what_the_reader_was_doing(client: Client):
    response = client.get("/playground/hash-rin/player", headers={"hx-request": "true"})
    assert response.status_code == 404
    assert response.headers["HX-Retarget"] == "#trouble"
    assert response.headers["HX-Reswap"] == "innerHTML"
    assert "<html" not in response.text
    assert "hash-ring" in response.text


@pytest.mark.parametrize("status", errors.OF_THE_PROXY)
def test_the_web_server_in_front_gets_pages_in_the_same_clothes(tmp_path: Path, status: int):
    errors.write_pages(tmp_path)
    page = (tmp_path / f"{status}.html").read_text("utf-8")
    assert f'<p class="status">{status}</p>' in page
    assert 'href="/lessons/"' in page


@pytest.mark.parametrize(
    ("asked", "link"),
    [
        ("/playground/hash-rin/?nodes=A", '<a href="/playground/hash-ring/">hash-ring</a>'),
        ("/lessons/hash-rings/", '<a href="/lessons/hash-ring/">hash-ring</a>'),
        ("/playground/scenes/rin/", '<a href="/playground/scenes/ring/">ring</a>'),
    ],
)
def test_what_may_have_been_meant_is_a_link(client: Client, asked: str, link: str):
    response = client.get(asked)
    assert response.status_code == 404
    assert f"On to {link}" in response.text
    address = link.split('"')[1]
    assert client.get(address).status_code == 200


def test_what_is_near_to_nothing_has_no_such_link(client: Client):
    assert "On to" not in client.get("/playground/xyzzyx/").text

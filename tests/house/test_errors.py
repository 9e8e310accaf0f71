"""An error is a page with a sentence, whatever broke."""

from pathlib import Path

import pytest
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.test import Client

from config import errors


def test_a_missing_page_says_so_and_shows_the_way_back(client: Client):
    response = client.get("/there-is-nothing-here")
    assert response.status_code == 404
    assert "There is no page here" in response.text
    assert 'href="/"' in response.text
    assert response.headers["Cache-Control"] == "no-store"


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

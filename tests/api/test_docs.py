"""The documentation page needs nothing from another host, no script and no style of its own."""

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from django.test import Client

from playground.api.problems import KINDS
from tests.api.conftest import API


class Page(HTMLParser):
    """Collects what a policy cares about."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def values(self, *names: str) -> list[str]:
        return [value or "" for _, attrs in self.tags for name, value in attrs.items() if name in names]


@pytest.fixture
def page(client: Client) -> Page:
    response = client.get(f"{API}/docs")
    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    return Page(response.content.decode())


def test_it_loads_and_links_only_what_is_ours(page: Page):
    addresses = page.values("href", "src", "action", "srcset", "data")
    assert addresses
    assert not [one for one in addresses if not one.startswith(("/", "#")) or one.startswith("//")]


def test_nothing_is_inline(page: Page):
    for tag, attrs in page.tags:
        assert tag != "style"
        assert tag != "script" or attrs.get("src")
        assert not [name for name in attrs if name == "style" or name.startswith("on")]


def test_every_anchor_leads_somewhere(page: Page):
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    assert {one[1:] for one in page.values("href") if one.startswith("#")} <= set(ids)
    assert {kind.name for kind in KINDS} <= set(ids), "a problem's type is an address on this page"


def test_every_example_answers(client: Client, page: Page):
    examples = [one for one in page.values("href") if one.startswith(f"{API}/miniatures")]
    assert [client.get(one).status_code for one in examples] == [200, 200, 200, 422]


def test_every_example_shows_an_answer(client: Client):
    statuses = set(re.findall(r"[1-5][0-9][0-9] [A-Z][A-Za-z ]+", client.get(f"{API}/docs").content.decode()))
    assert "200 OK" in statuses
    assert not {one for one in statuses if one.startswith("5") and "Service" not in one}


def test_it_says_what_a_client_of_openapi_fetch_has_to_be_told(client: Client):
    """Its default writes an object as `inputs[keys]=12`, whatever the description says of style and explode."""
    page = unescape(client.get(f"{API}/docs").content.decode())
    assert 'querySerializer: {object: {style: "form", explode: true}}' in page


def test_every_operation_is_there(page: Page, described):
    for methods in described["paths"].values():
        for operation in methods.values():
            assert operation["operationId"] in page.values("id")

"""What one pastes elsewhere: it names the state that is shown, and says for which version of the model."""

import re
from html import unescape

import pytest
from django.test import Client

from playground.asking.request import since
from playground.engine.registry import entries


def codes(client: Client, query: str) -> dict[str, str]:
    page = client.get(f"/playground/hash-ring/?{query}").text
    found = re.findall(r'<label class="code"><span>([^<]*)</span><textarea[^>]*>([^<]*)</textarea>', page)
    return {name: unescape(text) for name, text in found}


@pytest.mark.parametrize(
    ("query", "link"),
    [
        ("", "http://testserver/playground/hash-ring/?v=2"),
        ("step=3", "http://testserver/playground/hash-ring/?v=2&step=3"),
        ("do=remove:cleo", "http://testserver/playground/hash-ring/?do=remove:cleo&v=2"),
        ("do=remove:cleo&step=22", "http://testserver/playground/hash-ring/?do=remove:cleo&v=2&step=22"),
    ],
)
def test_the_link_is_the_state_with_the_version(client: Client, query: str, link: str):
    assert codes(client, query)["Link"] == link


@pytest.mark.parametrize("query", ["", "step=3", "do=remove:cleo", "do=remove:cleo&step=22", "nodes=a%3Cb&step=1"])
def test_every_address_in_every_code_answers(client: Client, query: str):
    for text in codes(client, query).values():
        for address in re.findall(r"http://testserver(/[^\s\"')\]]*)", unescape(text)):
            assert client.get(address).status_code in (200, 302), address


def test_the_widget_and_the_link_under_it_name_the_same_step(client: Client):
    html = codes(client, "do=remove:cleo&step=22")["HTML, a widget"]
    assert html.count("?do=remove:cleo&amp;step=22") == 2
    assert re.search(r'<iframe src="[^"]+" title="The hash ring: a working model" width="100%" height="640" ', html)


def test_a_link_of_this_version_leads_to_the_printed_form(client: Client):
    response = client.get("/playground/hash-ring/?do=remove:cleo&v=2&step=22")
    assert response.headers["Location"] == "/playground/hash-ring/?do=remove:cleo&step=22"


def test_a_link_of_an_earlier_version_says_what_has_changed(monkeypatch: pytest.MonkeyPatch):
    entry = entries()["hash-ring"]
    changes = {"2": "Keys are hashed otherwise.", "3": "Weights count."}
    monkeypatch.setattr(type(entry), "changes", property(lambda _: changes))
    monkeypatch.setattr(type(entry), "version", property(lambda _: 3))
    assert since(entry, "1") == (
        "This link was made for version 1 of the model. Since then: Keys are hashed otherwise. Weights count."
    )
    assert since(entry, "2") == "This link was made for version 2 of the model. Since then: Weights count."
    for nothing in ("3", "", "x", "99999999"):
        assert since(entry, nothing) == ""

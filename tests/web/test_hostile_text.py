"""Text that wants to be more than text, in every place that takes text, at every address that shows it.

What was typed is looked for as a tag, as an attribute, as the scheme of an address, as a header: where a place forgets
to encode, it becomes one of these.
"""

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import quote, urlencode, urlsplit
from xml.etree import ElementTree

import pytest
from django.http import HttpResponse
from django.test import Client

from playground.engine.inputs import Text
from playground.engine.registry import entries
from tests.web.addresses import ADDRESSES

MARKED = "xq"
"""What all of them hold. No tag, attribute, scheme or header of ours begins with it."""

PAYLOADS = {
    "a tag": "<xq onxq=1>",
    "out of an attribute": "\"'><xq>",
    "another attribute": '" xq="1" xqq=',
    "out of a script": "</script><xq>",
    "out of a comment": "--><xq>",
    "out of CDATA": "]]><xq>",
    "a scheme": "xqscript:alert(1)",
    "encoded already": "&lt;xq&gt;&#60;xq&#62;",
    "a template": "{{ xq }}{% xq %}",
    "out of JSON": '\\"}],"xj":1,"',
    "a header": "a\r\nXq: 1",
    "signs of lines of old": "a\u2028xq\u2029b",
}

FORMS = ("/?", "/player?", "/trace?", ".svg?", ".png?", ".json?", ".html?", ".svg?format=card&")


def places() -> Iterator[tuple[str, str, bool]]:
    """(slug, the query up to what is typed, whether any text is taken there) of every input and last argument."""
    for slug, entry in entries().items():
        for kind in entry.cls.inputs().values():
            yield slug, f"{kind.name}=", isinstance(kind, Text)
        for act in entry.cls.actions().values():
            if act.arguments:
                *others, last = act.arguments
                before = "".join(f"{kind.print(kind.corners()[0])}:" for kind in others)
                yield slug, f"do={quote(f'{act.name}:{before}')}", isinstance(last, Text)


TEXTS = [(slug, before) for slug, before, free in places() if free]
OTHERS = [(slug, before) for slug, before, free in places() if not free]


class Page(HTMLParser):
    """Tags, names of attributes and addresses of a page."""

    LEADS = ("href", "src", "action", "formaction", "hx-get", "data-from", "data-trace", "fragment", "content")

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.names: set[str] = set()
        self.schemes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names |= {tag, *(name for name, _ in attrs)}
        for name, value in attrs:
            if name in self.LEADS and (value or "").strip() and (name != "content" or "://" in (value or "")):
                self.schemes.add(scheme(value or ""))

    def handle_comment(self, data: str) -> None:
        assert MARKED not in data


def scheme(address: str) -> str:
    found = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", address)
    return found[1].lower() if found else ""


def looked_at(response) -> None:
    """Fails where something that was typed has become more than text."""
    assert response.status_code < 500
    assert not [name for name in response.headers if name.lower().startswith(MARKED)]
    for value in response.headers.values():
        assert not re.search(r"[\r\n\x00]", value)
    assert scheme(response.headers.get("Location", "/")) in ("", "http", "https")
    media = response.headers["Content-Type"].partition(";")[0] if response.status_code not in (301, 302) else ""
    if media == "text/html":
        page = Page(response.text)
        assert not {name for name in page.names if name.startswith((MARKED, "onxq"))}
        assert page.schemes <= {"", "http", "https", "data"}
    elif media == "image/svg+xml":
        for element in ElementTree.fromstring(response.content).iter():  # noqa: S314 - our own
            names = {element.tag, *element.attrib}
            assert not {name for name in names if MARKED in name or "href" in name or name.startswith("on")}
    elif media in ("application/json", "application/problem+json"):
        assert "xj" not in keys(json.loads(response.content))


def keys(value: object) -> Iterator[str]:
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if isinstance(value, dict):
        yield from value
    for part in parts:
        yield from keys(part)


@pytest.mark.asvs("1.2.1", "1.2.2", "1.2.3")
@pytest.mark.parametrize(("slug", "before"), TEXTS, ids=lambda value: value)
def test_where_text_is_taken_it_stays_text(slug, before):
    for payload in PAYLOADS.values():
        looked_at(Client().get(f"/playground/{slug}/?{before}{quote(payload)}"))
        looked_at(Client().get(f"/api/v1/miniatures/{slug}/run?{before}{quote(payload)}"))


@pytest.mark.asvs("1.2.1")
@pytest.mark.parametrize("slug", entries())
def test_what_is_refused_stays_text_too_where_it_is_shown_again(slug):
    for before in [before for one, before in OTHERS if one == slug]:
        for name in ("a tag", "another attribute"):
            looked_at(Client().get(f"/playground/{slug}/?{before}{quote(PAYLOADS[name])}"))


@pytest.mark.asvs("1.2.1", "1.2.2", "1.2.3")
@pytest.mark.parametrize("form", FORMS)
def test_it_stays_text_in_every_form(form):
    for payload in PAYLOADS.values():
        address = f"/playground/hash-ring{form}do=look_up:{quote(payload)}&step=400"
        response = Client().get(address)
        looked_at(response)
        if payload.isprintable() and "png" not in form:
            assert response.status_code in (200, 302), "it is shown, not refused"


@pytest.mark.asvs("1.2.1", "1.2.2")
@pytest.mark.parametrize("name", ADDRESSES)
def test_no_address_makes_more_of_what_it_does_not_know(name):
    path, _, query = ADDRESSES[name].partition("?")
    for payload in PAYLOADS.values():
        looked_at(Client().get(f"{path}?{urlencode({'q': payload, 'url': payload, payload: payload})}&{query}"))


@pytest.mark.asvs("1.2.2")
@pytest.mark.parametrize(
    "payload",
    ["//xq.example", "/\\xq.example", "https://xq.example", "javascript:alert(1)", "\r\nLocation: //xq.example"],
)
def test_no_redirect_leads_out_of_the_site(payload):
    tried = [f"/{quote(payload, safe='/:')}", f"/playground/{quote(payload)}", f"/lessons{quote(payload, safe='/:')}"]
    for name in ("next", "url", "q", "step"):
        tried += [f"{address.partition('?')[0]}?{name}={quote(payload)}" for address in ADDRESSES.values()]
    for address in tried:
        response = Client().get(address)
        if 300 <= response.status_code < 400:
            parts = urlsplit(response.headers["Location"])
            assert (parts.scheme, parts.netloc) in (("", ""), ("http", "testserver")), address
            assert not response.headers["Location"].startswith(("//", "/\\"))


def answer(text: str, kind: str = "text/html", **headers: str) -> HttpResponse:
    return HttpResponse(text, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    "broken",
    [
        answer("<p><xq></p>"), answer('<p class="" xq="1">'), answer("<!-- xq -->"),
        answer('<a href="xqscript:alert(1)">'), answer("", Xq="1"), answer("", Location="javascript:alert(1)"),
        answer("<svg><xq/></svg>", "image/svg+xml"), answer('<svg onxq="1"/>', "image/svg+xml"),
        answer('<svg href="#"/>', "image/svg+xml"), answer('[{"xj": 1}]', "application/json"),
    ],
)  # fmt: skip
def test_where_it_became_more_it_would_be_noticed(broken):
    with pytest.raises(AssertionError):
        looked_at(broken)
    looked_at(answer("<p>&lt;xq&gt;</p>"))

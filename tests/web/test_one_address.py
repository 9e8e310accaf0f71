"""An answer belongs to its address: nothing else that a request says changes its bytes, or it has another name.

Whoever keeps answers (a browser, a proxy, our own memory) knows the address and the ETag. Where something else
decided about the bytes, one reader would be shown what another one asked for.
"""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client

from config.environment import Origin, origin
from playground.caching import etag_of
from tests.web.addresses import EVERY

pytestmark = pytest.mark.django_db

PUBLIC = Origin("https://orrery.example:8443", "orrery.example", "orrery.example:8443")
PLAIN = {"host": "localhost"}
OTHERWISE = {
    "another port": {"host": "localhost:666"},
    "another of our names": {"host": "127.0.0.1"},
    "a cookie": {"cookie": "csrftoken=abc; session=xyz; theme=dark"},
    "htmx": {"hx-request": "true", "hx-current-url": "http://elsewhere.example/?a", "hx-target": "#main"},
    "what a proxy may say": {
        "x-forwarded-host": "elsewhere.example", "x-forwarded-proto": "https", "x-forwarded-port": "1",
        "x-forwarded-prefix": "/other", "forwarded": "host=elsewhere.example", "x-original-url": "/lessons/",
        "x-http-method-override": "POST", "x-rewrite-url": "/lessons/",
    },
    "who asks": {
        "user-agent": "curl/8", "referer": "https://elsewhere.example/", "origin": "https://elsewhere.example",
        "accept-language": "de", "accept": "application/json", "authorization": "Basic eDp5",
        "sec-fetch-site": "cross-site",
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _our_names(settings):
    settings.ALLOWED_HOSTS = ["localhost", "127.0.0.1"]


def asked(address, headers, *, secure=False):
    """Status, name and bytes. What is never kept has no name: it belongs to the request."""
    response = Client().get(address, headers=PLAIN | headers, secure=secure)
    body = b"".join(response)
    if response.streaming:
        # A file is open until then. Nothing else is closed: Django would drop the connection of the test's transaction.
        response.close()
    return response, response.headers.get("ETag"), body


@pytest.mark.parametrize("address", EVERY)
def test_what_else_a_request_says_changes_nothing_or_gives_another_name(address):
    _, name, body = asked(address, {})
    for what, headers in OTHERWISE.items():
        response, another, other = asked(address, headers)
        if name is None:
            assert "no-store" in response.headers["Cache-Control"], what
        elif other != body:
            assert another != name, what
    _, another, other = asked(address, {}, secure=True)
    assert other == body or another != name


@pytest.mark.parametrize("address", EVERY)
def test_a_public_site_says_its_one_address_and_no_other(settings, address):
    settings.ORIGIN, settings.ALLOWED_HOSTS = PUBLIC, [PUBLIC.host]
    _, name, body = asked(address, {"host": PUBLIC.netloc}, secure=True)
    for headers in ({"x-forwarded-host": "orrery.example:666"}, {"host": PUBLIC.netloc, "forwarded": "host=a.example"}):
        assert asked(address, {"host": PUBLIC.netloc} | headers, secure=True)[1:] == (name, body)
    # Written as it is, the address of the example of a reader's own server apart.
    told = set(re.findall(rb"https?://[a-z0-9.]*orrery\.example[^/\"'<\s&]*", body))
    assert told <= {PUBLIC.url.encode()}


SPELLINGS = ["orrery.example", "orrery.example:666", "ORRERY.example:8443", "orrery.example.:8443"]


@pytest.mark.parametrize("host", SPELLINGS)
def test_its_name_in_another_spelling_leads_to_the_one_address(settings, host):
    settings.ORIGIN, settings.ALLOWED_HOSTS = PUBLIC, [PUBLIC.host]
    for address in ("/", "/playground/hash-ring/?keys=34&nodes=a%2Bb", "/there-is-nothing-here"):
        response = Client().get(address, headers={"host": host}, secure=True)
        assert response.status_code == 301
        assert response.headers["Location"] == PUBLIC.url + address
        assert ":666" not in str(response.headers)
    assert Client().post("/lessons/", headers={"host": host}, secure=True).status_code == 400


@pytest.mark.asvs("1.2.2")
def test_a_foreign_host_is_refused_and_repeated_nowhere(settings):
    settings.ORIGIN, settings.ALLOWED_HOSTS = PUBLIC, [PUBLIC.host]
    for address in EVERY:
        response = Client().get(address, headers={"host": "evil.example"}, secure=True)
        if urlsplit(address).path not in ("/livez", "/readyz"):
            assert response.status_code == 400, address
        assert b"evil" not in b"".join(response)
        response.close()


@pytest.mark.asvs("1.2.2", "12.2.1")
def test_over_plain_http_the_redirect_goes_to_the_one_address_whatever_was_asked_for(settings):
    settings.ORIGIN, settings.ALLOWED_HOSTS = PUBLIC, [PUBLIC.host]
    settings.SECURE_SSL_REDIRECT, settings.SECURE_SSL_HOST = True, PUBLIC.netloc
    for host in ("orrery.example", "orrery.example:1337", "orrery.example."):
        response = Client().get("/lessons/?q=a", headers={"host": host})
        assert response.headers["Location"] == "https://orrery.example:8443/lessons/?q=a"


def test_no_two_addresses_share_a_name():
    names: dict[str, tuple[str, str]] = {}
    origins = "http://localhost", "http://localhost:666"
    tricky = *(f"/lessons/?q={one}" for one in origins), "/lessons/?q=lessons:list", "/lessons/found/?q=lessons"
    for address in (*EVERY, *tricky):
        for host in ("localhost", "localhost:666"):
            _, name, _ = asked(address, {"host": host})
            if name and not address.startswith("/static/"):
                assert names.setdefault(name, (address, host)) == (address, host)
    assert len(names) > 60


@pytest.mark.parametrize("accepted", ["gzip", "br"])
def test_a_search_for_the_origin_is_not_the_list(accepted):
    """Once, both had one name: whoever came after the search got “nothing found” for the list."""
    found, listed = (asked(f"/lessons/{query}", {"accept-encoding": accepted}) for query in ("?q=http://localhost", ""))
    assert found[1] != listed[1]
    assert found[2] != listed[2]


def test_another_build_gives_another_name(rf, monkeypatch):
    request = rf.get("/lessons/", headers=PLAIN)
    request.resolver_match = None
    before = etag_of(request)
    monkeypatch.setattr("playground.caching.build_id", lambda: "another")
    assert etag_of(request) != before


def test_the_origin_is_read_with_its_port():
    assert origin({"ORIGIN": PUBLIC.url}) == PUBLIC
    usual = Origin("https://orrery.example", "orrery.example", "orrery.example")
    assert origin({"ORIGIN": "https://orrery.example"}) == origin({"ORIGIN": "https://orrery.example:443"}) == usual

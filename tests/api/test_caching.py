"""The same bytes for everyone, kept for a while, and named before they are made."""

import pytest
from django.http.response import HttpResponseBase
from django.test import Client

from tests.api.conftest import API

RUN = f"{API}/miniatures/hash-ring/run"
PATHS = [f"{API}/miniatures", f"{API}/miniatures/hash-ring", f"{RUN}?do=add:eve", f"{API}/openapi.json", f"{API}/docs"]


@pytest.mark.parametrize("path", PATHS)
def test_it_may_be_kept_by_anyone(client: Client, path):
    response = client.get(path)
    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in response.headers
    assert response.headers.get("Vary", "Accept-Encoding") == "Accept-Encoding"
    assert not response.cookies


@pytest.mark.parametrize("path", PATHS)
def test_who_already_has_it_is_told_so(client: Client, path):
    etag = client.get(path).headers["ETag"]
    for known in (etag, f"W/{etag}", f'"other", {etag}'):
        response = client.get(path, headers={"if-none-match": known})
        assert (response.status_code, response.content) == (304, b"")
        assert response.headers["ETag"] == etag
        assert response.headers["Cache-Control"] == "public, max-age=300"
    assert client.get(path, headers={"if-none-match": '"other"'}).status_code == 200


def test_that_costs_no_run(client: Client, monkeypatch):
    etag = client.get(f"{RUN}?do=add:eve").headers["ETag"]
    monkeypatch.setattr("playground.api.miniatures.recent.run", lambda *_: pytest.fail("it ran"))
    assert client.get(f"{RUN}?do=add:eve", headers={"if-none-match": etag}).status_code == 304


def test_two_spellings_of_a_run_are_one_run_and_two_addresses(client: Client):
    one, other = client.get(f"{RUN}?keys=5&do=add:eve"), client.get(f"{RUN}?do=add:eve:1&points=3&keys=05")
    assert one.content == other.content
    assert one.headers["ETag"] != other.headers["ETag"]


def test_two_runs_are_two(client: Client):
    assert client.get(f"{RUN}?keys=5").headers["ETag"] != client.get(f"{RUN}?keys=6").headers["ETag"]


def test_what_was_refused_is_never_named(client: Client):
    for query in ("keys=9999", "do=remove:zoe", "step=400"):
        for known in ("*", '"x"'):
            response = client.get(f"{RUN}?{query}", headers={"if-none-match": known})
            assert response.status_code == 422
            assert "ETag" not in response.headers


def told(response: HttpResponseBase) -> dict[str, str]:
    """The headers, without the one that names this very request (only what nobody keeps carries it)."""
    return {name: value for name, value in response.headers.items() if name != "X-Request-ID"}


@pytest.mark.parametrize("path", [*PATHS, f"{RUN}?keys=9999", f"{API}/nothing"])
def test_head_is_get_without_the_body(client: Client, path):
    head, get = client.head(path), client.get(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert told(head) == told(get)


@pytest.mark.parametrize("path", [*PATHS, f"{RUN}?keys=9999", f"{API}/nothing"])
def test_signed_in_or_not_the_bytes_are_the_same(client: Client, path):
    anonymous = client.get(path)
    client.cookies["sessionid"] = "s" * 32
    client.cookies["csrftoken"] = "t" * 32
    known = client.get(path)
    assert (known.content, told(known)) == (anonymous.content, told(anonymous))
    assert not anonymous.cookies

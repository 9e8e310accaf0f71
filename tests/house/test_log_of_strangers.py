"""Nobody outside can write into the log of what broke, and no line holds what was typed into an address."""

import logging
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from config.health import PATHS as HEALTH
from tests.web.addresses import EVERY, PRIVATE

# Each answer is closed, as a server does, and a connection within a transaction would be closed with it.
pytestmark = pytest.mark.django_db(transaction=True)

SECRET = "join-code-4711"
# A supervisor's questions are not a stranger's: the web server in front lets nobody else ask.
PATHS = sorted({address.partition("?")[0] for address in (*EVERY, *PRIVATE.values())} - set(HEALTH))
ROOMS = ("/", "/lessons/", "/playground/", "/embed/", "/static/", "/api/v1/miniatures/")
UNKNOWN = [room + SECRET for room in ROOMS]
ADDRESSES = [*PATHS, *UNKNOWN, f"/playground/hash-ring/challenge/{SECRET}/", f"/playground/hash-ring/predict/{SECRET}/"]

FORM = "application/x-www-form-urlencoded"
HOSTILE: dict[str, dict[str, Any]] = {
    "a format that is not spoken": {"query": f"format=xml&url={SECRET}"},
    "too many fields": {"query": "&".join(f"a{number}=1" for number in range(300))},
    "NUL and bytes that are no text": {"query": "q=%00%ff&do=%00&step=%ff"},
    "too long for a redirect": {"query": "x" * 17_000, "cut": True},
    "a foreign host": {"headers": {"host": f"{SECRET}.example:666"}},
    "no host": {"headers": {"host": "a b"}},
    "headers that mean nothing": {
        "headers": {"accept-encoding": "\xff;q=x", "range": "bytes=9-1", "cookie": "=;" * 99, "if-modified-since": "x"}
    },
    "an htmx from nowhere": {"headers": {"hx-request": "true", "hx-current-url": "http://[::1", "origin": "null"}},
    "a form without a token": {"method": "POST", "body": b"a=1", "type": FORM},
    "a form that is too large": {"method": "POST", "body": b"x" * 20_000, "type": FORM},
    "a form of too many fields": {"method": "POST", "body": b"a=1&" * 300, "type": FORM},
    "a form in parts that is none": {"method": "POST", "body": b"\xff--", "type": "multipart/form-data; boundary=x"},
    "half of an object": {"method": "PUT", "body": b"{", "type": "application/json"},
    "a method of its own": {"method": "BREW", "body": b"", "type": FORM},
}


@pytest.mark.parametrize("how", HOSTILE)
def test_what_a_stranger_sends_is_no_fault_of_ours(caplog: pytest.LogCaptureFixture, how: str):
    asked = HOSTILE[how]
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    statuses = set()
    for address in ADDRESSES:
        answer = client.generic(
            asked.get("method", "GET"),
            address.rstrip("/") if asked.get("cut") else address,
            asked.get("body", b""),
            asked.get("type", FORM),
            QUERY_STRING=asked.get("query", ""),
            headers=asked.get("headers", {}),
        )
        answer.close()
        statuses.add(answer.status_code)
    assert 500 not in statuses
    assert [record.getMessage() for record in caplog.records if record.name != "orrery.access"] == []
    assert SECRET not in caplog.text


def broken(request: HttpRequest, code: str) -> HttpResponse:
    raise RuntimeError("the view is broken")


urlpatterns = [path("broken/<code>/", broken)]


@pytest.mark.urls(__name__)
def test_what_broke_on_our_side_is_an_error_with_its_trace_and_its_route(caplog: pytest.LogCaptureFixture):
    answer = Client(raise_request_exception=False).post(f"/broken/{SECRET}/")
    assert answer.status_code == 500
    (record,) = [record for record in caplog.records if record.name == "django.request"]
    assert record.levelno == logging.ERROR
    assert record.getMessage() == "An exception in POST broken/<code>/"
    assert record.exc_info
    assert "the view is broken" in caplog.text
    assert SECRET not in caplog.text

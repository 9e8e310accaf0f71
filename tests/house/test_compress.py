"""What goes out compressed, and what does not."""

import gzip

import brotli
import pytest
from django.http import HttpRequest, HttpResponse

from config.compress import LEAST, CompressMiddleware, chosen

BODY = b"<p>user:7 goes to dee.</p>" * 100


def answer(accepted, *, body=BODY, **headers):
    headers = {"Cache-Control": "public, max-age=300", "Content-Type": "text/html", "ETag": '"one"'} | headers
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepted
    return CompressMiddleware(lambda _: HttpResponse(body, headers=headers))(request)


@pytest.mark.parametrize(
    ("accepted", "encoding"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("GZIP;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("*", "br"),
        ("identity", ""),
        ("", ""),
    ],
)
def test_the_best_that_the_reader_takes_is_chosen(accepted, encoding):
    assert chosen(accepted) == encoding


@pytest.mark.parametrize(("accepted", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_public_page_comes_back_whole_and_shorter(accepted, decode):
    response = answer(accepted)
    assert decode(response.content) == BODY
    assert int(response["Content-Length"]) == len(response.content) < len(BODY)
    assert response["Vary"] == "Accept-Encoding"
    assert response["ETag"] == 'W/"one"'


def test_equal_pages_have_equal_bytes():
    assert answer("gzip").content == answer("gzip").content


@pytest.mark.parametrize(
    "headers", [{"Cache-Control": "no-store"}, {"Content-Type": "font/woff2"}, {"Content-Encoding": "br"}]
)
def test_other_responses_are_left_alone(headers):
    assert answer("br, gzip", **headers).content == BODY


def test_a_short_body_is_left_alone():
    assert answer("br", body=b"x" * (LEAST - 1)).content == b"x" * (LEAST - 1)

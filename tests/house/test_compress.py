"""What goes out compressed, and what does not."""

import gzip
from random import Random

import brotli
import pytest
from django.http import HttpRequest, HttpResponse

from config.compress import LEAST, ROOM, CompressMiddleware, chosen

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


@pytest.mark.parametrize("quality", ["q=0", "q=0.0", "q=0.00", "q=0.000", " q = 0.000"])
def test_zero_in_every_spelling_refuses_an_encoding(quality):
    assert chosen(f"br;{quality}, gzip") == "gzip"
    assert chosen(f"gzip;{quality}") == ""


def test_a_long_enough_body_is_compressed():
    assert len(answer("br", body=b"x" * LEAST).content) < LEAST


class Site:
    """A site whose page has a body and a version; what goes out is asked for through one middleware."""

    def __init__(self):
        self.middleware = CompressMiddleware(self.page)

    def page(self, request):
        headers = {"Cache-Control": "public", "Content-Type": "text/html"} | ({"ETag": self.etag} if self.etag else {})
        return HttpResponse(self.body, status=self.status, headers=headers)

    def ask(self, etag, body, status=200):
        self.etag, self.body, self.status = etag, body, status
        request = HttpRequest()
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
        response = self.middleware(request)
        assert isinstance(response, HttpResponse)
        return gzip.decompress(response.content)


def test_what_has_an_etag_is_compressed_once():
    site = Site()
    assert site.ask('"one"', BODY) == BODY
    # As long as it says that it is the same page, nobody looks at its body again.
    assert site.ask('"one"', b"another" * 100) == BODY
    assert site.ask('"two"', b"another" * 100) == b"another" * 100


def test_without_an_etag_nothing_is_kept():
    site = Site()
    assert site.ask("", BODY) == BODY
    assert site.ask("", BODY * 2) == BODY * 2
    assert not site.middleware.kept


def test_what_is_no_good_answer_is_not_kept():
    site = Site()
    wrong = b"There is no such page." * 100
    assert site.ask('"one"', wrong, status=404) == wrong
    assert site.ask('"one"', BODY) == BODY
    assert len(site.middleware.kept) == 1


def noise(seed):
    """A megabyte that does not get shorter."""
    return Random(seed).randbytes(2**20)  # noqa: S311 - noise, nothing secret


def test_no_more_is_kept_than_there_is_room_for_and_what_was_asked_for_last_stays():
    site = Site()
    fits = ROOM // 2**20
    for number in range(fits + 5):
        site.ask(f'"{number}"', noise(number))
        assert site.ask('"0"', BODY) == noise(0)
        held = sum(map(len, site.middleware.kept.values()))
        assert held == site.middleware.size <= ROOM
    assert [etag for _, etag in site.middleware.kept] == [*(f'"{n}"' for n in range(7, fits + 5)), '"0"']

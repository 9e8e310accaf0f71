"""What goes out compressed, and what does not."""

import gzip
from random import Random

import brotli
import pytest
from django.http import HttpRequest, HttpResponse

from config.compress import LEAST, ROOM, CompressMiddleware

BODY = b"<p>user:7 goes to dee.</p>" * 100


def answer(accepted, *, body=BODY, **headers):
    headers = {"Cache-Control": "public, max-age=300", "Content-Type": "text/html", "ETag": '"one"'} | headers
    request = HttpRequest()
    request.META["HTTP_ACCEPT_ENCODING"] = accepted
    return CompressMiddleware(lambda _: HttpResponse(body, headers=headers))(request)


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


def test_a_long_enough_body_is_compressed():
    assert len(answer("br", body=b"x" * LEAST).content) < LEAST


class Site:
    """A site whose page has a body; what goes out is asked for through one middleware."""

    def __init__(self):
        self.middleware = CompressMiddleware(self.page)

    def page(self, request):
        headers = {"Cache-Control": "public", "Content-Type": "text/html", "ETag": self.etag}
        return HttpResponse(self.body, status=self.status, headers=headers)

    def ask(self, body, etag='"one"', status=200):
        self.body, self.etag, self.status = body, etag, status
        request = HttpRequest()
        request.META["HTTP_ACCEPT_ENCODING"] = "gzip"
        response = self.middleware(request)
        assert isinstance(response, HttpResponse)
        return gzip.decompress(response.content)


def test_the_same_bytes_are_compressed_once():
    site = Site()
    assert site.ask(BODY) == BODY
    size = site.middleware.kept.size
    assert site.ask(BODY, etag='"two"') == BODY
    assert (len(site.middleware.kept), site.middleware.kept.size) == (1, size)


def test_two_pages_of_one_name_are_never_taken_for_each_other():
    """An ETag may be wrong, and was: what is kept is named by its bytes."""
    site = Site()
    assert site.ask(BODY) == BODY
    assert site.ask(b"another" * 100) == b"another" * 100


def test_what_is_no_good_answer_is_not_kept():
    site = Site()
    wrong = b"There is no such page." * 100
    assert site.ask(wrong, status=404) == wrong
    assert len(site.middleware.kept) == 0


def noise(seed):
    """A megabyte that does not get shorter."""
    return Random(seed).randbytes(2**20)  # noqa: S311 - noise, nothing secret


def test_no_more_is_kept_than_there_is_room_for():
    site = Site()
    for number in range(ROOM // 2**20 + 5):
        site.ask(noise(number))
        assert site.middleware.kept.size <= ROOM

"""Text goes out compressed: Brotli or gzip, whichever the reader prefers.

Django's GZipMiddleware mixes random bytes into each response against the BREACH attack, so equal pages
would differ; nothing here holds a secret that could be guessed from lengths: public pages are the same for
everybody. The same bytes are compressed once in each process: what is kept is named by its content, so that
no mistake in an address or an ETag can hand one page out for another. A page for one reader (no public
Cache-Control) goes out as it is.
"""

import gzip
from collections.abc import Callable
from hashlib import sha256

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

from config import errors
from config.codings import IDENTITY, best
from config.keeping import Kept

LEAST = 512
"""Bytes below which compressing costs more than it saves."""

ROOM = 4 * 1024 * 1024
"""Bytes of compressed responses that a process keeps."""

TEXT = ("text/", "application/json", "application/problem+json", "image/svg+xml")

ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


class CompressMiddleware:
    """Decides how an answer is encoded, also for the static files behind it, and compresses public text."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.kept = Kept(ROOM)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        accepted = request.headers.get("Accept-Encoding", "")
        encoding = best(accepted, [*ENCODERS, IDENTITY])
        if encoding is None:
            return errors.not_acceptable(request)
        # WhiteNoise looks for names alone, whatever their quality: it gets the one that is meant.
        request.META["HTTP_ACCEPT_ENCODING"] = encoding
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and "public" in response.headers.get("Cache-Control", ""):
            # Also of a 304: whoever keeps the page must know what it depends on (RFC 9110, 15.4.5).
            patch_vary_headers(response, ("Accept-Encoding",))
            least = LEAST if best(accepted, [IDENTITY]) else 0
            if encoding != IDENTITY and worth(response, least):
                self.encode(response, encoding)
        return response

    def encode(self, response: HttpResponse, encoding: str) -> None:
        body = response.content
        if response.status_code == 200:
            key = encoding, sha256(body).digest()
            response.content = self.kept.or_made(key, lambda: ENCODERS[encoding](body))
        else:
            response.content = ENCODERS[encoding](body)
        response.headers["Content-Encoding"] = encoding
        response.headers["Content-Length"] = str(len(response.content))
        if etag := response.headers.get("ETag", ""):
            # The same page in other bytes: weakly equal (RFC 9110, 8.8.1).
            response.headers["ETag"] = f"W/{etag.removeprefix('W/')}"


def worth(response: HttpResponse, least: int) -> bool:
    return (
        not response.has_header("Content-Encoding")
        and response.headers.get("Content-Type", "").startswith(TEXT)
        and len(response.content) >= max(least, 1)
    )

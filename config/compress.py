"""Text goes out compressed: Brotli or gzip, whichever the reader takes.

Django's GZipMiddleware mixes random bytes into each response against the BREACH attack, so equal pages
would differ; nothing here holds a secret that could be guessed from lengths: public pages are the same for
everybody. What has an ETag is compressed once in each process. A page for one reader (no public
Cache-Control) goes out as it is.
"""

import gzip
from collections import OrderedDict
from collections.abc import Callable

import brotli
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

LEAST = 512
"""Bytes below which compressing costs more than it saves."""

ROOM = 16 * 1024 * 1024
"""Bytes of compressed responses that a process keeps."""

TEXT = ("text/", "application/json", "application/problem+json", "image/svg+xml")

ENCODERS: dict[str, Callable[[bytes], bytes]] = {
    "br": lambda body: bytes(brotli.compress(body, quality=5)),
    "gzip": lambda body: gzip.compress(body, compresslevel=6, mtime=0),
}


class CompressMiddleware:
    """Compresses public text responses; keeps the latest of them by ETag."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.kept: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self.size = 0

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not worth(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        encoding = chosen(request.headers.get("Accept-Encoding", ""))
        if encoding:
            response.content = self.encoded(encoding, response)
            response.headers["Content-Encoding"] = encoding
            response.headers["Content-Length"] = str(len(response.content))
            if etag := response.headers.get("ETag", ""):
                # The same page in other bytes: weakly equal (RFC 9110, 8.8.1).
                response.headers["ETag"] = f"W/{etag.removeprefix('W/')}"
        return response

    def encoded(self, encoding: str, response: HttpResponse) -> bytes:
        key = encoding, response.headers.get("ETag", "")
        if not key[1] or response.status_code != 200:
            return ENCODERS[encoding](response.content)
        if key in self.kept:
            self.kept.move_to_end(key)
            return self.kept[key]
        body = self.kept[key] = ENCODERS[encoding](response.content)
        self.size += len(body)
        while self.size > ROOM:
            self.size -= len(self.kept.popitem(last=False)[1])
        return body


def worth(response: HttpResponse) -> bool:
    return (
        "public" in response.headers.get("Cache-Control", "")
        and not response.has_header("Content-Encoding")
        and response.headers.get("Content-Type", "").startswith(TEXT)
        and len(response.content) >= LEAST
    )


def chosen(accepted: str) -> str:
    """The best encoding that the reader takes; empty for none. `q=0` refuses one (RFC 9110, 12.5.3)."""
    offered = {}
    for part in accepted.lower().split(","):
        name, _, quality = part.strip().partition(";")
        offered[name.strip()] = quality.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in ENCODERS if offered.get(name, offered.get("*", False))), "")

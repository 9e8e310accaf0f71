"""What an address is answered with is made once: who asks for the same next, or at the same instant, gets it too.

A class opens one address, and plays one run. What is kept is bounded: in a process by its bytes, between processes
(`REDIS_URL`) by a number of places, of which each address has one; what stood there before goes.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from config.keeping import Kept
from playground.caching import etag_of, not_modified, publicly, shared
from playground.engine.turns import checkpoint

ROOM = 8 * 1024 * 1024
"""Bytes of answers that a process keeps: a hundred pages and traces."""
PLACES = 512
"""Answers that processes share at most: about 25 MB, and never more than `config.sharing.LARGEST` each."""
HEADERS = ("Content-Type", "HX-Push-Url", "Access-Control-Allow-Origin", "Cross-Origin-Embedder-Policy")
"""What an answer says besides its bytes and besides what every public one says."""

answers = Kept(ROOM)
View = Callable[..., HttpResponse]


class Other(Exception):
    """An answer that is not kept: an error, a redirect."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


def once(view: View) -> View:
    """The public answers of a view, of which nothing depends on anything but the address, are made once."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # While DEBUG is on, files change under a process; who has the answer already is told so by the view.
        if settings.DEBUG or not_modified(request):
            return view(request, *args, **kwargs)

        def make() -> bytes:
            checkpoint()  # to draw a run that is kept takes as long as many a run
            response = view(request, *args, **kwargs)
            if response.status_code != 200:
                raise Other(response)
            return packed(response)

        name = etag_of(request).strip('"')
        try:
            return publicly(
                request, unpacked(answers.or_made(name, lambda: shared.or_made(f"run:{name}", make, place_of(name))))
            )
        except Other as other:
            return other.response

    return answer


def place_of(name: str) -> str:
    """Where processes look for an answer of that name."""
    return f"run:{int(name[:8], 16) % PLACES}"


def packed(response: HttpResponse) -> bytes:
    """An answer as bytes: a line with its headers, then its body."""
    said = {name: response.headers[name] for name in HEADERS if name in response.headers}
    return json.dumps(said).encode() + b"\n" + response.content


def unpacked(kept: bytes) -> HttpResponse:
    """The answer that such bytes are."""
    head, _, body = kept.partition(b"\n")
    return HttpResponse(body, headers=json.loads(head))

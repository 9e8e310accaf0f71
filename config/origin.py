"""The one address of a public site: every absolute address that we write begins with it."""

from __future__ import annotations

import os
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase


def origin_of(request: HttpRequest) -> str:
    """Scheme, host and port of this site: ORIGIN, or on this machine the address that it was asked under."""
    return settings.ORIGIN.url if settings.ORIGIN else f"{request.scheme}://{request.get_host()}"


def public_address() -> str:
    """The same where nobody has asked: ORIGIN, or the address at which `make run` serves this machine."""
    return settings.ORIGIN.url if settings.ORIGIN else f"http://127.0.0.1:{os.environ.get('PORT', '8000')}"


class OriginMiddleware:
    """On a public site, the host in another spelling (`Example.org.`, `example.org:8000`) leads to the one address.

    What a reader sends as `Host` gets into no page and no redirect; a foreign host is refused, in words.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        origin = settings.ORIGIN
        if origin and request.get_host() != origin.netloc:
            if request.method not in ("GET", "HEAD"):
                raise DisallowedHost("Ask under the site's own address.")
            return HttpResponsePermanentRedirect(origin.url + request.get_full_path())
        return self.get_response(request)

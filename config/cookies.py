"""Nobody is given a cookie who has not asked for one."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.middleware import SessionMiddleware
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config import absence, errors

RENEW = "CSRF_COOKIE_NEEDS_UPDATE"
"""Django's note to itself that its cookie is to be set with the answer."""


class UnaskedCookieMiddleware:
    """Stands behind CsrfViewMiddleware, which hands a new cookie to whoever comes with one that it cannot read.

    That may be another program's of the same name, or anything; and the page may be one that a cache keeps for
    everybody. Where a form asks for a token, Django makes its note again.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request.META.pop(RENEW, None)
        return self.get_response(request)


class AskedSessionMiddleware(SessionMiddleware):
    """Sessions for those views alone that ask who is there.

    Django's own deletes a cookie that it cannot read, and says that the page varies with it; a page that everybody
    reads must do neither.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if not request.session.accessed:
            return response
        try:
            return super().process_response(request, response)
        except Error as fault:
            if not absence.is_one(fault):
                raise
            return self._unsaved(request, response)

    def _unsaved(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """The session could not be written: what the answer says of it would not hold. Private it stays."""
        instead = errors.away(request, as_json=response.headers.get("Content-Type") == "application/json")
        for name in ("Cache-Control", "Referrer-Policy", "Vary"):
            if name in response.headers:
                instead.headers[name] = response.headers[name]
        return instead

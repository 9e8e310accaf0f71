"""Answers for one reader: nobody keeps them, their length tells nothing, and no other site learns of them.

They are not compressed: `config.compress` takes those alone that say they are public (BREACH).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from config import absence, errors
from config.methods import head_as_get

View = Callable[..., HttpResponseBase]
Response = TypeVar("Response", bound=HttpResponseBase)
ELSEWHERE = ("cross-site", "same-site")
"""What a browser says of a request that another site has made (Fetch Metadata, 2.4)."""


ORIGIN_ALONE = "strict-origin"
"""Referrer policy of an address that is a secret: its path is told to nobody, this site among them. `no-referrer`
would hide the origin of the page's own form too, which could then not be told from a forged one (Fetch, 3.2)."""


class Instead(Http404):
    """Breaks a view off with another answer: a way to the door, or the door itself."""

    def __init__(self, response: HttpResponse) -> None:
        super().__init__()
        self.response = response


class See(HttpResponseRedirect):
    """After a form: the page to look at now (RFC 9110, 15.4.4)."""

    status_code = 303


def private(*methods: str, referrer: str = "same-origin") -> Callable[[View], View]:
    """A view for one reader, which answers these methods (HEAD with GET) and says so of others (405).

    What it raises as Http404 is dressed likewise, and so is a database that is away (503). A form is checked against
    forging, unless its method is refused anyway: that would be answered with a sentence about cookies.
    """
    allowed = tuple(one for method in methods for one in ((method, "HEAD") if method == "GET" else (method,)))

    def made(view: View) -> View:
        guarded = csrf_protect(view)

        # Every view is checked, by the line above: here, so that a method that is refused anyway is told so first.
        @csrf_exempt
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            response: HttpResponseBase
            if request.method not in allowed:
                response = errors.not_allowed(request, allowed)
            elif request.method == "POST" and request.headers.get("Sec-Fetch-Site") in ELSEWHERE:
                response = errors.csrf_failure(request)
            else:
                try:
                    with head_as_get(request):
                        response = guarded(request, *args, **kwargs)
                except Instead as other:
                    response = other.response
                except Http404 as missing:
                    response = errors.not_found(request, missing)
                except Error as fault:
                    if not absence.is_one(fault):
                        raise
                    response = errors.away(request)
            return dressed(response, referrer)

        return answered

    return made


def dressed(response: Response, referrer: str = "same-origin") -> Response:
    """The headers of an answer for one reader; the policy and the rest come from the middleware."""
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = referrer
    patch_vary_headers(response, ("Cookie",))
    return response

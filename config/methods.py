"""Pages that are only read, and HEAD."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from config import errors

View = Callable[..., HttpResponse]


def read_only(view: View) -> View:
    """GET and HEAD; another method is told so, with what is allowed (RFC 9110, 15.5.6).

    The page is exempt from the check against forged forms: it would refuse first, with a sentence about
    cookies, and there is nothing here that a form could change.
    """

    @csrf_exempt
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method in ("GET", "HEAD"):
            return view(request, *args, **kwargs)
        return errors.not_allowed(request, ("GET", "HEAD"))

    return answered


@contextmanager
def head_as_get(request: HttpRequest) -> Iterator[None]:
    """Within, HEAD is GET, whose headers it wants (RFC 9110, 9.3.2).

    A view that does one thing for GET and another for all else would do the other, and no form was checked.
    """
    asked = request.method
    if asked == "HEAD":
        request.method = "GET"
    try:
        yield
    finally:
        request.method = asked

"""What django-ninja leaves to us: wrong methods, unknown addresses and faults answered in the one shape."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path, reverse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer

from playground.api import problems
from playground.api.problems import ProblemError
from playground.caching import etag_for, not_modified, publicly

log = logging.getLogger(__name__)

View = Callable[..., HttpResponse]


class Readable(JSONRenderer):
    """JSON with its letters as letters."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}  # noqa: RUF012 — as the base class


class Api(NinjaAPI):
    """An API that can only be read, and says so in problem details."""

    def __init__(self, **more: Any) -> None:
        super().__init__(renderer=Readable(), docs_decorator=kept, **more)
        self.exception_handler(ProblemError)(problems.answer)
        self.exception_handler(ValidationError)(unknown)
        self.exception_handler(Http404)(unknown)
        self.exception_handler(Exception)(fault)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            if isinstance(pattern, URLPattern):
                pattern.callback = read_only(pattern.callback)
        return [*patterns, re_path("", open_to_all(unknown))], app, namespace

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        """As ninja makes it, with the errors under their own media type."""
        schema = super().get_openapi_schema(**more)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {problems.MEDIA_TYPE: response["content"]["application/json"]}
        return schema


def read_only(view: View) -> View:
    """GET, HEAD as GET, and a problem for every other method."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            detail = f"{request.method} is not answered here; only GET and HEAD are."
            response = problems.answer(request, ProblemError(problems.METHOD_NOT_ALLOWED, detail))
            response.headers["Allow"] = "GET, HEAD"
            return response
        asked, request.method = request.method, "GET"
        try:
            return view(request, *args, **kwargs)
        except Http404:
            return unknown(request)
        finally:
            request.method = asked

    return open_to_all(answer)


def open_to_all(view: View) -> View:
    """Any page may read the answer: it holds nothing about who asks, and no token is needed for nothing."""

    # Nothing can be changed here: every operation is a GET, and any other method is answered 405 as a problem.
    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        return response

    return answer


def kept(view: View) -> View:
    """The documentation may be kept like any other public answer; it names the host that it is read from."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        etag = etag_for("api", request.path, request.scheme, request.get_host())
        return not_modified(request, etag) or publicly(view(request, *args, **kwargs), etag)

    return answer


def address_of(view: str) -> str:
    return reverse(f"{problems.NAMESPACE}:{view}")


def unknown(request: HttpRequest, exc: Exception | None = None) -> HttpResponse:
    miniatures, docs = map(address_of, ("list_miniatures", "openapi-view"))
    detail = f"The list of miniatures is at {miniatures}, the documentation at {docs}."
    return problems.answer(request, ProblemError(problems.UNKNOWN_ADDRESS, detail))


def fault(request: HttpRequest, exc: Exception) -> HttpResponse:
    if settings.DEBUG:
        raise exc
    log.error("The API could not answer %s.", request.path, exc_info=exc)
    detail = "It is not your doing. The fault is in our log; please try again in a moment."
    return problems.answer(request, ProblemError(problems.OUR_FAULT, detail))

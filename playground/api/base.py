"""What django-ninja leaves to us: wrong methods, unknown addresses and faults answered in the one shape."""

import logging
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, re_path, reverse
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.renderers import JSONRenderer
from ninja.responses import Response

from config.methods import head_as_get
from config.origin import origin_of
from playground.api import problems
from playground.api.problems import ProblemError
from playground.asking.operations import Operations, View
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.engine.turns import AGAIN, Busy

log = logging.getLogger(__name__)


class Readable(JSONRenderer):
    """JSON with its letters as letters."""

    json_dumps_params = {"ensure_ascii": False, "separators": (",", ":")}  # noqa: RUF012 — as the base class


class Api(Operations):
    """An API that can only be read, and says so in problem details."""

    def __init__(self, **more: Any) -> None:
        super().__init__(renderer=Readable(), docs_decorator=kept, **more)
        self.exception_handler(ProblemError)(problems.answer)
        self.exception_handler(ValidationError)(unknown)
        self.exception_handler(Http404)(unknown)
        self.exception_handler(Busy)(busy)
        self.exception_handler(Exception)(fault)

    def around(self, view: View) -> View:
        return read_only(view)

    @property
    def urls(self) -> tuple[list[URLResolver | URLPattern], str, str]:
        patterns, app, namespace = super().urls
        for pattern in patterns:
            # Ninja's own does not know where it is asked.
            if isinstance(pattern, URLPattern) and pattern.name == "openapi-json":
                pattern.callback = read_only(kept(self.described))
        return [*patterns, re_path("", runs(at_most=0)(open_to_all(unknown)), name="unknown")], app, namespace

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        """As ninja makes it, with the errors under their own media type."""
        schema = super().get_openapi_schema(**more)
        for path in schema["paths"].values():
            for operation in path.values():
                for status, response in operation["responses"].items():
                    if int(status) >= 400:
                        response["content"] = {problems.MEDIA_TYPE: response["content"]["application/json"]}
        return schema

    def described(self, request: HttpRequest) -> HttpResponse:
        """The same with the one server that answers it: this site, under its own address."""
        return Response(self.get_openapi_schema() | {"servers": [{"url": origin_of(request)}]})


def read_only(view: View) -> View:
    """GET, HEAD as GET, and a problem for every other method."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            detail = f"{request.method} is not answered here; only GET and HEAD are."
            response = problems.answer(request, ProblemError(problems.METHOD_NOT_ALLOWED, detail))
            response.headers["Allow"] = "GET, HEAD"
            return response
        try:
            with head_as_get(request):
                return view(request, *args, **kwargs)
        except Http404:
            return unknown(request)

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

    # The page gives examples, each asked once in a process; the description gives none.
    @runs(at_most=1)
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return not_modified(request) or publicly(request, view(request, *args, **kwargs))

    return answer


def address_of(view: str) -> str:
    return reverse(f"{problems.NAMESPACE}:{view}")


@runs(at_most=0)
def unknown(request: HttpRequest, exc: Exception | None = None) -> HttpResponse:
    miniatures, docs = map(address_of, ("list_miniatures", "openapi-view"))
    detail = f"The list of miniatures is at {miniatures}, the documentation at {docs}."
    return problems.answer(request, ProblemError(problems.UNKNOWN_ADDRESS, detail))


def busy(request: HttpRequest, exc: Exception) -> HttpResponse:
    detail = "Other long runs come first, and there are many just now. Please ask again in a moment."
    response = problems.answer(request, ProblemError(problems.BUSY, detail))
    response.headers["Retry-After"] = str(AGAIN)
    return response


def fault(request: HttpRequest, exc: Exception) -> HttpResponse:
    if settings.DEBUG:
        raise exc
    log.error("The API could not answer %s.", request.path, exc_info=exc)
    detail = "It is not your doing. The fault is in our log; please try again in a moment."
    return problems.answer(request, ProblemError(problems.OUR_FAULT, detail))

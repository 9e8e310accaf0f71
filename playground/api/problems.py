"""Every error is a problem detail (RFC 9457): one shape, whatever went wrong."""

from collections.abc import Iterable
from http import HTTPStatus
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from pydantic import Field

from playground.api.schemas import Answer
from playground.engine.query import Problem as Wrong

MEDIA_TYPE = "application/problem+json"
NAMESPACE = "playground:api-v1"


class FieldError(Answer):
    """One thing that is wrong with a query."""

    field: str = Field(description="Name of the input, or `do[0].node`: argument `node` of the first action.")
    detail: str = Field(description="What is wrong and what is allowed, in one sentence.")
    typed: str = Field(description="What stood there; empty where nothing did.")


class Problem(Answer):
    """What went wrong."""

    type: str = Field(description="Address of the explanation of this kind of problem.")
    title: str = Field(description="The kind of problem, the same each time.")
    status: int = Field(description="The HTTP status.")
    detail: str = Field(description="What went wrong this time, in one or a few sentences.")
    instance: str = Field(description="The path that was asked for.")
    errors: list[FieldError] = Field(description="Field by field, where the query is to blame; else empty.")


class Kind(NamedTuple):
    """A kind of problem, as the documentation lists it."""

    name: str
    status: HTTPStatus
    title: str
    when: str


UNKNOWN_ADDRESS = Kind(
    "unknown-address", HTTPStatus.NOT_FOUND, "There is nothing at this address", "The path is not one of those above."
)
UNKNOWN_MINIATURE = Kind(
    "unknown-miniature", HTTPStatus.NOT_FOUND, "There is no such miniature", "No miniature has the name in the path."
)
METHOD_NOT_ALLOWED = Kind(
    "method-not-allowed",
    HTTPStatus.METHOD_NOT_ALLOWED,
    "This address can only be read",
    "Something other than GET or HEAD was sent.",
)
INVALID_QUERY = Kind(
    "invalid-query",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "The query cannot be run",
    "A name, a value or an action is unknown or outside its bounds.",
)
REFUSED_ACTION = Kind(
    "refused-action",
    HTTPStatus.UNPROCESSABLE_ENTITY,
    "An action makes no sense at that point",
    "The query is well formed, but an action cannot be done then: to remove a server that is not there.",
)
OUR_FAULT = Kind(
    "our-fault",
    HTTPStatus.INTERNAL_SERVER_ERROR,
    "Something broke on our side",
    "Never, if all goes well. The fault is in our log.",
)
BUSY = Kind(
    "busy",
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Others are served first",
    "Too many long runs were asked for at once; `Retry-After` says when to ask again.",
)
KINDS = (UNKNOWN_ADDRESS, UNKNOWN_MINIATURE, METHOD_NOT_ALLOWED, INVALID_QUERY, REFUSED_ACTION, OUR_FAULT, BUSY)


class ProblemError(Exception):
    """Ends an operation with a problem."""

    def __init__(self, kind: Kind, detail: str, errors: Iterable[Wrong] = ()) -> None:
        super().__init__(detail)
        self.kind, self.detail, self.errors = kind, detail, tuple(errors)


def of_query(kind: Kind, errors: Iterable[Wrong]) -> ProblemError:
    """What is wrong with a query; the detail repeats the sentences for who reads nothing else."""
    found = tuple(errors)
    return ProblemError(kind, " ".join(error.sentence for error in found[:3]), found)


def answer(request: HttpRequest, problem: ProblemError) -> HttpResponse:
    """The problem as a response. It is not kept: it says why there is no answer, and is none itself."""
    kind = problem.kind
    body = Problem(
        type=f"{reverse(f'{NAMESPACE}:openapi-view')}#{kind.name}",
        title=kind.title,
        status=kind.status.value,
        detail=problem.detail,
        instance=request.path,
        errors=[FieldError(field=one.field, detail=one.sentence, typed=one.typed) for one in problem.errors],
    )
    response = HttpResponse(body.model_dump_json(), status=kind.status, content_type=MEDIA_TYPE)
    response.headers["Cache-Control"] = "no-store"
    return response

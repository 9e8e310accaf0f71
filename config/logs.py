"""Logs as JSON, one object a line, with the request's id and nothing about the reader.

A line of a request holds method, route, status, milliseconds and bytes. It holds no address of a reader, no
user agent, no cookie, and not the query: what somebody looked for is theirs.
"""

from __future__ import annotations

import json
import logging
import re
import time
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from datetime import UTC, datetime

from django.http import HttpRequest
from django.http.response import HttpResponseBase

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request that this thread answers; empty outside of one."""

HEADER = "X-Request-ID"
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
access = logging.getLogger("orrery.access")


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON, times in UTC."""

    def format(self, record: logging.LogRecord) -> str:
        told: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if found := request_id.get():
            told["request"] = found
        told |= getattr(record, "told", {})
        if record.exc_info:
            told["error"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


class Faults(logging.Filter):
    """Lets through what broke on our side: an exception that nobody has caught, told with its route.

    An answer of 501 or 503 that is meant so is none: whoever asks for it could fill the log.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        if not record.exc_info:
            return False
        if isinstance(request := getattr(record, "request", None), HttpRequest):
            record.msg, record.args = "An exception in %s %s", (method_of(request), route_of(request))
        return True


class RequestLogMiddleware:
    """Gives every request an id, says it in answers for one reader, and logs one line for each."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        # The proxy's id where it has one, so that both logs name a request alike.
        token = request_id.set(given if GIVEN.fullmatch(given) else uuid.uuid4().hex)
        began = time.perf_counter_ns()
        try:
            response = self.get_response(request)
            # What a cache may keep is the same for everybody, and so has no id of one request.
            if "public" not in response.headers.get("Cache-Control", ""):
                response.headers[HEADER] = request_id.get()
            access.info("%s %s", method_of(request), route_of(request), extra={"told": line(request, response, began)})
            return response
        finally:
            request_id.reset(token)


def line(request: HttpRequest, response: HttpResponseBase, began: int) -> dict[str, object]:
    content = getattr(response, "content", None)
    return {
        "method": method_of(request),
        "route": route_of(request),
        "status": response.status_code,
        "ms": (time.perf_counter_ns() - began) // 1_000_000,
        "bytes": len(content) if content is not None else None,
    }


def method_of(request: HttpRequest) -> str:
    """The method, where it is one of HTTP's (RFC 9110, 9.3): a stranger may write anything there."""
    return request.method if request.method in METHODS else "other"


def route_of(request: HttpRequest) -> str:
    """The pattern that answered, never the path itself: what was mistyped into an address may be anything."""
    return request.resolver_match.route if request.resolver_match else "none"

"""A request takes its turn, or is told to come again."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase

from config import errors
from playground.engine.turns import AGAIN, Busy, Gate, taking_turns


class TurnsMiddleware:
    """One gate for all requests of a process."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.gate = Gate()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with taking_turns(self.gate):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return errors.busy(request, AGAIN) if isinstance(exception, Busy) else None

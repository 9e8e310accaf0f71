"""Answers that several views give."""

from __future__ import annotations

from django.http import HttpResponse

from quizzes.throttle import TooMany


def later(response: HttpResponse, limit: TooMany) -> HttpResponse:
    """A page that refuses a try for now (429), and when the next one is taken."""
    response.status_code = 429
    response.headers["Retry-After"] = str(limit.seconds)
    return response

"""Two questions that a supervisor asks: does the process answer, and may it have traffic?

They are answered before anything else: the log, the host that was asked for (a probe beside the server knows
`127.0.0.1`), the redirect to https. In our server they have a thread of their own (`config/serve/lanes.py`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from config import policy

log = logging.getLogger(__name__)


def livez() -> str:
    """The process answers. Looks at nothing else, so a sick database does not get it restarted."""
    return ""


def readyz() -> str:
    """The database answers and has every migration. Says no more than that: strangers can ask."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as fault:
        # A line for each question, without a trace: a supervisor asks every few seconds for as long as it is away.
        log.warning("The database does not answer (%s).", type(fault).__name__)
        return "the database does not answer"
    return "the database waits for a migration" if pending else ""


LIVE, READY = "/livez", "/readyz"
PATHS: dict[str, Callable[[], str]] = {LIVE: livez, READY: readyz}
"""Path -> what is asked there: it answers what is wrong, or nothing."""


def plain(text: str, status: int, **more: str) -> HttpResponse:
    """One line, with every header of the site: nothing else will add one."""
    told = {"Cache-Control": "no-store", "Content-Length": str(len(text) + 1)}
    kind = "text/plain; charset=utf-8"
    return HttpResponse(f"{text}\n", status=status, content_type=kind, headers=policy.headers() | told | more)


class HealthMiddleware:
    """Answers those two."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        ask = PATHS.get(request.path)
        if ask is None:
            return self.get_response(request)
        if request.method not in ("GET", "HEAD"):
            return plain("only GET and HEAD are answered", 405, Allow="GET, HEAD")
        wrong = ask()
        return plain(wrong or "ok", 503 if wrong else 200)

"""Saving, checking and the clock as JSON, for the page of a question. The forms beside it do the same.

No documentation is published: it changes with the page that speaks it.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import Error
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja import Schema
from ninja.errors import AuthenticationError, ValidationError
from ninja.security import APIKeyCookie
from pydantic import UUID4, ConfigDict, Field

from config import absence, errors
from config.methods import head_as_get
from playground.asking.operations import Operations, View
from playground.asking.runs import runs
from playground.engine import limits
from playground.engine.verdict import Unreadable
from quizzes.access import attempt_for
from quizzes.challenged import is_challenge, replayed
from quizzes.frozen import thaw
from quizzes.handing_in import settled
from quizzes.judging import Question, read_value
from quizzes.models import Answer, Attempt
from quizzes.private import dressed
from quizzes.saving import Change, Reply, save, since
from quizzes.terms import end_of
from quizzes.whose import is_of
from quizzes.zones import stamp

SEEN = 10
"""Seconds after which it is written down again that somebody has asked for the clock."""
LONGEST = 200
"""Characters of a value."""
LONGEST_RUN = limits.QUERY
"""Characters of a run, which is the value of a challenge."""


class Session(APIKeyCookie):
    """Whoever has a session may ask; what it may see is decided by `access`. Forged requests are refused."""

    param_name = settings.SESSION_COOKIE_NAME

    def authenticate(self, request: HttpRequest, key: str | None) -> bool:
        return bool(key)


class PrivateApi(Operations):
    """Every answer is for one reader, also those that ninja gives by itself."""

    def around(self, view: View) -> View:
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            try:
                with head_as_get(request):
                    response = view(request, *args, **kwargs)
            except Http404 as missing:
                response = errors.not_found(request, missing)
            except Error as fault:
                if not absence.is_one(fault):
                    raise
                response = errors.away(request, as_json=True)
            return dressed(response)

        # Ninja checks forms against forging by itself, where it asks who is there.
        return csrf_exempt(answered)


api = PrivateApi(title="Quizzes", urls_namespace="api", auth=Session(csrf=True), docs_url=None, openapi_url=None)


class Said(Schema):
    """A change of an answer, as the page sends it."""

    model_config = ConfigDict(extra="forbid", strict=True)

    key: UUID4 = Field(strict=False)
    base: int = Field(ge=0, lt=1_000_000)
    value: str | None = Field(max_length=LONGEST_RUN)
    check: bool = False
    who: str = Field(default="", max_length=40)


@api.post("/{quiz}/{number}/{place}/save")
@runs(at_most=1)
def save_answer(request: HttpRequest, quiz: str, number: int, place: int, said: Said) -> HttpResponse:
    """Save, or check, one answer."""
    received = received_at(request)
    attempt = attempt_for(request, quiz, number)
    if not is_of(said.who, attempt):
        return told(401, {"state": "signed-out"})
    return told(*answered(attempt, place, said.key, said.base, said.value, check=said.check, received=received))


@api.get("/{quiz}/{number}/clock")
@runs(at_most=0)
def clock(request: HttpRequest, quiz: str, number: int, place: int = 0, who: str = "") -> HttpResponse:
    """The server's clock, the end of an attempt, whether it is over; and what the answer at a place is now."""
    now = received_at(request)
    attempt = attempt_for(request, quiz, number)
    if not is_of(who, attempt):
        return told(401, {"state": "signed-out"})
    attempt = settled(attempt, now)
    if attempt.seen is None or (now - attempt.seen).total_seconds() > SEEN:
        Attempt.with_previews.filter(pk=attempt.pk).update(seen=now)
    over = attempt.handed_in is not None
    body: dict[str, Any] = {
        "now": stamp(now),
        "end": stamp(end_of(attempt)),
        "revision": attempt.revision,
        "over": over,
    }
    if answer := Answer.objects.filter(attempt=attempt, place=place).first():
        body["answer"] = {"value": answer.value, "revision": answer.revision, "since": since(answer, attempt)}
    return told(200, body)


def received_at(request: HttpRequest) -> datetime:
    """When the request arrived: the first thing that its view asks."""
    return timezone.now()


def answered(
    attempt: Attempt, place: int, key: UUID, base: int, text: str | None, *, check: bool, received: datetime
) -> tuple[int, dict[str, Any]]:
    """What is said to a change: status and body. Raises Http404 where there is no such question.

    A challenge is replayed here, before anything is locked: that takes one run, and may raise Busy.
    """
    answer = Answer.objects.filter(attempt=attempt, place=place).select_related("variant").first()
    if answer is None:
        raise Http404("This quiz has no such question.")
    value, held = None, None
    if text is not None and text.strip():
        try:
            value, held = _read(thaw(answer.variant), text)
        except Unreadable as fault:
            return 422, {"state": "unreadable", "sentence": str(fault)}
    if check and value is None:
        return 422, {"state": "unreadable", "sentence": "There is nothing to check yet."}
    reply: Reply = save(attempt, place, Change(key, base, value, check=check, held=held), received)
    return reply.status, reply.body


def _read(content: Question, text: str) -> tuple[str, tuple[bool, ...] | None]:
    """The one spelling of what was said and, of a challenge, which conditions hold. Raises Unreadable."""
    if is_challenge(content):
        return replayed(content, text)
    if len(text) > LONGEST:
        raise Unreadable(f"An answer has at most {LONGEST} characters.")
    return read_value(content, text), None


def told(status: int, body: dict[str, Any]) -> HttpResponse:
    """The same body is the same bytes."""
    text = json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type="application/json")


@api.exception_handler(AuthenticationError)
def signed_out(request: HttpRequest, fault: AuthenticationError) -> HttpResponse:
    return told(401, {"state": "signed-out"})


@api.exception_handler(Http404)
def not_there(request: HttpRequest, fault: Http404) -> HttpResponse:
    return told(404, {"state": "signed-out"})


@api.exception_handler(ValidationError)
def no_change(request: HttpRequest, fault: ValidationError) -> HttpResponse:
    return told(422, {"state": "unreadable", "sentence": "This page sent what cannot be read. Load it again."})

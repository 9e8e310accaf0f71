"""A room as phones see it: by its code, without an account. A vote has no name."""

from __future__ import annotations

import re
from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from playground.engine.verdict import Unreadable
from playground.scenes.marks import LAYOUTS, WIDE
from quizzes import frozen, throttle, voting
from quizzes.access import anybody
from quizzes.models import Room
from quizzes.names import ROOM_CODE, SIGNS
from quizzes.private import See, private
from quizzes.room_page import RoomPage

COOKIE = "voter"
CODES = re.compile(f"[{SIGNS}]{{{ROOM_CODE}}}")
MOST_TYPED = 2000


@runs(at_most=1)
@private("GET")
@anybody
def page(request: HttpRequest, code: str) -> HttpResponse:
    """The question and the vote; between votes, where to look; at the end the run."""
    return shown(request, room_of(request, code))


@runs(at_most=1)
@private("POST")
@anybody
def vote(request: HttpRequest, code: str) -> HttpResponse:
    """Votes, or votes otherwise."""
    room, voter = room_of(request, code), voter_of(request)
    typed = request.POST.get("answer", "")[:MOST_TYPED]
    if not voter:
        # The cookie came with the page; a browser that keeps none would vote again and again.
        return shown(request, room, typed, "This browser keeps no cookies, by which one vote is told from two.", 422)
    try:
        voting.vote(room, voter, typed, timezone.now())
    except Unreadable as problem:
        return shown(request, room, typed, str(problem), 422)
    except voting.Refused as refused:
        return shown(request, Room.objects.get(pk=room.pk), typed, str(refused), 409)
    return See(reverse("quizzes:live", args=[code]))


@runs(at_most=0)
@private("GET")
@anybody
def state(request: HttpRequest, code: str) -> HttpResponse:
    """Whether there is another page: 204 for who has it already, else its revision."""
    return state_of(request, room_of(request, code))


@runs(at_most=0)
@private("GET")
@anybody
def trace(request: HttpRequest, code: str) -> HttpResponse:
    """The steps up to the one at which it is asked; nothing after it."""
    return trace_of(request, room_of(request, code))


def room_of(request: HttpRequest, code: str) -> Room:
    """The room of a code. One that leads nowhere counts, so that nobody finds a room by trying."""
    room = voting.of_code(code, timezone.now()) if CODES.fullmatch(code) else None
    if room is None:
        whom = throttle.address_of(request)
        try:
            throttle.spend(throttle.CODES, whom)
        except throttle.TooMany as limit:
            raise Http404(limit.sentence) from None
        raise Http404("There is no vote under this code now. Codes are good for three hours.")
    return room


def state_of(request: HttpRequest, room: Room, votes: str = "") -> HttpResponse:
    if not votes and request.GET.get("revision") == str(room.revision):
        return HttpResponse(status=204)
    return JsonResponse({"revision": room.revision} | ({"votes": votes} if votes else {}))


def trace_of(request: HttpRequest, room: Room) -> HttpResponse:
    layout = request.GET.get("layout", WIDE)
    if layout not in LAYOUTS:
        raise Http404(f"There is no layout “{layout[:20]}”; there are {' and '.join(LAYOUTS)}.")
    return HttpResponse(frozen.trace_of(room, layout), content_type="application/json")


def voter_of(request: HttpRequest) -> str:
    """What this phone is known by; empty for one that is new."""
    said = request.COOKIES.get(_cookie(), "")
    return said if voting.VOTER.fullmatch(said) else ""


def shown(request: HttpRequest, room: Room, typed: str = "", error: str = "", status: int = 200) -> HttpResponse:
    known = voter_of(request)
    voter = known or voting.new_voter()
    told = RoomPage(room, voter)
    mine = voting.votes_of(room, voter)
    context = {
        "told": told,
        "showing": told.showing(typed, error) if told.open or told.told else None,
        "now": mine.get(told.ballot),
        "before": mine.get(1) if told.ballot != 1 else None,
        "last": mine.get(2) or mine.get(1),
        "error": error,
    }
    response = render(request, "quizzes/live.html", context, status=status)
    if not known:
        response.set_cookie(
            _cookie(), voter, max_age=timedelta(days=1), secure=settings.SESSION_COOKIE_SECURE, httponly=True,
            samesite="Lax",
        )  # fmt: skip
    return response


def _cookie() -> str:
    """Named as the session's is: over TLS no other host can set it (RFC 6265bis, 4.1.3.2)."""
    return f"__Host-{COOKIE}" if settings.SESSION_COOKIE_SECURE else COOKIE

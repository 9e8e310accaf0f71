"""A room as whoever opens it sees it: the screen in front, and the one button that goes on."""

from __future__ import annotations

import secrets
from typing import NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from config.origin import origin_of
from playground.asking.missing import find
from playground.asking.request import entry_for, read
from playground.asking.runs import runs
from playground.engine.content import Content, content_of
from playground.engine.questions import of_shape, pose_about
from quizzes import voting
from quizzes.access import own_room, taught, user_of
from quizzes.frozen import whole_run
from quizzes.models import Item, Variant
from quizzes.private import See, private
from quizzes.room_page import RoomPage
from quizzes.showing import Showing, asking
from quizzes.views.live import state_of, trace_of

LONGEST = 4096
"""Characters of a run's query."""


class Wanted(NamedTuple):
    """The question that is to be put to a room."""

    content: Content
    hidden: dict[str, str]
    """What the form says of it."""


@runs(at_most=3)
@private("GET", "POST")
def new(request: HttpRequest) -> HttpResponse:
    """Shows the question that is to be put to a room; the form opens it."""
    user = user_of(request)
    wanted = _wanted(request)
    if request.method == "POST":
        room = voting.open_room(user, wanted.content, timezone.now())
        return See(reverse("quizzes:teach-live", args=[room.pk]))
    here = reverse("quizzes:live-new")
    context = {"showing": _still(wanted.content, here), "wanted": wanted.hidden, "room": "teach", "whose": user.name}
    return render(request, "quizzes/teach/live-new.html", context)


@runs(at_most=1)
@private("GET")
def screen(request: HttpRequest, room: str) -> HttpResponse:
    """The screen in front of everybody."""
    told = RoomPage(own_room(request, room), origin=origin_of(request))
    return render(request, "quizzes/teach/live.html", {"told": told, "showing": told.showing()})


@runs(at_most=0)
@private("POST")
def go_on(request: HttpRequest, room: str) -> HttpResponse:
    """The next phase; `run` leaves the second vote out."""
    found = own_room(request, room)
    revision = request.POST.get("revision", "")
    if revision.isdecimal() and len(revision) < 10:
        voting.go_on(found, int(revision), run="run" in request.POST)
    return See(reverse("quizzes:teach-live", args=[room]))


@runs(at_most=0)
@private("GET")
def state(request: HttpRequest, room: str) -> HttpResponse:
    """How many have voted, and whether the page is another by now."""
    found = own_room(request, room)
    return state_of(request, found, RoomPage(found).votes)


@runs(at_most=0)
@private("GET")
def trace(request: HttpRequest, room: str) -> HttpResponse:
    """The steps up to the one at which it is asked; nothing after it."""
    return trace_of(request, own_room(request, room))


def _wanted(request: HttpRequest) -> Wanted:
    """An item of a quiz that one teaches, or the question that a lesson asks about a run. Raises Http404."""
    told = request.POST if request.method == "POST" else request.GET
    if item := told.get("item", ""):
        return _of_item(request, item, told.get("of", ""))
    slug, _, template = told.get("question", "").partition("/")
    text = told.get("run", "")
    if len(text) > LONGEST:
        raise Http404("This run is longer than any address of ours.")
    entry = entry_for(slug)
    kind = find("question", template, {one.name: one for one in entry.questions})
    query = read(entry, text)
    if query.parsed.problems or not of_shape(kind, query.query):
        raise Http404(f"This question cannot be asked about this run. {kind.needed()}")
    posed = pose_about(entry.cls, kind, query.query)
    if posed is None:
        raise Http404(f"This question cannot be asked about this run. {kind.needed()}")
    return Wanted(content_of(slug, entry.version, posed), {"question": f"{slug}/{template}", "run": text})


def _of_item(request: HttpRequest, item: str, of: str = "") -> Wanted:
    """One of the variants that may be given, any of them: everybody gets the same. `of`: of this template of a pool."""
    number = int(item) if item.isdecimal() and len(item) < 10 else 0
    found = Item.objects.select_related("quiz").filter(pk=number).first()
    if found is None:
        raise Http404
    taught(request, found.quiz.of_id)
    if found.kind == Item.Kind.CHALLENGE:
        raise Http404("A challenge is operated by each alone: there is nothing in it to vote on.")
    if found.kind == Item.Kind.WRITTEN:
        raise Http404("A room looks at a run together, and this question has none.")
    able = Variant.objects.filter(item=found)
    pinned, ready = (able.filter(state=one) for one in (Variant.State.PINNED, Variant.State.READY))
    given = pinned if pinned.exists() else ready
    kind = next((one for one in found.kinds if one.key == of), None)
    variants = list((given.filter(**kind._asdict()) if kind else given).values_list("pk", flat=True))
    if not variants:
        raise Http404("This question has no variant that may be given.")
    hidden = {"item": str(number)} | ({"of": of} if kind else {})
    return Wanted(whole_run(Variant.objects.get(pk=secrets.choice(variants))), hidden)


def _still(content: Content, here: str) -> Showing:
    """The question before there is a room: its picture, without steps."""
    return asking(content, page=here, trace=here)

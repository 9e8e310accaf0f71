"""The first page, the list of lessons, a lesson. Nothing here is about the reader."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from config.methods import read_only
from config.origin import origin_of
from lessons.areas import BY_NAME
from lessons.catalogue import by_area, lesson_for, lessons
from lessons.hero import hero
from lessons.search import LONGEST, near, search
from playground.asking.request import ask
from playground.asking.runs import runs
from playground.caching import kept, not_modified, publicly
from playground.page.player import Player


@runs(at_most=3)
@read_only
def home(request: HttpRequest) -> HttpResponse:
    """The handle, and the map of what exists."""

    def context() -> dict[str, object]:
        return {"hero": hero(), "areas": by_area(), "count": len(lessons()), "origin": origin_of(request)}

    return page(request, "lessons/home.html", context)


@runs(at_most=0)
@read_only
def shelf(request: HttpRequest) -> HttpResponse:
    """Every lesson, by area; with `?q=`, those that hold the words."""
    asked = request.GET.get("q", "").strip()
    context: dict[str, object] = {"room": "lessons", "areas": by_area(), "longest": LONGEST}
    if not asked:
        return page(request, "lessons/list.html", lambda: context)
    return not_modified(request) or publicly(request, render(request, "lessons/list.html", context | answer_to(asked)))


@runs(at_most=0)
@read_only
def found(request: HttpRequest) -> HttpResponse:
    """What a search finds, as a fragment; it answers with the page's address to push."""
    asked = request.GET.get("q", "").strip()
    if unchanged := not_modified(request):
        return unchanged
    response = render(request, "lessons/_found.html", {"areas": by_area()} | answer_to(asked))
    response["HX-Replace-Url"] = (
        f"{reverse('lessons:list')}?{urlencode({'q': asked[:LONGEST]})}" if asked else reverse("lessons:list")
    )
    return publicly(request, response)


def answer_to(asked: str) -> dict[str, object]:
    """What the template of a search needs. What is too long is said, and read as far as it is read."""
    hits = search(asked)
    return {"asked": asked[:LONGEST], "cut": len(asked) > LONGEST, "found": hits, "near": [] if hits else near(asked)}


@runs(at_most=50)
@read_only
def lesson_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One lesson."""
    lesson = lesson_for(slug)

    def context() -> dict[str, object]:
        # The card shows the first scenario, which is made to be seen at a glance.
        card = Player(ask(lesson.entry, lesson.entry.scenarios[0].query))
        area = BY_NAME[lesson.front.area]
        return {"room": "lessons", "lesson": lesson, "area": area, "player": card, "origin": origin_of(request)}

    return page(request, "lessons/lesson.html", context)


def page(request: HttpRequest, template: str, context: Callable[[], dict[str, object]]) -> HttpResponse:
    """A page that anybody may keep for a while; the query is no part of it. Its context is made when it is."""
    return kept(request, lambda: render(request, template, context()))

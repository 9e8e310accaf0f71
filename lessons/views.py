"""The first page, the list of lessons, a lesson. Nothing here is about the reader."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from config.methods import read_only
from config.origin import origin_of
from lessons.areas import BY_NAME
from lessons.catalogue import lesson_for
from lessons.hero import hero
from lessons.orrery import orrery
from lessons.shelf import Shelf
from lessons.threads import first_of_another, steps, threads
from playground.asking.request import ask
from playground.asking.runs import runs
from playground.caching import kept, not_modified, publicly
from playground.page.player import Player


@runs(at_most=4)
@read_only
def home(request: HttpRequest) -> HttpResponse:
    """The handle, and the map of what exists."""

    def context() -> dict[str, object]:
        return {"hero": hero(), "map": orrery(), "paths": threads(), "origin": origin_of(request)}

    return page(request, "lessons/home.html", context)


@runs(at_most=0)
@read_only
def shelf(request: HttpRequest) -> HttpResponse:
    """Every lesson, path by path; or those that hold the words of `?q=`, of one area, on one path, of one length."""
    if len(said := {name: value for name, value in request.GET.items() if value}) < len(request.GET):
        # A form sends also what was left empty.
        return publicly(request, HttpResponseRedirect(f"{request.path}?{urlencode(said)}" if said else request.path))
    asked = Shelf(request.GET)
    context = {"room": "lessons", "shelf": asked, "origin": origin_of(request)}
    if asked.is_whole:
        return page(request, "lessons/list.html", lambda: context)
    return not_modified(request) or answered(request, "lessons/list.html", asked, context)


@runs(at_most=0)
@read_only
def found(request: HttpRequest) -> HttpResponse:
    """What a search finds, as a fragment; it answers with the page's address to push."""
    if unchanged := not_modified(request):
        return unchanged
    asked = Shelf(request.GET)
    response = answered(request, "lessons/_found.html", asked, {"shelf": asked})
    response["HX-Replace-Url"] = asked.asked.address
    return response


def answered(request: HttpRequest, template: str, asked: Shelf, context: dict[str, object]) -> HttpResponse:
    """Not kept: there is no end of words. What does not exist is said, and all lessons stand under it."""
    return publicly(request, render(request, template, context, status=422 if asked.problems else 200))


@runs(at_most=50)
@read_only
def lesson_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One lesson."""
    lesson = lesson_for(slug)

    def context() -> dict[str, object]:
        # The card shows the first scenario, which is made to be seen at a glance.
        card = Player(ask(lesson.entry, lesson.entry.scenarios[0].query))
        area = BY_NAME[lesson.front.area]
        on = {"steps": steps(lesson), "begin": first_of_another(lesson)}
        return {"room": "lessons", "lesson": lesson, "area": area, "player": card, "origin": origin_of(request), **on}

    return page(request, "lessons/lesson.html", context)


def page(request: HttpRequest, template: str, context: Callable[[], dict[str, object]]) -> HttpResponse:
    """A page that anybody may keep for a while; the query is no part of it. Its context is made when it is."""
    return kept(request, lambda: render(request, template, context()))

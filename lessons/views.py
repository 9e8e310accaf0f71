"""The first page, the list of lessons, a lesson. Nothing here is about the reader."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from lessons.areas import BY_NAME
from lessons.catalogue import by_area, lesson_for, lessons
from lessons.hero import hero
from playground.caching import etag_for, kept


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The handle, and the map of what exists."""
    context: dict[str, object] = {"hero": hero(), "areas": by_area(), "count": len(lessons())}
    return page(request, "lessons/home.html", context)


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Every lesson, by area."""
    return page(request, "lessons/list.html", {"room": "lessons", "areas": by_area()})


@require_safe
def lesson_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One lesson."""
    lesson = lesson_for(slug)
    return page(
        request, "lessons/lesson.html", {"room": "lessons", "lesson": lesson, "area": BY_NAME[lesson.front.area]}
    )


def page(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    """A page that anybody may keep for a while; the query is no part of it."""
    return kept(request, etag_for(request.path), lambda: render(request, template, context))

"""An article that drives the widget in it: what a host can do, shown with the script that does it."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.methods import read_only
from config.origin import origin_of
from playground.asking.runs import runs
from playground.caching import not_modified, publicly
from playground.embed.builder import showing_the_widget
from playground.engine.registry import entries

SCRIPT = Path("static/js/article.js")


@runs(at_most=0)
@read_only
@showing_the_widget
def article(request: HttpRequest) -> HttpResponse:
    """A page as somebody else would write it, and under it the script that it has."""
    if unchanged := not_modified(request):
        return unchanged
    script = (settings.BASE_DIR / SCRIPT).read_text("utf-8")
    exercises = [(entry.cls.title, entry.slug, one) for entry in entries().values() for one in entry.challenges]
    context = {"room": "embed", "origin": origin_of(request), "script": script, "exercises": exercises}
    return publicly(request, render(request, "playground/embed-article.html", context))

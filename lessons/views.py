"""The first page, the list of lessons, a lesson."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "lessons/home.html", {"room": ""})


@require_safe
def shelf(request: HttpRequest) -> HttpResponse:
    """Every lesson, by area."""
    return render(request, "lessons/list.html", {"room": "lessons"})


@require_safe
def lesson_page(request: HttpRequest, slug: str) -> HttpResponse:
    raise Http404(f"There is no lesson “{slug[:40]}”.")

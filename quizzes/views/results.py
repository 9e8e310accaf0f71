"""The results of a quiz, while it runs and afterwards."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from playground.asking.runs import runs
from quizzes.access import taught_quiz, user_of
from quizzes.handing_in import settle_open
from quizzes.models import Quiz
from quizzes.private import private
from quizzes.results_page import Results
from quizzes.zones import long_time, place_of

DONE = {
    "given": "The time is given, and counts at once.",
    "reopened": "The attempt is open again.",
    "excused": "The answer counts for nothing now: neither among the points nor among those that there are.",
    "counts": "The answer counts again.",
    "points": "The points are saved.",
}
"""What was done by the form that led here, by the word in the address."""
PLACES = 4
"""Digits of a number of a question, at most."""


@runs(at_most=1)
@private("GET")
def page(request: HttpRequest, quiz: str) -> HttpResponse:
    """Who is where, and what each question tells."""
    found = taught_quiz(request, quiz)
    results = _results(request, found)
    return render(request, "quizzes/teach/results.html", around(request, found, "results") | {"results": results})


@runs(at_most=1)
@private("GET")
def fragment(request: HttpRequest, quiz: str) -> HttpResponse:
    """The same without what stands around it; nothing (204) where it is what the page shows already."""
    found = taught_quiz(request, quiz)
    results = _results(request, found)
    if request.GET.get("since") == results.revision:
        return HttpResponse(status=204)
    return render(request, "quizzes/teach/_results.html", around(request, found, "results") | {"results": results})


def around(request: HttpRequest, quiz: Quiz, tab: str) -> dict[str, Any]:
    """What every page of a quiz knows."""
    of, now = quiz.of, timezone.now()
    closes = f"closes {long_time(quiz.closes, of.zone)}" if quiz.closes else "closes for nobody"
    if quiz.closes and now >= quiz.closes:
        closes = f"closed {long_time(quiz.closes, of.zone)}"
    return {
        "room": "teach",
        "class": of,
        "quiz": quiz,
        "tab": tab,
        "whose": user_of(request).name,
        "closes": closes if quiz.state == Quiz.State.PUBLISHED else "a draft",
        "place": place_of(now, of.zone),
        "done": DONE.get(request.GET.get("done", ""), ""),
    }


def number(text: str) -> int:
    """A small number of an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= PLACES else 0


def _results(request: HttpRequest, quiz: Quiz) -> Results:
    now, told = timezone.now(), request.GET
    settle_open(quiz, now)
    return Results(quiz, now, number(told.get("question", "")), told.get("who", "")[:60], number(told.get("part", "")))

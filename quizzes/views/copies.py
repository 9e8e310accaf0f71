"""Quizzes that there are already: as a file, out and in; as a copy with other dates; ready ones to begin with."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from playground.asking.runs import runs
from quizzes import building
from quizzes.access import taught, taught_quiz
from quizzes.askable import RUNS, askable
from quizzes.build_forms import BuildForm, DaysForm, FileForm
from quizzes.building import Refused
from quizzes.files import quiz_file
from quizzes.files.quiz_file import MOST_BYTES, Read, Unreadable
from quizzes.models import Class, Item, Quiz
from quizzes.private import See, private
from quizzes.ready import by_lesson, ready
from quizzes.views.build import back, shown
from quizzes.views.classes import around


@private("GET")
@runs(at_most=0)
def as_file(request: HttpRequest, quiz: str) -> HttpResponse:
    """The quiz as its file."""
    found = taught_quiz(request, quiz)
    items = Item.objects.filter(quiz=found).values_list("miniature", "template", "points", "kind")
    text = quiz_file.write(found.title, building.rules_of(found), items)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="quiz.json"'
    return response


@private("GET", "POST")
@runs(at_most=RUNS)
def page(request: HttpRequest, of: str) -> HttpResponse:
    """Ready quizzes, and a field for a file. What cannot be read stays in it, beside what is wrong, by its place."""
    found = taught(request, of)
    context = around(request, found) | {"below": "a quiz that there is", "ready": by_lesson(), "most": MOST_BYTES}
    if request.method != "POST":
        return render(request, "quizzes/teach/copies.html", context | {"form": FileForm()})
    form = FileForm(request.POST)
    text = form["quiz"].value() or ""
    try:
        return _made(found, offered(quiz_file.read(text, found.zone)))
    except (Unreadable, Refused) as fault:
        context |= {"form": form, "faults": str(fault).splitlines()}
        return render(request, "quizzes/teach/copies.html", context, status=422)


def offered(read: Read) -> Read:
    """The same. Raises Unreadable where a question is one that is not offered."""
    known = askable()
    told = [(place, known[f"{one.miniature}/{one.name}"].why_not) for place, one in enumerate(read.items)]
    if wrong := [f"items[{place}]: it is not offered. {why}" for place, why in told if why]:
        raise Unreadable("\n".join(wrong))
    return read


def _made(of: Class, read: Read) -> See:
    quiz = building.new_quiz(of, read.title, read.columns, building.wanted(read.items))
    return back(quiz, "taken")


@private("POST")
@runs(at_most=0)
def take(request: HttpRequest, of: str) -> HttpResponse:
    """A ready quiz becomes one of the class."""
    found = taught(request, of)
    one = ready().get(request.POST.get("ready", ""))
    if one is None:
        raise Http404("There is no such quiz.")
    try:
        return _made(found, one.read)
    except Refused as refused:
        context = around(request, found) | {"below": "a quiz that there is", "ready": by_lesson(), "most": MOST_BYTES}
        context |= {"form": FileForm(), "faults": [str(refused)]}
        return render(request, "quizzes/teach/copies.html", context, status=409)


@private("POST")
@runs(at_most=RUNS)
def duplicate(request: HttpRequest, quiz: str) -> HttpResponse:
    """The same once more as a draft, with all dates later by a number of days."""
    found = taught_quiz(request, quiz)
    days = DaysForm(request.POST)
    try:
        if days.is_valid():
            return back(_copy(found, days), "copied")
    except (Refused, ValueError) as fault:
        days.add_error("days", str(fault))
    return shown(request, found, BuildForm(found), days=days, status=422)


def _copy(quiz: Quiz, days: DaysForm) -> Quiz:
    return building.duplicate(quiz, days.cleaned_data["days"])

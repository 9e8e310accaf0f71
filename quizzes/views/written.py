"""The page on which a question is written by hand, and written anew as long as its quiz is a draft."""

from __future__ import annotations

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from playground.asking.runs import runs
from quizzes import building
from quizzes.access import taught_quiz
from quizzes.building import Refused
from quizzes.models import Item, Quiz
from quizzes.private import private
from quizzes.showing_written import telling
from quizzes.views.build import back, onward
from quizzes.views.classes import around
from quizzes.written import of_source
from quizzes.written_form import WrittenForm

SALT = "quizzes.written"
PUBLISHED = "The quiz is published: its questions stay as they are. Make it a draft again, or duplicate it."


@private("GET", "POST")
@runs(at_most=0)
def new(request: HttpRequest, quiz: str) -> HttpResponse:
    """A question is written: looked at, given a row more, or put at the end of the quiz."""
    return _answered(request, taught_quiz(request, quiz), None)


@private("GET", "POST")
@runs(at_most=0)
def edit(request: HttpRequest, quiz: str, place: int) -> HttpResponse:
    """The same of one that stands in the quiz."""
    found = taught_quiz(request, quiz)
    item = _opened(request, found, place) or Item.objects.filter(quiz=found, place=place).first()
    if item is None or item.written is None:
        raise Http404("There is no question here that was written by hand.")
    return _answered(request, found, item)


def _answered(request: HttpRequest, quiz: Quiz, item: Item | None) -> HttpResponse:
    before = of_source(item.written) if item and item.written else None
    if request.method != "POST":
        return _shown(request, quiz, item, WrittenForm(before))
    act = request.POST.get("act", "")
    if act == "more":
        return _shown(request, quiz, item, WrittenForm(None, request.POST, more=True), judged=False)
    form = WrittenForm(None, request.POST)
    if not form.is_valid():
        return _shown(request, quiz, item, form, status=422)
    if act == "preview":
        return _shown(request, quiz, item, form, preview=True)
    try:
        if item is None:
            key = building.write(quiz, form.written).pk
        else:
            key = item.pk
            building.rewrite(quiz, item, form.written)
    except Refused as refused:
        return _shown(request, quiz, item, form, refused=str(refused), status=409)
    return onward(request, back(quiz, "written", place=f"#item-{key}"))


def _opened(request: HttpRequest, quiz: Quiz, place: int) -> Item | None:
    """The item as it was when the form that is sent was made: places move, and two may write at the same time."""
    try:
        key, written = signing.loads(request.POST.get("opened", ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Item(pk=key, quiz=quiz, place=place, kind=Item.Kind.WRITTEN, written=written)


def _shown(
    request: HttpRequest,
    quiz: Quiz,
    item: Item | None,
    form: WrittenForm,
    *,
    judged: bool = True,
    preview: bool = False,
    refused: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form. `judged`: what is wrong with it is told."""
    opened = request.POST.get("opened", "") if request.method == "POST" else ""
    if item and not opened:
        opened = signing.dumps([item.pk, item.written], salt=SALT, compress=True)
    published = quiz.state != Quiz.State.DRAFT
    context = around(request, quiz.of) | {
        "quiz": quiz,
        "item": item,
        "form": form,
        "judged": judged and form.is_bound,
        "opened": opened,
        "showing": telling(form.written) if preview else None,
        "refused": refused or (PUBLISHED if published else ""),
        "published": published,
    }
    return render(request, "quizzes/teach/write.html", context, status=status)

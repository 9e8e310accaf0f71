"""The regrade of a quiz: run again, looked at, applied, undone."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import regrading, rerunning
from quizzes.access import taught_quiz, user_of
from quizzes.handing_in import settle_open
from quizzes.models import Quiz
from quizzes.private import See, private
from quizzes.regrade_page import ACCEPT, SIGNS, TODAY, VOID, RegradePage
from quizzes.regrading import Stale
from quizzes.rerunning import PORTION
from quizzes.result_forms import WhyForm
from quizzes.views.results import around, number

DONE = {
    "applied": "It is written down. One press takes it back, as long as nothing else is regraded after it.",
    "undone": "It is taken back: every answer has the points that it had before.",
    "nothing": "Nothing differs, so nothing was written.",
}


@runs(at_most=0)
@private("GET")
def page(request: HttpRequest, quiz: str) -> HttpResponse:
    """What would change for whom; nothing is written."""
    found = taught_quiz(request, quiz)
    settle_open(found, timezone.now())
    return _page(request, _read(found, request.GET))


@runs(at_most=PORTION)
@private("POST")
def run(request: HttpRequest, quiz: str) -> HttpResponse:
    """The next variants are run by today's code; with `again` all once more."""
    found = taught_quiz(request, quiz)
    if "again" in request.POST:
        rerunning.forget(found)
    rerunning.run_again(found)
    # To what was looked at: it may be another proposal, with a reason half typed.
    return See(_read(found, request.POST).here)


@runs(at_most=0)
@private("POST")
def apply(request: HttpRequest, quiz: str) -> HttpResponse:
    """Writes down what was looked at, as one batch."""
    found = taught_quiz(request, quiz)
    shown, form = _read(found, request.POST), WhyForm(request.POST)
    if shown.proposal is None or not form.is_valid():
        return _page(request, shown, form, 422)
    told = (shown.proposal, request.POST.get("seal", ""), shown.what, form.cleaned_data["why"])
    try:
        batch = regrading.apply(*told, user_of(request), timezone.now(), lower=shown.lower)
    except Stale as stale:
        form.add_error(None, stale.sentence)
        return _page(request, _read(found, request.POST), form, 409)
    return _done(found, "applied" if batch else "nothing")


@runs(at_most=0)
@private("POST")
def undo(request: HttpRequest, quiz: str) -> HttpResponse:
    """Takes the last regrade back."""
    found = taught_quiz(request, quiz)
    try:
        regrading.undo(found, number(request.POST.get("batch", "")), user_of(request), timezone.now())
    except Stale as stale:
        return _page(request, _read(found, request.GET), None, 409, stale.sentence)
    return _done(found, "undone")


def _read(quiz: Quiz, told: QueryDict) -> RegradePage:
    """What an address or a form proposes; what means nothing proposes today's run."""
    what = told.get("what", "")
    show = told.get("show", "")
    return RegradePage(
        quiz,
        timezone.now(),
        what if what in (TODAY, ACCEPT, VOID) else TODAY,
        number(told.get("question", "")),
        told.get("said", "")[:200],
        told.get("lower") == "yes",
        show if show in SIGNS else "",
    )


def _page(
    request: HttpRequest, shown: RegradePage, form: WhyForm | None = None, status: int = 200, trouble: str = ""
) -> HttpResponse:
    context = around(request, shown.quiz, "regrade") | {"page": shown, "form": form or WhyForm(), "trouble": trouble}
    context["done"] = DONE.get(request.GET.get("done", ""), "")
    return render(request, "quizzes/teach/regrade.html", context, status=status)


def _done(quiz: Quiz, word: str) -> See:
    return See(f"{reverse('quizzes:regrade', args=[quiz.pk])}?done={word}")

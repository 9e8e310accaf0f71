"""Exactly what one learner saw, and what is put right for them."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from playground.asking.runs import runs
from playground.scenes.marks import LAYOUTS, WIDE
from quizzes import correcting, frozen
from quizzes.access import taught_quiz, user_of
from quizzes.allowing import Shortens
from quizzes.correcting import Refused
from quizzes.handing_in import settle_open
from quizzes.learner_page import LearnerPage
from quizzes.models import Answer, Attempt, Member, Quiz
from quizzes.private import See, private
from quizzes.result_forms import MinutesForm, PointsForm, WhyForm
from quizzes.rules.points import spelled
from quizzes.views.results import around, number

LONGEST = 10**9
"""Beyond it no row has a number."""


@runs(at_most=2)
@private("GET")
def page(request: HttpRequest, quiz: str, member: int) -> HttpResponse:
    """An attempt of a learner's, and one of its questions."""
    found = taught_quiz(request, quiz)
    one = _learner(found, member)
    settle_open(found, timezone.now())
    told = request.GET
    return _page(
        request,
        LearnerPage(found, one, timezone.now(), number(told.get("attempt", "")), number(told.get("question", ""))),
    )


@runs(at_most=2)
@private("POST")
def give(request: HttpRequest, quiz: str, member: int, number: int) -> HttpResponse:
    """Minutes more while it runs."""
    found = taught_quiz(request, quiz)
    return _for_attempt(request, found, member, number, "give", correcting.give)


@runs(at_most=2)
@private("POST")
def reopen(request: HttpRequest, quiz: str, member: int, number: int) -> HttpResponse:
    """What was handed in goes on."""
    found = taught_quiz(request, quiz)
    return _for_attempt(request, found, member, number, "reopen", correcting.reopen)


@runs(at_most=2)
@private("POST")
def excuse(request: HttpRequest, quiz: str, member: int, number: int, place: int) -> HttpResponse:
    """An answer counts for nothing, or counts again."""
    found = taught_quiz(request, quiz)
    answer = _answer(_attempt(found, member, number), place)
    shown = LearnerPage(found, answer.attempt.member, timezone.now(), number, place)
    form = WhyForm(request.POST, prefix="excuse")
    if not form.is_valid():
        return _page(request, shown, excuse=form)
    counts = "counts" in request.POST
    correcting.excuse(answer, form.cleaned_data["why"], user_of(request), timezone.now(), counts=counts)
    return See(f"{shown.here}&done={'counts' if counts else 'excused'}")


@runs(at_most=2)
@private("POST")
def points(request: HttpRequest, quiz: str, member: int, number: int, place: int) -> HttpResponse:
    """Points by hand."""
    found = taught_quiz(request, quiz)
    answer = _answer(_attempt(found, member, number), place)
    shown = LearnerPage(found, answer.attempt.member, timezone.now(), number, place)
    form = PointsForm(answer.variant.item.points, request.POST, prefix="points")
    if form.is_valid():
        try:
            why, by = form.cleaned_data["why"], user_of(request)
            correcting.give_points(answer, form.thousandths, why, by, timezone.now())
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return See(f"{shown.here}&done=points")
    return _page(request, shown, points=form)


@runs(at_most=0)
@private("GET")
def trace(request: HttpRequest, quiz: str, member: int, number: int, place: int) -> HttpResponse:
    """The steps up to the one at which a learner's question is asked."""
    found = taught_quiz(request, quiz)
    answer = _answer(_attempt(found, member, number), place)
    layout = request.GET.get("layout", WIDE)
    if layout not in LAYOUTS:
        raise Http404(f"There is no layout “{layout[:20]}”; there are {' and '.join(LAYOUTS)}.")
    try:
        body = frozen.trace_of(answer.variant, layout)
    except KeyError:
        raise Http404("This question has no picture, and no steps.") from None
    return HttpResponse(body, content_type="application/json")


def _for_attempt(
    request: HttpRequest, quiz: Quiz, member: int, number: int, name: str, act: Callable[..., None]
) -> HttpResponse:
    """What is done for a whole attempt, with minutes and a reason."""
    attempt = _attempt(quiz, member, number)
    shown = LearnerPage(quiz, attempt.member, timezone.now(), number)
    form = MinutesForm(request.POST, prefix=name)
    if form.is_valid():
        told = form.cleaned_data
        try:
            act(attempt, told["minutes"], told["why"], user_of(request), timezone.now())
        except (Refused, Shortens) as refused:
            form.add_error(None, str(refused) or Shortens.sentence)
        else:
            return See(f"{shown.here}&done={'given' if name == 'give' else 'reopened'}")
    return _page(request, shown, **{name: form})


def _page(request: HttpRequest, shown: LearnerPage, **sent: forms.Form) -> HttpResponse:
    """The page, with the form that was sent and cannot be taken."""
    context = around(request, shown.quiz, "results") | {"page": shown, "member": shown.member}
    if shown.attempt:
        answer = shown.answer
        by_hand = spelled(answer.by_hand) if answer.by_hand is not None else ""
        context |= {
            "give": MinutesForm(prefix="give"),
            "reopen": MinutesForm(prefix="reopen"),
            "excuse": WhyForm(prefix="excuse"),
            "points": PointsForm(answer.variant.item.points, prefix="points", initial={"points": by_hand}),
            "showing": shown.showing,
        }
    return render(request, "quizzes/teach/learner.html", context | sent, status=422 if sent else 200)


def _learner(quiz: Quiz, member: int) -> Member:
    """A learner of the class; who has left it is one here where there is an attempt."""
    rows = Member.objects.filter(of=quiz.of_id, pk=min(member, LONGEST), role=Member.Role.LEARNER)
    one = rows.select_related("of").first()
    if one and (one.removed is None or Attempt.objects.filter(quiz=quiz, member=one).exists()):
        return one
    raise Http404


def _attempt(quiz: Quiz, member: int, number: int) -> Attempt:
    rows = Attempt.objects.filter(quiz=quiz, member=_learner(quiz, member), number=min(number, LONGEST))
    if one := rows.select_related("quiz__of", "member__of").first():
        return one
    raise Http404


def _answer(attempt: Attempt, place: int) -> Answer:
    rows = Answer.objects.filter(attempt=attempt, place=min(place, LONGEST)).select_related("variant__item__quiz")
    if one := rows.first():
        one.attempt = attempt
        return one
    raise Http404

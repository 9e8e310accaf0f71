"""The variants of one question: looked at before learners get them, pinned and excluded."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import building
from quizzes.access import taught_quiz, user_of
from quizzes.building import FIRST, MOST_VARIANTS, Refused
from quizzes.challenge_page import ChallengePage
from quizzes.models import Item, Quiz, Variant
from quizzes.private import See, private
from quizzes.showing_written import telling
from quizzes.variants_page import VariantsPage
from quizzes.views.build import MOST, key_of
from quizzes.views.classes import around
from quizzes.written import of_source

DONE = {
    "pinned": "Pinned: learners get only pinned ones now.",
    "excluded": "Excluded: no learner gets it from now on. Who has it keeps it.",
    "ready": "Taken back: it is given as the others.",
    "more": "There are more of them now.",
}
"""What was done by the form that led here, by the word in the address."""


@private("GET")
@runs(at_most=1)
def page(request: HttpRequest, quiz: str, place: int) -> HttpResponse:
    """Pictures with their answers, twenty at a time; what varies, and which answer is right how often."""
    found = taught_quiz(request, quiz)
    return shown(request, found, item_of(found, place))


def item_of(quiz: Quiz, place: int) -> Item:
    """The item at a place. Raises Http404 where there is none."""
    item = Item.objects.filter(quiz=quiz, place=place).select_related("quiz__of").first()
    if item is None:
        raise Http404("This quiz has no such question.")
    return item


def number_of(request: HttpRequest) -> int:
    """The page of variants that is wanted."""
    return key_of((request.POST if request.method == "POST" else request.GET).get("page")) or 1


def kind_of(request: HttpRequest) -> str:
    """The template of a pool that is looked at, by its key."""
    return (request.POST if request.method == "POST" else request.GET).get("of", "")[:130]


def shown(request: HttpRequest, quiz: Quiz, item: Item, *, refused: str = "", status: int = 200) -> HttpResponse:
    if item.kind == Item.Kind.WRITTEN:
        return _written(request, quiz, item, refused, status)
    if item.kind == Item.Kind.CHALLENGE:
        return _challenge(request, quiz, item, refused, status)
    context: dict[str, Any] = around(request, quiz.of) | {
        "quiz": quiz,
        "item": item,
        "page": VariantsPage(item, number_of(request), kind_of(request)),
        "most": MOST_VARIANTS,
        "refused": refused,
        "said": DONE.get(request.GET.get("done", ""), ""),
    }
    return render(request, "quizzes/teach/variants.html", context, status=status)


def _written(request: HttpRequest, quiz: Quiz, item: Item, refused: str, status: int) -> HttpResponse:
    """The one that there is of a question written by hand."""
    context: dict[str, Any] = around(request, quiz.of) | {
        "quiz": quiz,
        "item": item,
        "showing": telling(of_source(item.written or {})),
        "draft": quiz.state == Quiz.State.DRAFT,
        "refused": refused,
    }
    return render(request, "quizzes/teach/written.html", context, status=status)


def _challenge(request: HttpRequest, quiz: Quiz, item: Item, refused: str, status: int) -> HttpResponse:
    """A challenge has no variants: the start, what is to hold, hints and a solution. Takes one run."""
    variant = Variant.objects.filter(item=item).first()
    if variant is None:
        raise Http404("This challenge is not frozen yet. Go back to the quiz; it is done there.")
    context = around(request, quiz.of) | {"quiz": quiz, "item": item, "told": ChallengePage(item, variant)}
    return render(request, "quizzes/teach/challenge.html", context | {"refused": refused}, status=status)


def back(request: HttpRequest, quiz: Quiz, item: Item, done: str, number: int) -> See:
    """To the page, at the same template of a pool."""
    address = reverse("quizzes:variants", args=[quiz.pk, item.place])
    told = {"done": done} | ({"page": number} if number > 1 else {})
    told |= {"of": kind_of(request)} if item.also and kind_of(request) else {}
    return See(f"{address}?{urlencode(told)}")


def set_to(request: HttpRequest, quiz_id: str, place: int, state: str) -> HttpResponse:
    quiz = taught_quiz(request, quiz_id)
    item = item_of(quiz, place)
    try:
        building.set_state(item, key_of(request.POST.get("variant")), state, user_of(request), timezone.now())
    except Refused as refused:
        return shown(request, quiz, item, refused=str(refused), status=409)
    return back(request, quiz, item, state, number_of(request))


@private("POST")
@runs(at_most=1)
def pin(request: HttpRequest, quiz: str, place: int) -> HttpResponse:
    """Only pinned ones are given, from the first one on."""
    return set_to(request, quiz, place, Variant.State.PINNED)


@private("POST")
@runs(at_most=1)
def exclude(request: HttpRequest, quiz: str, place: int) -> HttpResponse:
    """It is given no more."""
    return set_to(request, quiz, place, Variant.State.EXCLUDED)


@private("POST")
@runs(at_most=1)
def take_back(request: HttpRequest, quiz: str, place: int) -> HttpResponse:
    """Neither pinned nor excluded."""
    return set_to(request, quiz, place, Variant.State.READY)


@private("POST")
@runs(at_most=MOST)
def more(request: HttpRequest, quiz: str, place: int) -> HttpResponse:
    """Twenty variants more."""
    found = taught_quiz(request, quiz)
    item = item_of(found, place)
    there = Variant.objects.filter(item=item).count()
    try:
        building.more(item, there + FIRST)
    except Refused as refused:
        return shown(request, found, item, refused=str(refused), status=409)
    return back(request, found, item, "more", 1 if item.also else there // FIRST + 1)

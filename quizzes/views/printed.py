"""A quiz on paper: forms are made, printed and, with the key, graded by typing in what came back."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import printing
from quizzes.access import taught_quiz, user_of
from quizzes.models import Attempt, Member, Quiz
from quizzes.print_forms import CountForm, PaperFields, as_typed, known_paper
from quizzes.printed_page import Printed
from quizzes.printing import Refused
from quizzes.private import See, private
from quizzes.rules.points import spelled
from quizzes.typing_in import Meanwhile, paper_of, type_in
from quizzes.views.results import around

DONE = {
    "made": "The forms are made. They stay as they are, whatever is excluded from now on.",
    "thrown": "The forms are thrown away. New ones get other letters.",
}
"""What was done by the form that led here, by the word in the address."""
LONGEST = 10**9
"""Beyond it no row has a number."""
MEANWHILE = (
    "{name}’s paper is typed in already, or was changed meanwhile: form {form}, {answers}. "
    "Look at both; sent once more, yours takes its place."
)


@runs(at_most=0)
@private("GET")
def page(request: HttpRequest, quiz: str) -> HttpResponse:
    """The forms that there are, and how many more are wanted."""
    found = taught_quiz(request, quiz)
    return _page(request, found, CountForm())


@runs(at_most=0)
@private("POST")
def make(request: HttpRequest, quiz: str) -> HttpResponse:
    """Forms are dealt, and kept."""
    found = taught_quiz(request, quiz)
    form = CountForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    try:
        printing.make_forms(found, form.cleaned_data["count"], user_of(request), timezone.now())
    except Refused as refused:
        return _page(request, found, form, refused=str(refused), status=409)
    return See(f"{reverse('quizzes:print', args=[found.pk])}?done=made")


@runs(at_most=0)
@private("POST")
def throw_away(request: HttpRequest, quiz: str) -> HttpResponse:
    """The forms are none any more."""
    found = taught_quiz(request, quiz)
    try:
        printing.throw_away(found, user_of(request), timezone.now())
    except Refused as refused:
        return _page(request, found, CountForm(), refused=str(refused), status=409)
    return See(f"{reverse('quizzes:print', args=[found.pk])}?done=thrown")


@runs(at_most=0)
@private("GET")
def sheets(request: HttpRequest, quiz: str) -> HttpResponse:
    """What is printed and handed out: one form, or all of them."""
    found = taught_quiz(request, quiz)
    return render(request, "quizzes/teach/sheets.html", _around(request, found) | {"page": _printed(request, found)})


@runs(at_most=0)
@private("GET")
def key(request: HttpRequest, quiz: str) -> HttpResponse:
    """The answers of each form, with reasons and beliefs."""
    found = taught_quiz(request, quiz)
    return render(request, "quizzes/teach/key.html", _around(request, found) | {"page": _printed(request, found)})


@runs(at_most=0)
@private("GET", "POST")
def typed(request: HttpRequest, quiz: str) -> HttpResponse:
    """What stands on a paper becomes an attempt; with `?member=` the paper that is corrected."""
    found = taught_quiz(request, quiz)
    printed = Printed(found)
    member = _member(found, request.GET.get("member", ""))
    arguments = (found, printed.all_forms, len(printed.items))
    if request.method != "POST":
        first = {"form": request.GET.get("form", "")[:1], **known_paper(found, member)}
        return _typed(request, found, printed, PaperFields(*arguments, initial=first))
    form = PaperFields(*arguments, request.POST)
    if not form.is_valid():
        return _typed(request, found, printed, form, status=422)
    try:
        attempt = type_in(found, form.who, form.paper, user_of(request), timezone.now())
    except Refused as refused:
        return _typed(request, found, printed, form, refused=str(refused), status=409)
    except Meanwhile as other:
        # Sent once more it takes the place of what it has now been told of.
        sent = request.POST.copy()
        sent["base"] = str(other.attempt.revision)
        told = as_typed(other.attempt)
        answers = " ".join(told[f"q{place}"] for place in form.places)
        refused_by = MEANWHILE.format(name=told["name"], form=told["form"], answers=answers)
        return _typed(request, found, printed, PaperFields(*arguments, sent), refused=refused_by, status=409)
    letter = form.cleaned_data["form"]
    return See(f"{reverse('quizzes:print-typed', args=[found.pk])}?form={letter}&last={attempt.member_id}#type")


def _page(request: HttpRequest, quiz: Quiz, form: CountForm, *, refused: str = "", status: int = 200) -> HttpResponse:
    context = _around(request, quiz) | {
        "page": Printed(quiz),
        "form": form,
        "refused": refused,
        "why_not": printing.why_not(quiz),
        "papers": Attempt.objects.filter(quiz=quiz).exclude(paper=None).count(),
    }
    return render(request, "quizzes/teach/print.html", context, status=status)


def _typed(
    request: HttpRequest, quiz: Quiz, printed: Printed, form: PaperFields, *, refused: str = "", status: int = 200
) -> HttpResponse:
    rows = Attempt.objects.filter(quiz=quiz).exclude(paper=None).select_related("member", "paper")
    last = _member(quiz, request.GET.get("last", ""))
    context = _around(request, quiz) | {
        "page": printed,
        "form": form,
        "refused": refused,
        "corrects": bool(form["base"].value()),
        "papers": [(one, spelled(one.points or 0)) for one in rows.order_by("member__folded", "pk")],
        "learners": Member.objects.filter(of=quiz.of_id, role=Member.Role.LEARNER, removed=None).order_by("folded"),
        "said": _said(quiz, last, printed.total),
    }
    return render(request, "quizzes/teach/typed.html", context, status=status)


def _said(quiz: Quiz, member: Member | None, total: str) -> str:
    """What came of the paper that was typed in last; empty for none."""
    found = paper_of(quiz, member) if member else None
    if not (found and found.paper):
        return ""
    others = "" if found.number == 1 else f" It is attempt {found.number}."
    points = f"{spelled(found.points or 0)} of {total} point{'s' * (total != '1')}"
    return f"{found.member.name}, form {found.paper.letter}: {points}.{others}"


def _around(request: HttpRequest, quiz: Quiz) -> dict[str, Any]:
    return around(request, quiz, "print") | {"done": DONE.get(request.GET.get("done", ""), "")}


def _printed(request: HttpRequest, quiz: Quiz) -> Printed:
    """The forms that are asked for. Raises Http404 where there is none."""
    found = Printed(quiz, request.GET.get("form", "")[:2])
    if not found.forms:
        raise Http404
    return found


def _member(quiz: Quiz, text: str) -> Member | None:
    """A learner of the class by a number in the address."""
    if not (text.isascii() and text.isdecimal() and len(text) < len(str(LONGEST))):
        return None
    return Member.objects.filter(of=quiz.of_id, pk=int(text), role=Member.Role.LEARNER).first()

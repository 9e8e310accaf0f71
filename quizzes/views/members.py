"""The members of a class, as those who teach it look after them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import allowing
from quizzes.access import taught, user_of
from quizzes.allowing import Shortens
from quizzes.class_forms import AllowForm, ExtendForm
from quizzes.models import Attempt, Class, Extension, Member, Quiz
from quizzes.private import ORIGIN_ALONE, See, private
from quizzes.record import counted, extension_words, grant_words
from quizzes.terms import attempts_of, terms_of
from quizzes.views.classes import around, back, shown
from quizzes.views.join import link
from quizzes.zones import day_time, long_time, place_of, wall_time


@dataclass(frozen=True)
class OwnQuiz:
    """A quiz with what holds for one member."""

    quiz: Quiz
    opens: str
    closes: str
    limit: str
    attempts: str
    given: str
    why: str


@runs(at_most=0)
@private("GET")
def member_page(request: HttpRequest, of: str, member: int) -> HttpResponse:
    """One learner: what is granted, on which quiz, and what was."""
    found = taught(request, of)
    return _page(request, found, _learner(found, member))


@runs(at_most=0)
@private("POST")
def allow(request: HttpRequest, of: str, member: int) -> HttpResponse:
    """What holds for a learner on every quiz."""
    found = taught(request, of)
    one, form = _learner(found, member), AllowForm(request.POST)
    if form.is_valid():
        try:
            allowing.allow(one, form.grant(), user_of(request), timezone.now())
        except Shortens as fault:
            form.add_error(None, fault.sentence)
        else:
            return back(found, "allowed", f"#member-{one.pk}")
    return shown(request, found, allow=(one.pk, form), status=422)


@runs(at_most=0)
@private("POST")
def extend(request: HttpRequest, of: str, member: int, quiz: str) -> HttpResponse:
    """What holds for a learner on one quiz."""
    found = taught(request, of)
    one, on = _learner(found, member), _quiz(found, quiz)
    form = ExtendForm(on, request.POST)
    if form.is_valid():
        try:
            allowing.extend(on, one, form.given(), form.cleaned_data["why"], user_of(request), timezone.now())
        except Shortens as fault:
            form.add_error(None, fault.sentence)
        else:
            return _to(found, one, "allowed")
    return _page(request, found, one, form, status=422)


@runs(at_most=0)
@private("POST", referrer=ORIGIN_ALONE)
def new_link(request: HttpRequest, of: str, member: int) -> HttpResponse:
    """Another resume link for a learner who has lost theirs, shown this once."""
    found = taught(request, of)
    one = _learner(found, member)
    secret = allowing.renew_link(one, user_of(request), timezone.now())
    context = around(request, found) | {"member": one, "link": link(request, secret), "below": one.name}
    return render(request, "quizzes/teach/link.html", context)


@runs(at_most=0)
@private("POST")
def remove(request: HttpRequest, of: str, member: int) -> HttpResponse:
    """Takes a learner out of the class, or takes that back."""
    found = taught(request, of)
    user, now = user_of(request), timezone.now()
    if "back" not in request.POST:
        allowing.remove(_learner(found, member), user, now)
        return back(found, "removed", "#members")
    gone = Member.objects.filter(of=found, pk=member, role=Member.Role.LEARNER).exclude(removed=None).first()
    if gone is None or gone.is_erased:
        raise Http404
    done = "back" if allowing.bring_back(gone, user, now) else "not-back"
    return back(found, done, "#members")


def _page(
    request: HttpRequest, of: Class, member: Member, form: ExtendForm | None = None, status: int = 200
) -> HttpResponse:
    quizzes = Quiz.objects.filter(of=of).select_related("of").order_by("created", "pk")
    given = {one.quiz_id: one for one in Extension.objects.filter(member=member)}
    if form is None and (chosen := request.GET.get("quiz", "")):
        on = _quiz(of, chosen)
        form = ExtendForm(on, initial=_initial(given.get(on.pk), of.zone))
    context = around(request, of) | {
        "member": member,
        "below": member.name,
        "joined": long_time(member.joined, of.zone) if member.joined else "",
        "granted": grant_words(member.factor, member.days, member.extra_attempts),
        "place": place_of(timezone.now(), of.zone),
        "quizzes": [_own(quiz, member, given.get(quiz.pk)) for quiz in quizzes],
        "form": form,
    }
    return render(request, "quizzes/teach/member.html", context, status=status)


def _own(quiz: Quiz, member: Member, given: Extension | None) -> OwnQuiz:
    terms, zone, allowed = terms_of(quiz, member), quiz.of.zone, attempts_of(quiz, member)
    used = Attempt.objects.filter(quiz=quiz, member=member).count()
    return OwnQuiz(
        quiz,
        day_time(terms.opens, zone) if terms.opens else "at once",
        day_time(terms.closing, zone) if terms.closing else "never",
        counted(int(terms.limit.total_seconds()) // 60, "minute") if terms.limit else "no limit",
        f"{used} of {allowed}" if allowed is not None else f"{used}, as many as one likes",
        extension_words(given.minutes, given.closes, given.attempts, zone) if given else "",
        given.why if given else "",
    )


def _initial(given: Extension | None, zone: str) -> dict[str, Any]:
    if given is None:
        return {}
    told = {"minutes": given.minutes or None, "attempts": given.attempts or None}
    return told | {"closes": wall_time(given.closes, zone), "why": given.why}


def _learner(of: Class, member: int) -> Member:
    found = Member.objects.filter(of=of, pk=member, removed=None, role=Member.Role.LEARNER).select_related("of")
    if one := found.first():
        return one
    raise Http404


def _quiz(of: Class, quiz: str) -> Quiz:
    if one := Quiz.objects.filter(of=of, pk=quiz).select_related("of").first():
        return one
    raise Http404


def _to(of: Class, member: Member, done: str) -> See:
    return See(f"{reverse('quizzes:class-member', args=[of.pk, member.pk])}?done={done}")

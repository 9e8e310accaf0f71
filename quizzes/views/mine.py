"""One's own classes and quizzes, and what one can do about oneself in a class."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.asking.runs import runs
from quizzes import joining
from quizzes.access import account_of, member_of, members_of, unbecome
from quizzes.models import Attempt, Member, Quiz
from quizzes.personal import erase_member, export
from quizzes.private import ORIGIN_ALONE, See, private
from quizzes.rules.time import is_over
from quizzes.terms import attempts_of, terms_of
from quizzes.views.join import link
from quizzes.whose import meant, token
from quizzes.zones import long_time

GOES_ON, OPEN, COMING, DONE, CLOSED = "goes on", "open", "coming", "done", "closed"


@dataclass(frozen=True)
class Listed:
    """A quiz as its member sees it in the list."""

    quiz: Quiz
    state: str
    closing: datetime | None
    """Of this member."""

    @property
    def due(self) -> tuple[bool, float]:
        """To sort by: what closes first, and last what never does."""
        return self.closing is None, self.closing.timestamp() if self.closing else 0.0

    @property
    def address(self) -> str:
        return reverse("quizzes:quiz", args=[self.quiz.pk])

    @property
    def when(self) -> str:
        zone = self.quiz.of.zone
        if self.state == COMING and self.quiz.opens:
            return f"opens {long_time(self.quiz.opens, zone)}"
        if self.closing and self.state not in (DONE, CLOSED):
            return f"closes {long_time(self.closing, zone)}"
        return ""


@dataclass(frozen=True)
class Membership:
    """One of my classes."""

    member: Member
    quizzes: list[Listed]

    @property
    def who(self) -> str:
        """Says in a form whose it is."""
        return token(self.member)

    @property
    def learns(self) -> bool:
        return self.member.role == Member.Role.LEARNER


@runs(at_most=0)
@private("GET")
def mine(request: HttpRequest) -> HttpResponse:
    """My classes, and their quizzes; the most urgent one first of all."""
    members = members_of(request)
    now = timezone.now()
    found = [Membership(member, listed(member, now)) for member in members]
    user = account_of(request)
    whose = user.name if user else members[0].name
    context = {"memberships": found, "urgent": urgent(found), "user": user, "whose": whose}
    return render(request, "quizzes/mine.html", context)


def listed(member: Member, now: datetime) -> list[Listed]:
    """The published quizzes of a member's class, in the order in which they close."""
    quizzes = Quiz.objects.filter(of=member.of_id, state=Quiz.State.PUBLISHED).select_related("of")
    attempts = list(Attempt.objects.filter(member=member))
    rows = [_listed(quiz, member, [one for one in attempts if one.quiz_id == quiz.pk], now) for quiz in quizzes]
    order = (GOES_ON, OPEN, COMING, DONE, CLOSED)
    return sorted(rows, key=lambda one: (order.index(one.state), *one.due, one.quiz.title))


def urgent(found: list[Membership]) -> Listed | None:
    """What to go on with: an attempt that is under way, or else the open quiz that closes first."""
    learns = [one for membership in found if membership.learns for one in membership.quizzes]
    due = [one for one in learns if one.state in (GOES_ON, OPEN)]
    return min(due, key=lambda one: (one.state != GOES_ON, *one.due), default=None)


def _listed(quiz: Quiz, member: Member, attempts: list[Attempt], now: datetime) -> Listed:
    """With the times that hold for this member."""
    terms, allowed = terms_of(quiz, member), attempts_of(quiz, member)
    if any(one.handed_in is None and not is_over(terms.end(one.started), now) for one in attempts):
        state = GOES_ON
    elif not terms.has_opened(now):
        state = COMING
    else:
        used = allowed is not None and len(attempts) >= allowed
        state = OPEN if not used and not terms.has_closed(now) else DONE if attempts else CLOSED
    return Listed(quiz, state, terms.closing)


@runs(at_most=0)
@private("POST", referrer=ORIGIN_ALONE)
def new_link(request: HttpRequest, of: str) -> HttpResponse:
    """Makes another resume link and shows it, this once; the one before it stops."""
    member = member_of(request, of)
    meant(request, member)
    told = {"member": member, "link": link(request, joining.new_link(member)), "again": True, "whose": member.name}
    return render(request, "quizzes/joined.html", told)


@runs(at_most=0)
@private("GET", "POST")
def leave(request: HttpRequest, of: str) -> HttpResponse:
    """Asks, and leaves a class: what was answered stays there under the name."""
    member = _learner(request, of)
    if request.method == "GET":
        return render(request, "quizzes/leave.html", {"member": member, "whose": member.name, "who": token(member)})
    meant(request, member)
    joining.leave(member)
    unbecome(request, member)
    return See(reverse("quizzes:mine"))


@runs(at_most=0)
@private("GET", "POST")
def erase(request: HttpRequest, of: str) -> HttpResponse:
    """Asks, and erases who one was in a class."""
    member = _learner(request, of)
    if request.method == "GET":
        return render(request, "quizzes/erase.html", {"member": member, "whose": member.name, "who": token(member)})
    meant(request, member)
    erase_member(member)
    unbecome(request, member)
    return See(reverse("quizzes:mine"))


def _learner(request: HttpRequest, of: str) -> Member:
    """Who teaches a class cannot leave it alone."""
    member = member_of(request, of)
    if member.role != Member.Role.LEARNER:
        raise Http404
    return member


@runs(at_most=0)
@private("GET")
def as_file(request: HttpRequest) -> HttpResponse:
    """Everything that is kept about this reader, as a file."""
    members = members_of(request)
    told = {"ensure_ascii": False, "indent": 1}
    response = JsonResponse(export(account_of(request), members), json_dumps_params=told)
    response.headers["Content-Disposition"] = 'attachment; filename="orrery-about-me.json"'
    return response

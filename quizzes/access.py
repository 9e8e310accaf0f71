"""Who may what. Every view of quizzes begins with one of these ten functions, or is marked as for anybody.

Each returns what is allowed. What is another's does not exist (404): an answer that said "not yours" would say
that it is there. Who is nobody yet is sent to the door. A learner without an account is known by the session, which
holds `members`: {id of a class: key of the member}.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn, TypeVar
from urllib.parse import urlencode

from django.contrib.auth import SESSION_KEY
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from playground.engine import limits
from quizzes.forms import CodeForm, SignInForm, SignUpForm
from quizzes.models import Attempt, Class, Member, Quiz, Room, User
from quizzes.private import Instead, See

View = TypeVar("View", bound=Callable[..., HttpResponse])
MEMBERS = "members"
"""Where a session keeps who its browser is without an account."""
DAY = "day"
"""Where it keeps the day on which it was last used."""
KEPT = timedelta(days=1)
"""So long a preview is there."""
NEXT = "next"
"""The field that says where one wanted to go."""


def anybody(view: View) -> View:
    """Marks a view that shows nothing of anybody, or asks for a secret itself."""
    vars(view)["anybody"] = True
    return view


def user_of(request: HttpRequest) -> User:
    """Who has signed in with an account; others are sent to sign in, and come back."""
    if user := account_of(request):
        return user
    where = f"?{urlencode({NEXT: request.get_full_path()})}" if request.method == "GET" else ""
    raise Instead(See(reverse("quizzes:sign-in") + where))


def members_of(request: HttpRequest) -> list[Member]:
    """Who this reader is in each of their classes; nobody with neither an account nor a class is sent to join."""
    user = account_of(request)
    found = list(_members(request, user).select_related("of").order_by("of__name", "pk"))
    if not user and not found:
        raise Instead(See(reverse("quizzes:join")))
    return found


def member_of(request: HttpRequest, class_id: str) -> Member:
    """Who this reader is in one class. Raises Http404 for others."""
    return known_in(request, class_id) or _missing()


def quiz_for(request: HttpRequest, quiz_id: str) -> tuple[Quiz, Member]:
    """A published quiz of a class, and who this reader is there; an instructor is one of them and starts no attempt.

    A stranger gets the page for joining, with status 404, whether there is such a quiz or not; who knows a class gets
    404 for the quiz of another.
    """
    quiz = Quiz.objects.select_related("of").filter(pk=quiz_id, state=Quiz.State.PUBLISHED).first()
    if quiz and (member := known_in(request, quiz.of_id)):
        return quiz, member
    if account_of(request) or _members(request, None).exists():
        raise Http404
    raise Instead(render(request, "quizzes/join.html", {"form": CodeForm(), "stranger": True}, status=404))


def attempt_for(request: HttpRequest, quiz_id: str, number: int) -> Attempt:
    """This reader's own attempt with a number. Raises Http404 for others, also where nobody is here.

    Of a draft there is none but a preview, and a preview is there for a day.
    """
    quiz = Quiz.objects.filter(pk=quiz_id).first()
    member = known_in(request, quiz.of_id) if quiz else None
    there = Q(preview=False, quiz__state=Quiz.State.PUBLISHED) | Q(preview=True, started__gt=timezone.now() - KEPT)
    attempts = Attempt.with_previews.select_related("quiz__of", "member__of").filter(there)
    found = attempts.filter(quiz=quiz, member=member, number=number).first()
    if not found and not account_of(request) and not _members(request, None).exists():
        # Signed out meanwhile, most likely: what was typed is not lost without a word.
        context = {"out": True, "typed": request.POST.get("answer", "")[: limits.QUERY]}
        raise Instead(render(request, "quizzes/somebody-else.html", context, status=404))
    return found or _missing()


def taught(request: HttpRequest, class_id: str) -> Class:
    """A class that this reader teaches; nobody is sent to sign in. Raises Http404 for others."""
    return _taught(user_of(request)).filter(pk=class_id).first() or _missing()


def owned(request: HttpRequest, class_id: str) -> Class:
    """A class of this reader's own: who else teaches it, and whether it stays, are theirs alone to say."""
    user = user_of(request)
    return Class.objects.filter(owner=user, pk=class_id).first() or _missing()


def taught_quiz(request: HttpRequest, quiz_id: str) -> Quiz:
    """A quiz, draft or published, of a class that this reader teaches. Raises Http404 for others."""
    user = user_of(request)
    return Quiz.objects.select_related("of").filter(of__in=_taught(user), pk=quiz_id).first() or _missing()


def own_room(request: HttpRequest, room_id: str) -> Room:
    """A room that this reader has opened: nobody else goes on in it. Raises Http404 for others."""
    return Room.objects.filter(owner=user_of(request), pk=room_id).first() or _missing()


def teacher_of(request: HttpRequest) -> User:
    """Who wants to teach. Nobody is shown both doors, to a new account and to one that there is."""
    if request.method != "GET" or account_of(request):
        return user_of(request)
    up, into = SignUpForm(auto_id="up-%s"), SignInForm(auto_id="in-%s")
    context = {"up": up, "into": into, "next": request.path, "room": "teach", "here": here_of(request)}
    raise Instead(render(request, "quizzes/teach/door.html", context))


def here_of(request: HttpRequest) -> list[Member]:
    """Who this browser is without an account, in each class: what an account could take over."""
    here = Member.objects.filter(pk__in=request.session.get(MEMBERS, {}).values(), user=None, removed=None)
    return list(here.select_related("of"))


def account_of(request: HttpRequest) -> User | None:
    """The account of this reader, if there is one. Asking keeps the session from growing idle."""
    user = request.user
    _used(request)
    return user if isinstance(user, User) else None


def known_in(request: HttpRequest, class_id: str) -> Member | None:
    """Who this reader is in a class, if anybody."""
    return _members(request, account_of(request)).select_related("of").filter(of_id=class_id).first()


def become(request: HttpRequest, member: Member) -> None:
    """This browser is that member from now on, under a session key that is new."""
    known = dict(request.session.get(MEMBERS, {}))
    request.session.cycle_key()
    request.session[MEMBERS] = known | {member.of_id: member.pk}
    _used(request)


def unbecome(request: HttpRequest, member: Member) -> None:
    """This browser is that member no longer."""
    known = request.session.get(MEMBERS, {})
    if known.get(member.of_id) == member.pk:
        request.session[MEMBERS] = {of: key for of, key in known.items() if of != member.of_id}


def classes_of(user: User) -> list[Class]:
    """The classes that somebody teaches, by name; those that are archived last."""
    return sorted(_taught(user), key=lambda of: (of.archived is not None, of.name.casefold(), of.pk))


def _taught(user: User) -> QuerySet[Class]:
    teaches = Q(members__user=user, members__role=Member.Role.INSTRUCTOR, members__removed=None)
    return Class.objects.filter(Q(owner=user) | teaches).distinct()


def _members(request: HttpRequest, user: User | None) -> QuerySet[Member]:
    """An account's member stands before one of this browser: they may be two people at one computer."""
    known: dict[str, int] = request.session.get(MEMBERS, {})
    there = Member.objects.filter(removed=None)
    own = there.filter(user=user) if user else there.none()
    kept = {key for of, key in known.items() if of not in set(own.values_list("of_id", flat=True))}
    return there.filter(Q(pk__in=own.values("pk")) | Q(pk__in=kept))


def _used(request: HttpRequest) -> None:
    """Moves the end of the session, once a day and only where it says who somebody is."""
    today = timezone.now().toordinal()
    known = SESSION_KEY in request.session or MEMBERS in request.session
    if known and request.session.get(DAY) != today:
        request.session[DAY] = today


def _missing() -> NoReturn:
    raise Http404

"""Joining a class by its code, and coming back to it by one's own link."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from config.origin import origin_of
from playground.asking.runs import runs
from quizzes import joining, throttle, voting
from quizzes.access import account_of, anybody, become, known_in
from quizzes.cover import Cover
from quizzes.forms import CodeForm, JoinForm
from quizzes.models import Class, Member, Quiz
from quizzes.private import ORIGIN_ALONE, Instead, See, private
from quizzes.views.answers import later

UNKNOWN = "No class and no vote has this code now. Look at it once more, or ask whoever gave it to you."
TAKEN = (
    "Somebody in this class has this name already. Is that you? Then open your own link, or sign in. "
    "If it is somebody else, add a letter."
)
REVOKED = "This link does not open anything now. Ask your instructor, who can give you another."


@runs(at_most=0)
@private("GET", "POST")
@anybody
def code(request: HttpRequest) -> HttpResponse:
    """The field for a code; a code that is one leads on to its class."""
    if request.method == "POST":
        return See(reverse("quizzes:join-class", args=[_of_code(request, CodeForm(request.POST)).join_code]))
    return _door(request, CodeForm())


@runs(at_most=0)
@private("GET", "POST")
@anybody
def of_class(request: HttpRequest, code: str) -> HttpResponse:
    """A class, and the field for the name under which one joins."""
    of = _of_code(request, CodeForm({"code": code}))
    opened = list(joining.open_quizzes(of, timezone.now())[:2])
    quiz = opened[0] if len(opened) == 1 else None
    known = known_in(request, of.pk)
    if request.method == "POST":
        return _join(request, of, quiz)
    if known and (known.user_id or "else" not in request.GET):
        context = {"class": of, "member": known, "quiz": quiz, "whose": known.name}
        return render(request, "quizzes/known.html", context)
    user = account_of(request)
    return _page(request, of, quiz, JoinForm(initial={"name": user.name if user else ""}), joining.new_secret())


def _join(request: HttpRequest, of: Class, quiz: Quiz | None) -> HttpResponse:
    form, secret = JoinForm(request.POST), request.POST.get("secret", "")
    if not joining.SECRET.fullmatch(secret):
        secret = joining.new_secret()
    if not form.is_valid():
        return _page(request, of, quiz, form, secret, status=422)
    user = account_of(request)
    try:
        member = joining.join(of, form.cleaned_data["name"], user, secret)
    except joining.NameTaken:
        form.add_error("name", TAKEN)
        return _page(request, of, quiz, form, secret, status=409)
    if user is None:
        become(request, member)
    if quiz and "start" in request.POST:
        # The form goes on as it is (307), so that joining and starting are one press, also without JavaScript.
        return HttpResponseRedirect(reverse("quizzes:start", args=[quiz.pk]), preserve_request=True)
    context = {"member": member, "link": link(request, secret), "quiz": quiz}
    return render(request, "quizzes/joined.html", context | {"whose": member.name})


def _page(
    request: HttpRequest, of: Class, quiz: Quiz | None, form: JoinForm, secret: str, status: int = 200
) -> HttpResponse:
    context = {
        "class": of,
        "quiz": quiz,
        "rules": Cover(quiz, Member(of=of), timezone.now()).sentences if quiz else [],
        "form": form,
        "secret": secret,
        "link": link(request, secret),
        "account": account_of(request),
        "retention": settings.RETENTION_DAYS,
    }
    return render(request, "quizzes/join-class.html", context, status=status)


@runs(at_most=0)
@private("GET", "POST", referrer=ORIGIN_ALONE)
@anybody
def resume(request: HttpRequest, secret: str) -> HttpResponse:
    """Asks whether to go on as the member whose link this is; the form's POST does so."""
    member = joining.of_secret(secret)
    if member is None:
        return render(request, "quizzes/resume.html", {"sentence": REVOKED}, status=404)
    if request.method == "POST":
        account = account_of(request)
        if account and account.pk != member.user_id:
            # Somebody else at the same computer.
            logout(request)
        joining.arrive(member)
        become(request, member)
        return See(reverse("quizzes:mine"))
    known, account = known_in(request, member.of_id), account_of(request)
    leaves = ""
    if account and account.pk != member.user_id:
        leaves = account.name
    elif known and known.pk != member.pk:
        leaves = known.name
    return render(request, "quizzes/resume.html", {"member": member, "leaves": leaves})


def link(request: HttpRequest, secret: str) -> str:
    """The whole resume link."""
    return origin_of(request) + reverse("quizzes:resume", args=[secret])


def _of_code(request: HttpRequest, form: CodeForm) -> Class:
    """The class of a code; that of a room leads to its vote. A code that leads nowhere counts, and no other; beyond
    the limit none is looked up.
    """
    if not form.is_valid():
        raise Instead(_door(request, form, 422))
    whom = throttle.address_of(request)
    try:
        throttle.check(throttle.CODES, whom)
        if voting.of_code(form.cleaned_data["code"], timezone.now()):
            raise Instead(See(reverse("quizzes:live", args=[form.cleaned_data["code"]])))
        if found := joining.of_code(form.cleaned_data["code"]):
            return found
        throttle.spend(throttle.CODES, whom)
    except throttle.TooMany as limit:
        form.add_error("code", limit.sentence)
        raise Instead(later(_door(request, form, 429), limit)) from None
    form.add_error("code", UNKNOWN)
    raise Instead(_door(request, form, 404))


def _door(request: HttpRequest, form: CodeForm, status: int = 200) -> HttpResponse:
    return render(request, "quizzes/join.html", {"form": form}, status=status)

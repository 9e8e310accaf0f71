"""Accounts: making one, signing in and out, and what one can do about one's own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from playground.asking.runs import runs
from quizzes import accounts
from quizzes.access import NEXT, anybody, here_of, user_of
from quizzes.forms import (
    AskForm,
    CodesForm,
    EmailForm,
    EraseForm,
    NewPasswordForm,
    PasswordForm,
    RecoverForm,
    SignInForm,
    SignUpForm,
)
from quizzes.models import User
from quizzes.personal import erase_user
from quizzes.private import ORIGIN_ALONE, See, private
from quizzes.throttle import TooMany
from quizzes.views.answers import later

NOT_RIGHT = "Name and password do not belong together."
NOT_RIGHT_CODE = "Name and code do not belong together, or the code has been used."
NOT_YOURS = "That is not the password of this account."
TAKEN = "Somebody has this name already. Take another, or sign in if it is you."
NO_MAIL = "The mail could not be sent just now. Try again in a few minutes, or take a recovery code."


@runs(at_most=0)
@private("GET", "POST")
@anybody
def sign_up(request: HttpRequest) -> HttpResponse:
    form = SignUpForm(_sent(request))
    if form.is_valid():
        told = form.cleaned_data
        try:
            user = accounts.sign_up(told["name"], told["password"], told["email"])
        except accounts.Taken:
            form.add_error("name", TAKEN)
        else:
            accounts.enter(request, user, bring=told["bring"])
            return See(_next(request))
    return _door(request, "quizzes/sign-up.html", form)


@runs(at_most=0)
@private("GET", "POST")
@anybody
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(_sent(request))
    try:
        if form.is_valid():
            user = accounts.sign_in(request, form.cleaned_data["name"], form.cleaned_data["password"])
            accounts.enter(request, user, bring=form.cleaned_data["bring"])
            return See(_next(request))
    except accounts.Wrong:
        form.add_error("password", NOT_RIGHT)
    except TooMany as limit:
        form.add_error("password", limit.sentence)
        return later(_door(request, "quizzes/sign-in.html", form), limit)
    return _door(request, "quizzes/sign-in.html", form)


def _door(request: HttpRequest, template: str, form: forms.Form) -> HttpResponse:
    """A page for signing in or up, with where one wanted to go and who one is here without an account."""
    context = {"form": form, "next": _wished(request), "here": here_of(request)}
    return render(request, template, context, status=422 if form.errors else 200)


def _sent(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _wished(request: HttpRequest) -> str:
    """A page of this site that one wanted to see; empty for none, and for one elsewhere."""
    where = request.POST.get(NEXT, request.GET.get(NEXT, ""))
    ours = where.startswith("/") and url_has_allowed_host_and_scheme(where, allowed_hosts=None)
    return where if ours and where.isprintable() and len(where) <= 200 else ""


def _next(request: HttpRequest) -> str:
    return _wished(request) or reverse("quizzes:mine")


@runs(at_most=0)
@private("POST")
@anybody
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends this session; nothing of it is left in the browser's cache."""
    logout(request)
    response = See(reverse("quizzes:sign-in"))
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@runs(at_most=0)
@private("GET")
def account(request: HttpRequest) -> HttpResponse:
    return _account(request, user_of(request))


def _account(request: HttpRequest, user: User, **filled: Any) -> HttpResponse:
    """The page of an account; `filled` are forms that were sent and cannot be taken, or what one was told."""
    context = {
        "password_form": PasswordForm(auto_id="password-%s"),
        "email_form": EmailForm({"email": user.email} if user.email else None, auto_id="email-%s"),
        "codes_form": CodesForm(auto_id="codes-%s"),
        "erase_form": EraseForm(auto_id="erase-%s"),
        "account": user,
        "whose": user.name,
        "sessions": user.sessions.filter(expire_date__gt=timezone.now()).count(),
        "codes_left": accounts.codes_left(user),
        "owns": user.owns.count(),
    }
    wrong = [form for form in filled.values() if isinstance(form, forms.Form) and form.errors]
    return render(request, "quizzes/account.html", context | filled, status=422 if wrong else 200)


def _confirmed(
    request: HttpRequest, user: User, name: str, form: forms.Form, field: str, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """Does something for which the password was asked, once it is right; else the page says what is wrong."""
    try:
        if form.is_valid():
            accounts.confirm(request, user, form.cleaned_data[field])
            return act()
    except accounts.Wrong:
        form.add_error(field, NOT_YOURS)
    except TooMany as limit:
        form.add_error(field, limit.sentence)
        return later(_account(request, user, **{name: form}), limit)
    return _account(request, user, **{name: form})


@runs(at_most=0)
@private("POST")
def password(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = PasswordForm(request.POST, auto_id="password-%s")

    def act() -> HttpResponse:
        accounts.change_password(request, user, form.cleaned_data["new"])
        return _account(request, user, said="The password is changed. Other browsers are signed out.")

    return _confirmed(request, user, "password_form", form, "old", act)


@runs(at_most=0)
@private("POST")
def email(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = EmailForm(request.POST, auto_id="email-%s")
    if not form.is_valid():
        return _account(request, user, email_form=form)
    user.email = form.cleaned_data["email"]
    user.save()
    return See(reverse("quizzes:account"))


@runs(at_most=0)
@private("POST")
def codes(request: HttpRequest) -> HttpResponse:
    """Makes recovery codes and shows them, this once."""
    user = user_of(request)
    form = CodesForm(request.POST, auto_id="codes-%s")

    def act() -> HttpResponse:
        return render(request, "quizzes/codes.html", {"codes": accounts.new_codes(user), "whose": user.name})

    return _confirmed(request, user, "codes_form", form, "password", act)


@runs(at_most=0)
@private("POST")
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    accounts.end_other_sessions(request, user)
    return See(reverse("quizzes:account"))


@runs(at_most=0)
@private("POST")
def erase(request: HttpRequest) -> HttpResponse:
    user = user_of(request)
    form = EraseForm(request.POST, auto_id="erase-%s")

    def act() -> HttpResponse:
        logout(request)
        erase_user(user)
        return render(request, "quizzes/erased.html")

    return _confirmed(request, user, "erase_form", form, "password", act)


@runs(at_most=0)
@private("GET", "POST")
@anybody
def reset(request: HttpRequest) -> HttpResponse:
    """A new password by a recovery code; where mails are sent, also a link by mail."""
    form = RecoverForm(_sent(request))
    try:
        if form.is_valid():
            told = form.cleaned_data
            user = accounts.recover(request, told["name"], told["code"], told["password"])
            accounts.enter(request, user, bring=False)
            return See(reverse("quizzes:account"))
    except accounts.Wrong:
        form.add_error("code", NOT_RIGHT_CODE)
    except TooMany as limit:
        form.add_error("code", limit.sentence)
        return later(_forgotten(request, form=form), limit)
    return _forgotten(request, form=form)


@runs(at_most=0)
@private("POST")
@anybody
def mail(request: HttpRequest) -> HttpResponse:
    """Sends a link by mail; the answer is the same whether there is such an account or not."""
    form = AskForm(request.POST, auto_id="mail-%s")
    try:
        if settings.MAIL and form.is_valid():
            accounts.mail_link(request, form.cleaned_data["name"])
            return render(request, "quizzes/mailed.html")
    except TooMany as limit:
        form.add_error("name", limit.sentence)
        return later(_forgotten(request, ask=form), limit)
    except OSError:
        form.add_error("name", NO_MAIL)
        return _forgotten(request, ask=form, status=503)
    return _forgotten(request, ask=form, status=422)


def _forgotten(
    request: HttpRequest, *, form: RecoverForm | None = None, ask: AskForm | None = None, status: int = 0
) -> HttpResponse:
    context = {"form": form or RecoverForm(), "ask": (ask or AskForm(auto_id="mail-%s")) if settings.MAIL else None}
    return render(
        request, "quizzes/reset.html", context, status=status or (422 if form is not None and form.errors else 200)
    )


@runs(at_most=0)
@private("GET", "POST", referrer=ORIGIN_ALONE)
@anybody
def reset_link(request: HttpRequest, who: str, token: str) -> HttpResponse:
    """A new password by a link, which holds for an hour and works once."""
    user = accounts.of_reset_link(who, token)
    if user is None:
        return render(request, "quizzes/reset-link.html", status=404)
    form = NewPasswordForm(_sent(request))
    if form.is_valid():
        accounts.reset(user, form.cleaned_data["password"])
        accounts.enter(request, user, bring=False)
        return See(reverse("quizzes:account"))
    context = {"form": form, "name": user.name}
    return render(request, "quizzes/reset-link.html", context, status=422 if form.errors else 200)

"""People, classes and browsers for tests."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.test import Client
from django.utils import timezone

from quizzes import joining
from quizzes.models import Class, Member, Quiz, User

PASSWORD = "a brass orrery turns"
SECRET = "s" * 22


@cache
def hashed() -> str:
    """Of the one password: working it out takes a third of a second, on purpose."""
    return make_password(PASSWORD)


def user(name: str = "Theo", email: str = "") -> User:
    return User.objects.create(name=name, password=hashed(), email=email)


def browser(account: User | None = None, member: Member | None = None) -> Client:
    """A browser, signed in to an account or known as a member."""
    client = Client()
    if account:
        client.force_login(account)
    if member:
        client.post(f"/resume/{joining.new_link(member)}/")
    return client


def room(name: str = "Distributed systems", owner: User | None = None) -> Class:
    return joining.new_class(name, "Europe/Vienna", owner)


def learner(of: Class, name: str = "Ana", account: User | None = None) -> Member:
    return joining.join(of, name, account, joining.new_secret())


def quiz(of: Class, title: str = "Rings and balancers", **rules: Any) -> Quiz:
    """A published quiz that is open for an hour, unless told otherwise."""
    now = timezone.now()
    told = {"opens": now - timedelta(hours=1), "closes": now + timedelta(hours=1), "state": Quiz.State.PUBLISHED}
    return Quiz.objects.create(of=of, title=title, **told | rules)

"""Accounts: making one, showing that it is one's own, and getting back in when the password is forgotten."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.contrib.auth import authenticate, login, update_session_auth_hash
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.tokens import default_token_generator
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import base36_to_int, int_to_base36

from config.origin import origin_of
from quizzes import sessions, throttle
from quizzes.access import MEMBERS
from quizzes.hashers import CodeHasher
from quizzes.models import Member, RecoveryCode, Session, User
from quizzes.names import SIGNS, fold

CODES = 8
"""Recovery codes of an account."""
GROUPS, GROUP = 3, 4
"""A code's signs, after its number: 12 of 31, which is 59 bits."""


class Taken(Exception):
    """Another account has this name."""


class Wrong(Exception):
    """The name, the password or the code is not right; which of them is not said."""


def sign_up(name: str, password: str, email: str) -> User:
    """A new account. Raises Taken."""
    try:
        with transaction.atomic():
            return User.objects.create_user(name, password, email)
    except IntegrityError:
        raise Taken from None


def sign_in(request: HttpRequest, name: str, password: str) -> User:
    """The account of a name and a password. Raises Wrong, after the same time for both, and TooMany."""
    with guessing(request, fold(name)):
        user = authenticate(request, username=name, password=password)
        if not isinstance(user, User):
            raise Wrong
    return user


def enter(request: HttpRequest, user: User, *, bring: bool) -> None:
    """This browser is signed in, under a session key that is new.

    Who it was without an account goes along where that is wished (`bring`), and else is left: two people may share
    a computer.
    """
    known: dict[str, int] = request.session.pop(MEMBERS, {})
    login(request, user, backend="django.contrib.auth.backends.ModelBackend")
    sessions.begin(request.session)
    if bring:
        there = Member.objects.filter(pk__in=known.values(), user=None, removed=None)
        there.exclude(of__members__user=user).update(user=user)


@contextmanager
def guessing(request: HttpRequest, whom: str) -> Iterator[None]:
    """What is done in it is one guess at a password or a code: it counts where it raises Wrong. Raises TooMany."""
    counted = [(throttle.PASSWORDS_HERE, throttle.address_of(request)), (throttle.PASSWORDS_OF, whom)]
    for limit, one in counted:
        throttle.spend(limit, one)
    yield
    for limit, one in counted:
        throttle.give_back(limit, one)


def confirm(request: HttpRequest, user: User, password: str) -> None:
    """Somebody who has signed in shows once more who they are. Raises Wrong and TooMany."""
    with guessing(request, user.folded):
        if not user.check_password(password):
            raise Wrong


def change_password(request: HttpRequest, user: User, password: str) -> None:
    """A new password; all sessions end but this one, which gets another key."""
    user.set_password(password)
    user.save()
    update_session_auth_hash(request, user)
    end_other_sessions(request, user)


def end_other_sessions(request: HttpRequest, user: User) -> None:
    Session.objects.filter(user=user).exclude(session_key=request.session.session_key).delete()


def new_codes(user: User) -> list[str]:
    """Eight new recovery codes; the old ones stop. They are shown now and never again: kept are their hashes."""
    codes = [f"{number}-{_signs()}" for number in range(1, CODES + 1)]
    hashed = [
        RecoveryCode(user=user, hashed=make_password(_plain(code), hasher=CodeHasher.algorithm)) for code in codes
    ]
    with transaction.atomic():
        user.recovery_codes.all().delete()
        RecoveryCode.objects.bulk_create(hashed)
    return codes


def codes_left(user: User) -> int:
    return user.recovery_codes.filter(used=None).count()


def recover(request: HttpRequest, name: str, code: str, password: str) -> User:
    """A new password by a recovery code, which is good for one time; all sessions end. Raises Wrong and TooMany."""
    with guessing(request, fold(name)):
        user = User.objects.filter(folded=fold(name)).first()
        if user is None or not _used_up(user, code):
            raise Wrong
    reset(user, password)
    return user


def reset(user: User, password: str) -> None:
    """A new password for somebody who had none any more; all sessions end."""
    user.set_password(password)
    user.save()
    Session.objects.filter(user=user).delete()


def reset_path(user: User) -> str:
    """The path of a link with which a new password can be set: for an hour, and once."""
    return reverse("quizzes:reset-link", args=[int_to_base36(user.pk), default_token_generator.make_token(user)])


def of_reset_link(who: str, token: str) -> User | None:
    """The account of such a link, while it holds."""
    try:
        user = User.objects.filter(pk=base36_to_int(who)).first()
    except (ValueError, OverflowError):
        return None
    return user if user and default_token_generator.check_token(user, token) else None


def mail_link(request: HttpRequest, name: str) -> None:
    """Sends a link to the address of an account, where there is one. Raises TooMany, and OSError from the server."""
    throttle.spend(throttle.MAILS_HERE, throttle.address_of(request))
    throttle.spend(throttle.MAILS_OF, fold(name))
    user = User.objects.filter(folded=fold(name)).exclude(email="").first()
    if user:
        hour = settings.PASSWORD_RESET_TIMEOUT // 3600
        text = (
            f"Somebody, probably you, has asked to set a new password for your account at {origin_of(request)}.\n\n"
            f"{origin_of(request)}{reset_path(user)}\n\n"
            f"The link holds for {hour} hour and works once. If it was not you, nothing has changed.\n"
        )
        send_mail("A new password", text, None, [user.email])


def _used_up(user: User, code: str) -> bool:
    """Whether it was a code of this account; it is none any more. Its number says which hash to work out, of eight."""
    number = code.strip()[:1]
    rows = list(user.recovery_codes.order_by("pk"))
    row = rows[int(number) - 1] if number.isdecimal() and 0 < int(number) <= len(rows) else None
    right = row is not None and check_password(_plain(code), row.hashed)
    # One statement: of two that bring the same code at once, one is late.
    return (
        right
        and row is not None
        and bool(RecoveryCode.objects.filter(pk=row.pk, used=None).update(used=timezone.now()))
    )


def _signs() -> str:
    return "-".join("".join(secrets.choice(SIGNS) for _ in range(GROUP)) for _ in range(GROUPS))


def _plain(code: str) -> str:
    """A code as it is compared: without dashes and spaces, in capitals."""
    return "".join(sign for sign in code.upper() if sign.isalnum())

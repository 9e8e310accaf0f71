"""A page says whose it is, and what it sends is taken for nobody else.

Addresses hold no id of a person, so that two who use one browser one after the other have the same. A form, or the
script of a page, that was opened by the one must not write into what is the other's.
"""

from __future__ import annotations

from django.db.models import Model
from django.http import HttpRequest
from django.shortcuts import render
from django.utils.crypto import constant_time_compare, salted_hmac

from quizzes.private import Instead

FIELD = "who"


def token(one: Model) -> str:
    """Names a member or an attempt in a page, to this site alone."""
    text = f"{one._meta.label}:{one.pk}"
    return salted_hmac("quizzes.whose", text, algorithm="sha256").hexdigest()[:16]


def is_of(said: str, one: Model) -> bool:
    """Whether a page that says so is that one's; one that says nothing is anybody's."""
    return not said or constant_time_compare(said, token(one))


def meant(request: HttpRequest, one: Model, typed: str = "") -> None:
    """Breaks off where a form was opened by somebody else; what they had typed is shown to them once more."""
    if not is_of(request.POST.get(FIELD, ""), one):
        raise Instead(render(request, "quizzes/somebody-else.html", {"typed": typed}, status=409))

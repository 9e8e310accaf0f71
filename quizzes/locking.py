"""One writer of an attempt at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from quizzes.models import Attempt, Member


@contextmanager
def held(attempt: int) -> Iterator[Attempt]:
    """A transaction that holds an attempt: its row on PostgreSQL, the whole file on SQLite (BEGIN IMMEDIATE)."""
    with transaction.atomic():
        rows = Attempt.with_previews.select_for_update(of=("self",)).select_related("quiz__of", "member")
        yield rows.get(pk=attempt)


@contextmanager
def held_member(member: int) -> Iterator[Member]:
    """A transaction that holds a member: who starts twice at the same moment starts once."""
    with transaction.atomic():
        yield Member.objects.select_for_update(of=("self",)).select_related("of").get(pk=member)

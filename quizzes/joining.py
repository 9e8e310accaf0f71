"""Becoming a member of a class, and coming back to it: one transaction each."""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from quizzes.models import Class, Entry, Member, Quiz, User
from quizzes.names import CODE, fold, new_id, read_code, tidy

SECRET = re.compile(r"[A-Za-z0-9_-]{22}")
"""128 random bits, as they stand in a resume link."""


class NameTaken(Exception):
    """Somebody in the class has this name, whatever its capitals."""


def new_class(name: str, zone: str, owner: User | None) -> Class:
    """A class with a code of its own; its owner is a member who teaches it."""
    with transaction.atomic():
        of = Class.objects.create(name=name, zone=zone, owner=owner)
        if owner:
            Member.objects.create(of=of, user=owner, name=owner.name, role=Member.Role.INSTRUCTOR)
    return of


def of_code(code: str) -> Class | None:
    """The class that a code leads to. One that is closed or archived is answered as one that there never was."""
    read = read_code(code)
    if len(read) != CODE:
        return None
    return Class.objects.select_related("owner").filter(join_code=read, archived=None).first()


def join(of: Class, name: str, user: User | None, secret: str) -> Member:
    """A new member; with an account also one who had left, under a name that may be another. Raises NameTaken.

    Who gives a name of the roster takes its place, while nobody has and no link was made for it.

    The secret of the resume link comes from the form: who sends the form twice is the same member twice, and not
    told that their own name is taken.
    """
    try:
        with transaction.atomic():
            if user and (known := Member.objects.filter(of=of, user=user).first()):
                return _back(known, name, secret)
            if listed := _listed(of, name, user, secret):
                return listed
            member = Member(of=of, user=user, name=tidy(name), resume_hash=hashed(secret))
            member.save()
            Entry.objects.create(of=of, kind="joined", new={"member": member.pk}, by=user, at=timezone.now())
            return member
    except IntegrityError:
        same = Member.objects.filter(of=of, folded=fold(name), user=user, resume_hash=hashed(secret), removed=None)
        if found := same.first():
            return found
        raise NameTaken from None


def _listed(of: Class, name: str, user: User | None, secret: str) -> Member | None:
    """A place of the roster, taken. The name stays as the roster spells it."""
    now = timezone.now()
    free = Member.objects.filter(
        of=of, folded=fold(name), role=Member.Role.LEARNER, removed=None, joined=None, user=None, resume_hash=None
    )
    row = free.first()
    # One statement: of two who come at once, one is late.
    if row is None or not free.filter(pk=row.pk).update(joined=now, user=user, resume_hash=hashed(secret)):
        return None
    Entry.objects.create(of=of, kind="joined", new={"member": row.pk, "listed": True}, by=user, at=now)
    row.refresh_from_db()
    return row


def arrive(member: Member) -> None:
    """Who comes by a link that an instructor made has joined, too."""
    now = timezone.now()
    if Member.objects.filter(pk=member.pk, joined=None).update(joined=now):
        Entry.objects.create(of_id=member.of_id, kind="joined", new={"member": member.pk}, by=member.user, at=now)


def _back(member: Member, name: str, secret: str) -> Member:
    if member.removed:
        member.name, member.removed, member.resume_hash = tidy(name), None, hashed(secret)
        member.joined = member.joined or timezone.now()
        member.save()
        Entry.objects.create(
            of_id=member.of_id, kind="joined", new={"member": member.pk}, by=member.user, at=timezone.now()
        )
    else:
        arrive(member)
    return member


def leave(member: Member) -> None:
    """Ends a membership; what was answered stays with the class, and the resume link stops."""
    member.removed, member.resume_hash = timezone.now(), None
    member.save()
    Entry.objects.create(of_id=member.of_id, kind="left", new={"member": member.pk}, by=member.user, at=timezone.now())


def new_secret() -> str:
    """The secret of a resume link."""
    return new_id()


def new_link(member: Member) -> str:
    """Another secret for a member's resume link; the link before it stops."""
    secret = new_secret()
    Member.objects.filter(pk=member.pk).update(resume_hash=hashed(secret))
    return secret


def of_secret(secret: str) -> Member | None:
    """The member whom a resume link names, while it holds."""
    if not SECRET.fullmatch(secret):
        return None
    there = Member.objects.select_related("of").filter(removed=None)
    return there.filter(resume_hash=hashed(secret)).first()


def hashed(secret: str) -> str:
    """What is kept of it. 128 random bits cannot be guessed, so that a fast hash is enough."""
    return sha256(secret.encode()).hexdigest()


def open_quizzes(of: Class, now: datetime) -> QuerySet[Quiz]:
    """Those that can be started, for somebody to whom nothing else has been granted."""
    begun = Q(opens=None) | Q(opens__lte=now)
    return Quiz.objects.filter(begun, Q(closes=None) | Q(closes__gt=now), of=of, state=Quiz.State.PUBLISHED)

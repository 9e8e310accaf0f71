"""What an instructor does with a class: each a transaction, and a line of the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from quizzes.handing_in import settle_open
from quizzes.models import Class, Entry, Member, Quiz, User
from quizzes.names import LONGEST, fold, new_code
from quizzes.zones import stamp

NO_ACCOUNT = "There is no account of this name. They make one under Teach, and tell you its name."
TEACHES = "{} teaches this class already."
LEARNS = "{} is a learner of this class, and sees its quizzes as one. Take another account."


class Refused(Exception):
    """It cannot be done; the message says why."""


def close_code(of: Class, by: User, now: datetime) -> None:
    """Nobody joins any more; the code is answered as one that there never was."""
    _code(of, None, "code-closed", by, now)


def new_code_of(of: Class, by: User, now: datetime) -> None:
    """Another code, and so another link: the one before it is answered as one that there never was."""
    _code(of, new_code(), "code-renewed" if of.join_code else "code-opened", by, now)


def _code(of: Class, code: str | None, kind: str, by: User, now: datetime) -> None:
    with transaction.atomic():
        Class.objects.filter(pk=of.pk).update(join_code=code)
        Entry.objects.create(of=of, kind=kind, by=by, at=now)


def rename(of: Class, name: str, zone: str, by: User, now: datetime) -> None:
    """Another name, or another zone in which dates are shown; instants stay what they are."""
    if (of.name, of.zone) == (name, zone):
        return
    with transaction.atomic():
        # A name is not written into the log, which holds none.
        told: dict[str, Any] = {"old": {"zone": of.zone}, "new": {"zone": zone}} if of.zone != zone else {}
        Class.objects.filter(pk=of.pk).update(name=name, zone=zone)
        Entry.objects.create(of=of, kind="renamed", by=by, at=now, **told)


def archive(of: Class, by: User, now: datetime) -> None:
    """Puts a class away: nobody joins, and after a time it is erased."""
    if Class.objects.filter(pk=of.pk, archived=None).update(archived=now):
        Entry.objects.create(of=of, kind="archived", by=by, at=now)


def unarchive(of: Class, by: User, now: datetime) -> None:
    if Class.objects.filter(pk=of.pk).exclude(archived=None).update(archived=None):
        Entry.objects.create(of=of, kind="unarchived", by=by, at=now)


def set_dates(quiz: Quiz, opens: datetime | None, closes: datetime | None, by: User, now: datetime) -> None:
    """Another opening, another closing: at once, also for those who are taking it."""
    # Whose time was over before is over: a later closing reopens nothing.
    settle_open(quiz, now)
    with transaction.atomic():
        row = Quiz.objects.select_for_update().get(pk=quiz.pk)
        old = {"opens": stamp(row.opens), "closes": stamp(row.closes)}
        new = {"opens": stamp(opens), "closes": stamp(closes)}
        if old == new:
            return
        row.opens, row.closes, row.revision = opens, closes, row.revision + 1
        row.save(update_fields=["opens", "closes", "revision"])
        Entry.objects.create(of_id=row.of_id, quiz=row, kind="dates", old=old, new=new, by=by, at=now)


def add_instructor(of: Class, account: str, by: User, now: datetime) -> None:
    """Somebody else teaches the class too: an account, by its name. Raises Refused."""
    user = User.objects.filter(folded=fold(account)).first()
    if user is None:
        raise Refused(NO_ACCOUNT)
    known = Member.objects.filter(of=of, user=user).first()
    if known and known.removed is None:
        raise Refused((LEARNS if known.role == Member.Role.LEARNER else TEACHES).format(user.name))
    member = known or Member(of=of, user=user)
    # A learner may be called the same.
    for name in (user.name, f"{user.name[: LONGEST - 14]} (instructor)"):
        member.name, member.role, member.removed, member.joined = name, Member.Role.INSTRUCTOR, None, now
        try:
            with transaction.atomic():
                member.save()
                Entry.objects.create(of=of, kind="teaches", new={"member": member.pk}, by=by, at=now)
        except IntegrityError:
            member.pk = known.pk if known else None
        else:
            return
    raise Refused("Somebody in this class has this name already.")


def remove_instructor(member: Member, by: User, now: datetime) -> None:
    """Somebody teaches the class no longer. Who joins it later is a learner, not what they were."""
    with transaction.atomic():
        Member.objects.filter(pk=member.pk).update(removed=now, role=Member.Role.LEARNER, resume_hash=None)
        Entry.objects.create(of_id=member.of_id, kind="teaches-no-more", new={"member": member.pk}, by=by, at=now)


def is_name_of(of: Class, typed: str) -> bool:
    """Whether somebody who is about to delete a class has typed its name."""
    return fold(typed) == fold(of.name)

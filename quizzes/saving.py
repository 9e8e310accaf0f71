"""One change of an answer, acknowledged once.

The reply to a key is kept beside what it saved, so that whoever sends the same again is told the same again. What
arrives too late is kept as well, and said to be late; what contradicts another tab is not, and both values are said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Max

from quizzes.grading import settle, standing_of
from quizzes.locking import held
from quizzes.models import Answer, Attempt, Entry, Save
from quizzes.rules.phases import may_check
from quizzes.rules.points import spelled
from quizzes.rules.time import counts
from quizzes.terms import end_of
from quizzes.zones import clock_time, stamp

MOST = 2000
"""Saves of one answer. A person does not come near; a program would fill the disk."""


@dataclass(frozen=True)
class Change:
    """What somebody says to one question."""

    key: UUID
    base: int
    """The revision of the answer that they had before them; another than the answer has is another tab's."""
    value: str | None
    """As `read_value` gives it; None for blank."""
    check: bool = False
    held: tuple[bool, ...] | None = None
    """Of a challenge: which of its conditions hold, found before anything is locked."""


@dataclass(frozen=True)
class Reply:
    """What they are told: an HTTP status, and the rest as JSON."""

    status: int
    body: dict[str, Any]

    @property
    def state(self) -> str:
        """saved, checked, late, conflict, decided, full or no-checking."""
        return str(self.body["state"])


def save(attempt: Attempt, place: int, change: Change, received: datetime) -> Reply:
    """Save or check an answer. `received` is the server's clock, read before anything else was done.

    Raises Answer.DoesNotExist where the attempt has no such place.
    """
    with held(attempt.pk) as row:
        rows = Answer.objects.select_related("variant__item__quiz").defer("variant__steps")
        answer = rows.get(attempt=row, place=place)
        if (known := Save.objects.filter(answer=answer, key=change.key).first()) and _is_same(known, change):
            return Reply(409 if known.late else 200, known.reply)
        number = (Save.objects.filter(answer=answer).aggregate(most=Max("number"))["most"] or 0) + 1
        if known:
            return Reply(
                422, {"state": "unreadable", "sentence": "This page sent something else than before. Load it again."}
            )
        if number > MOST:
            return Reply(429, _told(row, answer, received) | {"state": "full"})
        if not _in_time(row, received):
            reply = _told(row, answer, received) | {"state": "late"}
            _insert(answer, change, number, received, reply, late=True)
            return Reply(409, reply)
        if answer.points is not None and standing_of(answer, over=False).decided:
            return Reply(409, _told(row, answer, received) | {"state": "decided"})
        if change.base != answer.revision and change.value != answer.value:
            return Reply(409, _told(row, answer, received) | {"state": "conflict"})
        if change.check and not may_check(row.quiz.phases):
            return Reply(409, _told(row, answer, received) | {"state": "no-checking"})
        return Reply(200, _counted(row, answer, change, number, received))


def since(answer: Answer, attempt: Attempt) -> str:
    """When what an answer says now was saved, in the zone of the class; empty where nothing was."""
    last = Save.objects.filter(answer=answer, late=False).order_by("-number").first()
    return clock_time(last.received, attempt.quiz.of.zone) if last else ""


def _is_same(known: Save, change: Change) -> bool:
    """A key that comes with something else is none of ours: nothing may be said to be saved that is not."""
    return known.value == change.value and (known.kind == Save.Kind.CHECK) == change.check


def _in_time(attempt: Attempt, received: datetime) -> bool:
    """What came in time counts, also where it waited while the attempt was handed in."""
    end = end_of(attempt)
    if not counts(end, received):
        return False
    return attempt.handed_in is None or received <= attempt.handed_in or attempt.handed_in == end


def _counted(attempt: Attempt, answer: Answer, change: Change, number: int, received: datetime) -> dict[str, Any]:
    before = answer.points
    inserted = _insert(answer, change, number, received, {}, late=False)
    found = settle(answer, over=attempt.handed_in is not None)
    attempt.revision += 1
    if attempt.handed_in is not None:
        attempt.points = sum(one.points or 0 for one in Answer.objects.filter(attempt=attempt))
    attempt.save(update_fields=["revision", "points"])
    reply = _told(attempt, answer, received) | {"state": "saved"}
    if change.check:
        reply |= {"state": "checked", "right": bool(found.right), "tries": found.tries, "decided": found.decided}
        if not attempt.preview:
            Entry.objects.create(
                of_id=attempt.quiz.of_id, quiz=attempt.quiz, attempt=attempt, kind="checked",
                old=before, new=found.points, at=received,
            )  # fmt: skip
        if found.decided:
            reply["points"] = spelled(found.points or 0)
    inserted.reply = reply
    inserted.save(update_fields=["reply"])
    return reply


def _insert(
    answer: Answer, change: Change, number: int, received: datetime, reply: dict[str, Any], *, late: bool
) -> Save:
    return Save.objects.create(
        answer=answer, key=change.key, number=number, kind=Save.Kind.CHECK if change.check else Save.Kind.SAVE,
        value=change.value, held=None if change.held is None else [*change.held],
        received=received, late=late, reply=reply,
    )  # fmt: skip


def _told(attempt: Attempt, answer: Answer, received: datetime) -> dict[str, Any]:
    """What every reply says: what the server has, since when, and the clock."""
    return {
        "value": answer.value,
        "revision": answer.revision,
        "since": since(answer, attempt),
        "at": clock_time(received, attempt.quiz.of.zone),
        "now": stamp(received),
        "end": stamp(end_of(attempt)),
    }

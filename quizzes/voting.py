"""Rooms: they are opened, people vote, they go on, they end."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from playground.engine.content import Content
from playground.engine.verdict import read_value
from quizzes.frozen import freeze, thaw_run
from quizzes.models import Room, User, Vote
from quizzes.names import new_room_code
from quizzes.rules.rounds import BALLOTS, Phase, next_phase

LASTS = timedelta(hours=3)
"""How long a code opens a room."""
KEPT = timedelta(days=30)
MOST_VOTERS = 1000
"""Of a room. A lecture hall has fewer; a program that votes has no end."""
MOST_OPEN = 5
"""Rooms of one account at a time: when another is opened, the oldest ends."""
VOTER = re.compile(r"[A-Za-z0-9_-]{22}")


class Refused(Exception):
    """A vote that cannot be taken; the message says why."""


def new_voter() -> str:
    """What a phone is known by, in its cookie: 128 random bits."""
    return secrets.token_urlsafe(16)


def open_room(owner: User, content: Content, now: datetime) -> Room:
    """A room for a question, under a code that no other has now."""
    tidy_up(now)
    frozen = freeze(content)
    for old in Room.objects.filter(owner=owner).exclude(phase=Phase.ENDED).order_by("-opened")[MOST_OPEN - 1 :]:
        end(old)
    while True:
        try:
            with transaction.atomic():
                return Room.objects.create(
                    code=new_room_code(), owner=owner, content=frozen.content, steps=frozen.steps, opened=now
                )
        except IntegrityError:
            continue  # somebody has that code


def of_code(code: str, now: datetime) -> Room | None:
    """The room of a code, for as long as it is good."""
    return Room.objects.filter(code=code, opened__gt=now - LASTS).first()


def tidy_up(now: datetime) -> None:
    """Codes that are good no more are free for others; rooms that are old are gone, and their votes with them."""
    Room.objects.filter(opened__lte=now - LASTS).exclude(code=None).update(code=None, phase=Phase.ENDED)
    Room.objects.filter(opened__lte=now - KEPT).delete()


def vote(room: Room, voter: str, typed: str, now: datetime) -> str:
    """Takes a vote, or changes it; how it was read. Raises Unreadable or Refused with a sentence."""
    value = read_value(thaw_run(room), typed)
    with transaction.atomic():
        held = Room.objects.select_for_update().get(pk=room.pk)
        ballot = BALLOTS.get(Phase(held.phase))
        if ballot is None:
            raise Refused("The vote has been closed meanwhile: this one is not counted.")
        who = hidden(held, voter)
        mine = Vote.objects.filter(room=held, ballot=ballot, voter=who)
        if not mine.update(value=value, at=now):
            if Vote.objects.filter(room=held, ballot=ballot).count() >= MOST_VOTERS:
                raise Refused(f"{MOST_VOTERS:,} people have voted, which is as many as a room takes.")
            Vote.objects.create(room=held, ballot=ballot, voter=who, value=value, at=now)
    return value


def go_on(room: Room, revision: int, *, run: bool = False) -> None:
    """The next phase. Who presses twice, or in two windows, goes on once: `revision` is what the page had."""
    with transaction.atomic():
        held = Room.objects.select_for_update().get(pk=room.pk)
        if held.revision != revision:
            return
        phase = next_phase(Phase(held.phase), run=run)
        if phase == held.phase:
            return
        held.phase, held.revision = phase, revision + 1
        held.save(update_fields=["phase", "revision"])


def end(room: Room) -> None:
    """Nobody votes any more; who comes may still look at the question and its run, for as long as the code is good."""
    with transaction.atomic():
        held = Room.objects.select_for_update().get(pk=room.pk)
        held.phase, held.revision = Phase.ENDED, held.revision + 1
        held.save(update_fields=["phase", "revision"])


def hidden(room: Room, voter: str) -> str:
    """A phone in one room: not to be known again in another."""
    return salted_hmac(f"quizzes.voting:{room.pk}", voter, algorithm="sha256").hexdigest()


def counts(room: Room, ballot: int) -> Counter[str]:
    """How often each value was voted for."""
    return Counter(Vote.objects.filter(room=room, ballot=ballot).values_list("value", flat=True))


def votes_of(room: Room, voter: str) -> dict[int, Vote]:
    """What a phone has voted, by ballot."""
    return {one.ballot: one for one in Vote.objects.filter(room=room, voter=hidden(room, voter))}

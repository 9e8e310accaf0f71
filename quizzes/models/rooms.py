"""A room: one question that is put to everybody who is present. Nothing in it is graded, and no vote has a name."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from quizzes.models.people import User
from quizzes.names import ROOM_CODE, new_id


class Room(models.Model):
    """The question, frozen as a variant is, and how far the room has come."""

    id = models.CharField(primary_key=True, max_length=22, default=new_id, editable=False)
    code = models.CharField(max_length=ROOM_CODE, unique=True, null=True)  # noqa: DJ001 - old: none
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="rooms")
    content: models.JSONField[dict[str, Any]] = models.JSONField()
    """`playground.engine.content.Content` without its traces."""
    steps = models.BinaryField()
    """The traces up to the step at which it is asked: as of a variant."""
    phase = models.CharField(max_length=6, default="first")
    revision = models.PositiveIntegerField(default=0)
    """Counts phases: who has the same has the same page, but for the number of votes."""
    opened = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"room {self.pk}"


class Vote(models.Model):
    """What one phone says in one ballot; it may be changed while that is open."""

    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="votes")
    ballot = models.PositiveSmallIntegerField()
    """1 or 2."""
    voter = models.CharField(max_length=64)
    """A hash of what the phone's cookie holds and of the room: it leads to nobody, and to no other room."""
    value = models.CharField(max_length=2000)
    """As `playground.engine.verdict.read_value` gives it."""
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["room", "ballot", "voter"], name="one_vote")]

    def __str__(self) -> str:
        return f"vote {self.pk}"

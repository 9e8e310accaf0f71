"""The log of what changed for a learner. Rows are only ever inserted."""

from __future__ import annotations

from typing import Any

from django.db import models

from quizzes.models.attempts import Attempt
from quizzes.models.people import Class, User
from quizzes.models.quizzes import Quiz


class Entry(models.Model):
    """One thing that was done: ids and figures, never an answer, a name, a code or a secret."""

    of = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="log")
    quiz = models.ForeignKey(Quiz, null=True, blank=True, on_delete=models.CASCADE, related_name="log")
    attempt = models.ForeignKey(Attempt, null=True, blank=True, on_delete=models.CASCADE, related_name="log")
    kind = models.CharField(max_length=20)
    """joined, started, checked, handed-in, extended …"""
    old: models.JSONField[Any] = models.JSONField(null=True)
    new: models.JSONField[Any] = models.JSONField(null=True)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()
    why = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return f"entry {self.pk}"

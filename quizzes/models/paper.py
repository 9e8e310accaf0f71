"""Printed forms of a quiz. What has been printed is never dealt anew: paper and key must not part."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from quizzes.models.people import User
from quizzes.models.quizzes import Quiz


class PaperForm(models.Model):
    """One form: a variant for each question of a published quiz, under a letter that no other form of it ever gets."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="paper_forms")
    letter = models.CharField(max_length=1)
    variants: models.JSONField[list[int]] = models.JSONField()
    """Keys of the variants, in the order of the questions; excluding one later changes nothing here."""
    made = models.DateTimeField()
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    thrown = models.DateTimeField(null=True, blank=True)
    """When it was thrown away, before anybody got it; the letter stays taken."""

    class Meta:
        ordering: ClassVar = ["letter"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "letter"], name="one_paper_form_with_a_letter")
        ]

    def __str__(self) -> str:
        return f"paper form {self.pk}"

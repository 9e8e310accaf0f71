"""What people do with a quiz. Points here are caches of a fold over saves; `manage.py recount` compares."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q

from quizzes.models.paper import PaperForm
from quizzes.models.people import Member, User
from quizzes.models.quizzes import Quiz, Variant


class Taken(models.Manager["Attempt"]):
    """Attempts that count: whoever asks for attempts does not meet a preview."""

    def get_queryset(self) -> models.QuerySet[Attempt]:
        return super().get_queryset().filter(preview=False)


class Attempt(models.Model):
    """One member's passage through a quiz."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="taken")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveIntegerField()
    """Counted from one, for this member alone."""
    preview = models.BooleanField(default=False)
    """Somebody who teaches the class looks at what learners get; it counts nowhere, and is soon gone."""
    started = models.DateTimeField()
    """Written once."""
    handed_in = models.DateTimeField(null=True, blank=True)
    points = models.PositiveIntegerField(null=True, blank=True)
    """In thousandths; null until it is handed in."""
    revision = models.PositiveIntegerField(default=0)
    seen = models.DateTimeField(null=True, blank=True)
    """When its clock was last asked for."""
    paper = models.ForeignKey(PaperForm, null=True, blank=True, on_delete=models.RESTRICT, related_name="attempts")
    """The printed form that was answered with a pen and typed in; null for what was taken on a screen."""

    objects: ClassVar[Taken] = Taken()
    with_previews: ClassVar[models.Manager[Attempt]] = models.Manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["quiz", "member", "number"], name="one_attempt_with_a_number"),
            models.UniqueConstraint(
                fields=["quiz", "member"], condition=Q(handed_in=None, preview=False), name="one_attempt_at_a_time"
            ),
            models.UniqueConstraint(fields=["quiz", "member"], condition=~Q(paper=None), name="one_paper_of_a_member"),
        ]

    def __str__(self) -> str:
        return f"attempt {self.pk}"


class Answer(models.Model):
    """What a member says to one variant; its row is made when the attempt starts."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="answers")
    place = models.PositiveIntegerField()
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="answers")
    value: models.JSONField[str | None] = models.JSONField(null=True)
    """As `quizzes.judging.read_value` gives it; null for blank."""
    revision = models.PositiveIntegerField(default=0)
    """How many saves count for it."""
    tries_used = models.PositiveIntegerField(default=0)
    points = models.PositiveIntegerField(null=True, blank=True)
    """In thousandths; null until it is checked or handed in."""
    by_hand = models.PositiveIntegerField(null=True, blank=True)
    """Points that somebody who teaches has given, in thousandths; they stand whatever is computed."""
    excused = models.BooleanField(default=False)
    """It counts for nobody: neither among the points nor among those that there are."""

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["attempt", "place"], name="one_answer_at_a_place")]

    def __str__(self) -> str:
        return f"answer {self.pk}"


class Save(models.Model):
    """One acknowledged change of an answer. Rows are only ever inserted."""

    class Kind(models.TextChoices):
        SAVE = "save"
        CHECK = "check"

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="saves")
    key = models.UUIDField()
    """Made by the page: who sends it twice is told twice what happened once."""
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=5, choices=Kind)
    value: models.JSONField[str | None] = models.JSONField(null=True)
    held: models.JSONField[list[bool] | None] = models.JSONField(null=True)
    """Of a challenge: which of its conditions held when the run was replayed, in their order; null otherwise."""
    received = models.DateTimeField()
    late = models.BooleanField(default=False)
    """It came after the end: kept, and not counted."""
    reply: models.JSONField[dict[str, Any]] = models.JSONField()
    """What was answered, to be said again."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["answer", "key"], name="one_save_with_a_key"),
            models.UniqueConstraint(fields=["answer", "number"], name="one_save_with_a_number"),
        ]

    def __str__(self) -> str:
        return f"save {self.pk}"


class Extension(models.Model):
    """What one member has been given on one quiz; it moves an end, also of an attempt under way."""

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="extensions")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="extensions")
    minutes = models.PositiveIntegerField(default=0)
    closes = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["quiz", "member"], name="one_extension")]

    def __str__(self) -> str:
        return f"extension {self.pk}"

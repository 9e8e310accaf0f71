"""Quizzes: their items, and the variants that are frozen before anybody sees one."""

from __future__ import annotations

from typing import Any, ClassVar, NamedTuple

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from quizzes.models.people import Class
from quizzes.names import new_id


def full_points() -> list[int]:
    return [1000]


def default_phases() -> dict[str, str]:
    return {"verdict": "handing-in", "answer": "closing", "run": "closing"}


class TemplateRef(NamedTuple):
    """A template of a miniature."""

    miniature: str
    """Slug."""
    template: str

    @property
    def key(self) -> str:
        """`hash-ring/who-answers`, as it stands in a form."""
        return f"{self.miniature}/{self.template}"


class Quiz(models.Model):
    """An ordered list of items and one set of rules."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"

    class Keep(models.TextChoices):
        BEST = "best"
        LAST = "last"
        FIRST = "first"
        AVERAGE = "average"

    id = models.CharField(primary_key=True, max_length=22, default=new_id, editable=False)
    of = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="quizzes")
    title = models.CharField(max_length=80)
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    opens = models.DateTimeField(null=True, blank=True)
    closes = models.DateTimeField(null=True, blank=True)
    limit_s = models.PositiveIntegerField(null=True, blank=True)
    """Seconds that an attempt may take; null for no limit."""
    attempts = models.PositiveIntegerField(null=True, blank=True, default=1)
    """How often it may be taken; null for as often as one likes."""
    keep = models.CharField(max_length=10, choices=Keep, default=Keep.BEST)
    tries: models.JSONField[list[int]] = models.JSONField(default=full_points)
    """What the first, second … check of an answer is worth, in thousandths; one where checking is not allowed."""
    phases: models.JSONField[dict[str, str]] = models.JSONField(default=default_phases)
    """verdict, answer, run: each never, checking, handing-in or closing."""
    open_book = models.BooleanField(default=True)
    revision = models.PositiveIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(opens=None) | Q(closes=None) | Q(opens__lt=F("closes")), name="opens_before_it_closes"
            )
        ]

    def __str__(self) -> str:
        return f"quiz {self.pk}"


class Item(models.Model):
    """One place in a quiz: a template of a miniature, a pool of them, of which each learner gets one, a challenge,
    or a question written by hand; and what it is worth."""

    class Kind(models.TextChoices):
        TEMPLATE = "template"
        WRITTEN = "written"
        CHALLENGE = "challenge"

    quiz = models.ForeignKey(Quiz, on_delete=models.CASCADE, related_name="items")
    place = models.PositiveIntegerField()
    """Counted from one."""
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TEMPLATE)
    miniature = models.SlugField(max_length=60, blank=True)
    """Empty for a question written by hand."""
    template = models.SlugField(max_length=60)
    """Name of the template, or of the challenge; of a question written by hand, `written`."""
    also: models.JSONField[list[dict[str, str]]] = models.JSONField(default=list)
    """The further templates of a pool: `{"miniature": …, "template": …}`; nothing of a place that has one."""
    written: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """The source of a question written by hand (`quizzes.written`); null for others."""
    points = models.PositiveIntegerField(default=1000)
    """In thousandths."""

    class Meta:
        ordering: ClassVar = ["place"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["quiz", "place"], name="one_item_at_a_place")]

    def __str__(self) -> str:
        return f"item {self.pk}"

    @property
    def varies(self) -> bool:
        """Whether learners get different variants; of a challenge, and of what is written by hand, there is one."""
        return self.kind == self.Kind.TEMPLATE

    @property
    def kinds(self) -> list[TemplateRef]:
        """All of its templates, in the order in which they were added. A challenge stands alone."""
        return [TemplateRef(self.miniature, self.template), *(TemplateRef(**one) for one in self.also)]


class Variant(models.Model):
    """One frozen question of an item. What it holds is never changed, and nothing old is ever run."""

    class State(models.TextChoices):
        READY = "ready"
        PINNED = "pinned"
        EXCLUDED = "excluded"
        BROKEN = "broken"

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="variants")
    number = models.PositiveIntegerField()
    miniature = models.SlugField(max_length=60, db_index=False)
    """As in its content: of an item that is a pool, only the variant knows its template."""
    template = models.SlugField(max_length=60, db_index=False)
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    seed = models.PositiveBigIntegerField()
    """53 bits, from the system's randomness; 0 where nothing was drawn."""
    content: models.JSONField[dict[str, Any]] = models.JSONField()
    """`playground.engine.content.Content` without its traces, or what `quizzes.written.Written.content` makes."""
    steps = models.BinaryField()
    """The traces up to the step at which it is asked, for both layouts: JSON, compressed with zlib."""
    digest = models.CharField(max_length=64)
    """SHA-256 of the content: no item has the same question twice."""
    rerun: models.JSONField[dict[str, Any] | None] = models.JSONField(null=True)
    """What today's code has made of it, as `quizzes.rerunning.Rerun` tells it; null where it has not been run again."""
    rulings: models.JSONField[list[dict[str, Any]]] = models.JSONField(default=list)
    """What regrades have decided about it since it was frozen, in order: `quizzes.rules.regrade.Ruling`."""

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="one_variant_with_a_number"),
            models.UniqueConstraint(fields=["item", "digest"], name="no_variant_twice"),
        ]

    def __str__(self) -> str:
        return f"variant {self.pk}"

    @property
    def kind(self) -> TemplateRef:
        return TemplateRef(self.miniature, self.template)

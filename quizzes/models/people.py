"""Classes, the people in them, and their accounts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string

from quizzes.names import CODE, LONGEST, fold, new_code, new_id, tidy

ERASED = "erased"
"""What stands in place of a name, and of a reason in which it may have stood."""


class Users(BaseUserManager["User"]):
    """Accounts, found by name whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(folded=fold(username or ""))

    def create_user(self, name: str, password: str, email: str = "") -> User:
        user = User(name=tidy(name), email=self.normalize_email(email))
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """An account. Everybody may teach and learn; nobody is staff: what is not ours to see has no door."""

    name = models.CharField(max_length=LONGEST, unique=True)
    folded = models.CharField(max_length=4 * LONGEST, unique=True, editable=False)
    """The name as it is compared: two that differ in capitals alone would be taken for one person."""
    email = models.EmailField(blank=True, default="")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(default=timezone.now)

    objects: ClassVar[Users] = Users()

    USERNAME_FIELD = "name"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return f"account {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)


class Session(AbstractBaseSession):
    """What a browser is remembered by. It knows its account, so that all of an account's can be ended."""

    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")

    def __str__(self) -> str:
        return "a session"

    @classmethod
    def get_session_store_class(cls) -> type[Any]:
        store: type[Any] = import_string(f"{settings.SESSION_ENGINE}.SessionStore")
        return store


class Class(models.Model):
    """People and their quizzes."""

    id = models.CharField(primary_key=True, max_length=22, default=new_id, editable=False)
    name = models.CharField(max_length=LONGEST)
    zone = models.CharField(max_length=64, default="UTC")
    """IANA name of the time zone in which dates are shown."""
    join_code = models.CharField(max_length=CODE, unique=True, null=True, default=new_code)  # noqa: DJ001 - closed: none
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="owns")
    created = models.DateTimeField(default=timezone.now)
    archived = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"class {self.pk}"


class Member(models.Model):
    """One person in one class: with an account, or with a name and a resume link only."""

    class Role(models.TextChoices):
        LEARNER = "learner"
        INSTRUCTOR = "instructor"

    of = models.ForeignKey(Class, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="memberships")
    name = models.CharField(max_length=LONGEST)
    folded = models.CharField(max_length=4 * LONGEST, editable=False)
    external_id = models.CharField(max_length=60, blank=True, default="")
    """What the instructor's own lists call the person; empty for none."""
    role = models.CharField(max_length=10, choices=Role, default=Role.LEARNER)
    resume_hash = models.CharField(max_length=64, unique=True, null=True)  # noqa: DJ001 - revoked: none
    """SHA-256 of the secret in the resume link; the secret itself is nowhere."""
    factor = models.PositiveIntegerField(null=True, default=1000)
    """Thousandths by which a time limit is longer; null for no limit."""
    days = models.PositiveIntegerField(default=0)
    """Days by which every closing is later."""
    extra_attempts = models.PositiveIntegerField(default=0)
    joined = models.DateTimeField(null=True, blank=True, default=timezone.now)
    """Null for who stands on the roster and has not come yet."""
    removed = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "folded"], condition=Q(removed=None), name="one_name_in_a_class"),
            models.UniqueConstraint(fields=["of", "user"], condition=~Q(user=None), name="one_account_in_a_class"),
            models.UniqueConstraint(
                fields=["of", "external_id"], condition=~Q(external_id=""), name="one_external_id_in_a_class"
            ),
        ]

    def __str__(self) -> str:
        return f"member {self.pk}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.name)
        super().save(*args, **kwargs)

    @property
    def is_erased(self) -> bool:
        """Whether nobody knows any more who it was."""
        return self.removed is not None and self.name == erased_name(self.pk)


def erased_name(key: int) -> str:
    """What stands in place of the name of a member who has been erased."""
    return f"{ERASED} {key}"


class RecoveryCode(models.Model):
    """A way into an account whose password is forgotten; good for one time."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    hashed = models.CharField(max_length=128)
    used = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"recovery code {self.pk}"


class Tries(models.Model):
    """How often somebody has tried something within a stretch of time: a throttle that all processes share."""

    what = models.CharField(max_length=20)
    whom = models.CharField(max_length=64)
    """A hash of the address or of the account, never either itself."""
    window = models.PositiveBigIntegerField()
    """Number of the stretch of time since 1970."""
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["what", "whom", "window"], name="one_count")]

    def __str__(self) -> str:
        return f"tries of {self.what}"

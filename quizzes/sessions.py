"""Sessions in our own table: each knows its account, and ends after a time whatever is done."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.db import Error
from django.utils import timezone

from config import absence
from quizzes.models import Session

BEGUN = "begun"
"""Where a session keeps the second, since 1970, in which it began."""
KEY = re.compile("[a-z0-9]{32}")
"""As Django makes them: 165 random bits."""


class SessionStore(db.SessionStore):
    """Django's, with the account beside the data and an end that use does not move."""

    @classmethod
    def get_model_class(cls) -> type[Any]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        found: Any = super().create_model_instance(data)
        found.user_id = data.get(SESSION_KEY)
        return found

    def save(self, must_create: bool = False) -> None:
        self.setdefault(BEGUN, int(timezone.now().timestamp()))
        try:
            super().save(must_create)
        except UpdateError as gone:
            # Django takes every fault of the database for a session that was ended meanwhile.
            cause = gone.__context__
            if isinstance(cause, Error) and absence.is_one(cause):
                raise cause from None
            raise

    def get_expiry_age(self, **kwargs: Any) -> int:
        left = self.get(BEGUN, timezone.now().timestamp()) + settings.SESSION_LONGEST - timezone.now().timestamp()
        return max(0, min(settings.SESSION_COOKIE_AGE, int(left)))

    def get_expiry_date(self, **kwargs: Any) -> datetime:
        return timezone.now() + timedelta(seconds=self.get_expiry_age())

    def _validate_session_key(self, key: str | None) -> bool:
        """A cookie may hold anything, and a database does not take every sign."""
        return bool(key and KEY.fullmatch(key))


def begin(session: Any) -> None:
    """Counts the longest time of a session anew: somebody has shown who they are. Forgets those that have ended."""
    session[BEGUN] = int(timezone.now().timestamp())
    Session.objects.filter(expire_date__lt=timezone.now()).delete()

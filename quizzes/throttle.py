"""How often something may be tried, counted for all processes in one table.

What is counted are wrong codes, wrong passwords and mails, by address and by account; joining never is: sixty
learners behind one address get in. A row names nobody: `whom` is a keyed hash.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from quizzes.models import Tries

MINUTE = 60
NETWORK = 64
"""Bits of an IPv6 address that count: whoever has one has all that begin alike (RFC 6177)."""


@dataclass(frozen=True)
class Limit:
    """So many tries within a stretch of time, whose borders are the same for everybody."""

    what: str
    most: int
    seconds: int


CODES = Limit("code", 600, 10 * MINUTE)
"""Wrong join codes from one address. A school has one, and no pupil is to shut it out by a page of wrong links; of
8.5 × 10¹¹ codes nobody finds one so."""
PASSWORDS_HERE = Limit("password-address", 100, 15 * MINUTE)
"""Wrong passwords and recovery codes from one address; a room full of people has one."""
PASSWORDS_OF = Limit("password-account", 10, 15 * MINUTE)
"""Wrong passwords and recovery codes for one account."""
MAILS_HERE = Limit("mail-address", 20, 60 * MINUTE)
MAILS_OF = Limit("mail-account", 3, 60 * MINUTE)


class TooMany(Exception):
    """The limit is reached; `seconds` until the next stretch of time begins."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds

    @property
    def sentence(self) -> str:
        minutes = -(-self.seconds // MINUTE)
        return f"That was tried too often. Please try again in {minutes} minute{'s' if minutes > 1 else ''}."


def spend(limit: Limit, whom: str) -> None:
    """Counts a try before it is made, so that a hundred at once are a hundred. Raises TooMany beyond the limit."""
    window, left = _now(limit)
    row: dict[str, Any] = {"what": limit.what, "whom": _hidden(whom), "window": window}
    with transaction.atomic():
        _, new = Tries.objects.get_or_create(**row)
        mine = Tries.objects.filter(**row)
        # One statement, which also holds the row for this transaction: two processes never read the same number.
        mine.update(count=F("count") + 1)
        count = mine.values_list("count", flat=True).get()
        if new:
            Tries.objects.filter(what=limit.what, window__lt=window).delete()
    if count > limit.most:
        raise TooMany(left)


def give_back(limit: Limit, whom: str) -> None:
    """The try was a right one, and does not count."""
    window, _ = _now(limit)
    Tries.objects.filter(what=limit.what, whom=_hidden(whom), window=window, count__gt=0).update(count=F("count") - 1)


def check(limit: Limit, whom: str) -> None:
    """Raises TooMany where the limit is reached already; counts nothing."""
    window, left = _now(limit)
    if Tries.objects.filter(what=limit.what, whom=_hidden(whom), window=window, count__gte=limit.most).exists():
        raise TooMany(left)


def forget(whom: str) -> None:
    """Takes away what has been counted for somebody."""
    Tries.objects.filter(whom=_hidden(whom)).delete()


def address_of(request: HttpRequest) -> str:
    """Where a request comes from.

    On a public site the proxy in front says it last in X-Forwarded-For, and what stands before that anybody may
    have written. An IPv6 address counts by its network.
    """
    told = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip() if settings.ORIGIN else ""
    try:
        found = ip_address(told or request.META.get("REMOTE_ADDR", ""))
    except ValueError:
        return "unknown"
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ip_network((int(found), NETWORK), strict=False))


def _now(limit: Limit) -> tuple[int, int]:
    """The number of this stretch of time, and the seconds that are left of it."""
    now = int(time.time())
    return now // limit.seconds, limit.seconds - now % limit.seconds


def _hidden(whom: str) -> str:
    return salted_hmac("quizzes.throttle", whom, algorithm="sha256").hexdigest()

"""What all processes of a site have in common, on every machine: what one has made, the next one need not make.

It stands in Django's default cache, which is Redis where REDIS_URL is set; elsewhere each process makes its own.
Nothing depends on it: where it is away, slow or says nonsense, what is wanted is made here.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TypeVar

from django.core.cache import DEFAULT_CACHE_ALIAS, caches
from django.core.cache.backends.redis import RedisCache
from django.utils.crypto import constant_time_compare, salted_hmac

from config.rarely import MINUTE, Rarely

DAY = 24 * 60 * 60
"""Seconds that a value is kept."""
LARGEST = 1024 * 1024
"""Bytes of a value; what is larger each process makes for itself."""
PAUSE = 5.0
"""Seconds for which a cache that did not answer is not asked again."""

log = logging.getLogger(__name__)
Told = TypeVar("Told")


class Shared:
    """Bytes by name. A value carries a seal made with SECRET_KEY: what another has written there is not handed out."""

    def __init__(self, alias: str = DEFAULT_CACHE_ALIAS, *, pause: float = PAUSE, warning: float = MINUTE) -> None:
        """`alias`: which of Django's caches; `pause` and `warning` in seconds."""
        self.alias, self.pause, self._warnings = alias, pause, Rarely(warning)
        self._lock = Lock()
        self._away = False
        self._again = 0.0
        """When it is asked again, on the monotonic clock."""

    def or_made(self, name: str, make: Callable[[], bytes], place: str = "") -> bytes:
        """What stands under the name, or what is made now; that is put there if it is not too large.

        `place`: where it stands instead of under its name; of names that share a place the last one has it.
        """
        if not isinstance(caches[self.alias], RedisCache):
            return make()
        found = self._ask(lambda: self._read(name, place))
        if found is not None:
            return found
        made = make()
        if len(made) <= LARGEST:
            self._ask(lambda: caches[self.alias].set(place or name, sealed(name, made), DAY))
        return made

    def _read(self, name: str, place: str) -> bytes | None:
        stored = caches[self.alias].get(place or name)
        if stored is None:
            return None
        found = unsealed(name, stored)
        # At a place that names share, the seal may well be that of another name.
        if found is None and not place:
            self._warn("What is in the shared cache was sealed with another SECRET_KEY; all servers need the same one.")
        return found

    def _ask(self, question: Callable[[], Told]) -> Told | None:
        """What it answers; None where it is away, and then nobody waits for it for a while."""
        with self._lock:
            if monotonic() < self._again:
                return None
            if self._away:
                # One tries whether it is back; meanwhile the others go on without it.
                self._again = monotonic() + self.pause
        try:
            answer = question()
        except Exception as wrong:  # noqa: BLE001 - whatever goes wrong there, the page is made here
            self._missed(wrong)
            return None
        with self._lock:
            self._away, self._again = False, 0.0
        return answer

    def _missed(self, wrong: Exception) -> None:
        with self._lock:
            now = monotonic()
            self._away, self._again = True, now + self.pause
        # The kind alone: a message may hold an address.
        self._warn(f"REDIS_URL: the cache cannot be used ({type(wrong).__name__}); each process makes its own pages.")

    def _warn(self, sentence: str) -> None:
        """Once in a while."""
        if self._warnings.is_due():
            log.warning(sentence)


def sealed(name: str, value: bytes) -> bytes:
    """The value behind a seal, HMAC-SHA-256 (RFC 2104) over its name and itself."""
    return salted_hmac("config.sharing", name.encode() + b"\0" + value, algorithm="sha256").digest() + value


def unsealed(name: str, stored: object) -> bytes | None:
    """The value; None where the seal is not ours, or is that of another name: then it is made and put there anew."""
    if isinstance(stored, bytes):
        value = stored[32:]
        if constant_time_compare(sealed(name, value), stored):
            return value
    return None

"""What would be said with every request is said once in a while."""

from __future__ import annotations

from threading import Lock
from time import monotonic

MINUTE = 60.0
"""Seconds between two warnings of the same."""


class Rarely:
    """Whether it is time to say something again; threads may ask at once."""

    def __init__(self, seconds: float = MINUTE) -> None:
        self.seconds = seconds
        self._lock = Lock()
        self._again = float("-inf")
        """On the monotonic clock."""

    def is_due(self) -> bool:
        """True for one who asks within each stretch of time: they say it."""
        with self._lock:
            now = monotonic()
            if now < self._again:
                return False
            self._again = now + self.seconds
            return True

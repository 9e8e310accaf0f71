"""How Redis is spoken to: what is stored there, and how long anybody waits for it.

Loaded only where REDIS_URL is set: the package `redis` is one of `requirements-servers.lock`.
"""

from __future__ import annotations

import re
from typing import Any

from redis import ConnectionPool
from redis.backoff import NoBackoff
from redis.retry import Retry

TIMEOUT = 0.3
"""Seconds to connect, and seconds to answer. Redis on the same network needs a thousandth of them."""

_BYTES = b"="
"""What bytes begin with, so that they are not read as a number."""
_NUMBER = re.compile(rb"-?[0-9]{1,19}")


class Plain:
    """Bytes and whole numbers, and no pickle: whoever can write into Redis can run nothing here.

    A number is stored in its digits, as INCR wants it.
    """

    def dumps(self, value: object) -> bytes | int:
        """Raises TypeError for anything else; True is no number."""
        if type(value) is int:
            return value
        if type(value) is bytes:
            return _BYTES + value
        raise TypeError(f"Processes share bytes and whole numbers, not a value of {type(value).__name__}.")

    def loads(self, stored: bytes) -> bytes | int:
        """Raises ValueError for what we have not stored."""
        if stored.startswith(_BYTES):
            return stored[len(_BYTES) :]
        if _NUMBER.fullmatch(stored):
            return int(stored)
        raise ValueError("What is stored is neither bytes nor a whole number.")


class Pool(ConnectionPool):
    """Connections that are not waited for: no second try, and no questions before the first command."""

    def __init__(self, **options: Any) -> None:
        # A connection that has ended meanwhile is noticed without a try: the pool looks before it hands one out.
        patience = {"socket_connect_timeout": TIMEOUT, "socket_timeout": TIMEOUT, "retry": Retry(NoBackoff(), 0)}
        super().__init__(**options | patience, protocol=2, driver_info=None)

"""What a process keeps in memory, bounded by its bytes: the newest gets room, the longest unused goes."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock

from cachetools import LRUCache


class Kept:
    """Bytes by key, safe for threads: of those who ask for the same at once, one makes it and the others wait."""

    def __init__(self, room: int) -> None:
        """`room`: bytes of all values together."""
        self._kept: LRUCache[Hashable, bytes] = LRUCache(room, getsizeof=len)
        self._making: dict[Hashable, Lock] = {}
        self._lock = Lock()

    def or_made(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What is kept under the key, or what is made now; that is kept if it has room at all."""
        with self._lock:
            if (found := self._kept.get(key)) is not None:
                return found
            making = self._making.setdefault(key, Lock())
        with making:
            with self._lock:
                found = self._kept.get(key)
            try:
                return self._keep(key, make()) if found is None else found
            finally:
                with self._lock:
                    self._making.pop(key, None)

    def _keep(self, key: Hashable, made: bytes) -> bytes:
        with self._lock:
            if len(made) <= self._kept.maxsize:
                self._kept[key] = made
        return made

    @property
    def size(self) -> int:
        """Bytes that are kept."""
        return int(self._kept.currsize)

    def __len__(self) -> int:
        return len(self._kept)

    def forget(self) -> None:
        with self._lock:
            self._kept.clear()

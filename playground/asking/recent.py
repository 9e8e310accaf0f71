"""Runs that this process has just run: an act asks for the same two runs twice, for its trace and for its forms."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock

from cachetools import LRUCache

from playground.engine.miniature import Miniature
from playground.engine.query import Query
from playground.engine.run import Run
from playground.engine.run import run as made

ROOM = 4000
"""Steps of all runs that are kept together: over a hundred runs, of 8 kB a step; 27 kB where a model draws much."""


class Recent:
    """Runs by model and query, safe for threads; the newest get room, those longest unused go."""

    def __init__(self, room: int = ROOM) -> None:
        """`room`: steps of all runs together."""
        self._runs: LRUCache[tuple[type[Miniature], Query, bool], Run] = LRUCache(room, lambda run: len(run.steps))
        self._lock = Lock()

    def run(self, cls: type[Miniature], query: Query, *, draw: bool = True, before: Run | None = None) -> Run:
        """The run of a query, opened at its step. Without pictures, where one with them is not there.

        `before` is the run that was acted in, where there was one: it costs less.
        """
        key = cls, replace(query, step=0)
        with self._lock:
            found = self._runs.get((*key, True)) or (None if draw else self._runs.get((*key, False)))
        if found is None:
            found = made(cls, key[1], draw=draw, before=before)
            with self._lock:
                if len(found.steps) <= self._runs.maxsize:
                    self._runs[*key, draw] = found
        return found if found.query == query else replace(found, query=query)

    @property
    def steps(self) -> int:
        """Steps that are kept."""
        return int(self._runs.currsize)

    def forget(self) -> None:
        with self._lock:
            self._runs.clear()


recent = Recent()

"""Who waits for whom: what is read waits for no run and no database, and the questions of a supervisor for nobody.

`/readyz` asks the database, which may not answer; `/livez` does not wait for it either.
"""

from __future__ import annotations

from logging import ERROR, getLogger
from typing import Any

from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from config.health import LIVE, READY

RUNS = ("/playground/", "/embed/", "/api/", "/oembed", "/practise/")
"""How paths begin at which a model may run."""
RUNNING = 8
"""Threads for those: one that holds the turn, four that wait for it, and three that have not come so far."""
WRITES = ("/quizzes/", "/join/", "/resume/", "/account/", "/teach/")
"""How paths begin that ask the database, which may be busy."""
WRITING = 8
"""Threads for those."""
READING = 4
"""Threads for the rest: lessons, lists, static files."""
LONGEST = 64
"""Runs that wait for a thread. More would wait longer than anybody does, and are told at once."""


class TooMany(Error):
    """Others are served first (RFC 9110, 15.6.4)."""

    code = 503
    reason = "Service Unavailable"


class Lanes(ThreadedTaskDispatcher):
    """Threads that run, that write, that are read from, one for `/readyz`, one for `/livez` and what needs no work."""

    def __init__(self) -> None:
        super().__init__()
        # It warns of every request that has to wait its turn.
        getLogger("waitress.queue").setLevel(ERROR)
        self.writing, self.reading, self.ready, self.light = (ThreadedTaskDispatcher() for _ in range(4))
        sizes = (RUNNING, WRITING, READING, 1, 1)
        for lane, threads in zip((self, self.writing, self.reading, self.ready, self.light), sizes, strict=True):
            lane.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        """A channel with a request: to its lane."""
        request = task.requests[0]
        if request.error or request.path == LIVE:
            self.light.add_task(task)
        elif request.path == READY:
            self.ready.add_task(task)
        elif request.path.startswith(WRITES):
            self.writing.add_task(task)
        elif not request.path.startswith(RUNS):
            self.reading.add_task(task)
        elif len(self.queue) >= LONGEST:
            request.error = TooMany("")
            self.light.add_task(task)
        else:
            super().add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        for lane in (self.writing, self.reading, self.ready, self.light):
            lane.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))

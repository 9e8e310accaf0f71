"""Dear runs take turns: whoever has used more than a little of the processor goes on when nobody else does.

What a run costs is not known before it is done, so every request begins at once. Where it has used FREE seconds it
needs the one turn of its process; the engine asks for it step by step (`checkpoint`). Most runs never come so far.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event, Lock
from time import thread_time

FREE = 0.050
"""Seconds of the processor that are anybody's."""
PATIENCE = 2.0
"""Seconds that a request waits for its turn."""
AGAIN = 2
"""Seconds after which a request that was turned away may be sent again (`Retry-After`)."""
WAITING = 4
"""Requests that wait at a time; one more is told at once, so that threads are left for what costs little."""


class Busy(Exception):
    """Others are served first. The request may be sent again."""


class Gate:
    """One turn at a time, first come first served."""

    def __init__(self, *, free: float = FREE, patience: float = PATIENCE, waiting: int = WAITING) -> None:
        self.free, self.patience, self.waiting = free, patience, waiting
        self._lock = Lock()
        self._taken = False
        self._line: deque[Event] = deque()

    @property
    def line(self) -> int:
        """Requests that wait."""
        return len(self._line)

    def enter(self) -> None:
        """Waits for the turn. Raises Busy where that takes too long, or where too many wait."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            if len(self._line) >= self.waiting:
                raise Busy
            called = Event()
            self._line.append(called)
        if not called.wait(self.patience):
            with self._lock:
                # It may have been called at the very last moment.
                if not called.is_set():
                    self._line.remove(called)
                    raise Busy

    def leave(self) -> None:
        """Hands the turn on to who has waited longest."""
        with self._lock:
            if self._line:
                self._line.popleft().set()
            else:
                self._taken = False


class Turn:
    """What one request uses."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.began = thread_time()
        self.holds = False

    def check(self, *, dear: bool) -> None:
        if not self.holds and (dear or thread_time() - self.began > self.gate.free):
            self.gate.enter()
            self.holds = True

    def end(self) -> None:
        if self.holds:
            self.gate.leave()


_current: ContextVar[Turn | None] = ContextVar("turn", default=None)


@contextmanager
def taking_turns(gate: Gate) -> Iterator[Turn]:
    """What is run within takes turns with what others run behind the same gate. Elsewhere nobody waits."""
    turn = Turn(gate)
    token = _current.set(turn)
    try:
        yield turn
    finally:
        _current.reset(token)
        turn.end()


@contextmanager
def out_of_turn() -> Iterator[None]:
    """What is run within waits for nobody: a page that is made once in a process and then kept."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)


def checkpoint(*, dear: bool = False) -> None:
    """Before each piece of work of a run; `dear` before one that takes long by itself and cannot be interrupted.

    Raises Busy where others are served first.
    """
    turn = _current.get()
    if turn is not None:
        turn.check(dear=dear)

"""Dear runs take turns: whoever has used more than a little of the processor goes on when nobody else does.

What a run costs is not known before it is done, so every request begins at once. Where it has used FREE seconds it
needs the one turn of its process; the engine asks for it step by step (`checkpoint`). Most runs never come so far.

And one runs at a time: Python runs one thread at a time anyway, and threads that take each other's place every
millisecond make all of them dearer by a third (`make bench class`). So a run has the floor for a while, and then offers
it to whoever waits. Nobody is refused for that.
"""

from __future__ import annotations

import sys
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
SPEECH = 0.030
"""Seconds of the processor after which the floor is offered to others: most runs and their pages take less."""
COURTESY = 0.5
"""Seconds that anybody waits for the floor, and then goes on without it."""


class Busy(Exception):
    """Others are served first. The request may be sent again."""


class Line:
    """One at a time, first come first served."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._taken = False
        self._waiting: deque[Event] = deque()

    def __len__(self) -> int:
        """Who waits."""
        return len(self._waiting)

    def enter(self, patience: float, room: int = sys.maxsize) -> bool:
        """Waits until it is one's own. False after so many seconds, or at once where so many wait already."""
        with self._lock:
            if not self._taken:
                self._taken = True
                return True
            if len(self) >= room:
                return False
            called = Event()
            self._waiting.append(called)
        if called.wait(patience):
            return True
        with self._lock:
            # It may have been called at the very last moment.
            if not called.is_set():
                self._waiting.remove(called)
            return called.is_set()

    def leave(self) -> None:
        """Hands it on to who has waited longest."""
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False


class Gate:
    """What the requests of a process share: the one turn, and the floor."""

    def __init__(self, *, free: float = FREE, patience: float = PATIENCE, waiting: int = WAITING) -> None:
        self.free, self.patience, self.waiting = free, patience, waiting
        self.turn, self.floor = Line(), Line()

    @property
    def line(self) -> int:
        """Requests that wait for the turn."""
        return len(self.turn)

    def enter(self) -> None:
        """Waits for the turn. Raises Busy where that takes too long, or where too many wait."""
        if not self.turn.enter(self.patience, self.waiting):
            raise Busy


class Turn:
    """What one request uses."""

    def __init__(self, gate: Gate) -> None:
        self.gate = gate
        self.began = thread_time()
        self.holds = False
        """The turn is its own."""
        self.speaks = False
        """The floor is its own."""
        self.until = 0.0
        """Seconds of the processor after which it asks for the floor, or offers it."""

    def check(self, *, dear: bool) -> None:
        used = thread_time() - self.began
        if not self.holds and (dear or used > self.gate.free):
            self.sit_down()
            self.gate.enter()
            self.holds = True
        if not self.speaks or (used > self.until and len(self.gate.floor)):
            self.rise(used)

    def rise(self, used: float) -> None:
        """Waits for the floor, where it has been offered to others; goes on without it rather than wait too long."""
        if self.speaks or used >= self.until:
            self.sit_down()
            self.speaks = self.gate.floor.enter(COURTESY)
            self.until = used + SPEECH

    def sit_down(self) -> None:
        if self.speaks:
            self.speaks = False
            self.until = 0.0
            self.gate.floor.leave()

    def end(self) -> None:
        self.sit_down()
        if self.holds:
            self.gate.turn.leave()


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

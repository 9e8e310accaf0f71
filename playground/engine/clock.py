"""Virtual time. Processes are generators; they yield what they wait for, or what they have to say.

A process yields `Wait(microseconds)`, `Until(event)`, a narration (a `str`) or a `Say` with
decisions, or with a stop. Time is whole microseconds. Ties break by order of start, so a run is always the same.
"""

from __future__ import annotations

import heapq
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from types import GeneratorType
from typing import Any, NamedTuple, TypeAlias


class Wait(NamedTuple):
    """Sleep for so many microseconds of virtual time."""

    microseconds: int


class Event:
    """Something that happens once; processes wait for it with `Until(event)`."""

    __slots__ = ("happened", "waiting")

    def __init__(self) -> None:
        self.happened = False
        self.waiting: list[Process] = []


class Until(NamedTuple):
    """Sleep until the event happens."""

    event: Event


class Decision(NamedTuple):
    """A thing and what was chosen for it: user:7 -> bob."""

    thing: str
    choice: str


class Say(NamedTuple):
    """A narration that carries decisions, or that is a surprise: at a `stop` whoever watches the run is let look."""

    text: str
    decisions: tuple[Decision, ...] = ()
    stop: bool = False


def decide(text: str, thing: str, choice: str, *, stop: bool = False) -> Say:
    """A narration with one decision."""
    return Say(text, (Decision(thing, choice),), stop)


class Move(NamedTuple):
    """A thing on its way: `way` is the key of a mark, `thing` that of its own where the picture has one at rest; `at`
    and `lasts` are microseconds, `look` is one of its kind.

    A step says when something was told; a move says when it happened. One that takes no time is a change of look,
    and catches the thing where it is.
    """

    thing: str
    way: str
    look: str
    at: int
    lasts: int
    back: bool
    reach: int = 1000
    """How far along the way it gets, in thousandths; the next move along the same way goes on from there."""
    said: str = ""
    """What stands on it; empty: the thing's own name."""


Yielded: TypeAlias = Wait | Until | Say | str
Steps: TypeAlias = Generator[Yielded, None, None]


class Line(NamedTuple):
    """Where a narration stands: path of the file, qualified name of the function, line number."""

    file: str
    function: str
    number: int


class Heard(NamedTuple):
    """A narration as the clock hands it on."""

    say: Say
    line: Line
    now: int
    act: int


@dataclass(eq=False, slots=True)
class Process:
    """A generator under way. `act` is the number of the action that caused it, -1 for the set-up."""

    steps: Steps
    act: int
    order: int
    background: bool
    done: Event = field(default_factory=Event)


def line_of(steps: Steps) -> Line:
    """The line at which a generator, or the innermost one it delegates to, has just yielded."""
    inner: Any = steps
    while isinstance(inner.gi_yieldfrom, GeneratorType):
        inner = inner.gi_yieldfrom
    code = inner.gi_code
    return Line(code.co_filename, code.co_qualname, inner.gi_frame.f_lineno)


class Clock:
    """The scheduler. `now` is in microseconds."""

    def __init__(self) -> None:
        self.now = 0
        self._due: list[tuple[int, int, Process]] = []
        self._started = 0
        self._current: Process | None = None
        self._foreground: dict[int, int] = {}
        self.moves: list[Move] = []
        """What has travelled, in order of departure."""
        self.acting = -1
        """The action whose process has had the last turn."""

    def start(
        self, steps: Steps, *, act: int | None = None, at: int | None = None, background: bool = False
    ) -> Process:
        """Start a process now, or at an instant. It counts as part of the action that started it.

        An action has ended when all its processes have, except those started as `background`.
        """
        if act is None:
            act = self._current.act if self._current else -1
        process = Process(steps, act, self._started, background)
        self._started += 1
        if not background:
            self._foreground[act] = self._foreground.get(act, 0) + 1
        self._push(process, self.now if at is None else max(at, self.now))
        return process

    def happen(self, event: Event) -> None:
        """Let an event happen: those who wait go on at this instant, in order of start."""
        event.happened = True
        if event.waiting:
            for process in sorted(event.waiting, key=lambda process: process.order):
                self._push(process, self.now)
            event.waiting.clear()

    def busy(self, act: int) -> bool:
        """True while a foreground process of the action is under way."""
        return self._foreground.get(act, 0) > 0

    def until_ended(self, act: int) -> Iterator[Heard]:
        """Run, narration by narration, until the action has ended or nothing is left to do."""
        while self._due and self.busy(act):
            if heard := self._advance():
                yield heard

    def drain(self) -> Iterator[Heard]:
        """Run until no foreground process is left."""
        for act in list(self._foreground):
            yield from self.until_ended(act)

    def _push(self, process: Process, at: int) -> None:
        heapq.heappush(self._due, (at, process.order, process))

    def _advance(self) -> Heard | None:
        """Turns, each of the process that is due first, until one has something to say. None where one has ended, or
        all that are left wait for events.
        """
        due = self._due
        self.now, order, process = heapq.heappop(due)
        while True:
            self._current, self.acting = process, process.act
            try:
                said = next(process.steps)
            except StopIteration:
                self._end(process)
                return None
            finally:
                self._current = None
            if isinstance(said, Wait):
                # It goes in as the next one comes out, which is often the same; to do both apart takes twice as long.
                until = self.now + said.microseconds if said.microseconds > 0 else self.now
                self.now, order, process = heapq.heappushpop(due, (until, order, process))
            elif not isinstance(said, Until):
                heapq.heappush(due, (self.now, order, process))
                say = Say(said) if isinstance(said, str) else said
                return Heard(say, line_of(process.steps), self.now, process.act)
            elif not said.event.happened:
                said.event.waiting.append(process)
                if not due:
                    return None
                self.now, order, process = heapq.heappop(due)
            else:
                self.now, order, process = heapq.heappushpop(due, (self.now, order, process))

    def _end(self, process: Process) -> None:
        if not process.background:
            self._foreground[process.act] -= 1
        self.happen(process.done)

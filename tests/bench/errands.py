"""`python -m tests.bench.errands`: asks a server for what is written in a timetable, each at its time.

A process of its own with one thread and many connections, that must not be what is measured: it says how much of a
processor it took, and how late it was. Reads the origin and the errands as JSON, and prints what they took.
"""

from __future__ import annotations

import json
import selectors
import subprocess
import sys
from collections import Counter, defaultdict, deque
from dataclasses import dataclass
from time import perf_counter, process_time
from typing import Any, NamedTuple

from tests.bench.acting import Act, Requests, requests
from tests.bench.lines import Line

FINE = (200, 304)
LATEST = 30.0
"""Seconds after the last errand in which answers may still come."""
ACTS, PROBES, LESSONS = "act", "/livez", "lesson"
WHOLE = {ACTS: 2, PROBES: 1, LESSONS: 1}
"""What somebody is sent for -> answers of which it consists at least."""


class Errand(NamedTuple):
    """Something to ask for: seconds after the beginning, on which line, what."""

    due: float
    line: int
    kind: str
    what: str | list[Any]
    """An address, or an act as JSON has it."""

    def steps(self) -> Requests:
        if isinstance(self.what, str):
            return one(self.what)
        slug, run, step, form = self.what
        return requests(Act(slug, tuple(map(tuple, run)), step, tuple(map(tuple, form))))


def one(address: str) -> Requests:
    yield address


@dataclass
class Under:
    """An errand under way: since when, in seconds; the requests that it still makes; how many were answered."""

    errand: Errand
    begun: float
    steps: Requests
    answers: int = 0


class Errands:
    """Everybody who asks. An errand whose line is busy waits for it: nobody acts before the last act shows."""

    def __init__(self, origin: str, errands: list[Errand]) -> None:
        self.errands = errands
        self.lines = [Line(origin) for _ in range(1 + max(errand.line for errand in errands))]
        self.under: dict[int, Under] = {}
        self.waiting: dict[int, deque[Errand]] = defaultdict(deque)
        self.ready = selectors.DefaultSelector()
        self.start = 0.0
        self.took: dict[str, list[float]] = defaultdict(list)
        """Kind -> milliseconds from the first request to the end of the last answer."""
        self.first: list[float] = []
        """Milliseconds of an act until its first answer."""
        self.late: list[float] = []
        """Milliseconds by which this process itself was late."""
        self.begun: Counter[str] = Counter()
        """How many of each kind were sent: where answers are late there are fewer than were due."""
        self.wrong: Counter[str] = Counter()

    @property
    def now(self) -> float:
        return perf_counter() - self.start

    def run(self) -> dict[str, Any]:
        """Runs every errand at its time; what it took."""
        self.start, used = perf_counter(), process_time()
        coming, end = deque(self.errands), self.errands[-1].due + LATEST
        while (coming or self.under) and self.now < end:
            while coming and coming[0].due <= self.now:
                self.send(coming.popleft())
            wait = max(0.0, coming[0].due - self.now) if coming else 0.5
            for key, _ in self.ready.select(wait):
                self.read(key.data)
        seconds = self.now
        self.leave()
        return {
            "took": self.took,
            "first": self.first,
            "late": self.late,
            "begun": self.begun,
            "wrong": self.wrong,
            "seconds": seconds,
            "share": (process_time() - used) / seconds,
        }

    def send(self, errand: Errand) -> None:
        if errand.line in self.under:
            self.waiting[errand.line].append(errand)
            return
        self.late.append(1000 * (self.now - errand.due))
        self.begin(errand)

    def begin(self, errand: Errand) -> None:
        steps = errand.steps()
        self.begun[errand.kind] += 1
        self.under[errand.line] = Under(errand, self.now, steps)
        self.ask(errand.line, next(steps))

    def ask(self, number: int, address: str) -> None:
        line = self.lines[number]
        try:
            closed = line.socket is None
            asked = line.ask(address)
            if closed:
                self.ready.register(asked, selectors.EVENT_READ, number)
        except OSError as fault:
            self.fail(number, type(fault).__name__)

    def read(self, number: int) -> None:
        """Whatever has come on a line."""
        under = self.under.get(number)
        try:
            answer = self.lines[number].answer()
        except OSError as fault:
            if under:
                self.fail(number, type(fault).__name__)
            else:  # nobody waits for it: the next one opens it anew
                self.close(number)
            return
        if answer is None or under is None:
            return
        under.answers += 1
        if answer.headers.get("connection", "").lower() == "close":  # the next request opens it anew
            self.close(number)
        if answer.status not in FINE:
            self.end(number, f"{answer.status} at {under.errand.kind}")
            return
        if under.errand.kind == ACTS and under.answers == 1:
            self.first.append(1000 * (self.now - under.begun))
        try:
            following = under.steps.send(answer)
        except StopIteration:
            self.end(number, "" if under.answers >= WHOLE[under.errand.kind] else "an act that names no run")
            return
        self.ask(number, following)

    def end(self, number: int, wrong: str) -> None:
        """An errand is over; the next one on its line begins."""
        under = self.under.pop(number)
        if wrong:
            self.wrong[wrong] += 1
        else:
            self.took[under.errand.kind].append(1000 * (self.now - under.begun))
        if self.waiting[number]:
            self.begin(self.waiting[number].popleft())

    def fail(self, number: int, wrong: str) -> None:
        self.close(number)
        self.end(number, wrong)

    def leave(self) -> None:
        """Who still waits for an answer waits no longer, and nobody sets out any more."""
        self.waiting.clear()
        for number in [*self.under]:
            self.fail(number, "no answer")
        for number in range(len(self.lines)):
            self.close(number)
        self.ready.close()

    def close(self, number: int) -> None:
        line = self.lines[number]
        if line.socket is not None:
            self.ready.unregister(line.socket)
        line.close()


def apart(origin: str, errands: list[Errand]) -> dict[str, Any]:
    """The same from a process of its own."""
    told = json.dumps([origin, errands])
    command = [sys.executable, "-m", "tests.bench.errands"]
    done = subprocess.run(command, check=True, input=told, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    origin, errands = json.load(sys.stdin)
    print(json.dumps(Errands(origin, [Errand(*errand) for errand in errands]).run()))


if __name__ == "__main__":
    main()

"""What CAP is made of: replicas with their logs, messages on their way, operations of clients and their history."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from playground.engine import Steps
from playground.engine.clock import Event, Process, Wait
from playground.machines.histories import NEVER, READ, WRITE, Done, Verdict, judge

PEEK = "peek"  # reads whatever one replica holds
OPEN, GOOD, REFUSED, NOTHING = "open", "ok", "refused", "no answer"
ASKS, ANSWERS = "asks", "answers"


class Entry(NamedTuple):
    """One line of a replica's log; value 0 marks the beginning of a term."""

    term: int
    value: int


@dataclass(eq=False)
class Replica:
    """A node. A quorum uses `stamp` and `value`; a leader and a primary use the log."""

    name: str
    order: int
    alive: bool = True
    stamp: tuple[int, int] = (-1, 0)
    value: int = 0
    issued: int = -1
    term: int = 1
    voted: int = 1
    leader: str = ""
    log: list[Entry] = field(default_factory=list)
    commit: int = 0

    @property
    def standing(self) -> int:
        """The value of the last line that is sure."""
        return next((line.value for line in reversed(self.log[: self.commit]) if line.value), 0)

    @property
    def leads(self) -> bool:
        return self.leader == self.name


@dataclass(eq=False)
class Flight:
    """A message between two replicas. One without a label is not told when it is lost."""

    number: int
    sender: Replica
    receiver: Replica
    label: str
    kind: str
    since: int
    lands: int
    lost: bool = False
    told: bool = False
    halfway: bool = False


@dataclass(eq=False)
class Operation:
    """What a client asked, where, and what came of it. `called` and `answered` count what happened, in order."""

    number: int
    client: str
    node: Replica
    kind: str
    value: int
    called: int
    since: int
    answered: int = NEVER
    ended: int = 0
    until: int = 0
    state: str = OPEN
    over: Event = field(default_factory=Event)

    def done(self) -> Done:
        """As the judge takes it: one that was refused had no effect and proves nothing."""
        return Done(self.number, WRITE if self.kind == WRITE else READ, self.value, self.called, self.answered)


def listing(words: Iterable[str]) -> str:
    """a, b and c."""
    *most, last = list(words) or ["nobody"]
    return f"{', '.join(most)} and {last}" if most else last


class History:
    """What the clients saw: their operations in order, and what the judge says of them.

    `events` counts what happens to an operation: its beginning, its end.
    """

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.latest: Operation | None = None
        self.verdict: Verdict = judge(())
        self.lost: list[int] = []
        """Numbers of acknowledged writes that are gone."""
        self.events = self.writes = 0

    def begin(self, client: str, node: Replica, kind: str, now: int) -> Operation:
        self.writes += kind == WRITE
        self.events += 1
        value = self.writes if kind == WRITE else 0
        op = Operation(len(self.operations) + 1, client, node, kind, value, self.events, now)
        self.operations.append(op)
        self.latest = op
        return op

    def end(self, op: Operation, state: str, now: int) -> None:
        """The last word on an operation; then the judge looks at the history again."""
        self.events += 1
        op.state, op.until, op.ended = state, now, self.events
        self.latest = op
        self.verdict = self.judged()

    def judged(self) -> Verdict:
        """Whether one order explains what the clients saw. What was refused had no effect."""
        return judge([op.done() for op in self.operations if op.state != REFUSED])

    def waits(self, client: str) -> bool:
        return any(op.client == client and op.state == OPEN for op in self.operations)

    def answered(self) -> list[Operation]:
        return [op for op in self.operations if op.state == GOOD]

    def is_first(self, op: Operation) -> bool:
        """Whether it is the first that came to what it came to: an answer, a refusal, nothing."""
        return [one for one in self.operations if one.state == op.state] == [op]

    def unanswered(self) -> int:
        """How many came to nothing, refused ones among them."""
        return sum(op.state not in (OPEN, GOOD) for op in self.operations)

    def count_lost(self, kept: Callable[[Operation], bool]) -> None:
        """Acknowledged writes that no node which lives has kept."""
        for op in self.operations:
            gone = op.kind == WRITE and op.answered < NEVER and op.number not in self.lost and not kept(op)
            self.lost += [op.number] if gone else []

    def stale(self) -> list[Operation]:
        """Reads that were answered with less than what had been acknowledged before they began."""
        writes = {op.value: op for op in self.operations if op.kind == WRITE}
        return [
            op
            for op in self.answered()
            if op.kind != WRITE
            for old in [writes[op.value].answered if op.value else 0]
            if any(new.called > old and new.answered < op.called for new in writes.values())
        ]


class Model(Protocol):
    """What the network and the rule of a mode ask of the model: its clock, its inputs, what a wrong model changes."""

    history: History
    repair: bool
    nodes: int

    @property
    def now(self) -> int: ...
    def spawn(self, steps: Steps, *, background: bool = False) -> Process: ...
    def happen(self, event: Event) -> None: ...
    def move(
        self, thing: str, way: str, lasts: int, look: str, *, back: bool = False, reach: int = 1000, said: str = ""
    ) -> Wait: ...

    # The network.

    def parted(self, one: Replica, other: Replica) -> bool: ...
    def way(self, one: Replica, other: Replica) -> int: ...
    def way_back(self, one: Replica, other: Replica) -> int: ...
    @property
    def longest(self) -> int: ...

    # Who answers a client.

    def stamp(self, node: Replica) -> tuple[int, int]: ...
    def needed(self, kind: str) -> int: ...
    def answer(self, op: Operation, value: int, why: str) -> Steps: ...
    def count_lost(self) -> None: ...

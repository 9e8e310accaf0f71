"""What the four have between them: the ways that messages go, what has been said, and the message in view."""

from __future__ import annotations

from collections.abc import Generator
from decimal import Decimal
from typing import NamedTuple, Protocol

from playground.engine import Steps
from playground.engine.clock import Event, Process, Wait, Yielded
from playground.machines import iso8583
from playground.miniatures.payments.visa_authorization import words
from playground.miniatures.payments.visa_authorization.case import Values
from playground.scenes.sequence import Message

TERMINAL, ACQUIRER, NETWORK, ISSUER = "terminal", "acquirer", "network", "issuer"
WAY = {frozenset({TERMINAL, ACQUIRER}): 40_000, frozenset({ACQUIRER, NETWORK}): 30_000,
       frozenset({NETWORK, ISSUER}): 50_000}  # fmt: skip
"""How long a message travels."""
LOSES = {("0110", NETWORK, ACQUIRER): "answer", ("0100", NETWORK, ISSUER): "request",
         ("0400", ACQUIRER, NETWORK): "reversal", ("0401", ACQUIRER, NETWORK): "reversal"}  # fmt: skip
"""Where a message of which type can be lost."""


class View(NamedTuple):
    """The message in view, how much of it is made (1 type, 2 bitmap, 3 all), and which part has changed."""

    wire: bytes = b""
    stage: int = 0
    changed: str = ""


class Model(Protocol):
    """What office, network and issuer ask of the model: its clock, its inputs, and the rule that may be another."""

    card: str
    balance: Decimal
    latency: Decimal
    timeout: Decimal
    stand_in: int

    @property
    def now(self) -> int: ...
    def spawn(self, steps: Steps, *, background: bool = False) -> Process: ...
    def happen(self, event: Event) -> None: ...
    def left(self) -> int: ...


class Office:
    """It carries messages and keeps what the picture is about; of payments' rules it knows nothing."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.messages: list[Message] = []
        """Who has said what, row by row."""
        self.wires: list[bytes] = []
        """Every message that was made."""
        self.losing: list[str] = []
        """What the lines will lose next."""
        self.view, self.row, self.fresh = View(), "", False

    # On the way.

    def made(self, kind: str, fields: Values, changed: str) -> bytes:
        """Pack a message; it is what the picture shows from now on."""
        wire = iso8583.pack(kind, fields)
        self.wires.append(wire)
        self.view = View(wire, 3, changed)
        return wire

    def carry(self, wire: bytes, sender: str, receiver: str, note: str, told: str) -> Generator[Yielded, None, bool]:
        """A message travels, and arrives or is lost."""
        yield Wait(WAY[frozenset({sender, receiver})])
        kind = wire[:4].decode()
        what = LOSES.get((kind, sender, receiver), "")
        lost = what in self.losing
        if lost:
            self.losing.remove(what)
        # The issuer's work may have put another message into view meanwhile.
        changed = self.view.changed if self.view.wire == wire else ""
        self.view = View(wire, 3, changed)
        self.say(sender, receiver, kind, "lost" if lost else note, "lost" if lost else words.tone(wire))
        self.look()
        yield told if not lost else f"The {kind} is lost between {sender} and {receiver}. Neither of them notices."
        return not lost

    # In view.

    def say(self, sender: str, receiver: str, label: str, note: str, state: str) -> None:
        """A row of the sequence. It wears brass until the next step says otherwise."""
        number, time = len(self.messages) + 1, words.spelled(self.model.now)
        self.messages.append(Message(number, time, sender, receiver, label, note, state))
        self.fresh = True

    def look(self, row: str = "") -> None:
        """The row of the books that this step has changed, if any. The last thing said wears brass."""
        self.row = row
        self.fresh = True

    def point_to(self, changed: str) -> None:
        """What this step is about in the message that is in view."""
        self.view = self.view._replace(changed=changed)

    def note(self, who: str, label: str, note: str, field: int) -> None:
        """Somebody looks at a field."""
        self.point_to(f"field:{field}")
        self.say(who, who, label, note, "data")
        self.look()

"""What the four need to work: ways between them, an alarm clock, the issuer's books, what is in view."""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from playground.engine import Miniature, Steps
from playground.engine.clock import Event, Wait, Yielded
from playground.machines import iso8583
from playground.machines.ledger import Ledger
from playground.miniatures.payments.visa_authorization import shown
from playground.miniatures.payments.visa_authorization.case import Case, Values
from playground.scenes.sequence import Message

TERMINAL, ACQUIRER, NETWORK, ISSUER = "terminal", "acquirer", "network", "issuer"
LIMIT, BALANCE, OPEN = "limit", "balance", "open to buy"
WAY = {frozenset({TERMINAL, ACQUIRER}): 40_000, frozenset({ACQUIRER, NETWORK}): 30_000,
       frozenset({NETWORK, ISSUER}): 50_000}  # fmt: skip
"""How long a message travels."""
LOSES = {("0110", NETWORK, ACQUIRER): "answer", ("0100", NETWORK, ISSUER): "request",
         ("0400", ACQUIRER, NETWORK): "reversal", ("0401", ACQUIRER, NETWORK): "reversal"}  # fmt: skip
"""Where a message of which type can be lost."""


class Office(Miniature):
    """The part of the model that knows nothing of payments' rules."""

    def __init__(self, inputs: dict[str, Any] | None = None) -> None:
        super().__init__(inputs)
        self.cases: list[Case] = []
        self.messages: list[Message] = []
        self.wires: list[bytes] = []
        self.losing: list[str] = []
        self.fresh, self.busy_until, self.round_trip = False, 0, 0
        self.finds = self.drops = 0
        self.books, self.row = Ledger(), ""
        self.view, self.found = shown.View(), 39

    # On the way.

    def made(self, kind: str, fields: Values, changed: str) -> bytes:
        """Pack a message; it is what the picture shows from now on."""
        wire = iso8583.pack(kind, fields)
        self.wires.append(wire)
        self.view = shown.View(wire, 3, changed)
        return wire

    def carry(self, wire: bytes, sender: str, receiver: str, note: str, words: str) -> Generator[Yielded, None, bool]:
        """A message travels, and arrives or is lost."""
        yield Wait(WAY[frozenset({sender, receiver})])
        kind = wire[:4].decode()
        what = LOSES.get((kind, sender, receiver), "")
        lost = what in self.losing
        if lost:
            self.losing.remove(what)
        # The issuer's work may have put another message into view meanwhile.
        changed = self.view.changed if self.view.wire == wire else ""
        self.view = shown.View(wire, 3, changed)
        self.say(sender, receiver, kind, "lost" if lost else note, "lost" if lost else shown.tone(wire))
        self.look()
        yield words if not lost else f"The {kind} is lost between {sender} and {receiver}. Neither of them notices."
        return not lost

    def ring(self, event: Event, microseconds: int) -> Steps:
        """An alarm clock."""
        yield Wait(microseconds)
        self.happen(event)

    # In view.

    def say(self, sender: str, receiver: str, label: str, note: str, state: str) -> None:
        """A row of the sequence. It wears brass until the next step says otherwise."""
        number, time = len(self.messages) + 1, shown.spelled(self.now)
        self.messages.append(Message(number, time, sender, receiver, label, note, state))
        self.fresh = True

    def look(self, row: str = "") -> None:
        """The row of the books that this step has changed, if any. The last thing said wears brass."""
        self.row = row
        self.fresh = True

    def note(self, who: str, label: str, note: str, field: int) -> None:
        """Somebody looks at a field."""
        self.view = self.view._replace(changed=f"field:{field}")
        self.say(who, who, label, note, "data")
        self.look()

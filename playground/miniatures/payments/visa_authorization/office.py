"""What the four have between them: the ways that messages go, what has been said, and the message in view."""

from __future__ import annotations

from collections.abc import Callable, Generator
from decimal import Decimal
from functools import partial
from typing import NamedTuple, Protocol

from playground.engine import Say, Steps
from playground.engine.clock import Event, Process, Wait, Yielded
from playground.machines import iso8583
from playground.miniatures.payments.visa_authorization import words
from playground.miniatures.payments.visa_authorization.case import Values
from playground.miniatures.payments.visa_authorization.desks import Desks, matter_of
from playground.scenes.sequence import LOST, Message

TERMINAL, ACQUIRER, NETWORK, ISSUER = "terminal", "acquirer", "network", "issuer"
WAY = {frozenset({TERMINAL, ACQUIRER}): 40_000, frozenset({ACQUIRER, NETWORK}): 30_000,
       frozenset({NETWORK, ISSUER}): 50_000}  # fmt: skip
"""How long a message travels."""
BEGINS = {"request": TERMINAL, "advice": NETWORK, "reversal": ACQUIRER}
"""Who asks first, and hears the answer last."""
SILENCE = 1_000_000
"""Microseconds without a word, beyond which it is told how long nobody spoke."""
BREAKS = 800
"""Thousandths of a way: there the line fails that loses a message."""
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
    def move(
        self, thing: str, way: str, lasts: int, look: str, *, back: bool = False, reach: int = 1000, said: str = ""
    ) -> Wait: ...
    def left(self) -> int: ...


class Office:
    """It carries messages and keeps what the picture is about; of payments' rules it knows nothing."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self.messages: list[Message] = []
        """Who has said what, row by row."""
        self.wires: list[bytes] = []
        """Every message that was made."""
        self.carried = 0
        """Messages that have set out."""
        self.losing: list[str] = []
        """What the lines will lose next."""
        self.view, self.row, self.part, self.fresh = View(), "", "", False
        self.booked: list[str] = []
        """Purchases, by trace number, as the issuer sets money aside for them or lets go of it."""
        self.desks = Desks((TERMINAL, ACQUIRER, NETWORK, ISSUER), BEGINS)
        """What each of the four has on the desk."""
        self.spoke = 0
        """When something was said last."""

    # On the way.

    def made(self, kind: str, fields: Values, changed: str) -> bytes:
        """Pack a message; it is what the picture shows from now on."""
        wire = iso8583.pack(kind, fields)
        self.wires.append(wire)
        self.view = View(wire, 3, changed)
        return wire

    def carry(
        self,
        wire: bytes,
        sender: str,
        receiver: str,
        note: str,
        told: str | Say,
        heard: Callable[[], None] | None = None,
    ) -> Generator[Yielded, None, bool]:
        """A message travels, and arrives or is lost. `heard`: what the receiver does when it has arrived."""
        kind = wire[:4].decode()
        what = LOSES.get((kind, sender, receiver), "")
        self.carried += 1
        before = len(self.booked)
        yield from self.on_way(kind, sender, receiver, what, words.tone(wire))
        lost = self.loses(what)
        if what in self.losing:
            self.losing.remove(what)
        # The issuer's work may have put another message into view meanwhile.
        changed = self.view.changed if self.view.wire == wire else ""
        self.view = View(wire, 3, changed)
        fields = iso8583.unpack(wire)[1]
        self.desks.passed(kind, matter_of(kind, fields), sender, receiver, lost=lost)
        spoken, code = words.spoken(kind, sender, fields), words.code(kind, fields)
        if sender == ISSUER and fields[11] in self.booked[before:]:
            # Rows stand in the order in which messages arrive; what the issuer has done since says otherwise.
            spoken = f"before: {spoken}"
        if heard and not lost:
            heard()
        state = "lost" if lost else words.tone(wire)
        self.say(sender, receiver, kind, "lost" if lost else note, state, spoken, code)
        self.look()
        yield told if not lost else f"The {kind} is lost between {sender} and {receiver}. Neither of them notices."
        return not lost

    def loses(self, what: str) -> bool:
        """Whether a message of this kind is to be lost: the next one, or every one."""
        return what in self.losing or f"{what}s" in self.losing

    def on_way(self, kind: str, sender: str, receiver: str, what: str, tone: str) -> Steps:
        """The way of a message; where the line fails it stops before its goal, if it is to be lost by then."""
        lasts = WAY[frozenset({sender, receiver})]
        move = partial(self.model.move, f"sent:{self.carried}", f"way:{sender}:{receiver}", said=kind)
        before = lasts * BREAKS // 1000
        yield move(before, tone, reach=BREAKS)
        if not self.loses(what):
            yield move(lasts - before, tone)
            if self.loses(what):
                move(0, LOST)
            return
        move(0, LOST, reach=BREAKS)
        yield Wait(lasts - before)
        if not self.loses(what):
            move(0, tone)  # another message of its kind has been lost meanwhile, so this one is there

    # In view.

    def say(
        self, sender: str, receiver: str, label: str, note: str, state: str, said: str = "", code: str = ""
    ) -> None:
        """A row of the sequence, and the same as somebody would say it. It wears brass until the next step says
        otherwise.
        """
        number, now = len(self.messages) + 1, self.model.now
        silence = words.silence(now - self.spoke) if now - self.spoke > SILENCE else ""
        told = said or f"{label} {note}"
        time, lanes = words.spelled(now), self.desks.now()
        self.messages.append(Message(number, time, sender, receiver, label, note, state, told, code, silence, lanes))
        self.spoke, self.fresh = now, True

    def rather(self, said: str) -> None:
        """The last thing said, in other words. It is not new: what is new is in the message."""
        self.messages[-1] = self.messages[-1]._replace(said=said)
        self.fresh = False

    def look(self, row: str = "", part: str = "") -> None:
        """The row of the books that this step has changed, if any, and the part of the credit. The last thing said
        wears brass.
        """
        self.row, self.part = row, part
        self.messages[-1] = self.messages[-1]._replace(lanes=self.desks.now())
        self.fresh = True

    def point_to(self, changed: str) -> None:
        """What this step is about in the message that is in view."""
        self.view = self.view._replace(changed=changed)

    def note(self, who: str, label: str, note: str, field: int, said: str) -> None:
        """Somebody looks at a field."""
        self.point_to(f"field:{field}")
        self.say(who, who, label, note, "data", said)
        self.look()

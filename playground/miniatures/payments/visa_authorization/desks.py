"""Who works on what, and who waits for whom: what each of the four has on the desk."""

from __future__ import annotations

from playground.miniatures.payments.visa_authorization.case import Values
from playground.scenes.sequence import WAITS, WORKS

Matter = tuple[str, str]
"""A purchase, by its trace number, and what is asked about it: a request, an advice, a reversal."""

ASKS = {"0100": "request", "0120": "advice", "0400": "reversal", "0401": "reversal"}
ANSWERS = {"0110": "request", "0130": "advice", "0410": "reversal"}


def matter_of(kind: str, fields: Values) -> Matter:
    """What a message is about."""
    return str(fields[11]), (ASKS | ANSWERS)[kind]


class Desks:
    """It follows the messages: who has asked waits, who was asked works, and who has answered is done with it."""

    def __init__(self, names: tuple[str, ...], begins: dict[str, str]) -> None:
        self.on: dict[str, dict[Matter, str]] = {name: {} for name in names}
        self.begins = begins
        """Who begins each kind of matter: there its answer ends. Whoever has asked for it is not told."""

    def take(self, name: str, matter: Matter) -> None:
        """Somebody works on it from now on."""
        self.on[name][matter] = WORKS

    def leave(self, name: str, matter: Matter) -> None:
        """Nothing more is done about it there."""
        self.on[name].pop(matter, None)

    def passed(self, kind: str, matter: Matter, sender: str, receiver: str, *, lost: bool) -> None:
        """A message has gone from one to the other, or was lost on its way."""
        if kind in ASKS:
            # A shop that cancels is told nothing: the answer ends at its bank.
            tells = sender == self.begins[matter[1]] or matter in self.on[sender]
            if tells:
                self.on[sender][matter] = WAITS
            if not lost:
                self.take(receiver, matter)
            return
        self.leave(sender, matter)
        if lost or matter not in self.on[receiver]:
            return  # whoever does not wait any more does nothing with it
        self.take(receiver, matter)
        if matter[1] == "reversal":
            self.leave(receiver, (matter[0], "request"))  # what is undone nobody waits for
        if receiver == self.begins[matter[1]]:
            self.leave(receiver, matter)

    def now(self) -> tuple[str, ...]:
        """What each does: it works where there is work, else it waits where something is waited for."""
        return tuple(
            next((does for does in (WORKS, WAITS) if does in matters.values()), "") for matters in self.on.values()
        )

"""What a picture of codes says: a device whose code lives for a period, and a verifier that takes some codes now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from playground.scenes.many import many
from playground.scenes.scene import Words

OPEN, OUTSIDE, USED, OLD, SHUT = "open", "outside", "used", "old", "shut"
STATES = {
    OPEN: "would be taken",
    OUTSIDE: "not taken",
    USED: "used up",
    OLD: "too old",
    SHUT: "shut: the account is locked",
}
"""What a slot's state means."""


class Device(NamedTuple):
    """What shows a code. Its clock counts seconds since 1970; without a code it does not know the secret yet."""

    name: str
    clock: int
    code: str = ""


class Slot(NamedTuple):
    """A time step as the verifier sees it: the code that belongs to it, and whether that would be taken now."""

    step: int
    code: str
    state: str = OPEN


class Account(NamedTuple):
    """What the verifier keeps of an account: wrong codes in a row, after how many it locks (0: never), who is in."""

    name: str
    wrong: int = 0
    limit: int = 0
    locked: bool = False
    inside: str = ""


class Verifier(NamedTuple):
    """Who compares codes, by a clock of its own. Its slots are time steps one after the other."""

    name: str
    clock: int
    slots: tuple[Slot, ...] = ()
    account: Account | None = None


class Sent(NamedTuple):
    """Something between two of them: on its way, or `here`, where it was sent to. `pen` is its colour's role."""

    id: int
    text: str
    sender: str
    receiver: str
    pen: str = "data"
    here: bool = False


class Verdict(NamedTuple):
    """What came of a code: the words, and whether they are good news."""

    words: str
    good: bool


class Compared(NamedTuple):
    """The step whose code is being compared, and whether it is equal; None: nobody has compared yet."""

    step: int
    equal: bool | None = None


@dataclass(frozen=True)
class Codes:
    """A device and a verifier that share a secret and the time. `rival` is who else may send codes; empty: nobody.

    `changed` says what wears brass: device, clocks, account, sent, rival, or `slot:` and a step.
    """

    period: int
    device: Device
    verifier: Verifier
    rival: str = ""
    sent: tuple[Sent, ...] = ()
    verdict: Verdict | None = None
    compared: Compared | None = None
    changed: str = ""

    kind = "codes"

    @property
    def drift(self) -> int:
        """By how many seconds the device is fast."""
        return self.device.clock - self.verifier.clock

    @property
    def step(self) -> int:
        """The device's time step."""
        return self.device.clock // self.period

    @property
    def own(self) -> int:
        """The verifier's time step."""
        return self.verifier.clock // self.period

    @property
    def left(self) -> int:
        """Seconds until the device shows another code."""
        return self.period - self.device.clock % self.period

    def room(self) -> tuple[int, ...]:
        """Slots."""
        return (len(self.verifier.slots),)

    def blank(self) -> bool:
        return not (self.device.code or self.verifier.slots)

    def words(self) -> Words:
        device, verifier, account = self.device, self.verifier, self.verifier.account
        shows = (
            f"shows {device.code}, the code of step {self.step}; {self.life()}" if device.code else "has no secret yet"
        )
        rows = [(device.name, shows), (f"clock of the {device.name}", f"{at(device.clock)}, {late(self.drift)}")]
        rows += [(f"clock of the {verifier.name}", f"{at(verifier.clock)}, step {self.own}")]
        rows += [(f"step {one.step}", f"{one.code}, {STATES[one.state]}") for one in verifier.slots]
        if account:
            rows.append((account.name, told(account)))
        rows += [("on its way" if not one.here else "arrived", f"{one.text}, from {one.sender}") for one in self.sent]
        if self.compared and self.compared.equal is not None:
            sign = "equal" if self.compared.equal else "not equal"
            rows.append((f"compared with step {self.compared.step}", sign))
        if self.verdict:
            rows.append(("verdict", self.verdict.words))
        return Words(self.sentence(), ("what", "value"), tuple(rows))

    def sentence(self) -> str:
        device, verifier = self.device, self.verifier
        if self.blank():
            return f"{device.name.capitalize()} and {verifier.name} share no secret yet."
        shows = f"{device.name.capitalize()}: {device.code}, {self.life()}, {late(self.drift)}"
        taken = sum(one.state == OPEN for one in verifier.slots)
        takes = f"{verifier.name}: in step {self.own}, takes {many(taken, 'code')}"
        verdict = f"; {self.verdict.words}" if self.verdict else ""
        return f"{shows}; {takes}{verdict}."

    def life(self) -> str:
        """How long the code lives on."""
        return f"{self.left} s left of {self.period}"


def at(clock: int) -> str:
    """The time of day of so many seconds since 1970, in UTC."""
    return f"{clock // 3600 % 24:02d}:{clock // 60 % 60:02d}:{clock % 60:02d}"


def late(drift: int) -> str:
    """How far a clock is off."""
    return f"{abs(drift)} s {'fast' if drift > 0 else 'slow'}" if drift else "on time"


def told(account: Account) -> str:
    """What is counted, and who is in."""
    if account.locked:
        counted = f"locked after {account.wrong:,} wrong"
    elif account.inside:
        counted = f"{account.wrong:,} wrong in a row"
    else:
        limit = f"locks at {account.limit}" if account.limit else "nobody counts"
        counted = f"{account.wrong:,} wrong in a row, {limit}"
    return f"{counted}; {account.inside} is in" if account.inside else counted


def grouped(code: str) -> str:
    """A code in two groups, as people read it."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}" if code.isdecimal() and len(code) >= 6 else code

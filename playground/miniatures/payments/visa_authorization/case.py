"""One purchase on its way, and the messages that are made for it."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal

from playground.engine.clock import Event
from playground.machines import iso8583

BEGINS = datetime(2026, 11, 20, 18, 0, 0)  # noqa: DTZ001 - field 7 is a time of day without a zone
NUMBERS = {
    "visa": "4111 11… 1111",
    "visa-2": "4012 88… 1881",
    "visa-13": "4222 22… 2222, 13 digits",
    "mistyped": "the first, its last digit wrong",
}
PANS = {
    "visa": "4111111111111111",
    "visa-2": "4012888888881881",
    "visa-13": "4222222222222",
    "mistyped": "4111111111111112",
}
"""Numbers that are printed in every manual for tests, and one that is no card number at all."""
ENTRIES = {"chip": "put in (chip)", "tap": "held to it (tap)", "stripe": "swiped (stripe)", "online": "typed online"}
CARD_KEY = b"the key in the chip"
MODES = {"chip": "051", "tap": "071", "stripe": "901", "online": "010"}
"""Field 22: how the card's data came, and whether the terminal takes a PIN."""
TERMINAL_ID, MERCHANT, CURRENCY = "TERM0001", "ORRERY BOOKS   ", "978"
ECHOED = (2, 3, 4, 7, 11, 41, 42, 49)
"""What an answer repeats, so that it finds its request."""

Values = dict[int, str | bytes]


@dataclass(eq=False)
class Case:
    """A purchase: what it asks for, and what has become of it at each of the four."""

    number: int
    cents: int
    request: Values
    account: str
    """The account that its hold stands on: its own, or that of the purchase it adds to."""
    sent: int = 0
    heard: Event = field(default_factory=Event)
    answer: bytes = b""
    """What the acquirer has heard in time."""
    gave_up: bool = False
    shown: str = ""
    """What the terminal shows."""
    code: str = ""
    """What the issuer has decided."""
    held: int = 0
    stood_in: bool = False
    passed_on: bool = False
    """Whether the network has handed the issuer's own answer on."""
    undone: bool = False
    """Whether the issuer has taken a reversal of it."""
    acknowledged: bool = False
    reply: Event = field(default_factory=Event)

    @property
    def trace(self) -> str:
        return f"{self.number:06d}"

    def show(self, what: str) -> None:
        """The terminal shows it from now on."""
        self.shown = what


def stamp(now: int) -> datetime:
    """The wall clock at an instant of the virtual one."""
    return BEGINS + timedelta(microseconds=now)


def request_fields(number: int, cents: int, pan: str, expiry: str, entry: str, now: int) -> Values:
    """An 0100: what the terminal knows, and what came off the card."""
    fields: Values = {
        2: pan, 3: "000000", 4: f"{cents:012d}", 7: f"{stamp(now):%m%d%H%M%S}", 11: f"{number:06d}", 14: expiry,
        22: MODES[entry], 37: reference(number, now), 41: TERMINAL_ID, 42: MERCHANT, 49: CURRENCY,
    }  # fmt: skip
    if entry == "stripe":
        fields[35] = f"{pan}={expiry}20100000123"
    if entry in ("chip", "tap"):
        fields[55] = chip_data(number, cents)
    return fields


def reference(number: int, now: int) -> str:
    """Field 37: last digit of the year, day of the year, hour, trace number."""
    at = stamp(now)
    return f"{at.year % 10}{at:%j%H}{number:06d}"


def chip_data(number: int, cents: int) -> bytes:
    """Field 55 in tags: the cryptogram (9F26), the chip's count of payments (9F36), the amount (9F02)."""
    count, amount = number.to_bytes(2, "big"), bytes.fromhex(f"{cents:012d}")
    seal = hmac.new(CARD_KEY, amount + count, hashlib.sha256).digest()[:8]
    return b"\x9f\x26\x08" + seal + b"\x9f\x36\x02" + count + b"\x9f\x02\x06" + amount


def answer_fields(asked: Values, code: str, approval: str = "") -> Values:
    """What is repeated, the code, and the approval where there is one."""
    fields: Values = {number: value for number, value in asked.items() if number in (*ECHOED, 37)}
    fields[39] = code
    if approval:
        fields[38] = approval
    return fields


def approval_of(number: int) -> str:
    """Six characters that the issuer gives with a yes."""
    return f"{(number * 271_829 + 104_729) % 1_000_000:06d}"


def reversal_fields(case: Case, now: int) -> Values:
    """An 0400: the request again, and in field 90 which message is to be undone."""
    asked = case.request
    kept: Values = {number: asked[number] for number in (2, 3, 4, 11, 37, 41, 42, 49)}
    kept[7] = f"{stamp(now):%m%d%H%M%S}"
    kept[90] = f"0100{asked[11]!s}{asked[7]!s}{0:011d}{0:011d}"
    return kept


def code_of(wire: bytes) -> str:
    """The response code of a message, in words for a narrow place."""
    return f"code {iso8583.unpack(wire)[1][39]!s}"


def cents(amount: Decimal) -> int:
    """An amount of two places as whole cents; of one place, tenths as hundredths."""
    return int(amount * 100)

"""The words for a payment: how a card is read, what the issuer finds, an instant, the tone of a message."""

from __future__ import annotations

from playground.machines import iso8583
from playground.machines.ledger import money

READ = {
    "chip": "The terminal reads the chip of card",
    "tap": "A card is held to the terminal, number",
    "stripe": "The terminal reads the magnetic stripe of card",
    "online": "Somebody types a card number into a page,",
}
SENT = {
    "chip": "with a chip, field 55 comes along",
    "tap": "a tap sends what a chip sends, with another mode",
    "stripe": "the stripe is sent as it is, in field 35, the same for every payment",
    "online": "nothing is sent that only the card could make",
}
LOST = {
    "answer": "the next answer",
    "request": "the next request",
    "reversals": "every reversal",
    "reversal": "the next reversal",
}
"""What a line can lose."""

SHORT = {"00": "yes", "05": "blocked", "51": "too much", "54": "expired"}
WHY = {
    "05": "The card is blocked. The issuer says 05, do not honour, without a reason.",
    "54": "The card has expired: the issuer says 54.",
}


def verdict(code: str, cents: int, left: int) -> str:
    """What the issuer finds, in words."""
    if code in WHY:
        return WHY[code]
    if code == "51":
        return f"The issuer compares: {money(cents)} are asked for and {money(left)} are open to buy. It says 51."
    return f"The card is good, and {money(cents)} are within the {money(left)} that are open to buy."


def spelled(microseconds: int) -> str:
    """An instant, to a hundredth of a second; after a day, in days."""
    if microseconds >= 86_400_000_000:
        return f"{microseconds // 86_400_000_000} d"
    return f"{microseconds // 1_000_000}.{microseconds // 10_000 % 100:02d} s"


def tone(wire: bytes) -> str:
    """Colour of a message: asked, granted, refused, taken back."""
    kind, fields = iso8583.unpack(wire)
    if kind in ("0110", "0410") and fields[39] not in ("00", "25"):
        return "fail"
    return {"0100": "data", "0400": "other", "0401": "other", "0120": "other"}.get(kind, "done")

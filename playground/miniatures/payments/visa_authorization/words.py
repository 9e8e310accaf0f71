"""The words for a payment: how a card is read, what the issuer finds, an instant, the tone of a message."""

from __future__ import annotations

from playground.machines import iso8583
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization.case import Values
from playground.scenes.many import many

DAY = 86_400_000_000
"""Microseconds."""
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
READS = {"chip": "chip read: {}", "tap": "tapped: {}", "stripe": "swiped: {}", "online": "typed in: {}"}
"""How a card is read, at the terminal's lane."""
ASKED = {"terminal": "may I have {}?", "acquirer": "may we have {}?", "network": "hold {} for us?"}
NO = {"51": "no. Not enough.", "05": "no. Blocked.", "54": "no. Expired.", "91": "no answer. No sale."}
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


def found(code: str, left: int) -> str:
    """The same at the issuer's lane."""
    told = {"00": f"enough: {money(left)} free", "51": f"too little: {money(left)} free", "05": "the card is blocked"}
    return told.get(code, "the card has expired")


def spoken(kind: str, sender: str, fields: Values) -> str:
    """A message in plain speech."""
    amount, code = money(int(fields[4])), str(fields.get(39, ""))
    if kind == "0100":
        return ASKED[sender].format(amount)
    if kind == "0110":
        return NO.get(code) or {"issuer": "yes. I hold it.", "network": "yes.", "acquirer": "yes. Approved."}[sender]
    if kind == "0400" and sender == "terminal":
        return "take it back."
    if kind in ("0400", "0401") and sender == "network":
        return f"forget {amount}."
    if kind == "0410" and code == "25":
        return "I had none."
    return {
        "0120": f"I said yes: {amount}.",
        "0130": "noted.",
        "0400": "forget I asked.",
        "0401": "again: forget it.",
        "0410": "forgotten.",
    }[kind]


def code(kind: str, fields: Values) -> str:
    """The same as the machines say it: the type, and of an answer the response code."""
    return f"{kind} · {fields[39]!s}" if 39 in fields and kind != "0120" else kind


def silence(microseconds: int) -> str:
    """How long nobody has said anything."""
    if microseconds >= DAY:
        days = microseconds // DAY
        return f"{many(days, 'day')} of silence"
    return f"{microseconds / 1_000_000:.1f}".removesuffix(".0") + " s of silence"


def spelled(microseconds: int) -> str:
    """An instant, to a hundredth of a second; after a day, in days."""
    if microseconds >= DAY:
        return f"{microseconds // DAY} d"
    return f"{microseconds // 1_000_000}.{microseconds // 10_000 % 100:02d} s"


def tone(wire: bytes) -> str:
    """Colour of a message: asked, granted, refused, taken back."""
    kind, fields = iso8583.unpack(wire)
    if kind in ("0110", "0410") and fields[39] not in ("00", "25"):
        return "fail"
    return {"0100": "data", "0400": "other", "0401": "other", "0120": "other"}.get(kind, "done")

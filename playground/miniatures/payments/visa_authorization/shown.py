"""What a payment shows: who says what, a message with its bits, the issuer's books, figures, the outcome."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from playground.engine import Metric
from playground.machines import iso8583, luhn
from playground.machines.ledger import money
from playground.scenes.bitmap import Bitmap, Part
from playground.scenes.scene import Scene
from playground.scenes.sequence import Lane, Sequence
from playground.scenes.table import GOOD, Column, Grid, Row, Table

if TYPE_CHECKING:
    from playground.miniatures.payments.visa_authorization.model import VisaAuthorization

LANES = (Lane("terminal", "m1"), Lane("acquirer", "m3"), Lane("network", "m4"), Lane("issuer", "m2"))
COLUMNS = (Column("account", 0, "label"), Column("last entry", 210, "note", narrow=False), Column("euro", 118))
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
SHORT = {"00": "yes", "05": "blocked", "51": "too much", "54": "expired"}
TYPES = {
    "0100": "request", "0110": "answer", "0120": "advice", "0130": "answer to the advice", "0400": "reversal",
    "0401": "reversal, repeated", "0410": "answer to the reversal",
}  # fmt: skip
MODES = {"05": "chip", "07": "tap", "90": "stripe", "01": "typed"}
WHY = {
    "05": "The card is blocked. The issuer says 05, do not honour, without a reason.",
    "54": "The card has expired: the issuer says 54.",
}


class View(NamedTuple):
    """The message in view, how much of it is made (1 type, 2 bitmap, 3 all), and which part has changed."""

    wire: bytes = b""
    stage: int = 0
    changed: str = ""


def scenes(machine: VisaAuthorization) -> tuple[Scene, ...]:
    lines = Sequence("Who says what", LANES, tuple(machine.messages), machine.fresh, "nobody has paid yet", 8)
    found: dict[str, Scene] = {
        "talk": lines,
        "message": bitmap(machine.view, picks=machine.front == "message"),
        "books": books(machine),
    }
    return found.pop(machine.front), *found.values()


@lru_cache(256)
def bitmap(view: View, *, picks: bool) -> Bitmap:
    """A message as bits, fields and bytes."""
    if not view.wire:
        return Bitmap("A message’s bitmap", "", (), (), view.changed, empty="no message has been sent yet", picks=picks)
    kind, fields = iso8583.unpack(view.wire)
    size = 16 if view.wire[4] & 0x80 else 8
    parts = [Part("type", "message type", kind, view.wire[:4].hex())]
    bits: tuple[int, ...] = ()
    if view.stage >= 2:
        bits = iso8583.announced(view.wire[4 : 4 + size])
        parts.append(Part("bitmap", "bitmap", "", view.wire[4 : 4 + size].hex()))
    if view.stage >= 3:
        parts += [
            Part(
                f"field:{number}", iso8583.FIELDS[number].name, read(number, value),
                iso8583.encoded(number, value).hex(), number,
            )
            for number, value in fields.items()
        ]  # fmt: skip
    note = f"{len(view.wire)} bytes" if view.stage >= 3 else ""
    return Bitmap(f"{kind}, {TYPES[kind]}", note, tuple(parts), bits, view.changed, size // 2, picks=picks)


def read(number: int, value: str | bytes) -> str:
    """A field as a person may read it."""
    if isinstance(value, bytes):
        return f"signed {value[3:11].hex()}"
    told = {
        2: lambda: luhn.masked(value),
        4: lambda: money(int(value)),
        7: lambda: f"{value[:2]}-{value[2:4]} {value[4:6]}:{value[6:8]}:{value[8:]}",
        14: lambda: f"20{value[:2]}-{value[2:]}",
        22: lambda: f"{value} {MODES[value[:2]]}",
        35: lambda: f"{luhn.masked(value.split('=')[0])}=…",
        39: lambda: f"{value} {iso8583.CODES[value]}",
        49: lambda: f"{value} euro",
        90: lambda: f"{value[:4]} of {value[4:10]}",
    }
    return told[number]() if number in told else value.strip()


def tone(wire: bytes) -> str:
    """Colour of a message: asked, granted, refused, taken back."""
    kind, fields = iso8583.unpack(wire)
    if kind in ("0110", "0410") and fields[39] not in ("00", "25"):
        return "fail"
    return {"0100": "data", "0400": "other", "0401": "other", "0120": "other"}.get(kind, "done")


def books(machine: VisaAuthorization) -> Table:
    """The issuer's accounts for this card: what each holds, and the entry that touched it last."""
    ledger = machine.books
    last = {account: entry.words for entry in ledger.journal for account in (entry.giver, entry.taker)}
    rows = tuple(
        Row(account, (account, last[account], f"{money(value):>11}".replace(" ", "\u2007")), account == "open to buy")
        for account, value in sorted(ledger.accounts.items(), key=lambda item: place(item[0]))
    )
    # The sum is what the machine finds, not what it should be.
    note = f"all accounts together: {money(ledger.total())}" if rows else ""
    grid = Grid("The issuer’s books for this card", COLUMNS, rows, note, GOOD if rows else "", "no entry yet")
    return Table(grid, changed=machine.row)


def place(account: str) -> int:
    """Limit, balance, holds as they came, open to buy."""
    return {"limit": 0, "balance": 1, "open to buy": 99}.get(account) or (
        2 + int(account.split()[1]) if account.startswith("hold") else 0
    )


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


def exposure(machine: VisaAuthorization) -> int:
    """Cents that the network has approved and the issuer would not have."""
    return sum(
        case.cents for case in machine.cases if case.stood_in and case.code != "00" and (case.held or not case.code)
    )


def metrics(machine: VisaAuthorization) -> tuple[Metric, ...]:
    asked = [case for case in machine.cases if case.shown]
    good = sum(case.shown == "approved" for case in asked)
    return (
        Metric("Round trip", f"{machine.round_trip // 1000:,} ms" if machine.round_trip else "–", "of the last answer"),
        Metric("Held", money(machine.held()), f"open to buy {money(machine.left())}"),
        Metric("Approved", f"{good} of {len(asked)}", "as the shop sees it"),
        Metric("Stand-in exposure", money(exposure(machine)), "approved against the issuer’s will"),
    )


def outcome(machine: VisaAuthorization) -> dict[str, object]:
    kinds = [wire[:4].decode() for wire in machine.wires]
    last = machine.cases[-1] if machine.cases else None
    return {
        "shop": last.shown if last else "",
        "issuer": last.code if last else "",
        "purchases": [
            {"cents": case.cents, "shop": case.shown, "issuer": case.code, "held": case.held, "reversed": case.undone}
            for case in machine.cases
        ],
        "balance": money(machine.books.balance("balance")),
        "held": money(machine.held()),
        "open_to_buy": money(machine.left()),
        "entries": len(machine.books.journal),
        "sum": machine.books.total(),
        "round_trip": machine.round_trip // 1000,
        "exposure": money(exposure(machine)),
        "requests": kinds.count("0100"),
        "reversals": kinds.count("0400"),
        "repeats": kinds.count("0401"),
        "advices": kinds.count("0120"),
        "fields": list(iso8583.announced(machine.wires[-1][4:12])) if machine.wires else [],
        "place": str(machine.place_of(machine.found)),
        "message": machine.wires[-1].hex() if machine.wires else "",
    }

"""What a payment shows: who says what, a message with its bits, the issuer's books, figures."""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations

from playground.engine import Metric
from playground.machines import iso8583, luhn
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization.case import cents
from playground.miniatures.payments.visa_authorization.issuer import BOOKED, FREE, HELD
from playground.miniatures.payments.visa_authorization.model import VisaAuthorization
from playground.miniatures.payments.visa_authorization.office import WAY, View
from playground.scenes.bitmap import Bitmap, Part
from playground.scenes.scene import Scene
from playground.scenes.sequence import Lane, Sequence, Stock
from playground.scenes.table import GOOD, Column, Grid, Row, Table

LANES = (
    Lane("terminal", "m1", "in the shop"),
    Lane("acquirer", "m3", "the shop’s bank"),
    Lane("network", "m4", "passes it on"),
    Lane("issuer", "m2", "the card’s bank"),
)
WAYS = tuple((one, other) for pair in WAY for one, other in permutations(sorted(pair), 2))
PARTS = (BOOKED, HELD, FREE)
COLUMNS = (Column("account", 0, "label"), Column("last entry", 210, "note", narrow=False), Column("euro", 118))
TYPES = {
    "0100": "request", "0110": "answer", "0120": "advice", "0130": "answer to the advice", "0400": "reversal",
    "0401": "reversal, repeated", "0410": "answer to the reversal",
}  # fmt: skip
MODES = {"05": "chip", "07": "tap", "90": "stripe", "01": "typed"}


def scenes(machine: VisaAuthorization) -> tuple[Scene, ...]:
    office = machine.office
    said = tuple(office.messages)
    lines = Sequence("", LANES, said, office.fresh, "nobody has paid yet", 8, WAYS, stock(machine))
    found: dict[str, Scene] = {
        "talk": lines,
        "message": bitmap(office.view, picks=machine.front == "message"),
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
        return f"MAC {value[3:11].hex()}"
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


def stock(machine: VisaAuthorization) -> Stock:
    """The card's limit: what of it is booked, held and free, and how it came to this."""
    levels = tuple(machine.issuer.levels)
    if not levels:
        return Stock("The issuer’s book", "no card yet", "", PARTS, ("", "", ""), ())
    booked, held = levels[-1].gone, levels[-1].aside
    told = (money(booked), money(held), levels[-1].told)
    limit = money(cents(machine.limit))
    return Stock("The issuer’s book", f"may spend {limit}", limit, PARTS, told, levels, machine.office.part)


def books(machine: VisaAuthorization) -> Table:
    """The issuer's accounts for this card: what each holds, and the entry that touched it last."""
    ledger = machine.issuer.books
    last = {account: entry.words for entry in ledger.journal for account in (entry.giver, entry.taker)}
    rows = tuple(
        Row(account, (account, last[account], f"{money(value):>11}".replace(" ", "\u2007")), account == "open to buy")
        for account, value in sorted(ledger.accounts.items(), key=lambda item: place(item[0]))
    )
    # The sum is what the machine finds, not what it should be.
    note = f"all accounts together: {money(ledger.total())}" if rows else ""
    grid = Grid("The issuer’s books for this card", COLUMNS, rows, note, GOOD if rows else "", "no entry yet")
    return Table(grid, changed=machine.office.row)


def place(account: str) -> int:
    """Limit, balance, holds as they came, open to buy."""
    return {"limit": 0, "balance": 1, "open to buy": 99}.get(account) or (
        2 + int(account.split()[1]) if account.startswith("hold") else 0
    )


def metrics(machine: VisaAuthorization) -> tuple[Metric, ...]:
    asked = [case for case in machine.cases if case.shown]
    good = sum(case.shown == "approved" for case in asked)
    return (
        Metric("Round trip", f"{machine.round_trip // 1000:,} ms" if machine.round_trip else "–", "of the last answer"),
        Metric("Held", money(machine.held()), f"open to buy {money(machine.left())}"),
        Metric("Approved", f"{good} of {len(asked)}", "as the shop sees it"),
        Metric("Stand-in exposure", money(machine.exposure()), "approved against the issuer’s will"),
    )

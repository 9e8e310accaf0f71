"""The issuer: what it decides, and what it writes into its books."""

from __future__ import annotations

from collections.abc import Generator

from playground.engine import Steps, decide
from playground.engine.clock import Wait, Yielded
from playground.machines import iso8583
from playground.machines.ledger import Ledger, money
from playground.miniatures.payments.visa_authorization import words
from playground.miniatures.payments.visa_authorization.case import Case, Values, answer_fields, approval_of, cents
from playground.miniatures.payments.visa_authorization.office import ISSUER, Model, Office
from playground.scenes.sequence import Level

LIMIT, BALANCE, OPEN = "limit", "balance", "open to buy"
"""Accounts in its books; each hold has one of its own."""
BOOKED, HELD, FREE = "booked", "held", "free"
"""The parts of a limit, in plain words."""


class Issuer:
    """It holds the books, and takes one message after the other."""

    def __init__(self, model: Model, office: Office) -> None:
        self.model, self.office = model, office
        self.books = Ledger()
        self.levels: list[Level] = []
        """How limit, balance and holds have changed."""
        self.busy_until = 0

    def judge(self, asked: Values) -> str:
        """The response code: the card first, then the money."""
        if self.model.card == "blocked":
            return "05"
        if self.model.card == "expired":
            return "54"
        return "00" if int(asked[4]) <= self.model.left() else "51"

    # At its desk. Each takes a message that has come, and what it returns is sent back.

    def decide_on(self, case: Case, wire: bytes) -> Generator[Yielded, None, bytes]:
        """A request: yes and a hold, or no."""
        yield from self.turn(cents(self.model.latency) * 10_000)
        _, asked = iso8583.unpack(wire)
        case.code = self.judge(asked)
        before = self.model.left()
        state = "done" if case.code == "00" else "fail"
        found = words.found(case.code, before)
        self.office.say(ISSUER, ISSUER, f"code {case.code}", words.SHORT[case.code], state, found)
        self.office.look()
        yield words.verdict(case.code, case.cents, before)
        approval, told = "", f"Nothing is held; {money(self.model.left())} are open to buy."
        if case.code == "00":
            self.hold(case)
            self.office.look(row=case.account, part=HELD)
            approval, left = approval_of(case.number), money(self.model.left())
            told = f"The issuer holds {money(case.cents)}; {left} are left, and the balance stays {self.model.balance}."
        yield decide(told, f"open to buy after purchase {case.number}", money(self.model.left()))
        return self.office.made("0110", answer_fields(asked, case.code, approval), "field:39")

    def take_note(self, case: Case, wire: bytes) -> Steps:
        """An advice: the network has said yes, and that binds the issuer."""
        yield from self.turn(0)
        if case.held or case.undone:
            return
        case.code = self.judge(iso8583.unpack(wire)[1])
        self.hold(case)
        self.office.look(row=case.account, part=HELD)
        ours = "as it would have done itself" if case.code == "00" else f"which it would have refused ({case.code})"
        left = money(self.model.left())
        told = f"The issuer holds {money(case.cents)}, {ours}; {left} are left."
        yield decide(told, f"open to buy after the advice of {case.number}", left)

    def let_go(self, case: Case) -> Generator[Yielded, None, bytes]:
        """A reversal: the hold is let go of, once."""
        yield from self.turn(0)
        known, freed = bool(case.code) or case.undone, case.held
        case.undone = True
        self.release(case, "reversed")
        said = f"lets go of {money(freed)}" if freed else "has no hold of it"
        self.office.say(ISSUER, ISSUER, "lets go" if freed else "no hold", money(freed) if freed else "", "other", said)
        self.office.look(row=OPEN if freed else "", part=FREE if freed else "")
        told = f"The issuer finds no hold for {case.trace}; it notes the reversal and changes nothing."
        if freed:
            told = f"The issuer lets go of the {money(freed)}; {money(self.model.left())} are open to buy again."
        yield decide(told, f"open to buy after the reversal of {case.number}", money(self.model.left()), stop=True)
        return self.office.made("0410", answer_fields(case.request, "00" if known else "25"), "field:39")

    # Its books.

    def turn(self, microseconds: int) -> Steps:
        """Wait until those before are served, and so much longer."""
        self.busy_until = max(self.model.now, self.busy_until) + microseconds
        yield Wait(self.busy_until - self.model.now)

    def hold(self, case: Case) -> None:
        case.held = case.cents
        self.office.booked.append(case.trace)
        self.post(f"hold for {case.trace}", OPEN, case.account, case.cents, f"held {money(case.cents)}")
        self.office.say(ISSUER, ISSUER, "holds", money(case.cents), "done", f"holds {money(case.cents)}")

    def release(self, case: Case, why: str) -> None:
        if case.held:
            freed, case.held = case.held, 0
            self.office.booked.append(case.trace)
            told = f"{'let go' if why == 'reversed' else why} {money(freed)}"
            self.post(f"{why}, {case.trace}", case.account, OPEN, freed, told)

    def post(self, entry: str, giver: str, taker: str, amount: int, told: str) -> None:
        """An entry, and how the credit stands after it."""
        self.books.post(entry, giver, taker, amount)
        booked, left = self.books.balance(BALANCE), self.books.balance(OPEN)
        held = -self.books.balance(LIMIT) - booked - left
        when = words.spelled(self.model.now)
        self.levels.append(Level(when, told, booked, held, left, money(left)))

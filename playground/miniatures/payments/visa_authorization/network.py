"""The network: it finds the issuer, hands messages on, and stands in for an issuer that is silent."""

from __future__ import annotations

from playground.engine import Fixed, Steps, Whole
from playground.engine.clock import Wait
from playground.machines import iso8583, luhn
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization.case import Case, answer_fields, approval_of, cents, code_of
from playground.miniatures.payments.visa_authorization.issuer import Issuer
from playground.miniatures.payments.visa_authorization.office import ACQUIRER, ISSUER, NETWORK


class Network(Issuer):
    """The part of the model between acquirer and issuer."""

    timeout: Fixed
    stand_in: Whole

    def relay(self, case: Case, wire: bytes, *, explained: bool) -> Steps:
        words = "The acquirer passes the request on to the network of the card’s brand."
        if explained:
            self.note(ACQUIRER, "timer", f"{self.timeout} s", 11)
            yield f"The acquirer notes the trace number and waits {self.timeout} seconds at most for an answer to it."
        yield from self.carry(wire, ACQUIRER, NETWORK, money(case.cents), words)
        if explained:
            self.note(NETWORK, "looks up", self.pan[:6], 2)
            yield f"The network reads field 2 ({luhn.masked(self.pan)} for people): six digits name the issuer."
        if self.stand_in:
            self.spawn(self.stand_in_for(case), background=True)
        words = "The network asks the issuer of the card."
        if not (yield from self.carry(wire, NETWORK, ISSUER, money(case.cents), words)):
            return
        if explained and 55 in iso8583.announced(wire[4:12]):
            self.note(ISSUER, "seal", "good", 55)
            yield "The issuer checks field 55: the chip has signed this payment, so nobody can use it twice."
        answer = yield from self.decide_on(case, wire)
        if explained and case.code == "00":
            self.view = self.view._replace(changed="field:38")
            self.look()
            self.fresh = False
            yield "No money has moved: a hold is not a debit. Field 38 gives the shop a code to claim the money with."
            self.view = self.view._replace(changed="field:39")
        words = f"The issuer answers: the fields of the request, and {case.code} in field 39."
        yield from self.carry(answer, ISSUER, NETWORK, code_of(answer), words)
        if case.stood_in:
            self.look()
            yield "The network has already answered in the issuer’s stead, and keeps this to itself."
        else:
            yield from self.hand_on(case, answer)

    def stand_in_for(self, case: Case) -> Steps:
        """After half of the acquirer's patience the network decides itself, up to an amount."""
        yield Wait(cents(self.timeout) * 5_000)
        if case.passed_on:
            return
        if case.cents > self.stand_in * 100:
            self.say(NETWORK, NETWORK, "too much", f"over {self.stand_in}", "fail")
            self.look()
            yield f"The issuer is silent. {money(case.cents)} is more than the network may approve in its stead."
            return
        case.stood_in = True
        wire = self.made("0110", answer_fields(case.request, "00", approval_of(case.number + 500)), "field:38")
        self.say(NETWORK, NETWORK, "stands in", f"to {self.stand_in}", "other")
        self.look()
        yield f"The issuer is silent. Up to {self.stand_in} the network may stand in, and it approves."
        self.spawn(self.advise(case))
        yield from self.hand_on(case, wire)

    def hand_on(self, case: Case, wire: bytes) -> Steps:
        """The answer, from the network to whoever still waits."""
        case.passed_on = True
        if not (yield from self.carry(wire, NETWORK, ACQUIRER, code_of(wire), "The network passes the answer back.")):
            return
        if case.gave_up:
            self.look()
            yield "The answer comes too late: the acquirer has given up on it."
            return
        case.answer = wire
        self.happen(case.heard)

    def advise(self, case: Case) -> Steps:
        """The network tells the issuer what it has approved."""
        wire = self.made("0120", {**case.request, 38: approval_of(case.number + 500), 39: "00"}, "field:39")
        yield from self.carry(
            wire, NETWORK, ISSUER, money(case.cents), "The network sends an advice: this is approved."
        )
        yield from self.take_note(case, wire)
        answer = self.made("0130", answer_fields(case.request, "00"), "field:39")
        yield from self.carry(answer, ISSUER, NETWORK, "noted", "The issuer has taken note of the advice.")

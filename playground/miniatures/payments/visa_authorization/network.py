"""The network: it finds the issuer, hands messages on, and stands in for an issuer that is silent."""

from __future__ import annotations

from playground.engine import Say, Steps
from playground.engine.clock import Wait
from playground.machines import iso8583, luhn
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization.case import Case, answer_fields, approval_of, cents, code_of
from playground.miniatures.payments.visa_authorization.issuer import Issuer
from playground.miniatures.payments.visa_authorization.office import ACQUIRER, ISSUER, NETWORK, Model, Office


class Network:
    """Between acquirer and issuer: it knows the office that carries its messages, and whom to ask."""

    def __init__(self, model: Model, office: Office, issuer: Issuer) -> None:
        self.model, self.office, self.issuer = model, office, issuer

    def relay(self, case: Case, wire: bytes, *, explained: bool) -> Steps:
        words, seconds = "The acquirer passes the request on to the network of the card’s brand.", self.model.timeout
        if explained:
            self.office.note(ACQUIRER, "timer", f"{seconds} s", 11, f"waits {seconds} s at most")
            yield f"The acquirer notes the trace number and waits {seconds} seconds at most for an answer to it."
        yield from self.office.carry(wire, ACQUIRER, NETWORK, money(case.cents), words)
        if explained:
            pan = str(case.request[2])
            self.office.note(NETWORK, "looks up", pan[:8], 2, "finds the card’s bank")
            yield f"The network reads field 2 ({luhn.masked(pan)} for people): eight digits, the BIN, name the issuer."
        if self.model.stand_in:
            self.model.spawn(self.stand_in_for(case), background=True)
        words = "The network asks the issuer of the card."
        if not (yield from self.office.carry(wire, NETWORK, ISSUER, money(case.cents), words)):
            return
        if explained and 55 in iso8583.announced(wire[4:12]):
            self.office.note(ISSUER, "seal", "good", 55, "chip code is good")
            yield "The issuer checks field 55: a MAC over this payment, by a key that only chip and issuer have."
        answer = yield from self.issuer.decide_on(case, wire)
        if explained and case.code == "00":
            self.office.point_to("field:38")
            self.office.look()
            self.office.fresh = False
            told = "No money has moved: a hold is not a debit. Field 38 gives the shop a code to claim the money with."
            yield Say(told, stop=True)
            self.office.point_to("field:39")
        words = f"The issuer answers: the fields of the request, and {case.code} in field 39."
        yield from self.office.carry(answer, ISSUER, NETWORK, code_of(answer), words)
        if case.stood_in:
            self.office.look()
            yield "The network has already answered in the issuer’s stead, and keeps this to itself."
        else:
            yield from self.hand_on(case, answer)

    def stand_in_for(self, case: Case) -> Steps:
        """After half of the acquirer's patience the network decides itself, up to an amount."""
        yield Wait(cents(self.model.timeout) * 5_000)
        if case.passed_on:
            return
        if case.cents > self.model.stand_in * 100:
            said = f"over {self.model.stand_in}: I wait on"
            self.office.say(NETWORK, NETWORK, "too much", f"over {self.model.stand_in}", "fail", said)
            self.office.look()
            yield f"The issuer is silent. {money(case.cents)} is more than the network may approve in its stead."
            return
        case.stood_in = True
        wire = self.office.made("0110", answer_fields(case.request, "00", approval_of(case.number + 500)), "field:38")
        self.office.desks.take(NETWORK, (case.trace, "request"))
        said = f"stands in, up to {self.model.stand_in}"
        self.office.say(NETWORK, NETWORK, "stands in", f"to {self.model.stand_in}", "other", said)
        self.office.look()
        told = f"The issuer is silent. Up to {self.model.stand_in} the network may stand in, and it approves."
        yield Say(told, stop=True)
        self.model.spawn(self.advise(case))
        yield from self.hand_on(case, wire)

    def hand_on(self, case: Case, wire: bytes) -> Steps:
        """The answer, from the network to whoever still waits."""
        case.passed_on = True
        words = "The network passes the answer back."
        if not (yield from self.office.carry(wire, NETWORK, ACQUIRER, code_of(wire), words)):
            return
        if case.gave_up:
            self.office.look()
            yield Say("The answer comes too late: the acquirer has given up on it.", stop=True)
            return
        case.answer = wire
        self.model.happen(case.heard)

    def advise(self, case: Case) -> Steps:
        """The network tells the issuer what it has approved."""
        wire = self.office.made("0120", {**case.request, 38: approval_of(case.number + 500), 39: "00"}, "field:39")
        words = "The network sends an advice: this is approved."
        yield from self.office.carry(wire, NETWORK, ISSUER, money(case.cents), words)
        yield from self.issuer.take_note(case, wire)
        answer = self.office.made("0130", answer_fields(case.request, "00"), "field:39")
        yield from self.office.carry(answer, ISSUER, NETWORK, "noted", "The issuer has taken note of the advice.")

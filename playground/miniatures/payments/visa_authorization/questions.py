"""What a payment is asked about: wrong models, questions made from them, and the challenge."""

from decimal import Decimal

from playground.engine import (
    Challenge,
    Condition,
    Query,
    Question,
    Rng,
    Run,
    Score,
    Steps,
    WrongModel,
    acts,
    decide,
    do,
    query_for,
)
from playground.engine.clock import Event, Wait
from playground.machines.iso8583 import FIELDS, Place
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization.case import Case, answer_fields, cents
from playground.miniatures.payments.visa_authorization.model import VisaAuthorization
from playground.miniatures.payments.visa_authorization.network import Network

# What sensible people believe instead.


class CountsFromNought(WrongModel, VisaAuthorization):
    belief = "bits are counted from zero, as programmers do"

    def place_of(self, field: int) -> Place:
        return Place(field // 8 + 1, field % 8 + 1)


class FromTheRight(WrongModel, VisaAuthorization):
    belief = "the first bit of a byte is the rightmost one, the least significant"

    def place_of(self, field: int) -> Place:
        return Place((field - 1) // 8 + 1, 8 - (field - 1) % 8)


class SevenToAByte(WrongModel, VisaAuthorization):
    belief = "the first bit of each byte says whether another byte follows, and seven announce fields"

    def place_of(self, field: int) -> Place:
        return Place((field - 1) // 7 + 1, (field - 1) % 7 + 2)


class FromTheEnd(WrongModel, VisaAuthorization):
    belief = "the bitmap is one number of 64 bits, and field 1 is its last bit"

    def place_of(self, field: int) -> Place:
        return Place((64 - field) // 8 + 1, (64 - field) % 8 + 1)


class OnlyTheNewest(WrongModel, VisaAuthorization):
    belief = "a hold counts only until the next purchase"

    def left(self) -> int:
        newest = self.cases[-1].held if self.cases else 0
        return cents(self.limit) - cents(self.balance) - newest


class NotYet(WrongModel, VisaAuthorization):
    belief = "a hold counts only when the shop has been paid"

    def left(self) -> int:
        newest = self.cases[-1].held if self.cases else 0
        return cents(self.limit) - cents(self.balance) - self.held() + newest


class HeldAndBooked(WrongModel, VisaAuthorization):
    belief = "the amount is held and booked to the balance at once"

    def left(self) -> int:
        newest = self.cases[-1].held if self.cases else 0
        return cents(self.limit) - cents(self.balance) - self.held() - newest


class TheFirstTwice(WrongModel, VisaAuthorization):
    belief = "the first purchase is booked by then, and its hold stays until it expires"

    def left(self) -> int:
        first = self.cases[0].held if len(self.cases) > 1 else 0
        return cents(self.limit) - cents(self.balance) - self.held() - first


class BalanceLater(WrongModel, VisaAuthorization):
    belief = "what is booked counts on the day of the bill, and until then the limit covers the holds"

    def left(self) -> int:
        return cents(self.limit) - self.held()


class NeverUndone(WrongModel, VisaAuthorization):
    belief = "what the issuer has held stays held until it expires, whatever the shop shows"

    def undo(self, case: Case, wire: bytes = b"") -> Steps:
        yield decide("Nobody undoes anything.", f"open to buy after the reversal of {case.number}", money(self.left()))


class UndoneAtOnce(WrongModel, VisaAuthorization):
    belief = "what the shop shows as declined is held nowhere"

    def undo(self, case: Case, wire: bytes = b"") -> Steps:
        self.issuer.release(case, "declined")
        yield decide("Nothing is held.", f"open to buy after the reversal of {case.number}", money(self.left()))


class SentAgain(WrongModel, VisaAuthorization):
    belief = "a message that is lost on the way is sent again at once, and arrives"

    def drop(self, what: str) -> Steps:
        yield f"The next {what} will be sent twice."


class NoStandIn(Network):
    """It never answers for an issuer."""

    def stand_in_for(self, case: Case) -> Steps:
        yield from ()


class NoAdvice(Network):
    """What it approves it keeps to itself."""

    def advise(self, case: Case) -> Steps:
        yield decide(
            "The network keeps it.", f"open to buy after the advice of {case.number}", money(self.model.left())
        )


class OnlyTheIssuer(WrongModel, VisaAuthorization):
    belief = "only the issuer of a card can approve a purchase"

    def set_up(self) -> None:
        super().set_up()
        self.network = NoStandIn(self, self.office, self.issuer)


class TheNetworkPays(WrongModel, VisaAuthorization):
    belief = "what the network approves is its own affair, and the issuer holds nothing for it"

    def set_up(self) -> None:
        super().set_up()
        self.network = NoAdvice(self, self.office, self.issuer)


class SilenceIsYes(WrongModel, VisaAuthorization):
    belief = "a shop that hears nothing gives the goods away, and the bank settles it later"

    def ring(self, event: Event, microseconds: int) -> Steps:
        yield Wait(microseconds)
        for case in self.cases:
            if case.heard is event and not case.answer:
                case.answer = self.office.made("0110", answer_fields(case.request, "00"), "field:39")
        self.happen(event)


class WhichBit(Question):
    """An empty bitmap lies there. Which bit announces a field?"""

    name = "which-bit"
    title = "a field’s bit"
    version = 2
    because = (
        "ISO 8583 counts from one, and from the left: bit 1 is the most significant bit of the first byte, and "
        "field n has the n-th bit."
    )
    goes = "The {thing} is {choice}."
    form = "pick"
    reads = "place"
    wrong = (CountsFromNought, FromTheRight, FromTheEnd, SevenToAByte)
    verbs = "@?find"
    needs = "a run in which one field’s bit is found and nothing else is done"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        # The amount is not asked for; it makes each reader's message another one.
        amount = Decimal(rng.between(100, 19000)) / 100
        return query_for(VisaAuthorization, do("find", rng.between(2, 64), at=0), amount=amount, front="message")

    @classmethod
    def prompt(cls, query: Query) -> str:
        field = int(query.argument())
        name = f", the {FIELDS[field].name}" if field in FIELDS else ""
        return f"A message is to hold field {field}{name}. Which bit of the bitmap must be set? A row has two bytes."


class OpenToBuy(Question):
    """A limit, a balance, a hold, a purchase. What is left?"""

    name = "open-to-buy"
    title = "open to buy"
    version = 2
    because = (
        "From the moment of the authorisation each hold counts once, until it is booked or released: what is left "
        "is the limit less the balance and less all holds."
    )
    goes = "{choice} are {thing}."
    form = "number"
    reads = "open_to_buy"
    about = "open to buy after purchase 2"
    wrong = (OnlyTheNewest, NotYet, HeldAndBooked, TheFirstTwice, BalanceLater)
    verbs = "authorise"
    needs = "a run in which buying again is all that is done, and both purchases are authorised and held"

    @classmethod
    def fits(cls, done: Run) -> bool:
        return all(one["issuer"] == "00" and one["held"] for one in done.outcome["purchases"])

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        first, second = (Decimal(rng.between(1000, 9000)) / 100 for _ in range(2))
        limit, balance = Decimal(rng.between(6, 9) * 100), Decimal(rng.between(100, 299))
        again = do("authorise", second)
        return query_for(VisaAuthorization, again, amount=first, limit=limit, balance=balance)

    @classmethod
    def prompt(cls, query: Query) -> str:
        limit, balance, held = (money(cents(query[name])) for name in ("limit", "balance", "amount"))
        return (
            f"The limit is {limit}, the balance {balance}, and {held} are held. "
            f"A purchase of {money(cents(query.argument()))} is authorised. How much is open to buy then?"
        )


LOSSES = {
    "answer": ("the answer is lost between network and acquirer", ("answer",)),
    "request": ("the request is lost between network and issuer", ("request",)),
    "all": (
        "the answer is lost between network and acquirer, and so is every reversal that the acquirer sends",
        ("answer", "reversals"),
    ),
}
"""What is lost: in words, and the messages."""

AT = 1_050_000
"""Microseconds: the request has left the terminal, and nothing has been lost yet."""


class LostMessage(Question):
    """A message is lost. What do the shop and the issuer believe in the end?"""

    name = "lost-message"
    title = "a lost message"
    because = (
        "Who waits in vain cannot know what the other has done, so the acquirer declines and asks to undo, until it is "
        "answered or gives up; only a network that stands in answers for a silent issuer."
    )
    goes = "Of {thing}: {choice}."
    form = "choice"
    wrong = (NeverUndone, UndoneAtOnce, SentAgain, SilenceIsYes, OnlyTheIssuer, TheNetworkPays)
    before = 0
    verbs = "@drop( @drop)?"
    needs = (
        "a run in which all that is done is that the answer or the request is lost, or the answer and every reversal, "
        f"at {AT} µs"
    )

    @classmethod
    def lost(cls, query: Query) -> str:
        """Which of LOSSES it is; empty: none of them."""
        what = tuple(act.arguments[0] for act in query.acts if act.at == AT)
        return next((name for name, (_, lost) in LOSSES.items() if lost == what and len(what) == len(query.acts)), "")

    @classmethod
    def fits(cls, done: Run) -> bool:
        query = done.query
        as_usual = (query["latency"], query["timeout"]) == (Decimal("0.4"), Decimal("4.0"))
        (only,) = done.outcome["purchases"] or ({"issuer": ""},)
        return bool(cls.lost(query) and as_usual and only["issuer"] in ("", "00"))

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        amount = Decimal(rng.between(1000, 15000)) / 100
        _, messages = LOSSES[rng.choice(tuple(LOSSES))]
        losses = [do("drop", what, at=AT) for what in messages]
        inputs = {"limit": Decimal(600), "balance": Decimal(100), "stand_in": rng.choice((0, 200))}
        return query_for(VisaAuthorization, *losses, amount=amount, **inputs)

    @classmethod
    def prompt(cls, query: Query) -> str:
        told, _ = LOSSES[cls.lost(query)]
        stands = f"The network stands in up to {query['stand_in']}.00. " if query["stand_in"] else ""
        return (
            f"A purchase of {money(cents(query['amount']))} is good, and within the limit. {stands}On its way {told}. "
            "When nobody sends anything any more, what does the shop show, and what does the issuer hold?"
        )

    @classmethod
    def answer(cls, done: Run) -> str:
        held = done.outcome["held"]
        return f"{done.outcome['shop']}, {'nothing' if held == '0.00' else held} held"


QUESTIONS = (WhichBit, OpenToBuy, LostMessage)
CHALLENGES = (
    Challenge(
        name="declined-and-free",
        goal="Let the shop show declined though the issuer has said yes, and leave nothing held. One 0400 must do.",
        start="amount=150.00&step=24",
        solution="amount=150.00&do=@1500000:drop:answer",
        score=Score(
            unit="actions", one="action", of=acts, par=1, best=0, best_run="amount=150.00&latency=8.2&timeout=7.9"
        ),
        hints=(
            (
                "The issuer must have decided, and nobody at the shop may hear of it. Which one of the messages has to "
                "be lost, and which one must not?"
            ),
            (
                "Lose the answer, at an instant before it passes the network, which it does after about 1.6 s. Who has "
                "waited in vain then sends the one 0400 by itself."
            ),
        ),
        conditions=(
            Condition("the shop shows declined", lambda done: done.outcome["shop"] == "declined"),
            Condition("the issuer has said yes to that purchase", lambda done: done.outcome["issuer"] == "00"),
            Condition(
                "exactly one 0400 was sent, and none was repeated",
                lambda done: (done.outcome["reversals"], done.outcome["repeats"]) == (1, 0),
            ),
            Condition(
                "open-to-buy is what it was before: nothing is held", lambda done: done.outcome["held"] == "0.00"
            ),
        ),
    ),
)

"""What a payment is asked about: wrong models, questions made from them, and the challenge."""

from decimal import Decimal

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
from playground.machines.iso8583 import FIELDS, Place
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization.case import cents
from playground.miniatures.payments.visa_authorization.model import VisaAuthorization

# What sensible people believe instead.


class CountsFromNought(WrongModel, VisaAuthorization):
    belief = "bits are counted from nought, as programmers do"

    def place_of(self, field: int) -> Place:
        return Place(field // 8 + 1, field % 8 + 1)


class FromTheRight(WrongModel, VisaAuthorization):
    belief = "the first bit of a byte is the rightmost one, the least significant"

    def place_of(self, field: int) -> Place:
        return Place((field - 1) // 8 + 1, 8 - (field - 1) % 8)


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


class WhichBit(Question):
    """An empty bitmap lies there. Which bit announces a field?"""

    name = "which-bit"
    title = "a field’s bit"
    because = (
        "ISO 8583 counts from one, and from the left: bit 1 is the most significant bit of the first byte, and "
        "field n has the n-th bit."
    )
    goes = "The {thing} is {choice}."
    form = "pick"
    reads = "place"
    wrong = (CountsFromNought, FromTheRight, FromTheEnd)
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
    because = (
        "From the moment of the authorisation each hold counts once, until it is booked or released: what is left "
        "is the limit less the balance and less all holds."
    )
    goes = "{choice} are {thing}."
    form = "number"
    reads = "open_to_buy"
    about = "open to buy after purchase 2"
    wrong = (OnlyTheNewest, NotYet, HeldAndBooked)
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


QUESTIONS = (WhichBit, OpenToBuy)
CHALLENGES = (
    Challenge(
        name="declined-and-free",
        goal="Let the shop show declined though the issuer has said yes, and leave nothing held. One 0400 must do.",
        start="amount=150.00&step=24",
        solution="amount=150.00&do=@1500000:drop:answer",
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

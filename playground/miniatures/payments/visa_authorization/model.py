"""A card payment is authorised: four who send each other messages, and a hold in the issuer's books."""

from decimal import Decimal

from playground.engine import Choice, Fixed, Metric, Miniature, Refused, Steps, Whole, action, decide
from playground.engine.clock import Event, Until, Wait
from playground.machines import iso8583, luhn
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization import about, shown
from playground.miniatures.payments.visa_authorization.case import (
    Case,
    answer_fields,
    cents,
    code_of,
    request_fields,
    reversal_fields,
)
from playground.miniatures.payments.visa_authorization.network import Network
from playground.miniatures.payments.visa_authorization.office import (
    ACQUIRER,
    BALANCE,
    ISSUER,
    LIMIT,
    NETWORK,
    OPEN,
    TERMINAL,
)
from playground.scenes.scene import Scene

MOST = 4  # purchases: as many holds as the table shows
DROPS = 6  # messages that are lost
FINDS = 8  # times that a bit is looked for
TRIES = 3  # times that a reversal is sent
KEPT = 7 * 24 * 3600 * 1_000_000  # how long the issuer keeps a hold that nobody collects


class VisaAuthorization(Network, Miniature):
    """The issuer says yes or no and holds the amount; no money moves.

    Terminal, acquirer, network and issuer hand real messages on. Whoever waits in vain gives up after a time,
    and asks for what may have been done to be undone.
    """

    title = "A card is authorised"
    question = "The shop says declined. Why is the payment pending?"
    opening = "There is no card yet, and nothing in the issuer’s books."
    grows_with = "stand_in"

    amount = Fixed("62.40", least="0.01", most="5000.00", places=2, unit="EUR", help="Of the first purchase")
    limit = Fixed(
        "500.00", least="0.00", most="9000.00", places=2, label="Credit limit", unit="EUR", help="Set by the issuer"
    )
    balance = Fixed(
        "310.00", least="0.00", most="9000.00", places=2, unit="EUR", help="Already booked, from other days"
    )
    card = Choice("fine", {"fine": "fine", "expired": "expired", "blocked": "blocked"}, help="As the issuer knows it")
    number = Choice("visa", about.NUMBERS, label="Card number", help="Test numbers that no bank has given out")
    entry = Choice("chip", about.ENTRIES, label="The card is", help="How its data reach the terminal")
    latency = Fixed("0.4", least="0.0", most="10.0", places=1, label="The issuer takes", unit="s", help="To decide")
    timeout = Fixed(
        "4.0", least="1.0", most="8.0", places=1, label="The acquirer waits", unit="s", help="Then it gives up"
    )
    stand_in = Whole(0, most=500, unit="EUR", label="Network stands in up to", help="When the issuer is slow; 0: never")
    front = Choice("talk", about.FRONTS, label="The large picture", help="The others stand beside it")

    def place_of(self, field: int) -> iso8583.Place:
        """The bit that announces a field."""
        return iso8583.place_of(field)

    # What can happen.

    def start(self) -> Steps:
        self.books.post("limit granted", LIMIT, OPEN, cents(self.limit))
        self.say(ISSUER, ISSUER, "limit", str(self.limit), "data")
        self.look(row=OPEN)
        yield f"The issuer issues a card with a limit of {self.limit}: all of it is open to buy."
        self.books.post("booked before", OPEN, BALANCE, cents(self.balance))
        self.say(ISSUER, ISSUER, "booked", str(self.balance), "data")
        self.look(row=BALANCE)
        yield f"{self.balance} have been booked on other days; {money(self.left())} are left to buy with."
        yield Wait(1_000_000)
        yield from self.buy(cents(self.amount), explained=True)

    @action("Buy again", timed=True, amount=Fixed("40.00", least="0.01", most="5000.00", places=2, unit="EUR"))
    def authorise(self, amount: Decimal) -> Steps:
        self.room_for_one()
        yield from self.buy(cents(amount))

    @action(
        "Lose a message",
        timed=True,
        what=Choice(
            "answer", {"answer": "the next answer", "request": "the next request", "reversal": "the next reversal"}
        ),
        help="An answer after the network, a request before the issuer, a reversal before the network",
    )
    def drop(self, what: str) -> Steps:
        if what in self.losing:
            raise Refused("what", f"The next {what} is to be lost already.")
        self.drops += 1
        if self.drops > DROPS:
            raise Refused(
                "what", f"{DROPS} messages have been lost or are to be. Somebody has come and mended the line."
            )
        self.losing.append(what)
        self.look()
        yield f"A line fails for a moment: it will lose the next {what}."

    @action("Add to the last hold", amount=Fixed("25.00", least="0.01", most="5000.00", places=2, unit="EUR"),
            help="An incremental authorisation, as a hotel asks for")  # fmt: skip
    def increment(self, amount: Decimal) -> Steps:
        self.room_for_one()
        first = next((case for case in reversed(self.cases) if case.held and case.shown == "approved"), None)
        if not first:
            raise Refused("", "There is no approved purchase with a hold to add to.")
        yield from self.buy(cents(amount), onto=first)

    @action("Cancel the last purchase", timed=True, help="The shop reverses what was approved")
    def reverse(self) -> Steps:
        case = next((case for case in reversed(self.cases) if case.shown == "approved"), None)
        if not case:
            raise Refused("", "No purchase stands as approved in the shop, so there is nothing to cancel.")
        case.shown = "cancelled"
        wire = self.made("0400", reversal_fields(case, self.now), "field:90")
        yield from self.carry(wire, TERMINAL, ACQUIRER, money(case.cents), "The shop cancels: its terminal says so.")
        yield from self.undo(case, wire)

    @action("Let the holds expire", help="Seven days pass, and nobody collects")
    def expire(self) -> Steps:
        if not self.held():
            raise Refused("", "Nothing is held that could expire.")
        yield Wait(KEPT)
        count = sum(case.held > 0 for case in self.cases)
        for case in self.cases:
            self.release(case, "expired")
        self.say(ISSUER, ISSUER, "expired", f"{count} gone", "done")
        self.look(row=OPEN)
        holds = "hold is" if count == 1 else f"{count} holds are"
        yield f"Seven days pass. The {holds} let go, and {money(self.left())} are open to buy; nobody was paid."

    @action("Find a field’s bit", timed=True, field=Whole(39, least=2, most=64), help="In the first bitmap")
    def find(self, field: int) -> Steps:
        self.finds += 1
        if self.finds > FINDS:
            raise Refused("field", f"{FINDS} fields have been found, and they all follow the same rule.")
        byte, bit = place = self.place_of(field)
        self.view, self.found = self.view._replace(changed=f"bit:{field}"), field
        self.say(TERMINAL, TERMINAL, f"field {field}", str(place), "data")
        self.look()
        words = (
            f"Field {field} is announced by bit {bit} of byte {byte}: {byte - 1} bytes of eight bits come before it."
        )
        yield decide(words, f"bit of field {field}", str(place))

    # A purchase, seen from the shop's side.

    def buy(self, amount: int, onto: Case | None = None, *, explained: bool = False) -> Steps:
        number = len(self.cases) + 1
        fields = request_fields(number, amount, self.pan, self.expiry, self.entry, self.now)
        if onto:
            fields[37] = onto.request[37]
        case = Case(number, amount, fields, onto.account if onto else f"hold {number}", self.now)
        self.cases.append(case)
        self.say(TERMINAL, TERMINAL, money(amount), self.entry, "data")
        self.look()
        good = luhn.valid(self.pan)
        yield f"{shown.READ[self.entry]} {luhn.masked(self.pan)}; its digits add up to {luhn.total(self.pan)} (Luhn)."
        if not good:
            case.shown = "not sent"
            self.say(TERMINAL, TERMINAL, "not sent", "wrong digit", "fail")
            yield "The sum does not end in nought, so a digit is wrong: the terminal asks nobody."
            return
        wire = self.made("0100", fields, "field:4")
        if explained:
            yield from self.explain(wire)
        yield from self.carry(
            wire, TERMINAL, ACQUIRER, money(amount), f"The terminal asks the acquirer for {money(amount)}."
        )
        self.spawn(self.relay(case, wire, explained=explained))
        self.spawn(self.ring(case.heard, cents(self.timeout) * 10_000), background=True)
        yield Until(case.heard)
        if not case.answer:
            case.gave_up = True
            self.say(ACQUIRER, ACQUIRER, "gives up", f"{self.timeout} s", "fail")
            self.look()
            yield f"The acquirer has waited {self.timeout} seconds. It cannot know whether the issuer has said yes."
            case.answer = self.made("0110", answer_fields(fields, "91"), "field:39")
            self.spawn(self.undo(case))
        _, told = iso8583.unpack(case.answer)
        code = str(told[39])
        case.shown = "approved" if code == "00" else "declined"
        words = f"The shop shows {case.shown}: code {code}, {iso8583.CODES[code]}."
        yield from self.carry(case.answer, ACQUIRER, TERMINAL, case.shown, words)
        self.round_trip = self.now - case.sent
        if explained and code == "00":
            self.look(row=case.account)
            yield "Until the shop collects, or the hold expires, the cardholder sees the purchase as pending."

    def explain(self, wire: bytes) -> Steps:
        """How the request is made, piece by piece."""
        whole = self.view
        listed = ", ".join(map(str, iso8583.announced(wire[4:12])))
        self.view = whole._replace(stage=1, changed="type")
        self.say(TERMINAL, TERMINAL, "packs", f"{len(wire)} bytes", "data")
        self.look()
        yield "The request begins with its type: 0100, of 1987 (0), about authorisation (1), a request (0)."
        self.fresh = False
        self.view = whole._replace(stage=2, changed="bitmap")
        yield f"The bitmap comes next, 64 bits; the set ones announce what follows: fields {listed}."
        self.view = whole._replace(changed="field:22")
        yield f"Field 22 tells how the card was read; {shown.SENT[self.entry]}."
        self.view = whole._replace(changed="field:4")
        yield f"Field 4 is the amount in cents, twelve digits. The whole message has {len(wire)} bytes."

    # Undoing.

    def undo(self, case: Case, wire: bytes = b"") -> Steps:
        """The acquirer sends a reversal, its own or the shop's, and again until it is answered."""
        for attempt in range(TRIES):
            case.reply = Event()
            if attempt or not wire:
                wire = self.made("0401" if attempt else "0400", reversal_fields(case, self.now), "field:90")
            again = "again, as a repeat" if attempt else "to undo whatever was done"
            words = f"The acquirer asks {again}: a reversal, with the first message named in field 90."
            if (yield from self.carry(wire, ACQUIRER, NETWORK, money(case.cents), words)):
                self.spawn(self.reverse_at_issuer(case, wire))
            self.spawn(self.ring(case.reply, cents(self.timeout) * 10_000), background=True)
            yield Until(case.reply)
            if case.acknowledged:
                return
        self.look()
        yield f"{TRIES} reversals went unanswered: the acquirer leaves it to the files of the night."

    def reverse_at_issuer(self, case: Case, wire: bytes) -> Steps:
        words = "The network hands the reversal on to the issuer."
        yield from self.carry(wire, NETWORK, ISSUER, money(case.cents), words)
        answer = yield from self.let_go(case)
        yield from self.carry(answer, ISSUER, NETWORK, code_of(answer), "The issuer answers the reversal.")
        yield from self.carry(answer, NETWORK, ACQUIRER, code_of(answer), "The acquirer knows that it is undone.")
        case.acknowledged = True
        self.happen(case.reply)

    def room_for_one(self) -> None:
        if len(self.cases) >= MOST:
            raise Refused("", f"There have been {MOST} purchases, as many as the table shows.")

    # What it shows.

    outcome_schema = about.OUTCOME

    def draw(self) -> tuple[Scene, ...]:
        return shown.scenes(self)

    def metrics(self) -> tuple[Metric, ...]:
        return shown.metrics(self)

    def outcome(self) -> dict[str, object]:
        return shown.outcome(self)

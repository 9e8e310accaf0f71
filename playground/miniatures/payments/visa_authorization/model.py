"""A card payment is authorised: four who send each other messages, and a hold in the issuer's books."""

from decimal import Decimal
from functools import partial

from playground.engine import Choice, Fixed, Miniature, Refused, Say, Steps, Whole, action, decide
from playground.engine.clock import Event, Until, Wait
from playground.engine.schema import TEXT, WHOLE, described, listed, record
from playground.machines import iso8583, luhn
from playground.machines.ledger import money
from playground.miniatures.payments.visa_authorization import words
from playground.miniatures.payments.visa_authorization.case import (
    ENTRIES,
    MODES,
    NUMBERS,
    PANS,
    Case,
    answer_fields,
    cents,
    code_of,
    request_fields,
    reversal_fields,
)
from playground.miniatures.payments.visa_authorization.issuer import BALANCE, BOOKED, FREE, HELD, LIMIT, OPEN, Issuer
from playground.miniatures.payments.visa_authorization.network import Network
from playground.miniatures.payments.visa_authorization.office import ACQUIRER, ISSUER, NETWORK, TERMINAL, Office
from playground.scenes.many import many

MOST = 4  # purchases: as many holds as the table shows
DROPS = 6  # messages that are lost
FINDS = 8  # times that a bit is looked for
TRIES = 3  # times that a reversal is sent
KEPT = 7 * 24 * 3600 * 1_000_000  # how long the issuer keeps a hold that nobody collects
FRONTS = {"talk": "who says what", "message": "the message and its bits", "books": "the issuer’s books"}

PURCHASE = record(
    cents=WHOLE,
    shop=described(TEXT, "what the terminal shows"),
    issuer=described(TEXT, "the issuer's own code, or empty"),
    held=described(WHOLE, "cents"),
    reversed=described({"type": "boolean"}, "whether the issuer has taken a reversal of it"),
)


class VisaAuthorization(Miniature):
    """The issuer says yes or no and holds the amount; no money moves.

    Terminal, acquirer, network and issuer hand real messages on. Whoever waits in vain gives up after a time,
    and asks for what may have been done to be undone.
    """

    title = "A card is authorised"
    question = "The shop says declined. Why is the payment pending?"
    knobs = ("card",)
    opening = "There is no card yet, and nothing in the issuer’s books."
    per_second = 150_000
    grows_with = "stand_in"

    amount = Fixed("62.40", least="0.01", most="5000.00", places=2, unit="EUR", help="Of the first purchase")
    limit = Fixed(
        "500.00", least="0.00", most="9000.00", places=2, label="Credit limit", unit="EUR", help="Set by the issuer"
    )
    balance = Fixed(
        "310.00", least="0.00", most="9000.00", places=2, unit="EUR", help="Already booked, from other days"
    )
    card = Choice("fine", {"fine": "fine", "expired": "expired", "blocked": "blocked"}, help="As the issuer knows it")
    number = Choice("visa", NUMBERS, label="Card number", help="Test numbers that no bank has given out")
    entry = Choice("chip", ENTRIES, label="The card is", help="How its data reach the terminal")
    latency = Fixed("0.4", least="0.0", most="10.0", places=1, label="The issuer takes", unit="s", help="To decide")
    timeout = Fixed(
        "4.0", least="1.0", most="8.0", places=1, label="The acquirer waits", unit="s", help="Then it gives up"
    )
    stand_in = Whole(0, most=500, unit="EUR", label="Network stands in up to", help="When the issuer is slow; 0: never")
    front = Choice("talk", FRONTS, label="The large picture", help="The others stand beside it")

    @property
    def pan(self) -> str:
        """The digits of the card number."""
        return PANS[self.number]

    @property
    def expiry(self) -> str:
        """Year and month."""
        return "2509" if self.card == "expired" else "2912"

    # The rules.

    def place_of(self, field: int) -> iso8583.Place:
        """The bit that announces a field."""
        return iso8583.place_of(field)

    def left(self) -> int:
        """Open-to-buy: what the limit leaves, less every hold."""
        return cents(self.limit) - cents(self.balance) - self.held()

    def held(self) -> int:
        return sum(case.held for case in self.cases)

    # What can happen.

    def set_up(self) -> None:
        self.cases: list[Case] = []
        self.office = Office(self)
        self.issuer = Issuer(self, self.office)
        self.network = Network(self, self.office, self.issuer)
        self.round_trip = self.finds = self.drops = 0
        self.found = 39

    def start(self) -> Steps:
        granted, booked = cents(self.limit), cents(self.balance)
        self.issuer.post("limit granted", LIMIT, OPEN, granted, f"limit {money(granted)}")
        said = f"may spend {money(granted)}"
        self.office.say(ISSUER, ISSUER, "limit", str(self.limit), "data", said)
        self.office.look(row=OPEN, part=FREE)
        yield f"The issuer issues a card with a limit of {self.limit}: all of it is open to buy."
        self.issuer.post("booked before", OPEN, BALANCE, booked, f"booked {money(booked)}")
        self.office.say(ISSUER, ISSUER, "booked", str(self.balance), "data", f"has booked {money(booked)}")
        self.office.look(row=BALANCE, part=BOOKED)
        yield f"{self.balance} have been booked on other days; {money(self.left())} are left to buy with."
        yield Wait(1_000_000)
        yield from self.buy(cents(self.amount), explained=True)

    @action(
        "Buy again",
        timed=True,
        on="lane:terminal",
        amount=Fixed("40.00", least="0.01", most="5000.00", places=2, unit="EUR"),
    )
    def authorise(self, amount: Decimal) -> Steps:
        self.room_for_one()
        yield from self.buy(cents(amount))

    @action(
        "Lose a message",
        timed=True,
        on="lane:network msg",
        what=Choice("answer", words.LOST),
        help="An answer after the network, a request before the issuer, a reversal before the network",
    )
    def drop(self, what: str) -> Steps:
        if what in self.office.losing:
            raise Refused("what", f"{words.LOST[what].capitalize()} is to be lost already.")
        self.drops += 1
        if self.drops > DROPS:
            raise Refused(
                "what", f"{DROPS} messages have been lost or are to be. Somebody has come and repaired the line."
            )
        self.office.losing.append(what)
        self.office.look()
        yield f"A line fails: it will lose {words.LOST[what]}."

    @action(
        "Add to hold",
        on="lane:terminal",
        amount=Fixed("25.00", least="0.01", most="5000.00", places=2, unit="EUR"),
        help="An incremental authorisation, as a hotel asks for",
    )
    def increment(self, amount: Decimal) -> Steps:
        self.room_for_one()
        first = next((case for case in reversed(self.cases) if case.held and case.shown == "approved"), None)
        if not first:
            raise Refused("", "There is no approved purchase with a hold to add to.")
        yield from self.buy(cents(amount), onto=first)

    @action("Cancel it", timed=True, on="lane:terminal", help="The shop reverses what was approved")
    def reverse(self) -> Steps:
        case = next((case for case in reversed(self.cases) if case.shown == "approved"), None)
        if not case:
            raise Refused("", "No purchase stands as approved in the shop, so there is nothing to cancel.")
        case.shown = "cancelled"
        wire = self.office.made("0400", reversal_fields(case, self.now), "field:90")
        told = "The shop cancels: its terminal says so."
        yield from self.office.carry(wire, TERMINAL, ACQUIRER, money(case.cents), told)
        yield from self.undo(case, wire)

    @action("Wait a week", on="lane:issuer", help="Nobody collects, and the holds expire")
    def expire(self) -> Steps:
        if not self.held():
            raise Refused("", "Nothing is held that could expire.")
        yield Wait(KEPT)
        count = sum(case.held > 0 for case in self.cases)
        for case in self.cases:
            self.issuer.release(case, "expired")
        said = "its hold has expired" if count == 1 else f"{count} holds expired"
        self.office.say(ISSUER, ISSUER, "expired", f"{count} gone", "done", said)
        self.office.look(row=OPEN, part=FREE)
        holds = "hold is" if count == 1 else f"{count} holds are"
        yield f"Seven days pass. The {holds} let go, and {money(self.left())} are open to buy; nobody was paid."

    @action(
        "Find a bit",
        timed=True,
        field=Whole(39, least=2, most=64, on="field set"),
        help="In the first bitmap; bit 1 tells of a second, for 65 to 128",
    )
    def find(self, field: int) -> Steps:
        self.finds += 1
        if self.finds > FINDS:
            raise Refused("field", f"{FINDS} fields have been found, and they all follow the same rule.")
        byte, bit = place = self.place_of(field)
        self.found = field
        self.office.point_to(f"bit:{field}")
        self.office.say(TERMINAL, TERMINAL, f"field {field}", str(place), "data", f"{field}: {place}")
        self.office.look()
        before = f"{many(byte - 1, 'byte')} of eight bits {'comes' if byte == 2 else 'come'}"
        told = f"Field {field} is announced by bit {bit} of byte {byte}: {before} before it."
        yield decide(told, f"bit of field {field}", str(place))

    # A purchase, seen from the shop's side.

    def buy(self, amount: int, onto: Case | None = None, *, explained: bool = False) -> Steps:
        number = len(self.cases) + 1
        fields = request_fields(number, amount, self.pan, self.expiry, self.entry, self.now)
        if onto:
            fields[37] = onto.request[37]
        case = Case(number, amount, fields, onto.account if onto else f"hold {number}", self.now)
        self.cases.append(case)
        matter = case.trace, "request"
        self.office.desks.take(TERMINAL, matter)
        said = f"adds {money(amount)}" if onto else words.READS[self.entry].format(money(amount))
        self.office.say(TERMINAL, TERMINAL, money(amount), self.entry, "data", said)
        self.office.look()
        good = luhn.valid(self.pan)
        if onto:
            yield f"{money(amount)} more are to be held with {onto.trace}; the card is not read again."
        else:
            total = luhn.total(self.pan)
            yield f"{words.READ[self.entry]} {luhn.masked(self.pan)}; its digits add up to {total} (Luhn)."
        if not good:
            case.shown = "not sent"
            self.office.desks.leave(TERMINAL, matter)
            self.office.say(TERMINAL, TERMINAL, "not sent", "wrong digit", "fail", "wrong digit: not sent")
            yield "The sum does not end in 0, so a digit is wrong: the terminal asks nobody."
            return
        wire = self.office.made("0100", fields, "field:4")
        if explained:
            yield from self.explain(wire)
        told = f"The terminal asks the acquirer for {money(amount)}."
        yield from self.office.carry(wire, TERMINAL, ACQUIRER, money(amount), told)
        self.spawn(self.network.relay(case, wire, explained=explained))
        self.spawn(self.ring(case.heard, cents(self.timeout) * 10_000), background=True)
        yield Until(case.heard)
        if not case.answer:
            case.gave_up = True
            self.office.desks.take(ACQUIRER, matter)
            said = f"gives up after {self.timeout} s"
            self.office.say(ACQUIRER, ACQUIRER, "gives up", f"{self.timeout} s", "fail", said)
            self.office.look()
            told = f"The acquirer has waited {self.timeout} seconds. It cannot know whether the issuer has said yes."
            yield Say(told, stop=True)
            case.answer = self.office.made("0110", answer_fields(fields, "91"), "field:39")
            self.spawn(self.undo(case))
        _, answered = iso8583.unpack(case.answer)
        code = str(answered[39])
        shown = "approved" if code == "00" else "declined"
        shows = f"The shop shows {shown}: code {code}, {iso8583.CODES[code]}."
        says = decide(shows, f"purchase {number} in the shop", shown)
        # The shop can cancel what it has heard of, which is nothing while the answer is on its way.
        yield from self.office.carry(case.answer, ACQUIRER, TERMINAL, shown, says, partial(case.show, shown))
        self.round_trip = self.now - case.sent
        if explained and code == "00":
            self.office.look(row=case.account, part=HELD)
            yield "Until the shop collects, or the hold expires, the cardholder sees the purchase as pending."

    def explain(self, wire: bytes) -> Steps:
        """How the request is made, piece by piece."""
        whole = self.office.view
        listed = ", ".join(map(str, iso8583.announced(wire[4:12])))
        self.office.view = whole._replace(stage=1, changed="type")
        self.office.say(TERMINAL, TERMINAL, "packs", f"{len(wire)} bytes", "data", "packs: type 0100")
        self.office.look()
        yield "The request begins with its type: 0100, of 1987 (0), about authorisation (1), a request (0)."
        self.office.view = whole._replace(stage=2, changed="bitmap")
        self.office.rather(f"packs: {many(len(iso8583.announced(wire[4:12])), 'field')}")
        yield f"The bitmap comes next, 64 bits; the set ones announce what follows: fields {listed}."
        self.office.view = whole._replace(changed="field:22")
        self.office.rather(f"packs field 22: {MODES[self.entry]}")
        yield f"Field 22 tells how the card was read; {words.SENT[self.entry]}."
        self.office.view = whole._replace(changed="field:4")
        self.office.rather(f"packs {len(wire)} bytes")
        yield f"Field 4 is the amount in cents, twelve digits. The whole message has {len(wire)} bytes."

    # Undoing.

    def undo(self, case: Case, wire: bytes = b"") -> Steps:
        """The acquirer sends a reversal, its own or the shop's, and again until it is answered."""
        for attempt in range(TRIES):
            case.reply = Event()
            if attempt or not wire:
                wire = self.office.made("0401" if attempt else "0400", reversal_fields(case, self.now), "field:90")
            again = "again, as a repeat" if attempt else "to undo whatever was done"
            told = f"The acquirer asks {again}: a reversal, with the first message named in field 90."
            if (yield from self.office.carry(wire, ACQUIRER, NETWORK, money(case.cents), told)):
                self.spawn(self.reverse_at_issuer(case, wire))
            self.spawn(self.ring(case.reply, cents(self.timeout) * 10_000), background=True)
            yield Until(case.reply)
            if case.acknowledged:
                return
        self.office.desks.leave(ACQUIRER, (case.trace, "reversal"))
        self.office.look()
        told = f"{TRIES} reversals went unanswered: the acquirer leaves it to the files of the night."
        yield decide(told, f"open to buy after the reversal of {case.number}", money(self.left()))

    def reverse_at_issuer(self, case: Case, wire: bytes) -> Steps:
        told = "The network hands the reversal on to the issuer."
        yield from self.office.carry(wire, NETWORK, ISSUER, money(case.cents), told)
        answer = yield from self.issuer.let_go(case)
        yield from self.office.carry(answer, ISSUER, NETWORK, code_of(answer), "The issuer answers the reversal.")
        told = "The acquirer knows that it is undone."
        yield from self.office.carry(answer, NETWORK, ACQUIRER, code_of(answer), told)
        case.acknowledged = True
        self.happen(case.reply)

    def ring(self, event: Event, microseconds: int) -> Steps:
        """An alarm clock."""
        yield Wait(microseconds)
        self.happen(event)

    def room_for_one(self) -> None:
        if len(self.cases) >= MOST:
            raise Refused("", f"There have been {MOST} purchases, as many as the table shows.")

    def exposure(self) -> int:
        """Cents that the network has approved and the issuer would not have."""
        return sum(
            case.cents for case in self.cases if case.stood_in and case.code != "00" and (case.held or not case.code)
        )

    # What it answers.

    outcome_schema = record(
        shop=described(TEXT, "what the terminal shows of the last purchase: approved, declined, cancelled, not sent"),
        issuer=described(TEXT, "the issuer's own code for it; empty: it was not asked"),
        purchases=listed(PURCHASE),
        balance=described(TEXT, "booked"),
        held=TEXT,
        open_to_buy=TEXT,
        entries=described(WHOLE, "of the issuer's journal"),
        sum=described(WHOLE, "of all accounts, in cents"),
        round_trip=described(WHOLE, "milliseconds until the terminal had its last answer"),
        exposure=described(TEXT, "approved by the network, and not by the issuer"),
        requests=WHOLE,
        reversals=described(WHOLE, "0400"),
        repeats=described(WHOLE, "0401"),
        advices=described(WHOLE, "0120"),
        fields=described(listed(WHOLE), "announced by the first bitmap of the last message"),
        place=described(TEXT, "the bit that announces the field that was looked for last; response code if none was"),
        message=described(TEXT, "the last message that was made, in hex"),
    )

    def outcome(self) -> dict[str, object]:
        """What the shop and the issuer say, what is in the books, and which messages went."""
        wires, books = self.office.wires, self.issuer.books
        kinds = [wire[:4].decode() for wire in wires]
        last = self.cases[-1] if self.cases else None
        return {
            "shop": last.shown if last else "",
            "issuer": last.code if last else "",
            "purchases": [purchase_told(case) for case in self.cases],
            "balance": money(books.balance(BALANCE)),
            "held": money(self.held()),
            "open_to_buy": money(self.left()),
            "entries": len(books.journal),
            "sum": books.total(),
            "round_trip": self.round_trip // 1000,
            "exposure": money(self.exposure()),
            "requests": kinds.count("0100"),
            "reversals": kinds.count("0400"),
            "repeats": kinds.count("0401"),
            "advices": kinds.count("0120"),
            "fields": list(iso8583.announced(wires[-1][4:12])) if wires else [],
            "place": str(self.place_of(self.found)),
            "message": wires[-1].hex() if wires else "",
        }


def purchase_told(case: Case) -> dict[str, object]:
    """One purchase of the outcome."""
    return {"cents": case.cents, "shop": case.shown, "issuer": case.code, "held": case.held, "reversed": case.undone}

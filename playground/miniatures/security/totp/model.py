"""Time-based one-time codes: enrolment, six digits from a secret and a clock, and who tries to get in."""

from dataclasses import replace
from functools import cached_property

from playground.engine import Choice, Key, Miniature, Refused, Rng, Say, Steps, Text, Whole, action, decide
from playground.engine.clock import Wait
from playground.engine.schema import TEXT, WHOLE, described, maybe, record
from playground.machines import hotp
from playground.miniatures.security.totp import views
from playground.miniatures.security.totp import words as spoken
from playground.miniatures.security.totp.server import Server
from playground.miniatures.security.totp.words import ATTACKER, HASH_NAMES, PHONE, SERVER
from playground.scenes.bytes import Verdict
from playground.scenes.many import many
from playground.scenes.sequence import Message

SECOND = 1_000_000
MOST_BYTES = 64  # of the secret
SHOWN = 3  # guesses that are sent one by one


class Totp(Miniature):
    """Phone and server share a secret and the time; both make the same six digits from them.

    Nothing is sent between them but the digits. The server allows for clocks that differ, takes a code
    only once, and stops counting guesses when there have been too many.
    """

    title = "Six digits and a clock"
    question = "Your phone is offline. How does it know the code?"
    knobs = ("window", "drift")
    opening = "The phone and the server have not met yet: they share nothing."
    grows_with = "window"

    secret = Key(
        "3132333435363738393031323334353637383930",
        least=10,
        most=MOST_BYTES,
        help="As apps show it (JBSW Y3DP EHPK 3PXP) or in hexadecimal, also if it fits both; better 16 bytes, or 20",
    )
    algorithm = Choice("sha1", HASH_NAMES, label="Hash", help="The hash inside HMAC; most apps know only SHA-1")
    digits = Choice("6", {"6": "six", "8": "eight"}, help="How much of the number is kept")
    period = Choice("30", {"30": "30 s", "60": "60 s"}, label="Time step", help="How long a code lives")
    time = Whole(
        1234567902, least=1000, most=20_000_000_000, label="Server’s clock", unit="s", help="Seconds since 1970"
    )
    drift = Whole(-20, least=-120, most=120, label="Phone is fast by", unit="s", help="Below zero: the phone is slow")
    window = Whole(1, least=0, most=2, label="Window", unit="steps", help="Steps accepted beside its own")
    looks = Choice(
        "both", {"both": "both sides", "back": "back only"}, label="Window looks", help="Where the steps lie"
    )
    lockout = Whole(10, least=0, most=20, label="Lock after", help="Wrong codes in a row; 0 means never")
    rate = Whole(10, least=1, most=1000, label="Guesses a second", help="How fast the attacker is")

    # The rule: from a counter to a code.

    def mac_of(self, counter: int) -> bytes:
        """The keyed hash of the counter."""
        return hotp.hmac(self.secret, hotp.message_of(counter), self.algorithm)

    def offset_of(self, mac: bytes) -> int:
        """Where the four bytes begin: the low half of the last byte says it."""
        return hotp.offset_of(mac)

    def number_of(self, four: bytes) -> int:
        """The four bytes as a number, its top bit cleared."""
        return hotp.number_of(four)

    def digits_of(self, number: int) -> str:
        """The end of the number, with zeros in front."""
        return hotp.digits_of(number, self.length)

    def code_for(self, counter: int) -> str:
        mac = self.mac_of(counter)
        return self.digits_of(self.number_of(hotp.four_at(mac, self.offset_of(mac))))

    def offsets(self) -> tuple[int, ...]:
        """The steps that the server allows, its own first."""
        return self.beside(self.window)

    def beside(self, most: int) -> tuple[int, ...]:
        """The server's own step, and so many on the sides that its window looks to."""
        signs = (-1,) if self.looks == "back" else (-1, 1)
        return (0, *(sign * far for far in range(1, most + 1) for sign in signs))

    def takes(self, far: int) -> bool:
        """Whether the server accepts codes of a step so far from its own."""
        return far in self.offsets()

    def would_be(self, far: int) -> str:
        """What would become of a code of a step so far from the server's own, in words."""
        return spoken.would_be(self.server, self.server_step() + far, fits=self.takes(far))

    def fitting(self, sender: str, code: str) -> list[int]:
        """How far the allowed steps are whose code this is. Nobody asks who sends it: it is digits and no more."""
        own = self.server_step()
        return [far for far in self.offsets() if hotp.same(self.code_for(own + far), code)]

    def account(self) -> Server:
        """What the server keeps of ada, and how it counts."""
        return Server(self.lockout)

    # Clocks.

    def server_time(self) -> int:
        return self.time + self.now // SECOND

    def server_step(self) -> int:
        return hotp.counter_at(self.server_time(), int(self.period))

    def phone_step(self) -> int:
        return hotp.counter_at(self.server_time() + self.drift, int(self.period))

    def left(self) -> int:
        """Seconds until the phone shows another code."""
        return int(self.period) - (self.server_time() + self.drift) % int(self.period)

    # Small parts.

    @property
    def length(self) -> int:
        return int(self.digits)

    @cached_property
    def uri(self) -> str:
        return hotp.address(self.secret, "Orrery", "ada", self.algorithm, self.length, int(self.period))

    # What can happen.

    def set_up(self) -> None:
        self.server = self.account()
        self.matched: int | None = None
        self.watched: int | None = None  # seconds
        self.log_ins = self.attempted = self.checked = 0
        self.inside = False
        self.guesses = Rng(2024)  # any seed: none of the first guesses is right
        self.sent = ""
        self.messages: list[Message] = []
        self.arrived: list[tuple[str, int, str]] = []  # code, second, verdict
        self.view = views.NO_SECRET
        self.shown, self.shown_step = "", 0
        self.fresh = self.hashed = self.met = False

    def start(self) -> Steps:
        self.view, remark = views.enrolled(self.secret, "data"), spoken.key_told(self.secret, self.algorithm)
        remark += spoken.BOTH_WAYS * hotp.also_base32(self.secret, MOST_BYTES)
        yield f"The server draws a secret for ada: {len(self.secret)} bytes, {8 * len(self.secret)} bits.{remark}"
        self.view = views.enrolled(self.secret, "base32")
        yield spoken.base32_told(self.secret)
        self.view = views.enrolled(self.secret, "code", self.uri)
        self.say(SERVER, PHONE, "secret, as QR", "once, at enrolment", "data")
        yield "The page shows it as a QR code: an address that holds the secret and how codes are made from it."
        self.view = replace(self.view, changed="")
        yield "ada’s phone reads it and keeps the secret. From now on the two need no connection."
        self.fresh, self.met = False, True
        yield f"Later ada logs in. {self.clocks()}"
        yield from self.hash_step()
        yield from self.truncate()
        yield from self.submit(PHONE, self.code_for(self.phone_step()))

    @action("Log in with the phone’s code", on="lane:phone")
    def log_in(self) -> Steps:
        counter, code = self.phone_step(), self.code_for(self.phone_step())
        self.look(PHONE, counter, "code")
        self.say(PHONE, PHONE, f"step {counter}", f"shows {code}", "data")
        yield f"The phone shows {code}, its code for step {counter}, for {many(self.left(), 'more second')}."
        yield from self.submit(PHONE, code)

    @action("Wait", on="value:clock", seconds=Whole(30, least=1, most=3600, unit="s"))
    def wait(self, seconds: int) -> Steps:
        yield Wait(seconds * SECOND)
        self.fresh, self.hashed = False, False
        self.view = replace(self.view, changed="")
        yield f"{many(seconds, 'second')} {'passes' if seconds == 1 else 'pass'}. {self.clocks()}"

    @action("Watch one whole step", on="value:clock", help="When would the phone’s code be accepted? Nothing is sent")
    def watch(self) -> Steps:
        period = int(self.period)
        yield Wait((period - self.server_time() % period) * SECOND)
        self.fresh, self.hashed, self.watched = False, False, 0
        before = None
        for second in range(period):
            far = self.phone_step() - self.server_step()
            if far != before:
                self.look(PHONE, self.phone_step(), "verdict", views.watched(far, self.would_be(far)))
                yield spoken.watched_told(second, far, self.would_be(far))
            self.watched, before = self.watched + self.takes(far), far
            yield Wait(SECOND)
        self.view = replace(self.view, changed="")
        words = f"The server’s step is over: for {self.watched} of its {period} seconds the phone’s code was right."
        yield decide(words, "seconds of one step", str(self.watched))

    @action("Hash the phone’s time step", on="lane:phone", help="The first half of making a code")
    def hash_step(self) -> Steps:
        counter = self.phone_step()
        message = hotp.message_of(counter)
        clock = self.server_time() + self.drift
        self.view = views.stepped(clock, int(self.period), counter)
        self.say(PHONE, PHONE, f"step {counter}", "makes a code", "data")
        yield f"The phone’s clock says {clock} seconds since 1970. Divided by {self.period} it is step {counter}."
        self.fresh = False
        self.view = replace(self.view, changed="data")
        yield f"The step is written as 8 bytes, the highest first: {message.hex(' ')}."
        key = hotp.padded(self.secret, self.algorithm)
        inner = hotp.digest(self.algorithm, hotp.masked(key, hotp.INNER) + message)
        self.view = views.inner_hash(inner)
        name = HASH_NAMES[self.algorithm]
        yield f"{name} of the secret, each byte xor 0x36, and of the step gives the inner hash."
        self.look(PHONE, counter, "mac")
        self.hashed = True
        yield f"{name} of the secret, each byte xor 0x5c, and of the inner hash gives the HMAC, {len(inner)} bytes."

    @action("Truncate the hash", on="lane:phone", help="The second half: from the hash to the code")
    def truncate(self) -> Steps:
        if not self.hashed:
            raise Refused("", "There is no fresh hash to cut from. Hash the phone’s time step first.")
        self.hashed, counter = False, self.phone_step()
        mac = self.mac_of(counter)
        offset = self.offset_of(mac)
        four = hotp.four_at(mac, offset)
        number = self.number_of(four)
        code = self.digits_of(number)
        self.look(PHONE, counter, "nibble")
        low = mac[-1] & 15
        yield f"The last byte is {mac[-1]:02x}. Its low half, {low:x}, names a byte of the hash: byte {low}."
        self.look(PHONE, counter, "picked")
        words = f"The phone takes the four bytes from byte {offset} on: {four.hex(' ')}."
        yield decide(words, f"first byte for step {counter}", str(offset))
        self.look(PHONE, counter, "mask")
        yield f"The top bit, {four[0] >> 7}, is left out, so that no language reads a negative number."
        self.look(PHONE, counter, "number")
        yield f"The other 31 bits are the number {number}."
        self.look(PHONE, counter, "code")
        words = (
            f"The phone keeps the last {self.length} digits and shows {code}, for {many(self.left(), 'more second')}."
        )
        yield decide(words, f"code for step {counter}", code)

    @action("Replay the last code", on="lane:attacker", help="The attacker has read it on its way")
    def replay(self) -> Steps:
        yield f"The attacker has seen {self.sent} and sends it again."
        yield from self.submit(ATTACKER, self.sent)

    @action("Relay a phished code", on="lane:attacker", help="ada types it into the attacker’s page")
    def phish(self) -> Steps:
        code = self.code_for(self.phone_step())
        self.look(PHONE, self.phone_step(), "code")
        self.say(PHONE, ATTACKER, f"code {code}", "into a false page", "other")
        yield f"ada types {code} into a page that looks like the server’s and is the attacker’s."
        yield from self.submit(ATTACKER, code)

    @action("Enter a code", on="lane:server", code=Text("123 456", least=1, most=12))
    def enter(self, code: str) -> Steps:
        yield f"ada types {code} and does not look at her phone."
        yield from self.submit(PHONE, code)

    @action("Guess codes", on="lane:attacker", count=Whole(100, least=1, most=1_000_000, label="How many"))
    def guess(self, count: int) -> Steps:
        for number in range(min(count, SHOWN)):
            code = hotp.digits_of(self.guesses.below(10**self.length), self.length)
            yield Wait(SECOND // self.rate)
            self.attempted += 1
            self.say(ATTACKER, SERVER, f"guess {code}", "", "other")
            self.checked += code != self.sent and not self.server.locked  # what was seen on its way is no guess
            verdict = self.judge(ATTACKER, code)
            judged = Verdict(f"guess {code} {spoken.SHORT[verdict]}", verdict == "accepted")
            self.look(SERVER, self.server_step(), "verdict", judged)
            yield f"Guess {number + 1} is {code}: {spoken.judged(self.server)}"
        rest = max(count - SHOWN, 0)
        if rest:
            yield Wait(rest * SECOND // self.rate)
            self.attempted += rest
            compared = self.server.lets_through(rest)
            self.checked += compared
            self.server.count_wrong(compared, self.server_time() - (rest - compared) // self.rate)
            self.view = replace(self.view, changed="")
            self.say(ATTACKER, SERVER, many(rest, "guess", "guesses"), f"{self.checked:,} compared", "other")
            as_wrong = ", counted here as if all were wrong" * (compared > 0)
            yield f"The attacker sends the other {rest:,}{as_wrong}. {spoken.lock_told(self.server)}"
        self.fresh = False
        chance = spoken.percent(self.odds())
        self.view = replace(self.view, changed="")
        right = "one was right after all" if self.checked > SHOWN else "one is right"
        words = f"Of {self.attempted:,} guesses {self.checked:,} were compared: a chance of {chance} that {right}."
        yield decide(words, f"the first {self.attempted} guesses", str(self.checked))

    @action("Unlock the account", on="lane:server", help="ada proves who she is in another way")
    def unlock(self) -> Steps:
        if not self.server.locked:
            raise Refused("", "The account is not locked.")
        self.server.unlock(self.server_time())
        self.view = replace(self.view, changed="")
        self.say(SERVER, SERVER, "unlocked", "by hand", "done")
        yield "ada proves who she is in another way, and somebody unlocks her account."

    def submit(self, sender: str, code: str) -> Steps:
        """A code arrives at the server: read, compared with each step of the window, then judged."""
        self.sent, read = code, hotp.typed(code)
        if read == self.code_for(self.phone_step()):
            self.shown, self.shown_step = read, self.phone_step()
        self.say(sender, SERVER, f"code {read or code}", "", "data" if sender == PHONE else "other")
        own = self.server_step()
        self.view = replace(self.view, changed="", verdict=None)
        accepts = spoken.codes_counted(len(self.offsets()))
        yield f"The server gets {code}. Its own clock is in step {own}, and it accepts {accepts}."
        self.fresh = False
        if not self.server.locked:
            yield from self.compare(code, read)
        result = self.judge(sender, read or code)
        if self.matched is not None:
            self.look(SERVER, own + self.matched, "verdict")
        words = spoken.shortly(result, hotp.is_code(read, self.length))
        short = Verdict(f"{read or code} {words}", result == "accepted")
        self.view = replace(self.view, verdict=short, changed="verdict")
        self.log_ins += result == "accepted" and sender == PHONE
        self.say(SERVER, sender, result, "", "done" if result == "accepted" else "fail")
        tries = sum(message.label in ("accepted", "refused", "used", "locked") for message in self.messages)
        surprise = sender == ATTACKER or result != "accepted"
        yield decide(spoken.judged(self.server), f"try {tries}", result, stop=surprise)

    def compare(self, code: str, read: str) -> Steps:
        """What was typed is read, and compared with the codes of the window."""
        if read != code:
            yield spoken.read_told(code, read)
        why, own = spoken.no_code(read, self.length), self.server_step()
        if why:
            yield why
            return
        for far in self.offsets():
            expected = self.code_for(own + far)
            equal = hotp.same(expected, read)
            self.look(SERVER, own + far, "verdict", views.compared(expected, read, equal))
            step, same = spoken.spelled(own, far), spoken.told_equal(equal)
            told = f"For step {step} it makes {expected} and compares every digit: {same}."
            yield Say(told, stop=equal and far != 0 and not self.arrived)

    def judge(self, sender: str, code: str) -> str:
        """The verdict of the server, which knows the steps that its clock allows."""
        own, fitting = self.server_step(), self.fitting(sender, code)
        self.server.judge([own + far for far in fitting], self.server_time())
        verdict = self.server.verdict
        self.matched = self.server.last_used - own if verdict == "accepted" else None
        self.inside |= verdict == "accepted" and sender == ATTACKER
        self.arrived.append((code, self.server_time(), verdict))
        return verdict

    def clocks(self) -> str:
        server, phone = self.server_step(), self.phone_step()
        if server == phone:
            return f"Both clocks are in step {server}."
        return f"The server’s clock is in step {server}, the phone’s in step {phone}."

    def odds(self) -> int:
        """The chance that one of the compared guesses was right, in parts of a thousand million."""
        return hotp.odds(len(self.offsets()), 10**self.length, self.checked)

    # What is seen.

    def say(self, sender: str, receiver: str, label: str, note: str, state: str) -> None:
        number, time = len(self.messages) + 1, f"+{self.now // SECOND} s"
        self.messages.append(Message(number, time, sender, receiver, label, note, state))
        self.fresh = True

    def look(self, who: str, counter: int, stage: str, verdict: Verdict | None = None) -> None:
        """Show how a code is made, up to a stage."""
        mac = self.mac_of(counter)
        offset = self.offset_of(mac)
        number = self.number_of(hotp.four_at(mac, offset))
        made = views.Made(counter, mac, offset, number, self.digits_of(number))
        self.view = views.making(who.capitalize(), made, stage, verdict)

    # What it answers.

    outcome_schema = record(
        uri=described(TEXT, "what the QR code says"),
        code=described(TEXT, "what the phone shows"),
        counter=described(WHOLE, "the phone's time step"),
        server_counter=described(WHOLE, "the server's time step"),
        offset=described(WHOLE, "first of the four bytes, counted from 0"),
        truncated=described(WHOLE, "the four bytes without their top bit"),
        left=described(WHOLE, "seconds until the phone shows another code"),
        verdict=described(TEXT, "of the last code sent: accepted, refused, used or locked; empty: none"),
        matched=described(maybe(WHOLE), "steps from the server's own to the one that fitted"),
        watched=described(maybe(WHOLE), "seconds of the watched step in which the phone's code was right"),
        valid=described(WHOLE, "codes accepted at once"),
        apart=described(WHOLE, "most steps that the two clocks can be apart"),
        window=WHOLE,
        wrong=described(WHOLE, "wrong codes in a row"),
        locked=described({"type": "boolean"}, "whether the account is locked"),
        attempted=described(WHOLE, "guesses sent"),
        checked=described(WHOLE, "guesses compared"),
        odds_ppb=described(WHOLE, "chance that one of the compared guesses is right, in parts of a thousand million"),
        log_ins=described(WHOLE, "ada's log-ins that were accepted"),
        inside=described({"type": "boolean"}, "whether the attacker has been let in"),
    )

    def outcome(self) -> dict[str, object]:
        """The code of now, the last verdict, and what the guesses were worth."""
        mac = self.mac_of(self.phone_step())
        offset = self.offset_of(mac)
        return {
            "uri": self.uri,
            "code": self.code_for(self.phone_step()),
            "counter": self.phone_step(),
            "server_counter": self.server_step(),
            "offset": offset,
            "truncated": self.number_of(hotp.four_at(mac, offset)),
            "left": self.left(),
            "verdict": self.server.verdict,
            "matched": self.matched,
            "watched": self.watched,
            "valid": len(self.offsets()),
            "apart": -(-abs(self.drift) // int(self.period)),
            "window": self.window,
            "wrong": self.server.wrong,
            "locked": self.server.locked,
            "attempted": self.attempted,
            "checked": self.checked,
            "odds_ppb": self.odds(),
            "log_ins": self.log_ins,
            "inside": self.inside,
        }

"""Time-based one-time codes: enrolment, six digits from a secret and a clock, and who tries to get in."""

from dataclasses import replace

from playground.engine import Metric, Refused, Rng, Steps, Text, Whole, action, decide
from playground.engine.clock import Wait
from playground.machines import hotp
from playground.miniatures.security.totp import about
from playground.miniatures.security.totp import shown as seen
from playground.miniatures.security.totp.codes import HASH_NAMES, SECOND
from playground.miniatures.security.totp.server import ATTACKER, PHONE, SERVER, Server
from playground.scenes.bytes import Verdict
from playground.scenes.scene import Scene
from playground.scenes.sequence import Message

SHOWN = 3  # guesses that are sent one by one


class Totp(Server):
    """Phone and server share a secret and the time; both make the same six digits from them.

    Nothing is sent between them but the digits. The server allows for clocks that differ, takes a code
    only once, and stops counting guesses when there have been too many.
    """

    title = "Six digits and a clock"
    question = "Your phone is offline. How does it know the code?"
    opening = "The phone and the server have not met yet: they share nothing."
    grows_with = "window"

    # What can happen.

    def start(self) -> Steps:
        self.open_account()
        self.messages: list[Message] = []
        self.fresh = False
        self.attempted = self.log_ins = 0
        self.hashed, self.met = False, False
        self.shown, self.shown_step = "", 0
        self.arrived: list[tuple[str, int, bool]] = []
        self.guesses = Rng(2024)  # any seed: none of the first guesses is right
        self.view = seen.enrolled(self.secret, "data")
        yield f"The server draws a secret for ada: {len(self.secret)} bytes, {8 * len(self.secret)} bits."
        self.view = seen.enrolled(self.secret, "base32")
        yield f"Written in base 32 it is {hotp.base32(self.secret)}, which a person could type."
        self.view = seen.enrolled(self.secret, "code", self.uri)
        self.say(SERVER, PHONE, "secret, as QR", "once, at enrolment", "data")
        yield "The page shows it as a QR code: an address that holds the secret and how codes are made from it."
        self.view = replace(self.view, changed="")
        yield "ada’s phone reads it and keeps the secret. From now on the two need no connection."
        self.fresh, self.met = False, True
        yield f"Later ada logs in. {self.clocks()}"
        yield from self.hash_step()
        yield from self.truncate()
        yield from self.submit(PHONE, self.code_for(self.phone_step()))

    @action("Log in with the phone’s code")
    def log_in(self) -> Steps:
        counter, code = self.phone_step(), self.code_for(self.phone_step())
        self.look(PHONE, counter, "code")
        self.say(PHONE, PHONE, f"step {counter}", f"shows {code}", "data")
        yield f"The phone shows {code}, its code for step {counter}, for {self.left()} more seconds."
        yield from self.submit(PHONE, code)

    @action("Wait", seconds=Whole(30, least=1, most=3600, unit="s"))
    def wait(self, seconds: int) -> Steps:
        yield Wait(seconds * SECOND)
        self.fresh, self.hashed = False, False
        self.view = replace(self.view, changed="")
        yield f"{seconds} seconds pass. {self.clocks()}"

    @action("Hash the phone’s time step", help="The first half of making a code")
    def hash_step(self) -> Steps:
        counter = self.phone_step()
        message = hotp.message_of(counter)
        clock = self.server_time() + self.drift
        self.view = seen.stepped(clock, int(self.period), counter)
        self.say(PHONE, PHONE, f"step {counter}", "makes a code", "data")
        yield f"The phone’s clock says {clock} seconds since 1970. Divided by {self.period} it is step {counter}."
        self.fresh = False
        self.view = replace(self.view, changed="data")
        yield f"The step is written as 8 bytes, the highest first: {message.hex(' ')}."
        key = hotp.padded(self.secret, self.algorithm)
        inner = hotp.digest(self.algorithm, hotp.masked(key, hotp.INNER) + message)
        self.view = seen.inner_hash(inner)
        name = HASH_NAMES[self.algorithm]
        yield f"{name} of the secret, each byte xor 0x36, and of the step gives the inner hash."
        self.look(PHONE, counter, "mac")
        self.hashed = True
        yield f"{name} of the secret, each byte xor 0x5c, and of the inner hash gives the HMAC, {len(inner)} bytes."

    @action("Truncate the hash", help="The second half: from the hash to the code")
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
        words = f"The phone keeps the last {self.length} digits and shows {code}, for {self.left()} more seconds."
        yield decide(words, f"code for step {counter}", code)

    @action("Replay the last code", help="The attacker has read it on its way")
    def replay(self) -> Steps:
        yield f"The attacker has seen {self.sent} and sends it again."
        yield from self.submit(ATTACKER, self.sent)

    @action("Relay a phished code", help="ada types it into the attacker’s page")
    def phish(self) -> Steps:
        code = self.code_for(self.phone_step())
        self.look(PHONE, self.phone_step(), "code")
        self.say(PHONE, ATTACKER, f"code {code}", "into a false page", "other")
        yield f"ada types {code} into a page that looks like the server’s and is the attacker’s."
        yield from self.submit(ATTACKER, code)

    @action("Enter a code", code=Text("123456", least=1, most=8))
    def enter(self, code: str) -> Steps:
        yield f"ada types {code} and does not look at her phone."
        yield from self.submit(PHONE, code)

    @action("Guess codes", count=Whole(100, least=1, most=1_000_000, label="How many"))
    def guess(self, count: int) -> Steps:
        for number in range(min(count, SHOWN)):
            code = hotp.digits_of(self.guesses.below(10**self.length), self.length)
            yield Wait(SECOND // self.rate)
            self.attempted += 1
            self.say(ATTACKER, SERVER, f"guess {code}", "", "other")
            self.judge(ATTACKER, code)
            self.arrive(code)
            words = Verdict(f"guess {code} {seen.SHORT[self.verdict]}", self.verdict == "accepted")
            self.look(SERVER, self.server_step(), "verdict", words)
            yield f"Guess {number + 1} is {code}: {self.judged()}"
        rest = max(count - SHOWN, 0)
        if rest:
            yield Wait(rest * SECOND // self.rate)
            self.attempted += rest
            self.check_unseen(rest)
            self.view = replace(self.view, changed="")
            self.say(ATTACKER, SERVER, f"{rest:,} guesses", f"{self.checked:,} compared", "other")
            yield f"The attacker sends the other {rest:,}. {self.lock_told()}"
        self.fresh = False
        chance = seen.percent(self.odds())
        self.view = replace(self.view, changed="")
        yield f"Of {self.attempted:,} guesses {self.checked:,} were compared: a chance of {chance} that one is right."

    @action("Unlock the account", help="ada proves who she is in another way")
    def unlock(self) -> Steps:
        if not self.locked:
            raise Refused("", "The account is not locked.")
        self.locked, self.wrong = False, 0
        self.locks[-1] = (self.locks[-1][0], self.server_time())
        self.view = replace(self.view, changed="")
        self.say(SERVER, SERVER, "unlocked", "by hand", "done")
        yield "ada proves who she is in another way, and somebody unlocks her account."

    def submit(self, sender: str, code: str) -> Steps:
        """A code arrives at the server: compared with each step of the window, then judged."""
        self.sent = code
        if code == self.code_for(self.phone_step()):
            self.shown, self.shown_step = code, self.phone_step()
        self.say(sender, SERVER, f"code {code}", "", "data" if sender == PHONE else "other")
        own = self.server_step()
        self.view = replace(self.view, changed="", verdict=None)
        yield f"The server gets {code}. Its own clock is in step {own}, and it accepts {self.count_valid()}."
        self.fresh = False
        if not self.locked:
            for far in self.offsets():
                expected = self.code_for(own + far)
                equal = hotp.same(expected, code)
                self.look(SERVER, own + far, "verdict", seen.compared(expected, code, equal))
                step, same = seen.spelled(own, far), seen.told_equal(equal)
                yield f"For step {step} it makes {expected} and compares every digit: {same}."
        self.judge(sender, code)
        self.arrive(code)
        result = self.verdict
        if self.matched is not None:
            self.look(SERVER, own + self.matched, "verdict")
        short = Verdict(f"{code} {seen.SHORT[self.verdict]}", result == "accepted")
        self.view = replace(self.view, verdict=short, changed="verdict")
        self.log_ins += result == "accepted" and sender == PHONE
        self.say(SERVER, sender, result, "", "done" if result == "accepted" else "fail")
        tries = sum(message.label in ("accepted", "refused", "used", "locked") for message in self.messages)
        yield decide(self.judged(), f"try {tries}", result)

    def arrive(self, code: str) -> None:
        """Note for the picture that a code came, and what came of it."""
        came = (f"{code} {seen.MARKED[self.verdict]}", self.server_time(), self.verdict == "accepted")
        self.arrived = [*self.arrived[-seen.MOMENTS :], came]

    def clocks(self) -> str:
        server, phone = self.server_step(), self.phone_step()
        if server == phone:
            return f"Both clocks are in step {server}."
        return f"The server’s clock is in step {server}, the phone’s in step {phone}."

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
        made = seen.Made(counter, mac, offset, number, self.digits_of(number))
        self.view = seen.making(who.capitalize(), made, stage, verdict)

    def draw(self) -> tuple[Scene, ...]:
        return seen.scenes(self)

    def metrics(self) -> tuple[Metric, ...]:
        return seen.metrics(self)

    outcome_schema = about.OUTCOME

    def outcome(self) -> dict[str, object]:
        return seen.outcome(self)

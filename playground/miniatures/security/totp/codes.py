"""What phone and server have in common: a secret, a clock each, and the way from a counter to a code."""

from functools import cached_property

from playground.engine import Choice, Hex, Miniature, Whole
from playground.machines import hotp

SECOND = 1_000_000
HASH_NAMES = {"sha1": "SHA-1", "sha256": "SHA-256", "sha512": "SHA-512"}


class Codes(Miniature):
    """What can be set, the rules that make a code, and what the two clocks say."""

    secret = Hex(
        "3132333435363738393031323334353637383930", least=16, most=64, help="At least 16 bytes, better 20 (RFC 4226)"
    )
    algorithm = Choice("sha1", HASH_NAMES, label="Hash", help="The hash inside HMAC; most apps know only SHA-1")
    digits = Choice("6", {"6": "six", "8": "eight"}, help="How much of the number is kept")
    period = Choice("30", {"30": "30 s", "60": "60 s"}, label="Time step", help="How long a code lives")
    time = Whole(
        1234567902, least=1000, most=20_000_000_000, label="Server’s clock", unit="s", help="Seconds since 1970"
    )
    drift = Whole(-20, least=-120, most=120, label="Phone is fast by", unit="s", help="Below zero: the phone is slow")
    window = Whole(1, least=0, most=2, label="Window", unit="steps", help="Steps accepted before and after its own")
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
        return (0, *(sign * far for far in range(1, self.window + 1) for sign in (-1, 1)))

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

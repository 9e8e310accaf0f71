"""What the codes are asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import Challenge, Condition, Query, Question, Rng, Run, WrongModel, do, query_for
from playground.engine.run import run
from playground.machines import hotp
from playground.miniatures.security.totp.model import Totp

TOP = 2**31

# What sensible people believe instead.


class FirstFour(WrongModel, Totp):
    belief = "truncation keeps the beginning of the hash"

    def offset_of(self, mac: bytes) -> int:
        return 0


class LastFour(WrongModel, Totp):
    belief = "truncation keeps the end of the hash"

    def offset_of(self, mac: bytes) -> int:
        return len(mac) - 4


class CountsFromOne(WrongModel, Totp):
    belief = "the bytes of the hash are counted from one"

    def offset_of(self, mac: bytes) -> int:
        return max(hotp.offset_of(mac) - 1, 0)


class KeepsTheTopBit(WrongModel, Totp):
    belief = "all 32 bits count, the top one too"

    def number_of(self, four: bytes) -> int:
        return int.from_bytes(four, "big")


class ReadsAMinus(WrongModel, Totp):
    belief = "the top bit is a minus sign, and the sign is dropped"

    def number_of(self, four: bytes) -> int:
        return abs(int.from_bytes(four, "big", signed=True))


class FirstDigits(WrongModel, Totp):
    belief = "the code is the beginning of the number"

    def digits_of(self, number: int) -> str:
        return str(number)[: self.length].zfill(self.length)


BY_HAND = "(wait )+hash_step truncate"
NEEDS = "a run in which all that is done is to wait for another code, to hash the phone’s time step and to truncate it"


def by_hand(rng: Rng) -> Query:
    """A secret, a clock, and a second code that is made by hand."""
    secret, drift = bytes(rng.below(256) for _ in range(20)), rng.between(-25, 25)
    wait = do("wait", rng.between(60, 3600))
    return query_for(Totp, wait, do("hash_step"), do("truncate"), secret=secret, drift=drift)


class WhichBytes(Question):
    """The hash lies there. Where do the four bytes begin?"""

    name = "which-bytes"
    title = "where truncation begins"
    because = "The last four bits of the hash are a number from 0 to 15, and that many bytes are skipped."
    goes = "The {thing} is number {choice}."
    form = "pick"
    reads = "offset"
    about = "first byte for step {counter}"
    wrong = (FirstFour, LastFour, CountsFromOne)
    verbs = BY_HAND
    needs = NEEDS

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return by_hand(rng)

    @classmethod
    def prompt(cls, query: Query) -> str:
        return "The phone is about to cut four bytes out of this hash. What is the number of the first one?"


class WhichCode(Question):
    """The four bytes are known. Which code do they make?"""

    name = "which-code"
    title = "from number to code"
    because = (
        "The top bit is set to 0, so that nobody reads it as a sign, and the last digits of the number that is "
        "left are the code."
    )
    goes = "The {thing} is {choice}."
    form = "choice"
    reads = "code"
    about = "code for step {counter}"
    wrong = (KeepsTheTopBit, ReadsAMinus, FirstDigits)
    verbs = BY_HAND
    needs = NEEDS

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return by_hand(rng)

    @classmethod
    def prompt(cls, query: Query) -> str:
        machine = run(Totp, query, draw=False).model(Totp)
        mac = machine.mac_of(machine.phone_step())
        whole = int.from_bytes(hotp.four_at(mac, machine.offset_of(mac)), "big")
        return f"The four bytes are the number {whole:,}; 2³¹ is {TOP:,}. Which code does the phone show?"


QUESTIONS = (WhichBytes, WhichCode)
CHALLENGES = (
    Challenge(
        name="forgiving-and-safe",
        goal="ada’s phone is 40 seconds fast. Let it in at every instant, and let a million guesses be in vain.",
        start="drift=40&window=0&lockout=0&step=20",
        solution="drift=40&window=2&do=guess:1000000",
        hints=(
            (
                "Forty seconds are more than one step of thirty. Ask how many steps apart the two clocks can be at "
                "worst; the window must hold that."
            ),
            (
                "A window of two is wide enough, and doubles the luck of who guesses. So let the account lock after a "
                "few wrong codes: that counts more than anything else."
            ),
        ),
        conditions=(
            Condition("the phone is 40 seconds fast, and ada has logged in", lambda done: logged_in_at(done, 40)),
            Condition(
                "the window holds wherever in a step the clocks are",
                lambda done: done.outcome["apart"] <= done.outcome["window"],
            ),
            Condition("a million codes have been guessed", lambda done: done.outcome["attempted"] >= 1_000_000),
            Condition("the chance that one was right is under 1 %", lambda done: done.outcome["odds_ppb"] < 10_000_000),
        ),
    ),
)


def logged_in_at(done: Run, drift: int) -> bool:
    """Whether the phone's clock is so far off, and the server has taken its code."""
    return bool(done.query["drift"] == drift and done.outcome["log_ins"] > 0)

"""What sensible people believe instead of what one-time codes do: a wrong model for each."""

from dataclasses import dataclass

from playground.engine import WrongModel
from playground.machines import hotp
from playground.miniatures.security.totp.model import Totp
from playground.miniatures.security.totp.server import Server
from playground.miniatures.security.totp.words import ATTACKER, PHONE

# Of the hash.


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


class HighHalf(WrongModel, Totp):
    belief = "the first digit of the last byte says where to cut"

    def offset_of(self, mac: bytes) -> int:
        return mac[-1] >> 4


class FirstByteSays(WrongModel, Totp):
    belief = "the first byte of the hash says where to cut"

    def offset_of(self, mac: bytes) -> int:
        return mac[0] & 15


# Of clocks and windows.


class WholeStepsOnly(WrongModel, Totp):
    belief = "clocks that differ by less than a step are in the same step"

    def phone_step(self) -> int:
        period = int(self.period)
        far = abs(self.drift) // period
        return self.server_step() + (far if self.drift > 0 else -far)


class OtherWay(WrongModel, Totp):
    belief = "a fast phone shows the codes of earlier steps"

    def phone_step(self) -> int:
        return hotp.counter_at(self.server_time() - self.drift, int(self.period))


class SetByNetwork(WrongModel, Totp):
    belief = "a phone’s clock is set right before it makes a code"

    def phone_step(self) -> int:
        return self.server_step()


class ToTheSecond(WrongModel, Totp):
    belief = "both clocks must agree to the second"

    def takes(self, far: int) -> bool:
        return not self.drift


class NoWindow(WrongModel, Totp):
    belief = "a code is right only during its own time step"

    def offsets(self) -> tuple[int, ...]:
        return (0,)


class OneMoreForTheWay(WrongModel, Totp):
    belief = "the server allows one more step for the way from phone to server"

    def offsets(self) -> tuple[int, ...]:
        return self.beside(self.window + 1)


# Of who sends a code, and how often.


@dataclass
class Reusing(Server):
    """Takes a code as often as it comes."""

    def is_used(self, step: int) -> bool:
        return False


class GoodUntilItsEnd(WrongModel, Totp):
    belief = "a code can be used again until its time is over"

    def account(self) -> Server:
        return Reusing(self.lockout)


class NewAfterUse(WrongModel, Totp):
    belief = "the phone shows a new code as soon as one has been used"

    def phone_step(self) -> int:
        shown = hotp.counter_at(self.server_time() + self.drift, int(self.period))
        return shown + self.server.is_used(shown)


class KnowsThePhone(WrongModel, Totp):
    belief = "a code works only from its owner’s phone"

    def fitting(self, sender: str, code: str) -> list[int]:
        return [] if sender == ATTACKER else super().fitting(sender, code)


class OneAtATime(WrongModel, Totp):
    belief = "whoever is in keeps everybody else out"

    def fitting(self, sender: str, code: str) -> list[int]:
        return [] if self.inside and sender == PHONE else super().fitting(sender, code)


# Of counting.


@dataclass
class CountingOn(Server):
    """Remembers every wrong code, whatever comes after it."""

    def accept(self, step: int, second: int) -> None:
        wrong = self.wrong
        super().accept(step, second)
        self.wrong = wrong


@dataclass
class Opening(Server):
    """A right code opens it."""

    def judge(self, fitting: list[int], second: int) -> None:
        if self.locked and fitting:
            self.unlock(second)
        super().judge(fitting, second)


@dataclass
class Unlocked(Server):
    """Counts, and does nothing about it."""

    def count_wrong(self, codes: int, second: int) -> None:
        self.wrong += codes

    def lets_through(self, guesses: int) -> int:
        return guesses


class NeverForgets(WrongModel, Totp):
    belief = "the owner’s right code does not set the count back"

    def account(self) -> Server:
        return CountingOn(self.lockout)


class OwnerOpens(WrongModel, Totp):
    belief = "the owner’s right code opens a locked account"

    def account(self) -> Server:
        return Opening(self.lockout)


class NothingStops(WrongModel, Totp):
    belief = "guesses are compared however many there have been"

    def account(self) -> Server:
        return Unlocked(self.lockout)


class LocksAfterTheNext(WrongModel, Totp):
    belief = "the account locks at the first wrong code beyond the limit"

    def account(self) -> Server:
        return Server(self.lockout + 1)


class LimitIsShut(WrongModel, Totp):
    belief = "the code that reaches the limit is not compared any more"

    def account(self) -> Server:
        return Server(self.lockout - 1)

"""The server: what it remembers of an account, what it counts, and when it stops comparing."""

from dataclasses import dataclass, field


@dataclass
class Server:
    """One account, and the verdict on every code that is sent to it."""

    lockout: int
    """Wrong codes in a row after which nothing is compared; 0: never."""
    last_used: int = -1
    """The step of the last code that was accepted: none of it or before it is accepted again."""
    wrong: int = 0
    locked: bool = False
    verdict: str = ""
    """On the last code: accepted, refused, used or locked; empty: nobody has sent one."""
    uses: list[tuple[int, int]] = field(default_factory=list)
    """Second, and step of the code that was accepted then."""
    locks: list[tuple[int, int | None]] = field(default_factory=list)
    """From when to when the account was locked."""

    def judge(self, fitting: list[int], second: int) -> None:
        """A code comes that fits these steps: more than one by chance alone. It is accepted for the first of them that
        is later than the last one accepted, and once.
        """
        step = next((one for one in fitting if not self.is_used(one)), None)
        if self.locked:
            self.verdict = "locked"
        elif step is not None:
            self.accept(step, second)
        else:
            self.verdict = "used" if fitting else "refused"
            self.count_wrong(1, second)

    def is_used(self, step: int) -> bool:
        """Whether a code of this step, or of a later one, has been accepted: none is accepted twice."""
        return step <= self.last_used

    def accept(self, step: int, second: int) -> None:
        """A right code: it is used up, and wrong ones are counted from nothing again."""
        self.last_used, self.verdict, self.wrong = step, "accepted", 0
        self.uses.append((second, step))

    def lets_through(self, guesses: int) -> int:
        """How many of so many wrong codes are compared before the account is locked."""
        if self.locked:
            return 0
        return min(guesses, self.lockout - self.wrong) if self.lockout else guesses

    def count_wrong(self, codes: int, second: int) -> None:
        """Wrong codes up to some second: perhaps the account is locked then."""
        self.wrong += codes
        if not self.locked and 0 < self.lockout <= self.wrong:
            self.locked = True
            self.locks.append((second, None))

    def unlock(self, second: int) -> None:
        self.locked, self.wrong = False, 0
        self.locks[-1] = (self.locks[-1][0], second)

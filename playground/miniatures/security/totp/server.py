"""The server: which codes it accepts, what it counts, and when it stops comparing."""

from playground.machines import hotp
from playground.miniatures.security.totp.codes import Codes

PHONE, SERVER, ATTACKER = "phone", "server", "attacker"


class Server(Codes):
    """One account, and the verdict on every code that is sent to it."""

    def open_account(self) -> None:
        """Nobody has sent a code yet."""
        self.last_used, self.wrong, self.locked = -1, 0, False
        self.verdict = ""
        self.matched: int | None = None
        self.checked = 0
        self.inside = False
        self.uses: list[tuple[int, int]] = []  # second, and step of the code that was accepted then
        self.locks: list[tuple[int, int | None]] = []
        self.sent = ""

    def judge(self, sender: str, code: str) -> None:
        """Accepted once, and only a code of a later step than the last one; wrong codes are counted."""
        self.matched = None
        if self.locked:
            self.verdict = "locked"
            return
        self.checked += sender == ATTACKER and code != self.sent
        own = self.server_step()
        found = [far for far in self.offsets() if hotp.same(self.code_for(own + far), code)]
        if found and own + found[0] > self.last_used:
            self.matched, self.last_used, self.verdict, self.wrong = found[0], own + found[0], "accepted", 0
            self.uses.append((self.server_time(), self.last_used))
            self.inside = self.inside or sender == ATTACKER
            return
        self.verdict = "used" if found else "refused"
        self.count_wrong(1, self.server_time())

    def check_unseen(self, guesses: int) -> None:
        """Guesses that are not played: those that the lock lets through are compared, and are wrong."""
        through = 0 if self.locked else min(guesses, self.lockout - self.wrong) if self.lockout else guesses
        self.checked += through
        self.count_wrong(through, self.server_time() - (guesses - through) // self.rate)

    def count_wrong(self, codes: int, second: int) -> None:
        """Wrong codes up to some second: perhaps the account is locked then."""
        self.wrong += codes
        if not self.locked and 0 < self.lockout <= self.wrong:
            self.locked = True
            self.locks.append((second, None))

    def odds(self) -> int:
        return hotp.odds(len(self.offsets()), 10**self.length, self.checked)

    # Words.

    def count_valid(self) -> str:
        count = len(self.offsets())
        return f"{count} codes" if count > 1 else "one code"

    def judged(self) -> str:
        """The last verdict as a sentence."""
        return {
            "accepted": f"The server accepts it and remembers step {self.last_used}: the code is used up.",
            "refused": f"The server refuses it. {self.lock_told()}",
            "used": f"The server refuses it: a code of step {self.last_used} has been used. {self.lock_told()}",
            "locked": "The account is locked, and the server compares nothing.",
        }[self.verdict]

    def lock_told(self) -> str:
        if self.locked:
            return f"The account is locked after {self.wrong} wrong codes."
        return (
            f"{self.wrong:,} wrong in a row." if self.lockout else f"{self.wrong:,} wrong in a row, and nobody counts."
        )

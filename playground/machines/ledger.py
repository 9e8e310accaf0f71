"""Double entry: what one account gives, another takes. In whole cents; all accounts together are always zero."""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """A line of the journal: so many cents leave one account and reach another."""

    words: str
    giver: str
    taker: str
    cents: int


class Ledger:
    """Accounts in order of appearance, and the journal that made them."""

    def __init__(self) -> None:
        self.accounts: dict[str, int] = {}
        self.journal: list[Entry] = []

    def post(self, words: str, giver: str, taker: str, cents: int) -> None:
        """Write one entry. Both legs or none."""
        if cents < 0:
            raise ValueError("an entry of less than nothing is the entry turned round")
        for account, change in ((giver, -cents), (taker, cents)):
            self.accounts[account] = self.accounts.get(account, 0) + change
        self.journal.append(Entry(words, giver, taker, cents))

    def balance(self, account: str) -> int:
        """What stands on an account; one that nobody has used is empty."""
        return self.accounts.get(account, 0)

    def total(self) -> int:
        """The sum of all accounts."""
        return sum(self.accounts.values())


def money(cents: int) -> str:
    """Cents as a person reads them: -1,234.50 with the sign of print."""
    whole, rest = divmod(abs(cents), 100)
    return f"{'−' if cents < 0 else ''}{whole:,}.{rest:02d}"

"""The server's table: how a password is salted and stored, and by which policy."""

from typing import NamedTuple

from playground.engine import Rng
from playground.machines.passwords import Recipe, shown, stored, verify

SALT = "0123456789abcdef"
UNDECIDED = Recipe("")
"""The policy of a server that has not begun."""


class Account(NamedTuple):
    """A row of the table: what it was made by, its salt, the string, and the password that nobody stores."""

    recipe: Recipe
    salt: str
    stored: str
    password: str

    def hash(self) -> str:
        return shown(self.recipe, self.salt, self.password)

    def opens(self, password: str) -> bool:
        """Whether the string is what becomes of a password."""
        return verify(self.stored, self.recipe, self.salt, password)


class Accounts:
    """The accounts that the server keeps, and the policy by which it makes new hashes."""

    def __init__(self, salts: Rng) -> None:
        self.rows: dict[str, Account] = {}
        self.policy = UNDECIDED
        self.salts = salts

    def salt(self) -> str:
        """Eight bytes for every new hash, written as text; unsalted schemes have none."""
        return "".join(self.salts.choice(SALT) for _ in range(16)) if self.policy.salted else ""

    def store(self, user: str, salt: str, password: str) -> Account:
        self.rows[user] = row = Account(self.policy, salt, stored(self.policy, salt, password), password)
        return row


def twins(rows: dict[str, Account]) -> tuple[tuple[str, ...], ...]:
    """Users whose rows are equal to the last byte."""
    found: dict[str, list[str]] = {}
    for name, row in rows.items():
        found.setdefault(row.stored, []).append(name)
    return tuple(tuple(names) for names in found.values() if len(names) > 1)

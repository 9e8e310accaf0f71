"""The server's table: how a password is salted and stored, and by which policy."""

from typing import NamedTuple

from playground.engine import Rng
from playground.machines.passwords import FAST, Recipe, shown, stored, verify

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

    def store(self, user: str, salt: str, password: str, inner: str = "") -> Account:
        """Hash a password by the policy of now; with `inner` its old hash is hashed in place of it."""
        recipe = self.policy._replace(inner=inner)
        self.rows[user] = row = Account(recipe, salt, stored(recipe, salt, password), password)
        return row

    def old(self) -> tuple[str, ...]:
        """Users whose row holds plain text, or a hash that is quick to guess, under a policy that is neither."""
        quick = {"plain", *FAST[: FAST.index(self.policy.scheme)]} if self.policy.scheme in FAST else {"plain", *FAST}
        return tuple(name for name, row in self.rows.items() if row.recipe.scheme in quick and not row.recipe.inner)

    def wrap(self, user: str) -> None:
        """Hash what the row holds once more, by the policy of now: nobody need know the password."""
        row = self.rows[user]
        inner = row.recipe.scheme if row.recipe.scheme in FAST else ""
        self.store(user, row.salt or self.salt(), row.password, inner)


def twins(rows: dict[str, Account]) -> tuple[tuple[str, ...], ...]:
    """Users whose rows are equal to the last byte."""
    found: dict[str, list[str]] = {}
    for name, row in rows.items():
        found.setdefault(row.stored, []).append(name)
    return tuple(tuple(names) for names in found.values() if len(names) > 1)

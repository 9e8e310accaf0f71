"""The thief: what was copied, which hashes a list of words takes, and what has been read."""

from playground.engine import Refused
from playground.machines.passwords import WORDS, Recipe, picoseconds, shown, verify
from playground.miniatures.security.password_storage import shown as seen
from playground.miniatures.security.password_storage.accounts import Account, Accounts
from playground.scenes.table import Link, Row


class Thief(Accounts):
    """A copy of the table, and what its thief does with it."""

    # The rule.

    def targets(self) -> list[list[str]]:
        """Stolen rows that one hash of a word is compared with: those of one scheme and salt."""
        groups: dict[tuple[Recipe, str], list[str]] = {}
        for name, row in self.stolen.items():
            groups.setdefault((row.recipe, row.salt), []).append(name)
        return list(groups.values())

    def hashes(self, words: int, targets: int) -> int:
        """Hashes that a list of words takes."""
        return words * targets

    def entry_for(self, row: Account) -> str:
        """The word whose unsalted hash stands in the thief's table, made before the theft; empty: none."""
        if row.recipe.scheme == "plain":
            return row.password
        if row.recipe.salted:
            return ""
        return next((word for word in WORDS if shown(row.recipe, "", word) == row.hash()), "")

    # Small parts.

    def steal_nothing(self) -> None:
        """The table has not leaked yet."""
        self.stolen: dict[str, Account] = {}
        self.read: dict[str, str] = {}
        self.links: dict[str, Link] = {}
        self.list: tuple[Row, ...] = ()
        self.list_title, self.first = "", ""
        self.stealing, self.by_hash = False, True
        self.guesses = self.time = 0

    def opens(self, name: str, word: str) -> bool:
        row = self.stolen[name]
        return verify(row.stored, row.recipe, row.salt, word)

    def hit(self, name: str, word: str) -> None:
        self.read[name] = word
        self.first = self.first or name

    def must_have_leaked(self) -> None:
        if not self.stolen:
            raise Refused("", "The thief has no table yet. Leak it first.")
        self.links, self.first, self.stealing = {}, "", True

    def open_list(self, title: str, *, by_hash: bool, words: int = len(WORDS)) -> None:
        """The part of the thief's list that is shown: what will be found, and some of the rest."""
        self.list_title, self.by_hash = title, by_hash
        schemes = [row.recipe for row in self.stolen.values() if row.recipe.scheme in ("md5", "sha256")]
        recipe = schemes[0] if schemes else Recipe("sha256")
        taken = {row.password for row in self.stolen.values()}
        self.list = seen.listed(words, taken, recipe if by_hash else None)

    def price(self, recipe: Recipe) -> int:
        """Picoseconds of one guess for the thief."""
        return picoseconds(recipe, self.rate, self.bandwidth * 1000)

"""The thief: what was copied, which list is tried on it, and what has been read."""

from playground.miniatures.security.password_storage.accounts import Account


class Thief:
    """A copy of the table, and what its thief knows."""

    def __init__(self) -> None:
        self.stolen: dict[str, Account] = {}
        self.read: dict[str, str] = {}
        """user -> password, of all that were read."""
        self.words = 0
        """How many words are on the list that is open; 0: none is."""
        self.by_hash = True
        """Whether that list gives words by their hashes; else it is one of words to be hashed."""
        self.tried: dict[str, str] = {}
        """user -> the word that this list gave for the row; empty: none."""
        self.first = ""
        """Whose password this list gave first."""
        self.guesses = self.time = 0
        """Hashes in all, and the picoseconds that they took."""
        self.last = 0
        """Hashes of the last guessing."""

    def copy(self, rows: dict[str, Account]) -> None:
        self.stolen = dict(rows)
        self.read = {name: row.password for name, row in rows.items() if row.recipe.scheme == "plain"}
        self.words, self.tried, self.first = 0, {}, ""

    def hashed(self) -> dict[str, Account]:
        """The stolen rows that hold a hash; plain text is read as it is copied."""
        return {name: row for name, row in self.stolen.items() if row.recipe.scheme != "plain"}

    def plain(self) -> tuple[str, ...]:
        """Users whose stolen row holds plain text."""
        hashed = self.hashed()
        return tuple(name for name in self.stolen if name not in hashed)

    def open_list(self, words: int, *, by_hash: bool) -> None:
        self.words, self.by_hash, self.tried, self.first = words, by_hash, {}, ""

    def note(self, name: str, word: str) -> None:
        """What the list gave for a row."""
        self.tried[name] = word
        if word:
            self.read[name] = word
            self.first = self.first or name

"""The server's table: what can be set, how a password is salted and stored, and what a hash costs."""

from typing import NamedTuple

from playground.engine import Choice, Miniature, Names, Rng, Seed, Whole
from playground.machines.passwords import NAMES, Recipe, picoseconds, shown, stored

MOST_USERS = 8
COSTS = (16, 32, 64, 128, 256, 512, 1024)  # N of scrypt
SIZES = (8, 16, 32, 64)  # KiB of Argon2id
SALT = "0123456789abcdef"


class Account(NamedTuple):
    """A row of the table: what it was made by, its salt, the string, and the password that nobody stores."""

    recipe: Recipe
    salt: str
    stored: str
    password: str

    def hash(self) -> str:
        return shown(self.recipe, self.salt, self.password)


class Accounts(Miniature):
    """The accounts that the server keeps, and the policy by which it makes new hashes."""

    users = Names(
        "ada bob cleo dee eve fay", least=1, most=MOST_USERS, label="Users", help="Who signs up before the first action"
    )
    scheme = Choice("sha256", NAMES, help="How the server stores a password at first")
    rounds = Whole(1000, least=1, most=2000, help="Of PBKDF2")
    n = Choice("32", {str(n): f"{n:,}" for n in COSTS}, label="N", help="Blocks that scrypt fills; r = p = 1")
    memory = Choice(
        "8", {str(size): f"{size} KiB" for size in SIZES}, label="Memory", help="Of Argon2id; one pass, one lane"
    )
    rate = Whole(
        18_000, least=1, most=10_000_000, label="Thief’s hashes", unit="million/s",
        help="SHA-256 blocks; 18,000 is one large graphics card (Steve Thomas, December 2022)",
    )  # fmt: skip
    bandwidth = Whole(
        960, least=1, most=100_000, label="Thief’s memory", unit="GB/s", help="960 is one RX 7900 XTX (same source)"
    )
    core = Whole(
        10, least=1, most=1000, label="Server’s hashes", unit="million/s",
        help="One core, measured with hashlib in November 2026; its memory is taken to move 2 GB/s",
    )  # fmt: skip
    seed = Seed(1292, help="Draws passwords and salts")

    # The rule.

    def salt_for(self, recipe: Recipe) -> str:
        """Eight bytes for every new hash, written as text; unsalted schemes have none."""
        return "".join(self.rng.choice(SALT) for _ in range(16)) if recipe.salted else ""

    # Small parts.

    def open_table(self) -> None:
        """Nobody has signed up yet."""
        self.rng = Rng(self.seed)
        self.rows: dict[str, Account] = {}
        self.at = ""
        self.policy = self.recipe(self.scheme)

    def recipe(self, scheme: str) -> Recipe:
        cost = {"pbkdf2": self.rounds, "scrypt": int(self.n), "argon2id": int(self.memory)}
        return Recipe(scheme, cost.get(scheme, 0))

    def store(self, user: str, salt: str, password: str) -> None:
        self.rows[user] = Account(self.policy, salt, stored(self.policy, salt, password), password)
        self.at = user

    def server_price(self, recipe: Recipe) -> int:
        """Picoseconds of one check for the server."""
        return picoseconds(recipe, self.core, 2000)

    def names(self) -> tuple[str, ...]:
        return tuple(self.rows)

    def fresh(self) -> str:
        return next(
            name for name in ("gus", "hal", "ida", "jo", "kim", "lea", "max", "nia", "ove") if name not in self.rows
        )

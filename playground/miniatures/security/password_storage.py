"""A table of stored passwords, a server that checks them, and a thief who has copied it."""

from typing import NamedTuple

from playground.engine.actions import Refused, action
from playground.engine.clock import Steps, decide
from playground.engine.inputs import Choice, Name, Names, Seed, Text, Whole
from playground.engine.miniature import Metric, Miniature
from playground.engine.rng import Rng
from playground.machines.passwords import (
    ADVISED,
    LADDER,
    NAMES,
    PHRASES,
    SHORT,
    WORDS,
    Recipe,
    picoseconds,
    shown,
    stored,
    verify,
)  # fmt: skip
from playground.miniatures.security import password_storage_about as about
from playground.miniatures.security import password_storage_shown as seen
from playground.scenes.scene import Scene
from playground.scenes.table import Link, Row, Table

MOST_USERS = 8
COSTS = (16, 32, 64, 128, 256, 512, 1024)  # N of scrypt
SIZES = (8, 16, 32, 64)  # KiB of Argon2id
MOST_WRONG = 5  # wrong passwords in all; then the server takes no more of them
SALT = "0123456789abcdef"


class Account(NamedTuple):
    """A row of the table: what it was made by, its salt, the string, and the password that nobody stores."""

    recipe: Recipe
    salt: str
    stored: str
    password: str

    def hash(self) -> str:
        return shown(self.recipe, self.salt, self.password)


class PasswordStorage(Miniature):
    """A table stores not the password but a slow, salted hash of it; to check one, compute it again.

    The salt makes equal passwords look different and old tables of hashes useless. It does not slow a
    single guess: that takes rounds, or memory.
    """

    title = "Storing a password"
    question = "The table is stolen. How many passwords can be read?"
    opening = "An empty table of users. The server never stores a password, only what it can check one by."
    sources = about.SOURCES
    simplified = about.SIMPLIFIED
    checks = about.CHECKS
    scenarios = about.SCENARIOS
    grows_with = "rounds"

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

    # What can happen.

    def start(self) -> Steps:
        self.rng = Rng(self.seed)
        chooses = Rng(self.seed)  # apart from the salts: the same passwords under every scheme
        self.rows: dict[str, Account] = {}
        self.stolen: dict[str, Account] = {}
        self.read: dict[str, str] = {}
        self.links: dict[str, Link] = {}
        self.list: tuple[Row, ...] = ()
        self.list_title, self.at, self.first = "", "", ""
        self.stealing, self.by_hash = False, True
        self.guesses = self.time = self.accepted = self.refused = 0
        self.policy = self.recipe(self.scheme)
        for user in self.users:
            phrase = chooses.chance(25)
            yield from self.enrol(user.name, chooses.choice(PHRASES if phrase else WORDS[:10]))
        yield from self.check(self.users[0].name, own=True)

    @action("Sign up", user=Name(label="New user", suggest="fresh"), password=Text("sunshine", least=1, most=24))
    def sign_up(self, user: str, password: str) -> Steps:
        if user in self.rows:
            raise Refused("user", f"{user} has an account already. Take another name, such as {self.fresh()}.")
        if len(self.rows) >= MOST_USERS:
            raise Refused("user", f"There are {MOST_USERS} users, as many as the picture shows.")
        self.stealing = False
        yield from self.enrol(user, password)

    def enrol(self, user: str, password: str) -> Steps:
        """Hash a password under the policy of now, and store the string."""
        self.at = ""
        yield f"{user} signs up and sends a password over TLS: {password}."
        salt = self.salt_for(self.policy)
        if salt:
            yield f"The server draws a salt for {user} alone: {salt}."
        else:
            yield f"{NAMES[self.policy.scheme]} takes no salt: what is stored depends on the password and nothing else."
        self.store(user, salt, password)
        kept = "the password itself" if self.policy.scheme == "plain" else f"{self.rows[user].hash()[:8]}…"
        twins = [name for name, row in self.rows.items() if name != user and row.stored == self.rows[user].stored]
        same = f", as {seen.some(twins)} has it too" if twins else ""
        end = "" if self.policy.scheme == "plain" else "; the password is forgotten"
        yield decide(f"{user}’s row holds {kept}{same}{end}.", f"row of {user}", kept)

    @action(
        "Log in",
        user=Name(label="User", among="names"),
        password=Choice("own", {"own": "their own password", "wrong": "a wrong one"}),
    )
    def log_in(self, user: str, password: str) -> Steps:
        if user not in self.rows:
            raise Refused("user", f"There is no user {user}. Users: {', '.join(self.names()) or 'none'}.")
        if password == "wrong" and self.refused >= MOST_WRONG:  # noqa: S105 - a choice of two
            raise Refused(
                "password", f"After {MOST_WRONG} wrong passwords the server takes no more. Take the right one."
            )
        self.stealing = False
        yield from self.check(user, own=password != "wrong")  # noqa: S105 - a choice of two

    def check(self, user: str, *, own: bool) -> Steps:
        """Read the row, compute again, compare; then bring an old row up to the policy."""
        row, self.at = self.rows[user], user
        given = row.password if own else "wrong" + row.password[:3]
        yield f"{user} logs in with {given}. The server reads scheme, cost and salt from {user}’s row."
        again = shown(row.recipe, row.salt, given)
        yield f"{NAMES[row.recipe.scheme]} of what was sent gives {again[:12]}{'…' if len(again) > 12 else ''}."
        if not verify(row.stored, row.recipe, row.salt, given):
            self.refused += 1
            yield decide(f"That is not what the row holds: {user} is refused.", f"log-in of {user}", "refused")
            return
        self.accepted += 1
        yield decide(f"The two are equal, compared in constant time: {user} is in.", f"log-in of {user}", "accepted")
        if row.recipe != self.policy:
            self.store(user, self.salt_for(self.policy), given)
            yield f"While the password is here, {user}’s row is made anew by {NAMES[self.policy.scheme]}."

    @action(
        "Raise the scheme",
        to=Choice("argon2id", {name: NAMES[name] for name in LADDER[1:]}, label="To"),
        help="Rows follow when their owners log in",
    )
    def upgrade(self, to: str) -> Steps:
        if LADDER.index(to) <= LADDER.index(self.policy.scheme):
            raise Refused("to", f"The server uses {NAMES[self.policy.scheme]} already. Take a stronger scheme.")
        self.policy = self.recipe(to)
        self.at, self.stealing = "", False
        yield f"New hashes are made by {NAMES[to]}. No row changes: the server does not know the passwords."

    @action("Leak the table", help="The thief copies it as it stands")
    def leak(self) -> Steps:
        self.stolen, self.read, self.links, self.list = dict(self.rows), {}, {}, ()
        self.at, self.stealing, self.first, self.list_title = "", True, "", "The thief has the table"
        yield f"The thief copies all {len(self.stolen)} rows. What the server changes later does not reach the copy."

    @action("Look up in a table", help="Hashes of forty words without salt, made before the theft")
    def look_up(self) -> Steps:
        self.must_have_leaked()
        self.open_list("The thief’s table", by_hash=True)
        yield f"The thief opens a table of {len(WORDS)} words and their hashes, made once and for all without salt."
        for name, row in self.stolen.items():
            self.at, word = name, self.entry_for(row)
            self.links[name] = Link(name, word, f"→ {word}" if word else "no such hash")
            if word:
                self.hit(name, word)
                how = "stands there to read" if row.recipe.scheme == "plain" else "stands in the table"
                yield f"{name}’s {row.hash()[:8]}… {how}: {word}."
            else:
                yield f"{name}’s {row.hash()[:8]}… does not stand in the table."
        self.at = self.first
        said = f"The table reads {len(self.read)} of {len(self.stolen)} passwords"
        if self.first:
            yield decide(f"{said}, {self.first}’s first.", "first read", self.first)
        else:
            yield f"{said}."

    @action("Guess from a list", words=Whole(20, least=1, most=len(WORDS)), help="The commonest words first")
    def guess(self, words: int) -> Steps:
        self.must_have_leaked()
        self.open_list(
            f"The thief’s {words} words" if words > 1 else "The thief’s one word", by_hash=False, words=words
        )
        targets = self.targets()
        made = self.hashes(words, len(targets))
        yield f"The thief hashes {words} common words, again for every salt in the stolen table."
        for names in targets:
            row = self.stolen[names[0]]
            self.guesses += words
            self.time += words * self.price(row.recipe)
            hits = []
            for name in names:
                found = self.stolen[name].password
                word = found if found in WORDS[:words] and self.opens(name, found) else ""
                self.links[name] = Link(name, word, f"→ {word}" if word else "no word fits")
                if word:
                    self.hit(name, word)
                    hits.append(f"{name}’s {word}")
            self.at = names[0] if len(names) == 1 else ""
            under = f"salt {row.salt[:8]}…" if row.salt else "no salt"
            yield f"Under {under} each word is compared with {seen.some(names)}: it reads {seen.some(hits)}."
        self.at = ""
        yield decide(
            f"That took {made:,} hashes, and {len(self.read)} of {len(self.stolen)} are read.", "hashes", str(made)
        )
        self.last = made

    # Small parts.

    def recipe(self, scheme: str) -> Recipe:
        cost = {"pbkdf2": self.rounds, "scrypt": int(self.n), "argon2id": int(self.memory)}
        return Recipe(scheme, cost.get(scheme, 0))

    def store(self, user: str, salt: str, password: str) -> None:
        self.rows[user] = Account(self.policy, salt, stored(self.policy, salt, password), password)
        self.at = user

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

    def server_price(self, recipe: Recipe) -> int:
        """Picoseconds of one check for the server."""
        return picoseconds(recipe, self.core, 2000)

    def names(self) -> tuple[str, ...]:
        return tuple(self.rows)

    def fresh(self) -> str:
        return next(
            name for name in ("gus", "hal", "ida", "jo", "kim", "lea", "max", "nia", "ove") if name not in self.rows
        )

    def twins(self) -> tuple[tuple[str, ...], ...]:
        """Users whose rows are equal to the last byte."""
        found: dict[str, list[str]] = {}
        for name, row in (self.stolen if self.stealing else self.rows).items():
            found.setdefault(row.stored, []).append(name)
        return tuple(tuple(names) for names in found.values() if len(names) > 1)

    # What it shows.

    def draw(self) -> tuple[Scene, ...]:
        if not hasattr(self, "rows"):
            return (
                Table(seen.users("The server’s table", ())),
                seen.prices(self.bills(), ""),
                seen.bought(self.bills(), ""),
            )
        rows = self.stolen if self.stealing else self.rows
        listed = tuple(
            Row(
                name, (name, SHORT[row.recipe.scheme], row.salt or "–", row.hash()), self.stealing and name in self.read
            )
            for name, row in rows.items()
        )
        twins = self.twins()
        note = f"{seen.some(twins[0])} chose the same password" if twins else ""
        first = seen.users("The stolen copy" if self.stealing else "The server’s table", listed, note)
        links = tuple(self.links.values()) if self.stealing else ()
        thief = seen.thief(
            self.list_title, self.list, self.read, len(self.links), len(self.stolen), by_hash=self.by_hash
        )
        scheme = self.policy.scheme
        return (
            Table(first, thief if self.stolen else None, links, twins, self.at, "thief finds"),
            seen.prices(self.bills(), scheme),
            seen.bought(self.bills(), scheme),
        )

    def bills(self) -> tuple[seen.Bill, ...]:
        """What advised settings cost, by the stated model."""
        return tuple(seen.Bill(recipe, self.server_price(recipe), self.price(recipe)) for recipe in ADVISED)

    def metrics(self) -> tuple[Metric, ...]:
        if not hasattr(self, "rows"):
            return ()
        return (
            Metric("Passwords read", f"{len(self.read)} of {len(self.stolen)}" if self.stolen else "no leak"),
            Metric("Thief’s hashes", f"{self.guesses:,}", seen.spelled(self.time) if self.guesses else ""),
            Metric("One check, on the server", seen.spelled(self.server_price(self.policy)), self.policy.setting()),
        )

    outcome_schema = about.OUTCOME

    def outcome(self) -> dict[str, object]:
        return {
            "users": {
                name: {
                    "scheme": row.recipe.scheme,
                    "salt": row.salt,
                    "stored": row.stored,
                    "read": int(name in self.read),
                }
                for name, row in self.rows.items()
            },
            "leaked": len(self.stolen),
            "read": len(self.read),
            "first": self.first,
            "hashes": getattr(self, "last", 0),
            "guesses": self.guesses,
            "thief_nanoseconds": self.time // 1000,
            "accepted": self.accepted,
            "refused": self.refused,
            "twins": sum(map(len, self.twins())),
            "policy": self.policy.scheme,
            "prices": {
                recipe.scheme: {
                    "server_microseconds": self.server_price(recipe) // 10**6,
                    "guesses_a_second": 10**12 // max(self.price(recipe), 1),
                }
                for recipe in ADVISED
            },
        }

"""A table of stored passwords, a server that checks them, and a thief who has copied it."""

from playground.engine import (
    Choice,
    Decision,
    Miniature,
    Name,
    Names,
    Refused,
    Rng,
    Say,
    Seed,
    Steps,
    Text,
    Whole,
    action,
    decide,
)
from playground.engine.schema import TEXT, WHOLE, described, mapped, record
from playground.machines.passwords import (
    ADVISED,
    LADDER,
    NAMES,
    PHRASES,
    WORDS,
    Recipe,
    checking,
    picoseconds,
    shown,
    work,
)
from playground.miniatures.security.password_storage import words
from playground.miniatures.security.password_storage.accounts import Account, Accounts, twins
from playground.miniatures.security.password_storage.thief import Thief
from playground.miniatures.security.password_storage.words import guessing, nothing_left, some

MOST_USERS = 8
MOST_WRONG = 5  # wrong passwords in all; then the server takes no more of them
COSTS = (16, 32, 64, 128, 256, 512, 1024)  # N of scrypt
SIZES = (8, 16, 32, 64)  # KiB of Argon2id
LATER = ("gus", "hal", "ida", "jo", "kim", "lea", "max", "nia", "ove")
ROW = record(scheme=TEXT, salt=TEXT, stored=TEXT, read=described(WHOLE, "1: the thief knows the password"))


class PasswordStorage(Miniature):
    """A table stores not the password but a slow, salted hash of it; to check one, compute it again.

    The salt makes equal passwords look different and old tables of hashes useless. It does not slow a
    single guess: that takes rounds, or memory.
    """

    title = "Storing a password"
    question = "The table is stolen. How many passwords can be read?"
    knobs = ("scheme",)
    opening = "An empty table of users. What will it hold of a password?"
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
        help="SHA-256 blocks; 18,000 is an RTX 4090, counted as one and a half cards (Steve Thomas, December 2022)",
    )  # fmt: skip
    bandwidth = Whole(
        960, least=1, most=100_000, label="Thief’s memory", unit="GB/s", help="960 is one RX 7900 XTX (same source)"
    )
    core = Whole(
        10, least=1, most=1000, label="Server’s hashes", unit="million/s",
        help="SHA-256 blocks, or mixings of scrypt (Salsa20/8): one core, hashlib, November 2026; memory moves 2 GB/s",
    )  # fmt: skip
    seed = Seed(1292, help="Draws passwords and salts")

    # The rules.

    def recipe(self, scheme: str) -> Recipe:
        """A scheme with its cost."""
        cost = {"pbkdf2": self.rounds, "scrypt": int(self.n), "argon2id": int(self.memory)}
        return Recipe(scheme, cost.get(scheme, 0))

    def server_price(self, recipe: Recipe) -> int:
        """Picoseconds of one check for the server."""
        return picoseconds(checking(recipe), self.core, 2000)

    def price(self, recipe: Recipe) -> int:
        """Picoseconds of one guess for the thief."""
        return picoseconds(work(recipe), self.rate, self.bandwidth * 1000)

    def targets(self) -> list[list[str]]:
        """Stolen rows that one hash of a word is compared with: those of one scheme and salt."""
        groups: dict[tuple[Recipe, str], list[str]] = {}
        for name, row in self.thief.hashed().items():
            groups.setdefault((row.recipe, row.salt), []).append(name)
        return list(groups.values())

    def hashes(self, words: int, targets: int) -> int:
        """Hashes that a list of words takes."""
        return words * targets

    def entry_for(self, row: Account) -> str:
        """The word whose unsalted hash stands in the thief's table, made before the theft; empty: none."""
        if row.recipe.salted:
            return ""
        return next((word for word in WORDS if shown(row.recipe, "", word) == row.hash()), "")

    # What can happen.

    def set_up(self) -> None:
        self.accounts = Accounts(Rng(self.seed))
        self.thief = Thief()
        self.accepted = self.refused = self.table_reads = 0
        self.at = ""
        self.stealing = False

    def start(self) -> Steps:
        self.accounts.policy = self.recipe(self.scheme)
        chooses = Rng(self.seed)  # apart from the salts: the same passwords under every scheme
        for user in self.users:
            phrase = chooses.chance(25)
            yield from self.enrol(user.name, chooses.choice(PHRASES if phrase else WORDS[:10]))
        yield from self.check(self.users[0].name, own=True)

    @action("Sign up", user=Name(label="New user", suggest="fresh"), password=Text("sunshine", least=1, most=24))
    def sign_up(self, user: str, password: str) -> Steps:
        if user in self.accounts.rows:
            raise Refused("user", f"{user} has an account already. Take another name, such as {self.fresh()}.")
        if len(self.accounts.rows) >= MOST_USERS:
            raise Refused("user", f"There are {MOST_USERS} users, as many as the picture shows.")
        self.stealing = False
        yield from self.enrol(user, password)

    def enrol(self, user: str, password: str) -> Steps:
        """Hash a password under the policy of now, and store the string."""
        self.at = ""
        yield f"{user} signs up and sends a password over TLS: {password}."
        accounts = self.accounts
        salt = accounts.salt()
        if salt:
            yield f"The server draws a salt for {user} alone: {salt}."
        else:
            yield words.unsalted(accounts.policy.scheme)
        row = accounts.store(user, salt, password)
        self.at = user
        plain = row.recipe.scheme == "plain"
        kept = "the password itself" if plain else f"{row.hash()[:8]}…"
        others = [name for name, other in accounts.rows.items() if name != user and other.stored == row.stored]
        yield decide(words.kept(user, kept, others, plain=plain), f"row of {user}", kept, stop=bool(others))

    @action(
        "Log in",
        user=Name(label="User", among="names", on="row"),
        password=Choice("own", {"own": "their own password", "wrong": "a wrong one"}),
    )
    def log_in(self, user: str, password: str) -> Steps:
        if user not in self.accounts.rows:
            raise Refused("user", f"There is no user {user}. Users: {', '.join(self.names()) or 'none'}.")
        if password == "wrong" and self.refused >= MOST_WRONG:  # noqa: S105 - a choice of two
            raise Refused(
                "password", f"After {MOST_WRONG} wrong passwords the server takes no more. Take the right one."
            )
        self.stealing = False
        yield from self.check(user, own=password != "wrong")  # noqa: S105 - a choice of two

    def check(self, user: str, *, own: bool) -> Steps:
        """Read the row, compute again, compare; then bring an old row up to the policy."""
        row, self.at = self.accounts.rows[user], user
        given = row.password if own else "wrong" + row.password[:3]
        yield f"{user} logs in with {given}. {words.row_read(user, row.recipe)}"
        yield words.again(row.recipe, shown(row.recipe, row.salt, given))
        if not row.opens(given):
            self.refused += 1
            yield decide(f"That is not what the row holds: {user} is refused.", f"log-in of {user}", "refused")
            return
        self.accepted += 1
        yield decide(f"The two are equal, compared in constant time: {user} is in.", f"log-in of {user}", "accepted")
        if row.recipe != self.accounts.policy:
            self.accounts.store(user, self.accounts.salt(), given)
            yield f"While the password is here, {user}’s row is made again by {NAMES[self.accounts.policy.scheme]}."

    @action(
        "Raise the scheme",
        to=Choice("argon2id", {name: NAMES[name] for name in LADDER[1:]}, label="To", on="row"),
        help="Old rows follow when their owners log in, or are wrapped",
    )
    def upgrade(self, to: str) -> Steps:
        now = self.accounts.policy.scheme
        if LADDER.index(to) <= LADDER.index(now):
            raise Refused("to", f"The server uses {NAMES[now]} already. Take a stronger scheme.")
        self.accounts.policy = self.recipe(to)
        self.at, self.stealing = "", False
        yield f"New hashes are made by {NAMES[to]}. No row has changed yet: an old one follows at its owner’s log-in."

    @action("Wrap the old hashes", on="row", help="All at once, without a log-in: each goes in where a password would")
    def wrap(self) -> Steps:
        policy, old = self.accounts.policy, self.accounts.old()
        if not policy.salted:
            raise Refused(
                "", words.begun(f"{NAMES[policy.scheme]} takes no salt and is quick: raise the scheme first.")
            )
        if not old:
            raise Refused("", f"No row is older than {NAMES[policy.scheme]}: there is nothing to wrap.")
        told = words.wrapped({user: self.accounts.rows[user] for user in old}, policy.scheme)
        for user in old:
            self.accounts.wrap(user)
        self.at, self.stealing = "", False
        yield decide(told, "rows wrapped", str(len(old)), stop=True)

    @action("Leak the table", help="The thief copies it as it stands")
    def leak(self) -> Steps:
        rows = self.accounts.rows
        self.thief.copy(rows)
        self.at, self.stealing = "", True
        plain = self.thief.plain()
        yield Say(words.copied(len(rows), plain), stop=bool(plain))

    @action("Look up in a table", help="Hashes of forty words without salt, made before the theft")
    def look_up(self) -> Steps:
        thief = self.thief_with_table()
        hashed = thief.hashed()
        if hashed:
            thief.open_list(len(WORDS), by_hash=True)
        self.at, self.table_reads = "", 0
        told = f"The thief opens a table of {len(WORDS)} words and their hashes, made once and for all without salt."
        yield told + words.left_out(thief.plain()) if hashed else words.nothing_left("look up", len(thief.stolen))
        for name, row in hashed.items():
            self.at, word = name, self.entry_for(row)
            thief.note(name, word)
            self.table_reads += bool(word)
            if word:
                yield f"{name}’s {row.hash()[:8]}… stands in the table: {word}."
            else:
                yield f"{name}’s {row.hash()[:8]}… does not stand in the table."
        self.at = thief.first
        whose = f", {thief.first}’s first" if thief.first else ""
        read = f"The table reads {self.table_reads} of {len(hashed)} passwords{whose}."
        read = read if hashed else "The table adds nothing to what is read."
        made = [Decision("rows that the table reads", str(self.table_reads))]
        made += [Decision("first read", thief.first)] * bool(thief.first)
        yield Say(read, tuple(made), bool(thief.first))

    @action("Guess from a list", words=Whole(20, least=1, most=len(WORDS)), help="The commonest words first")
    def guess(self, words: int) -> Steps:
        thief = self.thief_with_table()
        targets, plain = self.targets(), thief.plain()
        if targets:
            thief.open_list(words, by_hash=False)
        made = self.hashes(words, len(targets)) if targets else 0
        self.at = ""
        salted = any(row.salt for row in thief.hashed().values())
        yield guessing(words, plain, salted=salted) if targets else nothing_left("guess at", len(thief.stolen))
        for names in targets:
            row = thief.stolen[names[0]]
            thief.guesses += words
            thief.time += words * self.price(row.recipe)
            hits = []
            for name in names:
                found = thief.stolen[name].password
                word = found if found in WORDS[:words] and thief.stolen[name].opens(found) else ""
                thief.note(name, word)
                if word:
                    hits.append(f"{name}’s {word}")
            self.at = names[0] if len(names) == 1 else ""
            under = f"salt {row.salt[:8]}…" if row.salt else "no salt"
            yield f"Under {under} each word is compared with {some(names)}: it reads {some(hits)}."
        self.at = ""
        read = f"{len(thief.read)} of {len(thief.stolen)} are read"
        yield decide(f"That took {made:,} hash{'es' * (made != 1)}, and {read}.", "hashes", str(made), stop=True)
        thief.last = made

    # Small parts.

    def thief_with_table(self) -> Thief:
        """The thief, who goes to work. Raises Refused where nothing has leaked."""
        if not self.thief.stolen:
            raise Refused("", "The thief has no table yet. Leak it first.")
        self.stealing = True
        return self.thief

    def in_view(self) -> dict[str, Account]:
        """The server's rows, or the thief's copy while it is being read."""
        return self.thief.stolen if self.stealing else self.accounts.rows

    def names(self) -> tuple[str, ...]:
        return tuple(self.accounts.rows)

    def fresh(self) -> str:
        return next(name for name in LATER if name not in self.accounts.rows)

    # What it answers.

    outcome_schema = record(
        users=mapped(ROW),
        leaked=described(WHOLE, "rows that the thief has copied"),
        read=described(WHOLE, "passwords that the thief has read"),
        table_reads=described(WHOLE, "passwords that the table of hashes has read when it was last opened"),
        first=described(TEXT, "whose password the last attack read first; empty: nobody’s"),
        hashes=described(WHOLE, "hashes of the last guessing"),
        guesses=described(WHOLE, "hashes of the thief in all"),
        thief_nanoseconds=described(WHOLE, "what they took, by the stated model"),
        accepted=described(WHOLE, "log-ins accepted"),
        refused=described(WHOLE, "log-ins refused"),
        twins=described(WHOLE, "rows that equal another row"),
        policy=described(TEXT, "scheme of new hashes"),
        prices=mapped(
            record(server_microseconds=WHOLE, guesses_a_second=described(WHOLE, "of the thief, at advised settings"))
        ),
    )

    def outcome(self) -> dict[str, object]:
        """What the server stores, what the thief has read, and what both paid."""
        thief = self.thief
        return {
            "users": {name: row_told(row, name in thief.read) for name, row in self.accounts.rows.items()},
            "leaked": len(thief.stolen),
            "read": len(thief.read),
            "table_reads": self.table_reads,
            "first": thief.first,
            "hashes": thief.last,
            "guesses": thief.guesses,
            "thief_nanoseconds": thief.time // 1000,
            "accepted": self.accepted,
            "refused": self.refused,
            "twins": sum(map(len, twins(self.in_view()))),
            "policy": self.accounts.policy.scheme,
            "prices": {
                recipe.scheme: {
                    "server_microseconds": self.server_price(recipe) // 10**6,
                    "guesses_a_second": 10**12 // max(self.price(recipe), 1),
                }
                for recipe in ADVISED
            },
        }


def row_told(row: Account, read: bool) -> dict[str, object]:
    """One row of the outcome."""
    return {"scheme": row.recipe.scheme, "salt": row.salt, "stored": row.stored, "read": int(read)}

"""A table of stored passwords, a server that checks them, and a thief who has copied it."""

from playground.engine import Choice, Metric, Name, Refused, Rng, Steps, Text, Whole, action, decide
from playground.machines.passwords import LADDER, NAMES, PHRASES, WORDS, shown, verify
from playground.miniatures.security.password_storage import about
from playground.miniatures.security.password_storage import shown as seen
from playground.miniatures.security.password_storage.accounts import MOST_USERS
from playground.miniatures.security.password_storage.thief import Thief
from playground.scenes.scene import Scene
from playground.scenes.table import Link

MOST_WRONG = 5  # wrong passwords in all; then the server takes no more of them


class PasswordStorage(Thief):
    """A table stores not the password but a slow, salted hash of it; to check one, compute it again.

    The salt makes equal passwords look different and old tables of hashes useless. It does not slow a
    single guess: that takes rounds, or memory.
    """

    title = "Storing a password"
    question = "The table is stolen. How many passwords can be read?"
    opening = "An empty table of users. The server never stores a password, only what it can check one by."
    grows_with = "rounds"

    # What can happen.

    def start(self) -> Steps:
        self.open_table()
        self.steal_nothing()
        self.accepted = self.refused = 0
        chooses = Rng(self.seed)  # apart from the salts: the same passwords under every scheme
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

    # What it shows.

    def draw(self) -> tuple[Scene, ...]:
        return seen.scenes(self)

    def metrics(self) -> tuple[Metric, ...]:
        return seen.metrics(self)

    outcome_schema = about.OUTCOME

    def outcome(self) -> dict[str, object]:
        return seen.outcome(self)

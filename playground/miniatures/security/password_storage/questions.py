"""What a stolen table is asked about: wrong models, questions made from them, and the challenge."""

from playground.engine import (
    SEEDS,
    Act,
    Challenge,
    Condition,
    Query,
    Question,
    Rng,
    Run,
    Score,
    Steps,
    WrongModel,
    acts,
    do,
    query_for,
    unweighted,
)
from playground.machines.fleet import NAMES
from playground.machines.passwords import NAMES as NAMES_OF
from playground.machines.passwords import WORDS, Recipe
from playground.miniatures.security.password_storage.accounts import Account, twins
from playground.miniatures.security.password_storage.model import PasswordStorage
from playground.miniatures.security.password_storage.thief import Thief
from playground.miniatures.security.password_storage.words import some

# What sensible people believe instead.


class OneHashForAll(WrongModel, PasswordStorage):
    belief = "one hash of a word tests every row, salted or not"

    def targets(self) -> list[list[str]]:
        hashed = list(self.thief.hashed())
        return [hashed] if hashed else []


class RowByRow(WrongModel, PasswordStorage):
    belief = "every row needs hashes of its own, salted or not"

    def targets(self) -> list[list[str]]:
        return [[name] for name in self.thief.hashed()]


class OneSaltForAll(WrongModel, PasswordStorage):
    belief = "there is one salt for the whole table, not one a row"

    def targets(self) -> list[list[str]]:
        groups: dict[Recipe, list[str]] = {}
        for name, row in self.thief.hashed().items():
            groups.setdefault(row.recipe, []).append(name)
        return list(groups.values())


class TableKnowsSalts(WrongModel, PasswordStorage):
    belief = "a table of hashes made before the theft fits salted rows as well"

    def entry_for(self, row: Account) -> str:
        return row.password if row.password in WORDS else ""


class HashTurnedBack(WrongModel, PasswordStorage):
    belief = "a hash without salt can be turned back, whatever the password"

    def entry_for(self, row: Account) -> str:
        return "" if row.recipe.salted else row.password


class TwiceASalt(WrongModel, PasswordStorage):
    belief = "a salted row takes two hashes a word, one with the salt and one without"

    def hashes(self, words: int, targets: int) -> int:
        return words * (2 * targets - 1)


class FirstComeFirstRead(WrongModel, PasswordStorage):
    belief = "whatever stands in the table of hashes is found, in each row that was ever unsalted"

    def entry_for(self, row: Account) -> str:
        return row.password if row.password in WORDS or not row.recipe.salted else ""


class SaltGuards(WrongModel, PasswordStorage):
    belief = "once a server salts, a table made before fits no row any more"

    def entry_for(self, row: Account) -> str:
        return "" if self.accounts.policy.salted else super().entry_for(row)


class OnlyTwins(WrongModel, PasswordStorage):
    belief = "a hash can be read only where two rows are equal"

    def entry_for(self, row: Account) -> str:
        stolen = self.thief.stolen
        alike = {stolen[name].stored for names in twins(stolen) for name in names}
        return super().entry_for(row) if row.stored in alike else ""


class RaisedForAll(WrongModel, PasswordStorage):
    belief = "raising the scheme changes every row at once"

    def upgrade(self, to: str) -> Steps:
        yield from super().upgrade(to)
        for name, row in self.accounts.rows.items():
            self.accounts.store(name, self.accounts.salt(), row.password)


class NobodyCanWrap(WrongModel, PasswordStorage):
    belief = "an old hash cannot be salted without the password"

    def wrap(self) -> Steps:
        yield "Nothing can be done."


class TheCopyFollows(WrongModel, PasswordStorage):
    belief = "what the server changes reaches the thief’s copy too"

    def thief_with_table(self) -> Thief:
        thief = super().thief_with_table()
        thief.copy(self.accounts.rows)
        return thief


def stolen(rng: Rng, last: Act) -> Query:
    """Some users without salt, of whom some log in after the scheme was raised; then the table leaks."""
    names = rng.sample(NAMES, rng.between(4, 7))
    users, seed = unweighted(names), rng.below(SEEDS)
    log_ins = [do("log_in", name, "own") for name in rng.sample(names, rng.between(2, len(names) - 2))]
    return query_for(PasswordStorage, do("upgrade", "salted"), *log_ins, do("leak"), last, users=users, seed=seed)


class HowManyHashes(Question):
    """Some rows are salted, some are not. How many hashes does a list of words take?"""

    name = "how-many-hashes"
    title = "hashes for a list"
    version = 3
    because = (
        "One hash of a word tests all rows without salt together, but a row with a salt of its own needs a hash "
        "of its own for every word."
    )
    goes = "The list takes {choice} hashes."
    form = "number"
    reads = "hashes"
    about = "hashes"
    wrong = (OneHashForAll, RowByRow, OneSaltForAll, TwiceASalt)
    verbs = r"(\w+ )*guess"
    needs = "a run that ends with the thief guessing from a list for the first time"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return stolen(rng, do("guess", rng.between(5, 40)))

    @classmethod
    def prompt(cls, query: Query) -> str:
        words = query.argument()
        tries = "one word" if words == 1 else f"{words} words"
        return f"The thief tries {tries} on every row of the stolen table. How many hashes does that take?"


class WhoIsReadFirst(Question):
    """The thief looks the rows up from the top. Whose password is the first to be found?"""

    name = "who-is-read-first"
    title = "who is read first"
    version = 2
    because = "A table made before the theft fits only hashes without salt, and finds only the words that are in it."
    goes = "The first password that is read is {choice}’s."
    form = "pick"
    reads = "first"
    about = "first read"
    wrong = (TableKnowsSalts, HashTurnedBack, FirstComeFirstRead, OnlyTwins)
    verbs = r"(\w+ )*look_up"
    needs = "a run that ends with the thief looking the rows up in a table for the first time, and reading somebody’s"

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        return stolen(rng, do("look_up"))

    @classmethod
    def prompt(cls, query: Query) -> str:
        return (
            "The thief looks every row up, from the top, in a table of forty common words and their unsalted "
            "hashes. Whose password is the first to be read?"
        )


class HowManyAreRead(Question):
    """The scheme is raised, some users log in or all old hashes are wrapped, and a table is stolen. Who is read?"""

    name = "how-many-are-read"
    title = "who is still read"
    because = (
        "A table made before the theft reads only unsalted rows of the copy as it was stolen: rows follow a raised "
        "scheme at a log-in or when their old hashes are wrapped, and a copy follows nothing."
    )
    goes = "Of the {thing} {choice}."
    form = "number"
    reads = "table_reads"
    about = "rows that the table reads"
    wrong = (RaisedForAll, NobodyCanWrap, TheCopyFollows, TableKnowsSalts, HashTurnedBack, SaltGuards)
    verbs = r"(leak )?upgrade( log_in)*( wrap)?( log_in)*( leak)? look_up"
    needs = (
        "a run in which the scheme is raised, users log in or old hashes are wrapped, the table leaks once before or "
        "after that, and is looked up in at the end"
    )

    @classmethod
    def fits(cls, done: Run) -> bool:
        leaks = sum(act.verb == "leak" for act in done.query.acts)
        own = all(act.arguments[1] == "own" for act in done.query.acts if act.verb == "log_in")
        return bool(leaks == 1 and own and done.query["scheme"] == "sha256")

    @classmethod
    def pose(cls, rng: Rng) -> Query:
        names = rng.sample(NAMES, rng.between(5, 8))
        log_ins = [do("log_in", name, "own") for name in rng.sample(names, rng.between(1, len(names) - 2))]
        wraps = [do("wrap")] if rng.chance(40) else []
        leak, early = do("leak"), rng.chance(40)
        acts = [do("upgrade", rng.choice(("salted", "argon2id"))), *log_ins, *wraps]
        acts = [leak, *acts] if early else [*acts, leak]
        return query_for(
            PasswordStorage, *acts, do("look_up"), users=unweighted(names), seed=rng.below(SEEDS), memory="8"
        )

    @classmethod
    def prompt(cls, query: Query) -> str:
        acts = [act.verb for act in query.acts]
        came = [act.arguments[0] for act in query.acts if act.verb == "log_in"]
        events = {
            "leak": "the thief copies the table",
            "upgrade": f"new hashes are made by {NAMES_OF[query.acts[acts.index('upgrade')].arguments[0]]}",
            "log_in": f"{some(came)} log{'s' * (len(came) == 1)} in",
            "wrap": "all old hashes are wrapped",
        }
        told = ", ".join(events[verb] for verb in dict.fromkeys(acts) if verb != "look_up")
        return (
            f"{len(query['users'])} users have signed up under SHA-256 without salt. In this order {told}. Then the "
            "thief looks his copy up in a table of forty common words and their unsalted hashes. How many does it read?"
        )


QUESTIONS = (HowManyHashes, WhoIsReadFirst, HowManyAreRead)
CHALLENGES = (
    Challenge(
        name="before-the-leak",
        goal="The table leaks tonight, before anybody else logs in. Let the thief’s table read nobody.",
        start="do=leak&do=look_up&step=30",
        solution="do=upgrade:argon2id&do=wrap&do=leak&do=look_up",
        score=Score(
            unit="actions",
            one="action",
            of=acts,
            par=4,
            best=4,
            best_run="do=upgrade:argon2id&do=wrap&do=leak&do=look_up",
        ),
        hints=(
            (
                "Raising the scheme changes no row by itself. The server does not know the passwords, and it need not: "
                "what it has can be hashed once more."
            ),
            (
                "Raise the scheme first, to any with a salt, and wrap the old hashes. Only then let the table leak and "
                "be looked up."
            ),
        ),
        conditions=(
            Condition("six users or more signed up under SHA-256, without salt", lambda done: signed_up(done) >= 6),
            Condition("the thief has copied six rows or more", lambda done: done.outcome["leaked"] >= 6),
            Condition(
                "the thief’s table was opened", lambda done: any(act.verb == "look_up" for act in done.query.acts)
            ),
            Condition("nobody but the first user has logged in", lambda done: done.outcome["accepted"] <= 1),
            Condition("no password is read", lambda done: done.outcome["leaked"] > 0 and not done.outcome["read"]),
        ),
    ),
)


def signed_up(done: Run) -> int:
    """Users of the set-up, where its scheme is the bare SHA-256."""
    return len(done.query["users"]) if done.query["scheme"] == "sha256" else 0

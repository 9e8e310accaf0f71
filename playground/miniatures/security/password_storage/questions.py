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
    WrongModel,
    do,
    query_for,
    unweighted,
)
from playground.machines.fleet import NAMES
from playground.machines.passwords import WORDS
from playground.miniatures.security.password_storage.accounts import Account
from playground.miniatures.security.password_storage.model import PasswordStorage

# What sensible people believe instead.


class OneHashForAll(WrongModel, PasswordStorage):
    belief = "one hash of a word tests every row, salted or not"

    def targets(self) -> list[list[str]]:
        return [list(self.thief.stolen)]


class RowByRow(WrongModel, PasswordStorage):
    belief = "every row needs hashes of its own, salted or not"

    def targets(self) -> list[list[str]]:
        return [[name] for name in self.thief.stolen]


class SaltsAddUp(WrongModel, PasswordStorage):
    belief = "every salt adds one hash to the list, as if it were one word more"

    def hashes(self, words: int, targets: int) -> int:
        return words + targets


class TableKnowsSalts(WrongModel, PasswordStorage):
    belief = "a table of hashes made before the theft fits salted rows as well"

    def entry_for(self, row: Account) -> str:
        return row.password if row.password in WORDS else ""


class HashTurnedBack(WrongModel, PasswordStorage):
    belief = "a hash without salt can be turned back, whatever the password"

    def entry_for(self, row: Account) -> str:
        return "" if row.recipe.salted else row.password


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
    because = (
        "One hash of a word tests all rows without salt together, but a row with a salt of its own needs a hash "
        "of its own for every word."
    )
    goes = "The list takes {choice} hashes."
    form = "number"
    reads = "hashes"
    about = "hashes"
    wrong = (OneHashForAll, RowByRow, SaltsAddUp)
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
    title = "read first"
    because = "A table made before the theft fits only hashes without salt, and finds only the words that are in it."
    goes = "The first password that is read is {choice}’s."
    form = "pick"
    reads = "first"
    about = "first read"
    wrong = (TableKnowsSalts, HashTurnedBack)
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


QUESTIONS = (HowManyHashes, WhoIsReadFirst)
CHALLENGES = (
    Challenge(
        name="before-the-leak",
        goal="The table will leak. Move the server off SHA-256 in time, so that the thief’s table reads nobody.",
        start="do=leak&do=look_up&step=30",
        solution="do=upgrade:argon2id&do=log_in:ada:own&do=log_in:bob:own&do=log_in:cleo:own&do=log_in:eve:own"
        "&do=log_in:fay:own&do=leak&do=look_up",
        hints=(
            (
                "The server does not know the passwords, so raising the scheme changes no row. It gets to see each "
                "password once, when its owner comes."
            ),
            (
                "Raise the scheme first, to any with a salt. Then let everybody but dee log in with their own "
                "password, and only then let the table leak."
            ),
        ),
        conditions=(
            Condition("six users or more signed up under SHA-256, without salt", lambda done: signed_up(done) >= 6),
            Condition("the thief has copied six rows or more", lambda done: done.outcome["leaked"] >= 6),
            Condition(
                "the thief’s table was opened", lambda done: any(act.verb == "look_up" for act in done.query.acts)
            ),
            Condition("no password is read", lambda done: done.outcome["leaked"] > 0 and not done.outcome["read"]),
        ),
    ),
)


def signed_up(done: Run) -> int:
    """Users of the set-up, where its scheme is the bare SHA-256."""
    return len(done.query["users"]) if done.query["scheme"] == "sha256" else 0

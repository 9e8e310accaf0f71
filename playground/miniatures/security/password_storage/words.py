"""Lists and schemes in words."""

from collections.abc import Sequence

from playground.machines.passwords import NAMES, SHORT, Recipe
from playground.miniatures.security.password_storage.accounts import Account


def some(names: Sequence[str]) -> str:
    if not names:
        return "nothing"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def begun(sentence: str) -> str:
    """A sentence that may begin with the name of a scheme."""
    return sentence[:1].upper() + sentence[1:]


def function(recipe: Recipe) -> str:
    """What a password goes through."""
    return f"{NAMES[recipe.scheme]} of the {NAMES[recipe.inner]}" if recipe.inner else NAMES[recipe.scheme]


def by(recipe: Recipe) -> str:
    """The same in a column, which has room for one name."""
    return "wrapped" if recipe.inner else SHORT[recipe.scheme]


# The server.


def unsalted(scheme: str) -> str:
    """What is stored where there is no salt."""
    kept = "the password and nothing more" if scheme == "plain" else "depends on the password and nothing else"
    return begun(f"{NAMES[scheme]} takes no salt: what is stored {'is ' * (scheme == 'plain')}{kept}.")


def kept(user: str, what: str, others: Sequence[str], *, plain: bool) -> str:
    """What a new row holds, and whose hold the same."""
    do = "does" if len(others) == 1 else "do"
    same = f", and so {do} {some([f'{other}’s' for other in others])}" if others else ""
    return f"{user}’s row holds {what}{same}{'' if plain else '; the password is forgotten'}."


def row_read(user: str, recipe: Recipe) -> str:
    """What the server finds in a row: an unsalted hash stands there alone."""
    if recipe.scheme == "plain":
        found = "the password"
    elif not recipe.salted:
        found = "the hash, and nothing stands beside it,"
    else:
        found = "scheme, salt and hash" if recipe.scheme == "salted" else "scheme, cost, salt and hash"
    return f"The server reads {found} from {user}’s row."


def again(recipe: Recipe, found: str) -> str:
    """What becomes of the password that was sent."""
    if recipe.scheme == "plain":
        return "Nothing is computed: what was sent is compared as it is."
    return begun(f"{function(recipe)} of what was sent gives {found[:12]}{'…' if len(found) > 12 else ''}.")


def wrapped(rows: dict[str, Account], scheme: str) -> str:
    """What goes into the function in one night, of old rows."""
    plain = [name for name, row in rows.items() if row.recipe.scheme == "plain"]
    told = f"Each old hash goes into {NAMES[scheme]} in place of a password"
    if len(plain) == len(rows):
        told = f"Each plain password is hashed by {NAMES[scheme]}"
    elif plain:
        told += ", and each plain password as it is"
    return f"{told}: {some(list(rows))} need not log in."


# The thief.


def copied(rows: int, plain: Sequence[str]) -> str:
    """What is copied, and what can be read at once."""
    all_ = "the one row" if rows == 1 else f"all {rows} rows"
    told = f"The thief copies {all_}. What the server changes later does not reach the copy."
    if not plain:
        return told
    whose = "every password" if len(plain) == rows else f"the password{'s' * (len(plain) > 1)} of {some(plain)}"
    return f"{told} Plain text needs no guess: he has read {whose}."


def nothing_left(how: str, rows: int) -> str:
    """Of a copy without a hash."""
    return f"There is no hash to {how}: {'the one row is' if rows == 1 else f'all {rows} rows are'} in plain text."


def guessing(count: int, plain: Sequence[str], *, salted: bool) -> str:
    """How the thief goes about guessing."""
    tries = "one common word" if count == 1 else f"{count} common words"
    told = f"The thief hashes {tries}{', again for every salt in the stolen table' * salted}."
    return told + left_out(plain)


def left_out(plain: Sequence[str]) -> str:
    """Whose rows are no business of a list."""
    if not plain:
        return ""
    are = "password of {} is" if len(plain) == 1 else "passwords of {} are"
    return f" The {are.format(some(plain))} read already, in plain text."

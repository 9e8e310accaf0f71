"""How a table of passwords is shown: the users, the thief's list, what guesses cost, what slowness buys, figures."""

from functools import lru_cache
from typing import NamedTuple

from playground.engine import Metric
from playground.machines.passwords import ADVISED, NAMES, WORDS, Recipe, shown
from playground.miniatures.security.password_storage import words
from playground.miniatures.security.password_storage.accounts import UNDECIDED, twins
from playground.miniatures.security.password_storage.model import PasswordStorage
from playground.miniatures.security.password_storage.thief import Thief
from playground.miniatures.security.password_storage.words import some
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.many import many
from playground.scenes.names import escaped
from playground.scenes.rounding import nearest
from playground.scenes.scene import Scene
from playground.scenes.table import BAD, GOOD, NONE, Column, Grid, Link, Row, Table

LISTED = 8  # rows of the thief's list that are shown
BILLION = 10**9

COLUMNS = (Column("user", 76, "name"), Column("by", 84, "label", narrow=False), Column("salt", 68), Column("hash", 0))
PRICES = (
    Column("scheme", 96, "name"), Column("setting", 132, "label", narrow=False),
    Column("server, a check", 128, narrow=False), Column("thief’s guesses", 120), Column("a billion take", 0),
)  # fmt: skip
UNITS = (
    (86_400 * 10**12, "days"), (3600 * 10**12, "h"), (60 * 10**12, "min"), (10**12, "s"),
    (10**9, "ms"), (10**6, "μs"), (10**3, "ns"),
)  # fmt: skip
LONG = ((86_400 * 10**12, "days"), (3600 * 10**12, "hours"), (60 * 10**12, "minutes"), (10**12, "seconds"))
ROLES = {"sha256": "mute", "pbkdf2": "data", "scrypt": "done", "argon2id": "other"}


class Bill(NamedTuple):
    """What a setting costs by the model: picoseconds of one check on the server, and of one guess for the thief."""

    recipe: Recipe
    server: int
    thief: int


def scenes(model: PasswordStorage) -> tuple[Scene, ...]:
    """The tables, then what advised settings cost, and what their slowness buys."""
    scheme = model.accounts.policy.scheme
    return tables(model), prices(bills(model), scheme), bought(bills(model), scheme)


def tables(model: PasswordStorage) -> Table:
    """The server's table or the stolen copy, and beside it the thief's list."""
    if model.accounts.policy == UNDECIDED:
        return Table(users("The server’s table", ()))
    thief, in_view = model.thief, model.in_view()
    rows = tuple(
        Row(
            escaped(name),
            (name, words.by(row.recipe), row.salt or "–", row.hash()),
            model.stealing and name in thief.read,
        )
        for name, row in in_view.items()
    )
    equal = twins(in_view)
    note = f"{some(equal[0])} chose the same password" if equal else ""
    first = users("The stolen copy" if model.stealing else "The server’s table", rows, note)
    links = found(thief) if model.stealing else ()
    second, ties = the_list(thief) if thief.stolen else None, tuple(tuple(map(escaped, names)) for names in equal)
    return Table(first, second, links, ties, escaped(model.at), "thief finds")


def bills(model: PasswordStorage) -> tuple[Bill, ...]:
    """What advised settings cost, by the stated model."""
    return tuple(Bill(recipe, model.server_price(recipe), model.price(recipe)) for recipe in ADVISED)


# Tables.


def users(title: str, rows: tuple[Row, ...], note: str = "") -> Grid:
    """The server's table, or the copy of it."""
    return Grid(title, COLUMNS, rows, note, empty="nobody has signed up")


def found(thief: Thief) -> tuple[Link, ...]:
    """From each row that was tried to the word that fits."""
    nothing = "no such hash" if thief.by_hash else "no word fits"
    return tuple(Link(escaped(name), word, f"→ {word}" if word else nothing) for name, word in thief.tried.items())


def the_list(thief: Thief) -> Grid:
    """The thief's list beside the table, and how far it has led."""
    read, stolen = set(thief.read.values()), len(thief.stolen)
    tone = (BAD if read else GOOD) if len(thief.tried) == len(thief.hashed()) else NONE
    note = f"{len(thief.read)} of {many(stolen, 'password')} read" if thief.tried or read else "nothing read yet"
    rows = tuple(row._replace(tinted=row.key in read) for row in listed(thief))
    columns = (Column("hash" if thief.by_hash else "place", 0), Column("password", 96))
    return Grid(title(thief), columns, rows, note, tone, "no list yet")


def title(thief: Thief) -> str:
    if not thief.words:
        return "The thief has the table"
    if thief.by_hash:
        return "The thief’s table"
    return f"The thief’s {thief.words} words" if thief.words > 1 else "The thief’s one word"


def listed(thief: Thief) -> tuple[Row, ...]:
    """The part of the thief's list that is shown: what will be found, and some of the rest; by hash or by place."""
    words, taken = WORDS[: thief.words], {row.password for row in thief.stolen.values()}
    known = [word for word in words if word in taken]
    picked = (known + [word for word in words if word not in taken])[:LISTED]
    if thief.by_hash:
        unsalted = (row.recipe for row in thief.stolen.values() if row.recipe.scheme in ("md5", "sha256"))
        recipe = next(unsalted, Recipe("sha256"))
        return tuple(
            Row(word, (hash_, word)) for hash_, word in sorted((shown(recipe, "", word), word) for word in picked)
        )
    return tuple(Row(word, (f"no. {WORDS.index(word) + 1}", word)) for word in sorted(picked, key=WORDS.index))


@lru_cache(256)
def prices(bills: tuple[Bill, ...], scheme: str) -> Table:
    """What one check costs the server, and what it leaves the thief."""
    rows = []
    for recipe, server, guess in bills:
        cells = (
            NAMES[recipe.scheme], recipe.setting(), spelled(server), spelled_rate(guess), spelled(guess * BILLION)
        )  # fmt: skip
        rows.append(Row(recipe.scheme, cells, recipe.scheme == scheme))
    return Table(Grid("What advised settings cost", PRICES, tuple(rows)))


# What slowness buys.


@lru_cache(256)
def bought(bills: tuple[Bill, ...], scheme: str) -> Chart:
    """How long a billion guesses take, over what a log-in costs the server: each setting ends its line.

    Both grow together, so a line is a rate of exchange; the steeper, the more a server's time buys.
    """
    most = max(bill.thief for bill in bills) * BILLION
    # The largest unit of which the longest line is still some.
    size, unit = next(((size, unit) for size, unit in LONG if most >= 10 * size), LONG[-1])
    costliest = max(bill.server for bill in bills)
    small, short = next(((size, unit) for size, unit in UNITS[3:] if costliest >= 10 * size), UNITS[-1])
    series = tuple(
        Series(
            NAMES[recipe.scheme], ROLES[recipe.scheme], recipe.scheme == scheme,
            ((0, 0), (server // small, guess * BILLION // size)),
        )
        for recipe, server, guess in bills
    )  # fmt: skip
    return Chart(
        f"A billion guesses, in {unit}",
        Axis(f"what a log-in takes the server, in {short}", costliest // small),
        Axis(unit, most // size),
        series,
        "no setting costs anything",
    )


# Words.


def spelled(picoseconds: int) -> str:
    """A time with the largest unit that it fills."""
    for size, unit in UNITS:
        if picoseconds >= size:
            tenths = nearest(10 * picoseconds, size)
            return f"{nearest(picoseconds, size):,} {unit}" if tenths >= 100 else f"{tenths // 10}.{tenths % 10} {unit}"
    return f"{picoseconds} ps"


def spelled_rate(picoseconds: int) -> str:
    """How often it fits into a second."""
    rate = 10**12 // max(picoseconds, 1)
    for size, unit in ((10**9, "billion"), (10**6, "million"), (10**3, "thousand")):
        if rate >= size:
            tenths = f".{rate * 10 // size % 10}" if rate < 10 * size else ""
            return f"{rate // size:,}{tenths} {unit}/s"
    return f"{rate}/s"


# Figures.


def metrics(model: PasswordStorage) -> tuple[Metric, ...]:
    """Figures beside the tables."""
    thief, policy = model.thief, model.accounts.policy
    if policy == UNDECIDED:
        return ()
    return (
        Metric("Passwords read", f"{len(thief.read)} of {len(thief.stolen)}" if thief.stolen else "no leak"),
        Metric("Thief’s hashes", f"{thief.guesses:,}", spelled(thief.time) if thief.guesses else ""),
        Metric("One check, on the server", spelled(model.server_price(policy)), policy.setting()),
    )

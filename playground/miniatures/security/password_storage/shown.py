"""How a table of passwords is shown: the users, the thief's list, what guesses cost, what slowness buys, figures."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from playground.engine import Metric
from playground.machines.passwords import ADVISED, NAMES, SHORT, WORDS, Recipe, shown
from playground.scenes.chart import Axis, Chart, Series
from playground.scenes.scene import Scene
from playground.scenes.table import BAD, GOOD, NONE, Column, Grid, Row, Table

if TYPE_CHECKING:
    from playground.miniatures.security.password_storage.model import PasswordStorage

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
    if not hasattr(model, "rows"):
        return Table(users("The server’s table", ())), prices(bills(model), ""), bought(bills(model), "")
    scheme = model.policy.scheme
    return tables(model), prices(bills(model), scheme), bought(bills(model), scheme)


def tables(model: PasswordStorage) -> Table:
    """The server's table or the stolen copy, and beside it the thief's list."""
    rows = tuple(
        Row(name, (name, SHORT[row.recipe.scheme], row.salt or "–", row.hash()), model.stealing and name in model.read)
        for name, row in (model.stolen if model.stealing else model.rows).items()
    )
    equal = twins(model)
    note = f"{some(equal[0])} chose the same password" if equal else ""
    first = users("The stolen copy" if model.stealing else "The server’s table", rows, note)
    links = tuple(model.links.values()) if model.stealing else ()
    second = thief(model.list_title, model.list, model.read, len(model.links), len(model.stolen), by_hash=model.by_hash)
    return Table(first, second if model.stolen else None, links, equal, model.at, "thief finds")


def twins(model: PasswordStorage) -> tuple[tuple[str, ...], ...]:
    """Users whose rows are equal to the last byte."""
    found: dict[str, list[str]] = {}
    for name, row in (model.stolen if model.stealing else model.rows).items():
        found.setdefault(row.stored, []).append(name)
    return tuple(tuple(names) for names in found.values() if len(names) > 1)


def bills(model: PasswordStorage) -> tuple[Bill, ...]:
    """What advised settings cost, by the stated model."""
    return tuple(Bill(recipe, model.server_price(recipe), model.price(recipe)) for recipe in ADVISED)


# Tables.


def users(title: str, rows: tuple[Row, ...], note: str = "") -> Grid:
    """The server's table, or the copy of it."""
    return Grid(title, COLUMNS, rows, note, empty="nobody has signed up")


def listed(words: int, taken: Collection[str], recipe: Recipe | None) -> tuple[Row, ...]:
    """The part of the thief's list that is shown: what will be found, and some of the rest; by hash or by place."""
    known = [word for word in WORDS[:words] if word in taken]
    picked = (known + [word for word in WORDS[:words] if word not in taken])[:LISTED]
    if recipe:
        return tuple(
            Row(word, (hash_, word)) for hash_, word in sorted((shown(recipe, "", word), word) for word in picked)
        )
    return tuple(Row(word, (f"no. {WORDS.index(word) + 1}", word)) for word in sorted(picked, key=WORDS.index))


def thief(title: str, rows: tuple[Row, ...], read: dict[str, str], tried: int, stolen: int, *, by_hash: bool) -> Grid:
    """The thief's list beside the table, and how far it has led."""
    tone = (BAD if read else GOOD) if tried == stolen else NONE
    note = f"{len(read)} of {stolen} passwords read" if tried else "nothing read yet"
    found = set(read.values())
    tinted = tuple(row._replace(tinted=row.key in found) for row in rows)
    columns = (Column("hash" if by_hash else "place", 0), Column("password", 96))
    return Grid(title, columns, tinted, note, tone, "no list yet")


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
    dearest = max(bill.server for bill in bills)
    small, short = next(((size, unit) for size, unit in UNITS[3:] if dearest >= 10 * size), UNITS[-1])
    series = tuple(
        Series(
            NAMES[recipe.scheme], ROLES[recipe.scheme], recipe.scheme == scheme,
            ((0, 0), (server // small, guess * BILLION // size)),
        )
        for recipe, server, guess in bills
    )  # fmt: skip
    return Chart(
        f"A billion guesses, in {unit}",
        Axis(f"what a log-in takes the server, in {short}", dearest // small),
        Axis(unit, most // size),
        series,
        "no setting costs anything",
    )


# Words.


def some(names: Sequence[str]) -> str:
    if not names:
        return "nothing"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def spelled(picoseconds: int) -> str:
    """A time with the largest unit that it fills."""
    for size, unit in UNITS:
        if picoseconds >= size:
            tenths = picoseconds * 10 // size
            return f"{tenths // 10:,} {unit}" if tenths >= 100 else f"{tenths // 10}.{tenths % 10} {unit}"
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
    if not hasattr(model, "rows"):
        return ()
    return (
        Metric("Passwords read", f"{len(model.read)} of {len(model.stolen)}" if model.stolen else "no leak"),
        Metric("Thief’s hashes", f"{model.guesses:,}", spelled(model.time) if model.guesses else ""),
        Metric("One check, on the server", spelled(model.server_price(model.policy)), model.policy.setting()),
    )


def outcome(model: PasswordStorage) -> dict[str, object]:
    return {
        "users": {
            name: {"scheme": row.recipe.scheme, "salt": row.salt, "stored": row.stored, "read": int(name in model.read)}
            for name, row in model.rows.items()
        },
        "leaked": len(model.stolen),
        "read": len(model.read),
        "first": model.first,
        "hashes": getattr(model, "last", 0),
        "guesses": model.guesses,
        "thief_nanoseconds": model.time // 1000,
        "accepted": model.accepted,
        "refused": model.refused,
        "twins": sum(map(len, twins(model))),
        "policy": model.policy.scheme,
        "prices": {
            recipe.scheme: {
                "server_microseconds": model.server_price(recipe) // 10**6,
                "guesses_a_second": 10**12 // max(model.price(recipe), 1),
            }
            for recipe in ADVISED
        },
    }

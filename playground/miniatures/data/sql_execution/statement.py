"""The statement and the table’s size as inputs: what the engine does not understand is refused, with the place."""

from __future__ import annotations

from collections.abc import Sequence

from playground.engine import Invalid, Rng, Text, Whole
from playground.machines.sql.binder import bind
from playground.machines.sql.errors import SqlError
from playground.machines.sql.parser import parse
from playground.machines.sql.table import CITIES

MOST = 300


def range_to(last: int | str) -> str:
    """The first rows by their number, or by what stands for it."""
    return f"SELECT * FROM orders WHERE id <= {last}"  # noqa: S608 - for the engine of this house


def one_row(number: int) -> str:
    """The statement that finds a row by its number."""
    return f"SELECT * FROM orders WHERE id = {number}"  # noqa: S608 - for the engine of this house


class Size(Whole):
    """How many rows a table has. A random one has one of a few sizes, as tables are kept from run to run."""

    def draw(self, rng: Rng) -> int:
        return rng.choice((1, 57, 58, 59, 400, 1000, 3000))


class Statement(Text):
    """One SELECT on the table `orders`."""

    def __init__(self, default: str, **more: str) -> None:
        super().__init__(default, least=1, most=MOST, **more)

    def parse(self, text: str) -> str:
        text = super().parse(text).strip()
        try:
            bind(parse(text))
        except SqlError as wrong:
            raise Invalid(wrong.sentence()) from wrong
        return text

    def corners(self) -> Sequence[str]:
        long = " or ".join(f"(id >= {at} and customer <> {at})" for at in range(100, 103))
        select = "SELECT id, customer, city, note FROM orders WHERE "
        return [
            self.default,
            "SELECT * FROM orders",
            "SELECT * FROM orders ORDER BY id",
            f"{select}{long} ORDER BY customer DESC LIMIT 20000",
        ]

    def draw(self, rng: Rng) -> str:
        column = rng.choice(("id", "id", "customer"))
        low = rng.below(6000)
        condition = rng.choice((f"{column} <= {low}", f"id BETWEEN {low} AND {low + rng.below(900)}", f"id = {low}"))
        if rng.chance(40):
            condition += f" {rng.choice(('AND', 'OR'))} city = '{rng.choice(CITIES)}'"
        if rng.chance(30):
            return f"SELECT count(*) FROM orders WHERE {condition}"  # noqa: S608 - for the engine of this house
        order = f" ORDER BY {rng.choice(('id', 'customer', 'city'))}" if rng.chance(40) else ""
        limit = f" LIMIT {rng.below(40)}" if rng.chance(40) else ""
        return f"SELECT id, city FROM orders WHERE {condition}{order}{limit}"  # noqa: S608 - the same

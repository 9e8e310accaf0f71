"""What the standard asks, as items.toml says it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

ITEMS = Path(__file__).with_name("items.toml")
EXCUSES = {"in-part": "in part", "not-met": "not met", "absent": "not applicable"}
"""What an item can have beside its tests → the state that it is in then."""


class Unsaid(Exception):
    """The table and the markers do not tell one story."""


@dataclass(frozen=True)
class Item:
    """A requirement: its number, what it asks, and, where tests do not hold all of it, why."""

    number: str
    asks: str
    excuse: str = ""
    why: str = ""

    @property
    def state(self) -> str:
        return EXCUSES.get(self.excuse, "met")


@dataclass(frozen=True)
class Standard:
    """All that is asked of this site."""

    absent: dict[str, str]
    """What the site does not have, by a name → in a sentence."""
    level1: list[Item]
    level2: list[Item]

    @property
    def names(self) -> set[str]:
        """What a test can be marked with."""
        return {item.number for item in (*self.level1, *self.level2)} | self.absent.keys()


def read(text: str) -> Standard:
    """The table. Raises Unsaid for a row that says more or less than it may."""
    table = tomllib.loads(text)
    levels = [[item(number, row) for number, row in table[level].items()] for level in ("level1", "level2")]
    found = Standard(table["absent"], *levels)
    unknown = {one.why for level in levels for one in level if one.excuse == "absent"} ^ found.absent.keys()
    if unknown:
        raise Unsaid(f"[absent] and the items that name it differ: {sorted(unknown)}")
    return found


def item(number: str, row: dict[str, str]) -> Item:
    asks, *others = row.pop("asks", ""), *row.items()
    if not asks or len(others) > 1 or not row.keys() <= EXCUSES.keys() or not all(row.values()):
        raise Unsaid(f"{number} needs `asks`, and at most one of {', '.join(EXCUSES)} with a reason")
    return Item(number, asks, *(others[0] if others else ()))

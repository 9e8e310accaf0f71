"""Sentences about points and keys."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from playground.scenes.many import many

NAMED = 3
"""Servers that are named one by one."""


def of_points(count: int) -> str:
    return many(count, "point")


def changing(count: int, *, more: bool) -> str:
    """Keys that are not shown one by one."""
    return f"{count} {'more ' * more}{'key changes' if count == 1 else 'keys change'} owner"


def hashes(positions: Sequence[int]) -> str:
    """The first positions of a server."""
    if not positions:
        return "its share of the weight comes to less than one"
    listed = ", ".join(f"{position:08x}" for position in positions[:4])
    return listed if len(positions) <= 4 else f"{listed} and so on"


def weighed(node: str, had: int, has: int) -> str:
    """What another weight does to a server's own points; the sentence goes on."""
    if had == has:
        return f"{node} keeps {of_points(has)}"
    return f"{node} {'takes' if has > had else 'gives up'} {of_points(abs(has - had))} and has {has} now"


def others(gained: Sequence[str], lost: Sequence[str]) -> str:
    """What becomes of the points of all other servers: the end of a sentence, empty where nothing does."""
    if not gained and not lost:
        return ""
    told = [f"those of {named(some)} {verb}" for some, verb in ((gained, "grow"), (lost, "shrink")) if some]
    return f"; points are shared out again by weight: {', '.join(told)}"


def told_apart(key: str) -> str:
    """A key as it is told: one whose accents are characters of their own says so, as it hashes to another place than
    the one that looks like it (Unicode Standard Annex 15)."""
    return key if unicodedata.is_normalized("NFC", key) else f"{key} (NFD: accents as characters of their own)"


def named(names: Sequence[str]) -> str:
    return ", ".join(names) if len(names) <= NAMED else f"{len(names)} servers"


def move(key: str, old: str, new: str) -> str:
    """How a key changes hands."""
    if not new:
        return f"{key} has no server: nobody answers."
    if not old:
        return f"{key} has a server again: {new}."
    return f"{key} goes from {old} to {new}, the next point clockwise."

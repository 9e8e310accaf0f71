"""Pictures as keyed states, and the patch that leads from one to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from playground.scenes.marks import Mark, Picture, in_paint_order
from playground.scenes.scene import Words
from playground.scenes.svg import page_attrs

State = dict[str, dict[str, str]]
"""Key of a mark -> its attributes as on the page; its text is the attribute ""."""

SPELLER = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False)

Table = tuple[tuple[str, ...], ...]
"""The head of a table, then its rows."""

Marks = dict[str, Mark]
"""The marks of a picture by key."""


def union(column: list[Picture]) -> list[Mark]:
    """Every mark that a scene ever shows, in paint order."""
    found: dict[str, Mark] = {}
    before = None
    for painted in column:
        if painted is not before:
            found.update({mark.key: mark for mark in painted.marks if mark.key not in found})
        before = painted
    return in_paint_order(found.values())


@lru_cache(4096)
def attributes(mark: Mark) -> Mapping[str, str]:
    """What the page knows of a mark. Most marks of a run are the same from step to step: they are spelled once."""
    return {**page_attrs(mark), "": mark.text} if mark.text else page_attrs(mark)


def state_of(painted: Picture) -> State:
    """A picture as key -> attributes; the text is the attribute ""."""
    return {mark.key: dict(attributes(mark)) for mark in painted.marks}


def marks_of(painted: Picture) -> Marks:
    """A picture as key -> mark: what a patch is made from."""
    return {mark.key: mark for mark in painted.marks}


def difference(before: Marks, after: Marks, index: dict[str, int]) -> dict[str, Any]:
    """The patch that leads from one picture to the next. Most marks are the very same, and are not looked at."""
    patch: dict[str, Any] = {str(index[key]): None for key in before if key not in after}
    for mark in [mark for key, mark in after.items() if before.get(key) is not mark]:
        was = before.get(mark.key)
        if was is None:
            patch[str(index[mark.key])] = attributes(mark)
        elif was != mark and (changed := turned(attributes(was), attributes(mark))):
            patch[str(index[mark.key])] = changed
    return patch


def turned(old: Mapping[str, str], new: Mapping[str, str]) -> Mapping[str, str | None]:
    """The attributes that became others; null for those that went."""
    changed: dict[str, str | None] = {name: value for name, value in new.items() if old.get(name) != value}
    if not old.keys() <= new.keys():
        changed |= {name: None for name in old if name not in new}
    return changed


def compact(value: Any) -> str:
    """JSON without spaces, keys as given, text as UTF-8."""
    return SPELLER.encode(value)


def table_of(words: Words) -> Table:
    """The state of the picture as a table: the head, then the rows."""
    return words.head, *words.rows


def rows_changed(before: Table, after: Table) -> dict[str, tuple[str, ...] | None]:
    """The rows of a table that changed, by number; null for a row that is no longer there."""
    changed: dict[str, tuple[str, ...] | None] = {
        str(number): row for number, row in enumerate(after) if number >= len(before) or before[number] != row
    }
    return changed | {str(number): None for number in range(len(after), len(before))}

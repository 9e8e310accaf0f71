"""How texts stand in a timeline."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from playground.scenes.type import end_cut, width

OVER: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""A text over thin lines has an outline in the colour of the sheet."""


@lru_cache(256)
def lines(text: str, style: str, room: float, most: int) -> tuple[str, ...]:
    """A sentence in lines of this width, broken between words; what does not fit into the last one is cut."""
    found: list[str] = []
    for word in text.split():
        if found and (len(found) == most or width(f"{found[-1]} {word}", style) <= room):
            found[-1] += f" {word}"
        else:
            found.append(word)
    return tuple(end_cut(line, style, room) for line in found)

"""A legend that counts: for each machine its badge, name, a bar, and `before → after`."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from playground.scenes.marks import BOX, NARROW, WIDE, Sheet, number
from playground.scenes.names import escaped, told_apart
from playground.scenes.shapes import badge, role
from playground.scenes.type import width

NAMES = {WIDE: 104, NARROW: 110}
"""Layout -> where the bars begin, behind the badges and the names."""


class Legend(NamedTuple):
    """Where the rows stand, their pitch, the count that fills a bar, and whether bars show only what is held now."""

    layout: str
    left: float
    right: float
    pitch: int
    most: int
    dense: bool


class Who(NamedTuple):
    """A machine: name, what there is room for of it, letter, order of appearance, state (live, failed, gone)."""

    name: str
    short: str
    letter: str
    order: int
    state: str


def shortened(layout: str, names: tuple[str, ...]) -> Mapping[str, str]:
    """What the rows have room for of each name."""
    return told_apart(names, "name", NAMES[layout] - 36)


@lru_cache(256)
def legend_row(shape: Legend, who: Who, before: int, held: int, y: float) -> Sheet:
    """One row: what was gained since `before` is hatched, what was lost is dotted."""
    sheet = Sheet("legend", shape.layout, 0)
    key, left, right = f"row:{escaped(who.name)}", shape.left, shape.right
    name_x, bar_x = left + 28, left + NAMES[shape.layout]
    radius = 8.5 if shape.pitch < 27 else 9.5
    badge(
        sheet, key, left + 10, y, who.letter, who.order, who.state, f"{who.name}, {who.state}", r=radius, pick=who.name
    )
    live = who.state == "live"
    sheet.label(
        f"{key}/name", name_x, y + 4.5, who.short, "name",
        fill="ink" if live else "mute", text_decoration=None if live else "line-through",
    )  # fmt: skip
    per = (right - bar_x - width(f"{shape.most} → {shape.most}", "strong") - 10) / max(shape.most, 1)
    kept, pen = held if shape.dense else min(held, before), role(who.order)
    if kept:
        sheet.add(f"{key}/kept", "rect", BOX, x=bar_x, y=y - 5, width=kept * per, height=10, rx=1, fill=pen)
    if held < before and not shape.dense:
        sheet.add(
            f"{key}/lost", "rect", BOX, x=bar_x + kept * per, y=y - 4.5, width=(before - kept) * per, height=9,
            fill="none", stroke="mute", stroke_width=1, stroke_dasharray="2 3",
        )  # fmt: skip
    elif not shape.dense:
        # Also where nothing was gained: a line of no length draws nothing, and is short to change.
        line = f"M{number(bar_x + kept * per)} {number(y)}h{number((held - kept) * per)}"
        sheet.path(f"{key}/gained", BOX, line, fill="none", stroke=pen, stroke_width=10, stroke_dasharray="1.5 2.5")
    value, style = (str(held), "value") if held == before else (f"{before} → {held}", "strong")
    sheet.label(f"{key}/value", right, y + 4.3, value, style, fill="ink", text_anchor="end")
    return sheet

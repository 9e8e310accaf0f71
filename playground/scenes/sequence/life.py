"""Lifelines: solid while somebody works, hollow while somebody waits, a thin line else. Who is blocked is seen."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from playground.scenes.marks import BAND, EDGE, Sheet, number
from playground.scenes.sequence.parts import WAITS, WORKS, Lane

WIDE, RIM = 8.2, 1.2
"""A bar, and the rim of a hollow one."""


class Change(NamedTuple):
    """What a lane does from `y` on, which is told as far as `bottom`."""

    y: float
    does: str
    bottom: float


def line(x: float, changes: Iterable[Change], kind: str, inset: float = 0) -> str:
    """The stretches in which a lane does this, one after the other. What is told later only adds to it, so that a bar
    is seen to grow.
    """
    out, doing = [], False
    for y, does, bottom in changes:
        if (does == kind) != doing:
            doing = not doing
            out.append(f"M{number(x)} {number(y + inset)}" if doing else f"V{number(y - inset)}")
        if doing:
            # One line to where it is told now: a line a row would say nothing else, at greater length.
            if out[-1].startswith("V"):
                out.pop()
            out.append(f"V{number(bottom - inset)}")
    return "".join(out)


def lifeline(sheet: Sheet, lane: Lane, x: float, changes: list[Change], breaks: dict[int, float]) -> None:
    """The bars of a lane, torn where time has a break: `breaks` by the messages that end them."""
    key, drawn = f"lane:{lane.name}", {change.does for change in changes}
    for kind in (WAITS, WORKS):
        if kind in drawn:
            bar = line(x, changes, kind)
            sheet.path(f"{key}/{kind}", BAND, bar, stroke=lane.role, stroke_width=WIDE, fill="none")
    if WAITS in drawn:
        hollow = line(x, changes, WAITS, RIM)
        sheet.path(f"{key}/waits/hollow", BAND, hollow, stroke="sheet", stroke_width=WIDE - 2 * RIM, fill="none")
    for message, y in breaks.items():
        tear(sheet, f"{key}/tear:{message}", x, y)


def tear(sheet: Sheet, key: str, x: float, y: float) -> None:
    """Two waves across a lane: between them time is not drawn."""
    left, place = number(x - 8), f"translate(0 {number(y)})"
    waves = [f"M{left} {at}q4 -4 8 0t8 0" for at in (-4, 4)]
    gap = f"M{left} -4q4 -4 8 0t8 0V4q-4 4 -8 0t-8 0Z"
    sheet.path(f"{key}/gap", EDGE, gap, fill="sheet", transform=place)
    sheet.path(f"{key}/waves", EDGE, waves, stroke="mute", stroke_width=1.25, fill="none", transform=place)

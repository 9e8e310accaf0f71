"""Signs that device, verifier and rival are drawn with."""

from __future__ import annotations

from playground.scenes.codes.layout import Box
from playground.scenes.marks import CHANGED, Sheet, number

KEY = "m0 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0m9 0h11m-3.5 0v4m-4 -4v3"
"""A key of 20 units from its left end: who has it shares the secret."""
PERSON = "m-4.5 -8a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0m-4.5 14c0 -11 18 -11 18 0"
MASK = "m-3.6 -1.5h2.6m2 0h2.6"
"""Eyes of who hides behind a person’s shape."""
TICK = "m-6 0l4.5 4.5l8 -9"


def placed(d: str, x: float, y: float) -> str:
    """A sign, given by steps, at a place."""
    return f"M{number(x)} {number(y)}{d}"


def brass(sheet: Sheet, box: Box, r: float) -> None:
    """The one brass ring of a picture: look here. A path, whatever its shape is, as where bytes are looked at."""
    across, down, turn = box.wide - 2 * r, box.high - 2 * r, number(r)
    d = (
        f"M{number(box.x + r)} {number(box.y)}h{number(across)}a{turn} {turn} 0 0 1 {turn} {turn}v{number(down)}"
        f"a{turn} {turn} 0 0 1 -{turn} {turn}h{number(-across)}a{turn} {turn} 0 0 1 -{turn} -{turn}v{number(-down)}"
        f"a{turn} {turn} 0 0 1 {turn} -{turn}"
    )
    sheet.path("changed", CHANGED, d, fill="none", stroke="brass-line", stroke_width=2.25)


def padlock(x: float, y: float, *, shut: bool) -> str:
    """A padlock of 22 by 26 around a place; open, its shackle stands beside it."""
    left = -6 if shut else 2
    return (
        f"M{number(x - 11)} {number(y - 2)}h22v15h-22z"
        f"M{number(x + left)} {number(y - 2)}v-4a6 6 0 0 1 12 0v{4 if shut else 2}"
    )

"""Small shapes that every kind of picture shares: crosses, arrowheads, wedges, badges."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from math import atan2, cos, sin
from types import MappingProxyType
from typing import Any

from playground.scenes.marks import BOX, CHANGED, CROSS, LABEL, TOKEN, Sheet, number
from playground.scenes.names import differs, same_end
from playground.scenes.type import width

MACHINES = 8
"""Machine colours; the ninth machine takes the first with a double outline."""


def role(order: int) -> str:
    """Colour role of a machine, by order of appearance."""
    return f"m{order % MACHINES + 1}"


def cross(x: float, y: float, r: float) -> str:
    """Path of a cross with arms of `r`."""
    a, b, c, d = number(x - r), number(x + r), number(y - r), number(y + r)
    return f"M{a} {c}L{b} {d}M{a} {d}L{b} {c}"


def head(x: float, y: float, from_x: float, from_y: float, length: float = 9, half: float = 3.5) -> str:
    """Path of a notched arrowhead with its tip at (x, y), coming from (from_x, from_y)."""
    angle = atan2(y - from_y, x - from_x)

    def place(along: float, across: float) -> str:
        return (
            f"{number(x - along * cos(angle) - across * sin(angle))} "
            f"{number(y - along * sin(angle) + across * cos(angle))}"
        )

    return f"M{place(0, 0)}L{place(length, half)}L{place(length * 0.75, 0)}L{place(length, -half)}Z"


def wedge(x: float, y: float) -> str:
    """Path of the brass wedge in the margin: its tip points right, to the row that changed."""
    return f"M{number(x - 8)} {number(y - 4.5)}L{number(x)} {number(y)}L{number(x - 8)} {number(y + 4.5)}Z"


def brass_ring(sheet: Sheet, x: float, y: float, r: float) -> None:
    """The one brass ring of a picture: look here."""
    sheet.add("changed", "circle", CHANGED, cx=x, cy=y, r=r, fill="none", stroke="brass-line", stroke_width=2.25)


def badge(
    sheet: Sheet,
    key: str,
    x: float,
    y: float,
    letter: str,
    order: int,
    state: str,
    name: str,
    *,
    r: float = 9.5,
    pick: str,
) -> None:
    """A server's badge: a disc with its letter; failed: dashed with a cross; gone: dotted, mute.

    `pick` is the answer that choosing it on the picture stands for.
    """
    sheet.group(key, BOX, x, y, name, data_pick=pick)
    if state == "live":
        double: dict[str, Any] = {"stroke": "ink", "stroke_width": 2} if order >= MACHINES else {}
        sheet.add(f"{key}/disc", "circle", BOX, parent=key, r=r, fill=role(order), **double)
        sheet.label(f"{key}/letter", 0, 3.9, letter, "badge", parent=key, fill="sheet", text_anchor="middle")
        return
    pen = "fail" if state == "failed" else "mute"
    sheet.add(
        f"{key}/disc", "circle", BOX, parent=key, r=r, fill="sheet", stroke=pen, stroke_width=1.25,
        stroke_dasharray="5 4" if state == "failed" else "2 3",
    )  # fmt: skip
    sheet.label(f"{key}/letter", 0, 3.9, letter, "badge", parent=key, fill="mute", text_anchor="middle", layer=LABEL)
    if state == "failed":
        sheet.add(f"{key}/cross", "path", CROSS, parent=key, d=cross(0, 0, r * 0.75), stroke="fail", stroke_width=2.25)


PICKS: tuple[Callable[[str, str], str], ...] = (
    lambda name, own: name[0].upper(),
    lambda name, own: name[-1].upper(),
    lambda name, own: name[0].upper() + name[-1],
    lambda name, own: name[-2:],
    lambda name, own: own[-2:],
)
"""Letters of a name. `own` ends where it still differs from the others."""


@lru_cache(256)
def initials(names: tuple[str, ...]) -> Mapping[str, str]:
    """A letter or two for each name: initials if they differ, else last characters, else the last two of all or of what
    differs (`69` and `70` of two addresses at one port), else A, B, C.
    """
    alike = same_end(names)
    for pick in PICKS:
        letters = {name: pick(name, name[: differs(name, alike)]) for name in names}
        if len(set(letters.values())) == len(names):
            return MappingProxyType(letters)
    return MappingProxyType({name: chr(ord("A") + number_ % 26) for number_, name in enumerate(names)})


CAPSULE = 10
"""Half the height of a message on its way."""


def capsule(sheet: Sheet, key: str, label: str, pen: str, rx: float, *, lost: bool) -> None:
    """A message on its way, in a group of that key: as wide as its label; what is lost is hollow and has a cross."""
    half = max(CAPSULE, width(label, "badge") / 2 + 4)
    sheet.add(
        f"{key}/shape", "rect", TOKEN, parent=key, x=-half, y=-CAPSULE, width=2 * half, height=2 * CAPSULE, rx=rx,
        fill="sheet" if lost else pen, stroke="fail" if lost else None, stroke_width=1.5 if lost else None,
        stroke_dasharray="3 2" if lost else None,
    )  # fmt: skip
    ink = "ink" if lost else "sheet"
    sheet.label(f"{key}/label", 0, 3.9, label, "badge", parent=key, fill=ink, text_anchor="middle")
    if lost:
        mark = cross(half + 3, -CAPSULE + 1, 5)
        sheet.path(f"{key}/cross", CROSS, mark, parent=key, stroke="fail", stroke_width=2.25, fill="none")

"""Widths of text without a browser, and shortening. Measured: SCENES of the widest common system fonts."""

from __future__ import annotations

from functools import lru_cache

ADVANCE = {"sans": 0.60, "bold": 0.66, "mono": 0.60, "serif": 0.58}
"""Ems a character takes at most: the widest of the common system fonts (DejaVu) on typical labels."""

STYLES = {
    "figure": ("serif", 32), "figure-small": ("serif", 25), "heading": ("serif", 15), "remark": ("serif", 14.5),
    "name": ("bold", 13), "badge": ("bold", 11), "label": ("sans", 12), "note": ("sans", 11.5),
    "value": ("mono", 12), "strong": ("mono", 12), "tick": ("mono", 11),
}  # fmt: skip
"""Type styles: font family and size in units."""

TEXTS = 2048
"""Texts that are remembered: what learners type is among them, so there is an end to it."""


@lru_cache(TEXTS)
def width(text: str, style: str) -> float:
    """Units that a text takes at most in a style. Wide East Asian characters count twice."""
    family, size = STYLES[style]
    ems = sum(1.8 if ord(char) > 0x2E7F else 1 for char in text) * ADVANCE[family]
    return ems * size


@lru_cache(TEXTS)
def middle_cut(name: str, style: str, room: float) -> str:
    """A name shortened from the middle until it fits: `checkout-…-7f`."""
    if width(name, style) <= room:
        return name
    for keep in range(len(name) - 1, 1, -1):
        head, tail = (keep + 1) // 2, keep // 2
        short = f"{name[:head]}…{name[len(name) - tail :]}"
        if width(short, style) <= room:
            return short
    return "…"


@lru_cache(TEXTS)
def end_cut(value: str, style: str, room: float) -> str:
    """A value shortened from its end until it fits: `0571749e2a…`."""
    if width(value, style) <= room:
        return value
    for keep in range(len(value) - 1, 0, -1):
        if width(value[:keep] + "…", style) <= room:
            return value[:keep] + "…"
    return "…"

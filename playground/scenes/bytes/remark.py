"""The sentence that stands below, where there are no bits."""

from __future__ import annotations

from playground.scenes.bytes.places import REMARK, Places
from playground.scenes.bytes.value import Bytes
from playground.scenes.marks import Sheet
from playground.scenes.type import width


def remark(scene: Bytes, sheet: Sheet, places: Places, top: float) -> None:
    """The sentence in as many lines as it needs, up to the most; under the values, which begin at `top`."""
    lines = [""]
    for word in scene.remark.split():
        longer = f"{lines[-1]} {word}".strip()
        if width(longer, "remark") <= min(places.right - places.left, 480):
            lines[-1] = longer
        else:
            lines.append(word)
    above = 66 * (min(len(scene.values), 1) if places.wide else len(scene.values))
    for row, line in enumerate(lines[:REMARK]):
        y = top + above + 34 + 21 * row
        sheet.label(f"remark/{row}", places.left, y, line, "remark", fill="ink")

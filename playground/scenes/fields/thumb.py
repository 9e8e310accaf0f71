"""The small picture of a header."""

from __future__ import annotations

from playground.scenes.fields.value import Fields
from playground.scenes.marks import BAND, EDGE, THUMB, Picture, Sheet, number


def thumb(scene: Fields) -> Picture:
    """The grid; what changed is filled."""
    sheet, at = Sheet("fields", THUMB, 150), 0
    rows = max(scene.rows(), 1)
    per, tall = 192 / scene.row, min(110 / rows, 26)
    lines: list[str] = []
    full: list[str] = []
    for field in scene.fields:
        row, column = divmod(at, scene.row)
        high = -(-(column + field.bits) // scene.row) * tall
        wide = per * min(field.bits, scene.row - column)
        x, y = 24 + per * column, 75 - rows * tall / 2 + row * tall
        d = f"M{number(x)} {number(y)}h{number(wide)}v{number(high)}h{number(-wide)}z"
        (full if field.key in scene.changed else lines).append(d)
        at += field.bits
    sheet.path("grid", EDGE, lines + full, fill="none", stroke="mute", stroke_width=1.5)
    if full:
        sheet.path("changed", BAND, full, fill="brass-line")
    return sheet.done()

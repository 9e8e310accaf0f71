"""What came of it, at the foot of the picture: a sign and the words."""

from __future__ import annotations

from typing import Any

from playground.scenes.bytes.parts import ring
from playground.scenes.bytes.places import Places
from playground.scenes.bytes.value import Verdict
from playground.scenes.marks import CROSS, FURNITURE, Sheet, number
from playground.scenes.shapes import cross
from playground.scenes.type import end_cut, width


def verdict(told: Verdict, sheet: Sheet, places: Places, brass: bool) -> None:
    y = sheet.height - 22
    left, right = places.left, places.right
    x = left + 9.0
    sheet.path("verdict/rule", FURNITURE, f"M{left} {number(y - 24)}H{right}", stroke="hair", fill="none")
    sign: dict[str, Any] = {"fill": "none", "stroke_width": 2.25}
    pen = "done" if told.good else "fail"
    shape = f"M{number(x - 5)} {number(y - 4)}l4 5l8 -10" if told.good else cross(x, y - 4, 5)
    sheet.path("verdict/sign", CROSS, shape, stroke=pen, **sign)
    style = "name" if places.wide else "label"
    text = end_cut(told.words, style, right - x - 16)
    sheet.label("verdict", x + 16, y, text, style, fill="ink")
    if brass:
        room = min(width(text, style) + 38, right - x + 12)
        ring(sheet, f"M{number(x - 12)} {number(y - 18)}h{number(room)}v28h{number(-room)}z")

"""A callout: the thing that a question is about, ringed and named on a finished picture."""

from __future__ import annotations

import re

from playground.scenes.marks import CHANGED, Picture, Sheet
from playground.scenes.type import middle_cut, width

PLACE = re.compile(r"translate\((-?[0-9.]+) (-?[0-9.]+)\)")


def callout(picture: Picture, key: str, words: str, layout: str) -> Picture:
    """The ring and the name alone, as a picture of the same size; empty where the thing is not in view."""
    sheet = Sheet(picture.kind, layout, picture.height)
    mark = next((mark for mark in picture.marks if mark.key == key), None)
    place = PLACE.match(dict(mark.attrs).get("transform", "")) if mark else None
    if place:
        x, y = float(place[1]), float(place[2])
        text = middle_cut(words, "strong", 120)
        half = width(text, "strong") / 2
        # Towards the middle of the drawing, away from what surrounds it; a narrow picture has its list below.
        middle = min(picture.width, picture.height) / 2
        sheet.add("asked", "circle", CHANGED, cx=x, cy=y, r=9, fill="none", stroke="brass-line", stroke_width=2.25)
        at = min(max(x, half + 4), picture.width - half - 4)
        sheet.label(
            "asked/name", at, y + (24 if y < middle else -15), text, "strong", fill="ink",
            text_anchor="middle", stroke="sheet", stroke_width=4, paint_order="stroke", layer=CHANGED,
        )  # fmt: skip
    return sheet.done()

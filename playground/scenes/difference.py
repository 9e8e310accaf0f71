"""Rings around what differs between two pictures of one kind: things with the same key that look otherwise."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property

from playground.scenes.marks import Mark, Picture, spelled
from playground.scenes.type import width

LAYER = 99
MOST = 8
"""More rings than this would hide what they point at; then there are none, and the table tells."""

PLACED = {"ring", "topology", "peers", "dag"}
"""Kinds in which a thing’s place says something: the server that a request is on its way to, the side of a cut.
In the others things stand one after the other, and only what they say counts."""

ROOM = 4
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")
Box = tuple[float, float, float, float]


class Seen:
    """A picture that is compared with others: its things are told apart once."""

    def __init__(self, picture: Picture) -> None:
        self.picture = picture

    @cached_property
    def things(self) -> dict[str, tuple[Mark, ...]]:
        return things(self.picture)

    @cached_property
    def said(self) -> dict[str, tuple[Mark, ...]]:
        """Every thing as far as it is compared."""
        return {key: said(self.picture.kind, parts) for key, parts in self.things.items()}


def ringed(mine: Seen, other: Seen) -> Picture:
    """The picture with a dashed ring around every thing that the other shows otherwise, or not at all."""
    picture, theirs = mine.picture, other.said
    boxes: dict[str, Box] = {}
    for key, shown in mine.said.items():
        if theirs.get(key, ()) != shown and (box := around(mine.things[key])):
            boxes[key] = box
            if len(boxes) > MOST:
                return picture
    rings = tuple(ring(f"differs:{key}", box, picture) for key, box in boxes.items())
    return replace(picture, marks=(*picture.marks, *rings))


def things(picture: Picture) -> dict[str, tuple[Mark, ...]]:
    """Key -> the marks of every thing: a group with its parts. What is alone is furniture."""
    found: dict[str, tuple[Mark, ...]] = {mark.key: (mark,) for mark in picture.marks if mark.tag == "g"}
    for mark in picture.marks:
        if mark.parent in found:
            found[mark.parent] = (*found[mark.parent], mark)
    return found


def said(kind: str, parts: tuple[Mark, ...]) -> tuple[Mark, ...]:
    """A thing as far as it is compared."""
    if kind in PLACED or not parts:
        return parts
    group, *rest = parts
    return group._replace(attrs=tuple(pair for pair in group.attrs if pair[0] != "transform")), *rest


def around(parts: tuple[Mark, ...]) -> Box | None:
    """What a group takes of the picture: left, top, right, bottom; None where nothing in it has a place."""
    group, *rest = parts
    places = NUMBERS.findall(dict(group.attrs).get("transform", ""))
    x, y = (float(places[0]), float(places[1])) if len(places) >= 2 else (0.0, 0.0)
    boxes = [box for mark in rest if (box := extent(mark))]
    if not boxes:
        return None
    left, top, right, bottom = zip(*boxes, strict=True)
    return x + min(left), y + min(top), x + max(right), y + max(bottom)


def extent(mark: Mark) -> Box | None:
    """What a mark takes, in the units of its group."""
    attrs = dict(mark.attrs)

    def at(name: str) -> float:
        return float(attrs.get(name, 0))

    if mark.tag == "circle":
        return at("cx") - at("r"), at("cy") - at("r"), at("cx") + at("r"), at("cy") + at("r")
    if mark.tag == "rect":
        return at("x"), at("y"), at("x") + at("width"), at("y") + at("height")
    if mark.tag == "text":
        wide = width(mark.text, attrs.get("style", "label")) * 0.9
        start = at("x") - {"middle": wide / 2, "end": wide}.get(attrs.get("text-anchor", ""), 0)
        return start, at("y") - 10, start + wide, at("y") + 3
    return None


def ring(key: str, box: Box, picture: Picture) -> Mark:
    """A ring that stays inside the picture."""
    left, top = max(1.5, box[0] - ROOM), max(1.5, box[1] - ROOM)
    right, bottom = min(picture.width - 1.5, box[2] + ROOM), min(picture.height - 1.5, box[3] + ROOM)
    attrs: dict[str, str | float | None] = {
        "x": left, "y": top, "width": max(0.0, right - left), "height": max(0.0, bottom - top), "rx": 6,
        "fill": "none", "stroke": "ink", "stroke-width": 1.4, "stroke-dasharray": "3 3",
    }  # fmt: skip
    return Mark(key, "rect", spelled(attrs), "", "", LAYER)

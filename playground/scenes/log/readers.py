"""Readers above the log: each stands at its next record; what it has not read yet is hollow, a dashed line
leads back to where it would go on after a failure."""

from __future__ import annotations

from typing import Any

from playground.scenes.log.layout import READER, Rows, Window
from playground.scenes.log.value import Log, Reader
from playground.scenes.marks import BOX, CHANGED, EDGE, Sheet, number
from playground.scenes.shapes import head, role, wedge
from playground.scenes.type import middle_cut, width

LONGEST = 96
"""Units that a reader's name may take."""

OUTLINE: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""A name may stand over another reader's stem."""


class Readers:
    """The readers of one painting, the slowest on top."""

    def __init__(self, scene: Log, sheet: Sheet, window: Window, rows: Rows) -> None:
        self.scene, self.sheet, self.window, self.rows = scene, sheet, window, rows

    def paint(self) -> None:
        for place, one in enumerate(sorted(self.scene.readers, key=lambda one: (one.next, one.order))):
            self.reader(one, 44.0 + READER * place)

    def reader(self, one: Reader, y: float) -> None:
        sheet, pen, key = self.sheet, role(one.order), f"reader:{one.name}"
        x, end = self.window.of_offset(one.next), self.window.right
        lag = self.scene.end - one.next
        name = middle_cut(one.name, "name", LONGEST)
        outside = bool(self.window.cells) and one.next < self.window.cells[0].base
        note = (
            "nothing yet"
            if not self.scene.end
            else f"{'← ' if outside else ''}{lag} to read"
            if lag
            else "has read all"
        )
        sheet.path(f"{key}/stem", EDGE, self.stem(x, y), fill="none", stroke=pen, stroke_width=1.7)
        sheet.path(f"{key}/head", EDGE, head(x, self.rows.cells - 2, x, y), fill=pen)
        if end - x > 4:
            sheet.path(f"{key}/lag", BOX, self.hollow(x, end, y + 16), fill="none", stroke=pen, stroke_width=1.25)
        if one.goes_back and (start := max(self.window.of_offset(one.committed), self.window.left)) < x - 4:
            sheet.path(
                f"{key}/back", EDGE, f"M{number(start)} {number(y + 20)}H{number(x)}", fill="none", stroke=pen,
                stroke_width=1.7, stroke_dasharray="2 3",
            )  # fmt: skip
        named, told = width(name, "name"), width(note, "note")
        # Towards the open side: to the right while there is room, else to the left of the stem.
        if x + named + told + 16 <= sheet.width - 8:
            sheet.label(f"{key}/name", x + 4, y + 10, name, "name", fill=pen, **OUTLINE)
            sheet.label(f"{key}/note", x + 12 + named, y + 10, note, "note", fill="ink", **OUTLINE)
        else:
            sheet.label(f"{key}/name", x - 10 - told, y + 10, name, "name", fill=pen, text_anchor="end", **OUTLINE)
            sheet.label(f"{key}/note", x - 4, y + 10, note, "note", fill="ink", text_anchor="end", **OUTLINE)
        if self.scene.changed == key:
            left = x - 1 if x + named + told + 16 <= sheet.width - 8 else x - 14 - named - told
            sheet.add(
                "changed", "rect", CHANGED, x=left, y=y - 5, width=named + told + 17, height=20, rx=3, fill="none",
                stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip
            if left > 26:
                sheet.path("wedge", CHANGED, wedge(left - 3, y + 5), fill="brass-line")

    def stem(self, x: float, y: float) -> str:
        return f"M{number(x)} {number(y)}V{number(self.rows.cells - 9)}"

    def hollow(self, x: float, end: float, y: float) -> str:
        """What is not read yet, cell by cell."""
        d = [f"M{number(x)} {number(y)}H{number(end)}v8H{number(x)}z"]
        at = self.window.left
        while at < end:
            if at > x + 1:
                d.append(f"M{number(at)} {number(y)}v8")
            at += self.window.pitch
        return "".join(d)

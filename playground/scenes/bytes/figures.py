"""The values that follow from the bytes: figures with their captions, and arrows that say how each was reached."""

from __future__ import annotations

from playground.scenes.bytes.parts import ring
from playground.scenes.bytes.places import Places
from playground.scenes.bytes.value import Bytes, Value
from playground.scenes.marks import EDGE, FURNITURE, Sheet, number
from playground.scenes.shapes import head
from playground.scenes.type import end_cut, width


class Figures:
    """The values of one painting, from `top` down."""

    def __init__(self, scene: Bytes, sheet: Sheet, places: Places, top: float) -> None:
        self.scene, self.sheet, self.places, self.top = scene, sheet, places, top

    def paint(self) -> None:
        self.in_a_line() if self.places.wide else self.in_rows()

    def in_a_line(self) -> None:
        x, y = float(self.places.left) + 9, self.top + 34
        for value in self.scene.values:
            if value.how:
                self.how(value, x, x + 96, y)
                x += 96 + 20
            room = self.figure(value, x, y)
            x += max(room + 26, width(value.caption, "note") + 16)

    def in_rows(self) -> None:
        for row, value in enumerate(self.scene.values):
            y = self.top + 34 + 66 * row
            x = self.places.left + 9.0
            if value.how:
                self.how(value, x, x + 84, y)
                x += 104
            self.figure(value, x, y)

    def figure(self, value: Value, x: float, y: float) -> float:
        """A value as a figure, or as code where it is no number; what goes no further is mute. Its room is told."""
        sheet, style = self.sheet, "figure-small" if value.text.isdigit() else "strong"
        if not value.text:
            return self.to_come(value, x, y)
        if not value.kept:
            value = value._replace(text=end_cut(value.text, style, self.places.right - x))
        room = width(value.text, style) * 0.93
        if value.kept:
            cut = x + room * value.kept / len(value.text)
            sheet.label(
                f"value:{value.key}/cut", cut, y, value.text[: value.kept], style, fill="mute", text_anchor="end"
            )
            sheet.label(f"value:{value.key}", cut, y, value.text[value.kept :], style, fill="ink")
        else:
            sheet.label(f"value:{value.key}", x, y, value.text, style, fill="ink")
        sheet.label(f"value:{value.key}/caption", x, y + 20, value.caption, "note", fill="mute")
        if self.scene.changed == value.key:
            self.box(x, y, width(value.text, style))
        return width(value.text, style)

    def to_come(self, value: Value, x: float, y: float) -> float:
        """The place of a value without a text. Its room is told."""
        key = f"value:{value.key}/ahead"
        room = width("0" * 10, "figure-small")
        self.sheet.path(
            key, FURNITURE, f"M{number(x)} {number(y)}h{number(room)}", fill="none", stroke="guide",
            stroke_width=1, stroke_dasharray="2 3",
        )  # fmt: skip
        self.sheet.label(f"value:{value.key}/caption", x, y + 20, value.caption, "note", fill="mute")
        return room

    def box(self, x: float, y: float, room: float) -> None:
        ring(self.sheet, f"M{number(x - 9)} {number(y - 28)}h{number(room + 18)}v34h{number(-room - 18)}z")

    def how(self, value: Value, x: float, to: float, y: float) -> None:
        key, pen = f"how:{value.how}", "mute" if value.text else "guide"
        ink = "ink" if value.text else "mute"
        self.sheet.label(key, (x + to) / 2, y - 14, value.how, "remark", fill=ink, text_anchor="middle")
        self.sheet.path(
            f"{key}/line", EDGE, f"M{number(x)} {number(y - 8)}H{number(to - 5)}", stroke=pen, stroke_width=1.25,
            fill="none",
        )  # fmt: skip
        self.sheet.path(f"{key}/head", EDGE, head(to, y - 8, x, y - 8), fill=pen)

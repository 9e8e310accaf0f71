"""Dump: bytes that are mostly text, a row for each part, and the value that follows from all of them.

Characters stand as they are, control bytes by name (NUL, LF), raw bytes as hex. The number at the left is the
first byte of the row, counted from 0.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from playground.scenes.marks import BAND, BOX, CHANGED, EDGE, FURNITURE, LABEL, THUMB, WIDE, Picture, Sheet, number
from playground.scenes.motion import DRAWN, FILLED, LANDS, Coming, Motion
from playground.scenes.paint import PICTURES, paints
from playground.scenes.scene import Words
from playground.scenes.shapes import head
from playground.scenes.type import end_cut, width

ROWS = 10
"""Rows in view; of more, the first ones and the last."""

STEP = 27


class Part(NamedTuple):
    """A part: its first byte, its text, the control byte after it, raw bytes as hex, and what it means."""

    at: int
    text: str
    control: str = ""
    raw: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Dump:
    """`changed` is what wears brass: `value`, a row's number as text, or nothing."""

    title: str
    note: str
    rows: tuple[Part, ...]
    how: str = ""
    """What leads from the rows to the value, such as `SHA-1`."""
    value: str = ""
    caption: str = ""
    changed: str = ""
    remark: str = ""
    """A sentence that stands below the value, where there is room for it."""
    empty: str = "no bytes yet"

    kind = "dump"

    def room(self) -> tuple[int, ...]:
        """Rows in view."""
        return (min(len(self.rows), ROWS),)

    def blank(self) -> bool:
        return not self.rows

    def words(self) -> Words:
        rows = tuple(
            (str(row.at), " ".join(part for part in (row.text, row.control, row.raw) if part), row.meaning)
            for row in self.rows
        )
        return Words(self.sentence(), ("byte", "what stands there", "meaning"), rows)

    def sentence(self) -> str:
        if not self.rows:
            return f"{self.title}: {self.empty}."
        ending = f"; {self.how} gives {self.value}" if self.value else ""
        return f"{self.title}, {self.note}{ending}."


@lru_cache(PICTURES)
def painted(scene: Dump, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting."""

    def __init__(self, scene: Dump, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.wide = scene, layout == WIDE
        self.left, self.right = (24, 696) if self.wide else (18, 346)
        self.text = self.left + (40 if self.wide else 32)
        rows = max(room[0], 1)
        self.top = 42
        # The value stands below the rows of this frame: a short object is not torn apart.
        self.shown = in_view(scene.rows)
        self.end = self.top + STEP * max(len(self.shown), 1)
        self.sheet = Sheet("dump", layout, self.top + STEP * rows + 86)

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        sheet.label("title", self.left, 24, scene.title, "heading", fill="ink")
        if scene.note:
            sheet.label("note", self.right, 24, scene.note, "note", fill="mute", text_anchor="end")
        if not scene.rows:
            sheet.label("empty", self.left, self.top + 26, scene.empty, "note", fill="mute")
            return sheet.done()
        rules = [f"M{self.left} {self.top + STEP * at}H{self.right}" for at in range(len(self.shown) + 1)]
        sheet.path("rules", FURNITURE, rules, stroke="hair", stroke_width=1, fill="none")
        sheet.add(
            "header", "rect", BAND, x=self.left, y=self.top, width=self.right - self.left, height=STEP, fill="warm"
        )
        for at, row in enumerate(self.shown):
            self.row(at, row)
        self.value()
        return sheet.done()

    def row(self, at: int, row: Part) -> None:
        sheet, y = self.sheet, self.top + STEP * at + 18
        if row.at < 0:
            sheet.label(f"row:{at}/text", self.text, y, row.text, "note", fill="mute")
            return
        sheet.label(f"row:{at}/at", self.text - 12, y, str(row.at), "tick", fill="mute", text_anchor="end")
        style = "value" if self.wide else "tick"
        rest = self.right - self.text
        text = end_cut(row.text, style, rest)
        x = self.text + width(text, style)
        if text:
            sheet.label(f"row:{at}/text", self.text, y, text, style, fill="ink")
        if row.control and x + 36 < self.right:
            x += 7 if text else 0
            room = width(row.control, "tick") + 8
            sheet.add(
                f"row:{at}/chip", "rect", BOX, x=x, y=y - 12.5, width=room, height=17, rx=2, fill="none",
                stroke="guide", stroke_width=1,
            )  # fmt: skip
            sheet.label(f"row:{at}/control", x + 4, y, row.control, "tick", fill="mute")
            x += room
        if row.raw:
            text = end_cut(row.raw, style, self.right - x - 8)
            sheet.label(f"row:{at}/raw", x + 8, y, text, style, fill="data")
            x += 8 + width(text, style)
        if row.meaning and x + 14 + width(row.meaning, "note") <= self.right - 4:
            sheet.label(
                f"row:{at}/meaning", self.right - 4, y, row.meaning, "note", fill="mute", text_anchor="end"
            )  # fmt: skip
        if self.scene.changed == str(at):
            self.ring(self.left, y - 18, self.right - self.left, STEP)

    def value(self) -> None:
        """The value below, with the arrow that says how."""
        scene, sheet = self.scene, self.sheet
        if not scene.value:
            return
        x, y = self.left + 8.0, self.end + 50
        if scene.how:
            stem = x + 6
            sheet.path("how/line", EDGE, f"M{number(stem)} {self.end + 5}V{self.end + 26}", stroke="mute", fill="none")
            sheet.path("how/head", EDGE, head(stem, self.end + 29, stem, self.end), fill="mute")
            sheet.label("how", stem + 12, self.end + 20, scene.how, "note", fill="mute")
        text = end_cut(scene.value, "strong", self.right - x - 6)
        sheet.label("value", x, y, text, "strong", fill="ink", layer=LABEL)
        if scene.caption:
            sheet.label("caption", x, y + 24, end_cut(scene.caption, "note", self.right - x), "note", fill="mute")
        if scene.changed == "value":
            self.ring(x - 7, y - 17, width(text, "strong") + 14, 26)
        self.remark(y + 58)

    def remark(self, top: float) -> None:
        """The sentence in lines, if all of them fit."""
        lines = [""]
        for word in self.scene.remark.split():
            longer = f"{lines[-1]} {word}".strip()
            if width(longer, "remark") <= min(self.right - self.left - 8, 480):
                lines[-1] = longer
            else:
                lines.append(word)
        if top + 21 * (len(lines) - 1) + 8 <= self.sheet.height:
            for at, line in enumerate(filter(None, lines)):
                self.sheet.label(f"remark/{at}", self.left + 8, top + 21 * at, line, "remark", fill="ink")

    def ring(self, x: float, y: float, room: float, tall: float) -> None:
        self.sheet.add(
            "changed", "rect", CHANGED, x=x, y=y, width=room, height=tall, rx=3, fill="none", stroke="brass-line",
            stroke_width=2.25,
        )  # fmt: skip


def in_view(rows: tuple[Part, ...]) -> list[Part]:
    """All rows, or the first ones, how many follow, and the last."""
    if len(rows) <= ROWS:
        return list(rows)
    hidden = len(rows) - ROWS + 1
    return [*rows[: ROWS - 2], Part(-1, f"… {hidden} more parts …"), rows[-1]]


def thumb(scene: Dump) -> Picture:
    """Rows as bars of their length, and the beginning of the value."""
    sheet = Sheet("dump", THUMB, 150)
    for at, row in enumerate(scene.rows[:4]):
        room = 20 + min(len(row.text) * 5, 130)
        sheet.add(f"row/{at}", "rect", BOX, x=24, y=20 + 20 * at, width=room, height=9, rx=1, fill="guide")
        if row.raw:
            sheet.add(f"raw/{at}", "rect", BOX, x=32 + room, y=20 + 20 * at, width=40, height=9, rx=1, fill="m1")
    if scene.value:
        sheet.label("value", 120, 130, scene.value[:7], "figure-small", fill="ink", text_anchor="middle")
    return sheet.done()


MOTION = Motion(
    "Bytes are read line by line; how a value follows from them is drawn.",
    (
        Coming("how", LANDS, "/head"),
        Coming("how", DRAWN, "/line"),
        Coming("row:", FILLED, anew=True),
        Coming("value", LANDS),
        Coming("remark/", LANDS),
    ),
)

paints(Dump, painted, thumb, motion=MOTION)

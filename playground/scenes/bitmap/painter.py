"""A message becomes marks."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.bitmap.value import HALF, ROW, Bitmap
from playground.scenes.marks import BAND, CHANGED, EDGE, FURNITURE, WIDE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import wedge
from playground.scenes.type import end_cut, width

CELL, TALL, LINE = 17, 22, 18


@lru_cache(PICTURES)
def painted(scene: Bitmap, layout: str, room: tuple[int, ...]) -> Picture:
    """A message stays while it travels: equal values are painted once."""
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one message."""

    def __init__(self, scene: Bitmap, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.wide = scene, layout == WIDE
        rows, lines, size = room
        self.many_lines, self.many_bytes = lines, size
        self.left = 70 if self.wide else 62
        self.edge = 18 if self.wide else 16
        self.top = 46
        self.many = rows
        below = self.top + TALL * rows + (22 if rows == 4 else 26)
        self.list_left, self.list_top = (372, 52) if self.wide else (self.edge, below + 12)
        self.list_right = 702 if self.wide else 344
        ends = self.list_top + LINE * max(lines, 2)
        self.per = 32 if self.wide else 16
        self.bytes_top = max(below, ends) + 18
        self.sheet = Sheet("bitmap", layout, int(self.bytes_top + 16 * -(-size // self.per) + 6))

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        sheet.label("title", self.edge, 22, scene.title, "heading", fill="ink")
        if scene.note:
            right = 702 if self.wide else 344
            room = right - self.edge - width(scene.title, "heading") - 12
            note = end_cut(scene.note, "note", room)
            sheet.label("note", right, 22, note, "note", fill="mute", text_anchor="end")
        self.grid()
        self.bits()
        self.lines()
        self.run()
        return sheet.done()

    # The bits.

    def at(self, field: int) -> tuple[float, float]:
        """The left upper corner of a bit."""
        row, column = divmod(field - 1, ROW)
        return self.left + CELL * column, self.top + TALL * row + (4 if row >= 4 else 0)

    def grid(self) -> None:
        scene, sheet = self.scene, self.sheet
        pickable = scene.picks and self.many == HALF // ROW
        lines = []
        for row in range(self.many):
            x, y = self.at(row * ROW + 1)
            shown = "" if row < scene.rows else "2 3"
            lines.append(f"M{number(x)} {number(y)}h{ROW * CELL}v{TALL}h{-ROW * CELL}z")
            lines += [f"M{number(x + CELL * at)} {number(y)}v{TALL}" for at in range(1, ROW) if at != 8]
            lines.append(f"M{number(x + CELL * 8)} {number(y)}v{TALL}")
            if shown:
                continue
            # Two bytes a row.
            told = self.hexed(row) if scene.bits else f"{2 * row + 1}, {2 * row + 2}"
            sheet.label(f"row/{row}", self.left - 8, y + 15, told, "tick", fill="ink" if scene.bits else "mute",
                        text_anchor="end")  # fmt: skip
        sheet.path("cells", EDGE, lines, stroke="guide", stroke_width=1, fill="none")
        middle = self.left + CELL * 8
        split = "".join(
            f"M{number(middle)} {number(self.at(row * ROW + 1)[1] - 2)}v{TALL + 4}" for row in range(self.many)
        )
        sheet.path("bytes", EDGE, split, stroke="ink", stroke_width=1.5, fill="none")
        if pickable:
            for field in range(1, HALF + 1):
                x, y = self.at(field)
                byte, bit = (field - 1) // 8 + 1, (field - 1) % 8 + 1
                sheet.add(
                    f"bit:{field}", "rect", BAND, x=x + 1, y=y + 1, width=CELL - 2, height=TALL - 2,
                    fill="data" if field in scene.bits else "sheet",
                    fill_opacity="0.13" if field in scene.bits else "1",
                    data_pick=f"byte {byte}, bit {bit}",
                )  # fmt: skip
        elif scene.bits:
            boxes = []
            for field in scene.bits:
                x, y = self.at(field)
                boxes.append(f"M{number(x + 1)} {number(y + 1)}h{CELL - 2}v{TALL - 2}h{2 - CELL}z")
            sheet.path("set", BAND, boxes, fill="data", fill_opacity="0.13")
        y = self.at(self.many * ROW)[1] + TALL + 15
        words = "bits count from 1, at the left" if scene.bits or scene.changed else "two bytes in a row of 16 bits"
        sheet.label("count", self.left, y, words, "note", fill="mute")

    def hexed(self, row: int) -> str:
        """The two bytes of a row."""
        value = sum(0x8000 >> ((field - 1) % ROW) for field in self.scene.bits if (field - 1) // ROW == row)
        return f"{value >> 8:02x} {value & 255:02x}"

    def bits(self) -> None:
        scene, sheet = self.scene, self.sheet
        for field in scene.bits:
            x, y = self.at(field)
            sheet.label(f"set:{field}", x + CELL / 2, y + 15, str(field), "tick", fill="ink", text_anchor="middle")
        if scene.changed.startswith("bit:"):
            self.ring(*self.at(int(scene.changed[4:])), CELL, TALL)
        elif scene.changed == "bitmap":
            self.ring(*self.at(1), ROW * CELL, TALL * scene.rows + (4 if scene.rows > 4 else 0))

    # The fields.

    def lines(self) -> None:
        scene, sheet = self.scene, self.sheet
        left, right = self.list_left, self.list_right
        if not scene.fields():
            words = scene.empty if not scene.parts else "the fields follow"
            self.to_come("fields", left, self.list_top, right - left, LINE * max(self.many_lines, 2), words)
            return
        rules = [
            f"M{number(left)} {number(self.list_top + LINE * at)}H{number(right)}"
            for at in range(1, len(scene.fields()))
        ]
        sheet.path("rules", FURNITURE, rules or "M0 0", stroke="hair", stroke_width=1, fill="none")
        names = left + 26
        for at, part in enumerate(scene.fields()):
            y = self.list_top + LINE * at
            new = scene.changed == part.key
            if new:
                self.ring(left - 4, y + 1, right - left + 8, LINE - 2)
            sheet.label(f"field:{part.number}", left, y + 13, str(part.number), "strong", fill="ink")
            room = right - names - width(part.name, "note") - 14
            sheet.label(f"field:{part.number}/name", names, y + 13, part.name, "note", fill="mute")
            shown = end_cut(part.shown, "tick", room)
            sheet.label(f"field:{part.number}/value", right, y + 13, shown, "tick", fill="ink", text_anchor="end")

    # The bytes.

    def run(self) -> None:
        """All bytes, and a tint under the part that changed."""
        scene, sheet = self.scene, self.sheet
        data = bytes.fromhex("".join(part.data for part in scene.parts))
        if not data:
            if not self.many_bytes:
                return
            right, tall = (702 if self.wide else 344), 16 * -(-self.many_bytes // self.per)
            self.to_come("run", self.edge, self.bytes_top, right - self.edge, tall, "type, bitmap, fields: the bytes")
            return
        at = 0
        step, left = width("000", "tick"), self.edge + (4 if self.wide else 8)
        for part in scene.parts:
            if part.key == scene.changed and part.data:
                self.tint(at, len(part.data) // 2, left, step)
            at += len(part.data) // 2
        for row, first in enumerate(range(0, len(data), self.per)):
            y = self.bytes_top + 16 * row
            told = data[first : first + self.per].hex(" ")
            sheet.label(f"bytes/{row}", left, y + 11, told, "tick", fill="mute")

    def to_come(self, key: str, x: float, y: float, long: float, tall: float, words: str) -> None:
        """A place that is still empty."""
        d = f"M{number(x)} {number(y)}h{number(long)}v{number(tall)}h{number(-long)}z"
        self.sheet.path(
            f"{key}/to-come", FURNITURE, d, fill="none", stroke="guide", stroke_width=1, stroke_dasharray="2 3"
        )
        middle, base = x + long / 2, y + tall / 2 + 4
        self.sheet.label(f"{key}/words", middle, base, words, "note", fill="mute", text_anchor="middle")

    def tint(self, first: int, count: int, left: float, step: float) -> None:
        areas = []
        for row in range(first // self.per, (first + count - 1) // self.per + 1):
            start, end = max(first - row * self.per, 0), min(first + count - row * self.per, self.per)
            y = self.bytes_top + 16 * row
            areas.append(f"M{number(left - 2 + start * step)} {number(y)}h{number((end - start) * step - 3)}v15"
                         f"h{number(-(end - start) * step + 3)}z")  # fmt: skip
        self.sheet.path("tint", BAND, areas, fill="brass-line", fill_opacity="0.28")

    def ring(self, x: float, y: float, wide: float, tall: float) -> None:
        self.sheet.add(
            "changed", "rect", CHANGED, x=x - 1.5, y=y - 1.5, width=wide + 3, height=tall + 3, rx=2, fill="none",
            stroke="brass-line", stroke_width=2.25,
        )  # fmt: skip
        if self.wide:
            self.sheet.path("wedge", CHANGED, wedge(14, y + tall / 2), fill="brass-line")

"""A header becomes marks: ruler, grid, what each field holds, the ring round what changed, the lines below."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from playground.scenes.fields.value import Field, Fields
from playground.scenes.marks import BAND, CHANGED, EDGE, FURNITURE, WIDE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import wedge
from playground.scenes.type import end_cut, width

TOP = 64
"""Where the first row begins, under title and ruler."""
LINE = 22
NARROWEST, CENTRED = 36, 50
"""Units under which a field has its value over its short name, and under which it is centred."""


class Cell(NamedTuple):
    """A field's place: its left edge and width, its top and height."""

    x: float
    wide: float
    y: float
    tall: float


@lru_cache(PICTURES)
def painted(scene: Fields, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one header."""

    def __init__(self, scene: Fields, layout: str, room: tuple[int, ...]) -> None:
        self.scene = scene
        rows, tallies, remark = room
        self.wide = layout == WIDE
        self.left, self.right = (56, 696) if self.wide else (30, 348)
        self.pitch = 52 if self.wide else 43
        self.below = TOP + rows * self.pitch + 16
        self.per_line = 74 if self.wide else 38
        lines = -(-remark // (self.per_line - 10)) if remark else 0
        self.said = self.below + tallies * LINE + 12
        self.sheet = Sheet("fields", layout, int(self.said + lines * 19 + 8))

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        if not scene.fields:
            sheet.label("empty", sheet.width / 2, 60, scene.empty, "note", fill="mute", text_anchor="middle")
            return sheet.done()
        room = self.right - self.left - width(scene.note, "note") - 12
        sheet.label("title", self.left, 24, end_cut(scene.title, "heading", room), "heading", fill="ink")
        sheet.label("note", self.right, 24, scene.note, "note", fill="mute", text_anchor="end")
        rows = scene.rows()
        sheet.take(ruler(sheet.layout, self.left, self.right, scene.row, self.offsets(rows), self.pitch))
        places = self.places()
        self.grid(places)
        for field in scene.fields:
            self.field(field, places[field.key])
        self.tallies()
        self.ring(places)
        self.remark()
        return sheet.done()

    def offsets(self, rows: int) -> tuple[str, ...]:
        return self.scene.offsets or tuple(str(row * self.scene.row // 8) for row in range(rows))

    def places(self) -> dict[str, Cell]:
        """Where each field stands; one longer than a row is as high as the rows that it fills."""
        found, at = {}, 0
        per = (self.right - self.left) / self.scene.row
        for field in self.scene.fields:
            row, column = divmod(at, self.scene.row)
            tall = -(-(column + field.bits) // self.scene.row)
            x, wide = self.left + per * column, per * min(field.bits, self.scene.row - column)
            found[field.key] = Cell(x, wide, TOP + row * self.pitch, tall * self.pitch)
            at += field.bits
        return found

    def grid(self, places: dict[str, Cell]) -> None:
        d = [
            f"M{number(x)} {number(y)}h{number(wide)}v{number(tall)}h{number(-wide)}z"
            for x, wide, y, tall in places.values()
        ]
        self.sheet.path("grid", EDGE, d, fill="none", stroke="guide", stroke_width=1.25)

    def field(self, field: Field, cell: Cell) -> None:
        """Its name over its value; a slim one has its value over its short name."""
        sheet, key = self.sheet, f"field:{field.key}"
        middle, upper, lower = cell.x + cell.wide / 2, cell.y + cell.tall / 2 - 5, cell.y + cell.tall / 2 + 13
        strong = field.key in self.scene.changed
        style = "strong" if strong else "value"
        old = f"{field.old} → " if field.old else ""
        if cell.wide < CENTRED:
            slim = cell.wide < NARROWEST
            value = field.value if slim or width(old + field.value, style) > cell.wide - 6 else old + field.value
            short = end_cut(field.short, "tick", cell.wide - 2)
            above, below = (value, short) if slim else (short, value)
            if above:
                sheet.label(
                    f"{key}/upper", middle, upper, above, style if slim else "tick",
                    fill="ink" if slim else "mute", text_anchor="middle",
                )  # fmt: skip
            if below:
                sheet.label(
                    f"{key}/lower", middle, lower, below, "tick" if slim else style,
                    fill="mute" if slim else "ink", text_anchor="middle",
                )  # fmt: skip
            return
        room = cell.wide - 14
        name = field.name if width(field.name, "note") <= room else end_cut(field.short, "note", room)
        sheet.label(f"{key}/name", cell.x + 7, upper, name, "note", fill="mute")
        if not field.value:
            return
        value = end_cut(old + field.value, style, room)
        sheet.label(f"{key}/value", cell.x + 7, lower, value, style, fill="ink")
        if field.meaning and width(value, style) + width(field.meaning, "label") + 10 <= room:
            sheet.label(
                f"{key}/meaning", cell.x + cell.wide - 7, lower, field.meaning, "label", fill="ink", text_anchor="end"
            )

    def tallies(self) -> None:
        for at, tally in enumerate(self.scene.tallies):
            y = self.below + at * LINE + 8
            text = end_cut(tally.text, "strong", (self.right - self.left) * 0.62)
            caption = end_cut(tally.caption, "note", self.right - self.left - width(text, "strong") - 22)
            self.sheet.label(f"tally:{tally.key}/caption", self.left + 7, y, caption, "note", fill="mute")
            self.sheet.label(f"tally:{tally.key}", self.right - 7, y, text, "strong", fill="ink", text_anchor="end")

    def ring(self, places: dict[str, Cell]) -> None:
        """The fields that changed are tinted and ringed; neighbours in a row share one ring."""
        runs: list[Cell] = []
        for field in self.scene.fields:
            if field.key not in self.scene.changed:
                continue
            cell = places[field.key]
            last = runs[-1] if runs else None
            if last and (last.y, last.tall) == (cell.y, cell.tall) and abs(last.x + last.wide - cell.x) < 1:
                runs[-1] = last._replace(wide=last.wide + cell.wide)
            else:
                runs.append(cell)
        tints = [box(cell, 0) for cell in runs]
        for at, tally in enumerate(self.scene.tallies):
            if tally.key in self.scene.changed:
                runs.append(Cell(self.left, self.right - self.left, self.below + at * LINE - 8, LINE))
        if tints:
            self.sheet.path("tint", BAND, tints, fill="data", fill_opacity="0.13")
        if runs:
            d = [box(cell, 1.5) for cell in runs]
            self.sheet.path("changed", CHANGED, d, fill="none", stroke="brass-line", stroke_width=2.25)
            marks = [wedge(self.left - 12, cell.y + cell.tall / 2) for cell in runs] if self.wide else []
            self.sheet.path("wedge", CHANGED, marks, fill="brass-line")

    def remark(self) -> None:
        lines = [""]
        for word in self.scene.remark.split():
            longer = f"{lines[-1]} {word}".strip()
            if len(longer) <= self.per_line:
                lines[-1] = longer
            else:
                lines.append(word)
        for at, line in enumerate(line for line in lines if line):
            y = self.said + 12 + 19 * at
            if y < self.sheet.height - 3:
                text = end_cut(line, "note", self.right - self.left)
                self.sheet.label(f"remark/{at}", self.left, y, text, "note", fill="ink")


def box(cell: Cell, out: float) -> str:
    """A cell's outline, so much larger on all sides."""
    wide, tall = cell.wide + 2 * out, cell.tall + 2 * out
    return f"M{number(cell.x - out)} {number(cell.y - out)}h{number(wide)}v{number(tall)}h{number(-wide)}z"


@lru_cache(64)
def ruler(layout: str, left: float, right: float, row: int, offsets: tuple[str, ...], pitch: float) -> Sheet:
    """A tick for every bit, a longer one for every byte; the byte offset of each row at its left."""
    sheet = Sheet("fields", layout, 0)
    per = (right - left) / row
    ticks = [f"M{number(left + per * bit)} {TOP}v{-9 if bit % 8 == 0 else -4}" for bit in range(row + 1)]
    sheet.path("ruler", FURNITURE, ticks, fill="none", stroke="guide", stroke_width=1)
    for bit in range(0, row, 8):
        text = f"bit {bit}" if not bit else str(bit)
        sheet.label(f"bit/{bit}", left + per * bit + 4, TOP - 10, text, "tick", fill="mute", layer=FURNITURE)
    for at, offset in enumerate(offsets):
        y = TOP + pitch * at + pitch / 2 + 4
        sheet.label(
            f"byte/{at}", left - (26 if layout == WIDE else 5), y, offset, "tick", fill="mute",
            text_anchor="end", layer=FURNITURE,
        )  # fmt: skip
    return sheet

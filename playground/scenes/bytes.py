"""Bytes: a run of cells, a part of it picked out, its bits, and the values that follow from it.

SCENES: all cells in one row if they fit, else rows of eight (a multiple of eight when wide); offsets under
every second cell; a picked run is tinted and is copied down as bits; the source stays.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from playground.scenes import qr
from playground.scenes.circle import Circle
from playground.scenes.marks import (
    BAND,
    BOX,
    CHANGED,
    CROSS,
    EDGE,
    FURNITURE,
    THUMB,
    TOKEN,
    WIDE,
    Picture,
    Sheet,
    number,
)
from playground.scenes.scene import Words
from playground.scenes.shapes import cross, head
from playground.scenes.type import end_cut, width

ROWS = {True: 3, False: 4}
"""Rows of cells at most, wide or narrow; of more, the first ones and the last are drawn."""

LARGE = 49
"""Modules along a QR code's side; wide, larger ones are drawn with smaller modules."""

PICKABLE = 20
"""Longer runs are drawn without a box for each cell."""


class Nibble(NamedTuple):
    """The low half of a cell that names a place: the cell, the place it names, and the words for it."""

    cell: int
    to: int
    words: str


class Value(NamedTuple):
    """A value that follows from what stands above it. Of `text` only the end, from `kept` on, goes further.

    Without a text it is to come: its place is drawn, not in play.
    """

    key: str
    text: str
    caption: str
    kept: int = 0
    how: str = ""
    """What was done to reach it, such as `mod 10⁶`; stands over the arrow that leads to it."""


class Verdict(NamedTuple):
    """What came of it: the words, and whether they are good news."""

    words: str
    good: bool


@dataclass(frozen=True)
class Bytes:
    """A run of bytes. `changed` says what wears brass: data, nibble, picked, mask, code, verdict or a value's key."""

    title: str
    note: str
    data: tuple[int, ...]
    first: int = 0
    count: int = 0
    """The picked run; no cells: nothing is picked."""
    nibble: Nibble | None = None
    bits: bool = False
    """Whether the picked run is written out as bits."""
    masked: int = 0
    """Bits that are cleared, from the left."""
    mask_words: str = ""
    values: tuple[Value, ...] = ()
    verdict: Verdict | None = None
    changed: str = ""
    remark: str = ""
    """A sentence that stands below, where there are no bits."""
    code: str = ""
    """A text that the bytes are handed over in: drawn as a QR code, and written out."""
    ahead: str = ""
    """What is to come and is drawn so, not in play: `bits`, `code` or nothing."""
    empty: str = "no bytes yet"
    start: int = 0
    """Number of the first cell, where the run is part of something longer."""

    kind = "bytes"

    def room(self) -> tuple[int, ...]:
        """Cells; whether a nibble points, bits are written, values follow, a verdict is given; a QR code's side
        and the length of its text; the length of the remark where it stands under the bytes."""
        told = (len(self.data), self.nibble is not None, self.bits, len(self.values), self.verdict is not None)
        return (*told, qr.side(self.code), len(self.code), 0 if self.bits else len(self.remark))

    def blank(self) -> bool:
        return not self.data

    def picked(self) -> tuple[int, ...]:
        return self.data[self.first : self.first + self.count]

    def words(self) -> Words:
        rows = [("bytes", spelled(self.data))]
        if self.nibble:
            rows.append((f"low half of byte {self.nibble.cell}", self.nibble.words))
        if self.count:
            first = self.start + self.first
            rows.append((f"bytes {first} to {first + self.count - 1}", spelled(self.picked())))
        if self.bits:
            rows.append(("as bits", " ".join(f"{byte:08b}" for byte in self.picked())))
        rows += [(value.caption, value.text) for value in self.values if value.text]
        if self.code:
            rows.append(("QR code", self.code))
        if self.verdict:
            rows.append(("verdict", self.verdict.words))
        return Words(self.sentence(), ("what", "value"), tuple(rows))

    def sentence(self) -> str:
        if not self.data:
            return "There are no bytes yet."
        if not self.count:
            return f"{self.title}: {len(self.data)} bytes."
        first = self.start + self.first
        last = first + self.count - 1
        return f"{self.title}: bytes {first} to {last} are {spelled(self.picked())}."

    def paint(self, layout: str, room: tuple[int, ...]) -> Picture:
        return painted(self, layout, room)

    def thumb(self) -> Picture:
        """Two rows of cells, the picked ones filled, and the last value."""
        sheet = Sheet("bytes", THUMB, 150)
        cells = self.data[:20] or tuple(range(20))
        for row in range(2):
            grid = "".join(f"M{number(20 + 20 * at)} {24 + 26 * row}v22" for at in range(11))
            sheet.path(
                f"grid/{row}", FURNITURE, f"{grid}M20 {24 + 26 * row}h200M20 {46 + 26 * row}h200",
                stroke="guide", stroke_width=1.25, fill="none",
            )  # fmt: skip
        for at, byte in enumerate(cells):
            x, y = 20 + 20 * (at % 10), 24 + 26 * (at // 10)
            if self.first <= at < self.first + self.count:
                sheet.add(f"pick/{at}", "rect", BAND, x=x, y=y, width=20, height=22, fill="brass-line")
            sheet.add(f"bar/{at}", "rect", BOX, x=x + 4, y=y + 9, width=2 + 10 * byte / 255, height=4, fill="ink")
        if self.values:
            sheet.label("value", 120, 122, self.values[-1].text, "figure", fill="ink", text_anchor="middle")
        return sheet.done()


def spelled(data: tuple[int, ...]) -> str:
    return " ".join(f"{byte:02x}" for byte in data)


@lru_cache(256)
def painted(scene: Bytes, layout: str, room: tuple[int, ...]) -> Picture:
    """The bytes stay while messages come and go: equal values are painted once."""
    return Painter(scene, layout, room).paint()


REMARK = 4
"""Lines of a remark that are drawn; its words are told in full."""


@lru_cache(64)
def grid(layout: str, room: tuple[int, ...], count: int, start: int) -> Sheet:
    """Everything of a run of so many cells that does not depend on the bytes in it."""
    painter = Painter(Bytes("", "", (0,) * count, start=start), layout, room)
    painter.furniture()
    return painter.sheet


class Painter:
    """One painting of one run of bytes."""

    def __init__(self, scene: Bytes, layout: str, room: tuple[int, ...]) -> None:
        self.scene = scene
        self.room = room
        self.wide = layout == WIDE
        (
            self.most, self.pointing, self.has_bits, self.has_values, self.has_verdict, self.side, self.letters,
            self.remarked,
        ) = room  # fmt: skip
        self.left = 30 if self.wide else 16
        self.right = 690 if self.wide else 344
        self.per, self.cell = (20, 33) if self.wide else (8, 41)
        if self.wide and self.most > self.per:
            self.per, self.cell = 24, 27
        self.cell_height, self.pitch = 30, 52
        self.limit = ROWS[self.wide]
        self.rows = min(-(-self.most // self.per), self.limit) if self.most else 1
        self.top = 62 if self.pointing else 44
        after = self.top + self.pitch * self.rows + (16 if self.most > self.per * self.limit else 0)
        self.bits_y = after + 14
        # Where this frame has no bits, what follows moves up to the bytes.
        self.ahead = scene.ahead == "bits" and bool(self.has_bits)
        self.values_y = self.bits_y + 76 if scene.bits or self.ahead else after + 8
        rows = (self.has_values if not self.wide else min(self.has_values, 1)) * 66 + (46 if self.has_verdict else 0)
        self.unit = 3 if self.wide and self.side > LARGE else 4
        self.line = ("value", 18, 61) if self.wide else ("tick", 15, 48)
        written = -(-self.letters // self.line[2]) * self.line[1] + 26
        self.code_at = after + 8 + (0 if self.wide else written)
        high = (self.bits_y + 76 if self.has_bits else after + 8) + rows + 6
        code = self.code_at + self.unit * self.side + 16 if self.side else 0
        # Lines of the remark, by a letter's usual width, with one to spare.
        lines = min(self.remarked * 8 // min(self.right - self.left, 480) + 1, REMARK) if self.remarked else 0
        remark = after + 8 + 66 * (min(self.has_values, 1) if self.wide else self.has_values) + 28 + 21 * lines
        self.sheet = Sheet("bytes", layout, max(high, code, remark if lines else 0))

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        sheet.label("title", self.left, 24, scene.title, "heading", fill="ink")
        if scene.note:
            style = "note" if self.wide else "tick"
            at = self.right if not self.wide else self.left + width(scene.title, "heading") + 14
            sheet.label("note", at, 24, scene.note, style, fill="mute", text_anchor=None if self.wide else "end")
        if not scene.data:
            middle = (self.left + self.right) / 2
            sheet.label("empty", middle, self.top + 20, scene.empty, "note", fill="mute", text_anchor="middle")
            return sheet.done()
        self.cells()
        self.pick()
        self.pointer()
        self.bits()
        self.values() if self.wide else self.values_in_rows()
        self.verdict()
        self.code()
        if scene.remark and not scene.bits:
            self.remark()
        return sheet.done()

    # The run.

    @cached_property
    def shown(self) -> list[list[int]]:
        """The rows of cells in view: all, or the first ones and the last."""
        count = len(self.scene.data)
        rows = [list(range(at, min(at + self.per, count))) for at in range(0, count, self.per)]
        return rows if len(rows) <= self.limit else [*rows[: self.limit - 1], rows[-1]]

    def place(self, cell: int) -> tuple[float, float] | None:
        """The left upper corner of a cell in view."""
        for row, cells in enumerate(self.shown):
            if cells[0] <= cell <= cells[-1]:
                folded = 16 if row == self.limit - 1 and cells[0] > row * self.per else 0
                return self.left + (cell - cells[0]) * self.cell, self.top + row * self.pitch + folded
        return None

    def furniture(self) -> None:
        """Borders, offsets, and a box for each cell that can be picked."""
        sheet, borders, last = self.sheet, [], len(self.scene.data) - 1
        boxes = self.most <= PICKABLE
        for cells in self.shown:
            x, y = self.place(cells[0]) or (0, 0)
            span = self.cell * len(cells)
            borders.append(f"M{number(x)} {number(y)}h{span}v{self.cell_height}h-{span}z")
            borders += [f"M{number(x + self.cell * at)} {number(y)}v{self.cell_height}" for at in range(1, len(cells))]
            for cell in cells:
                middle = x + self.cell * (cell - cells[0] + 0.5)
                if boxes:
                    key = f"byte:{cell}"
                    name = str(self.scene.start + cell)
                    sheet.group(key, BOX, middle, y + self.cell_height / 2, f"byte {name}", data_pick=name)
                    sheet.add(
                        f"{key}/box", "rect", BOX, parent=key, x=-self.cell / 2 + 1, y=-self.cell_height / 2 + 1,
                        width=self.cell - 2, height=self.cell_height - 2, fill="sheet",
                    )  # fmt: skip
                if cell == last or (cell % (2 if boxes else 8) == 0 and cell + 1 != last):
                    sheet.label(
                        f"at/{cell}", middle, y + self.cell_height + 14, str(self.scene.start + cell), "tick",
                        fill="mute", text_anchor="middle", layer=FURNITURE,
                    )  # fmt: skip
        sheet.path("cells", EDGE, borders, fill="none", stroke="guide", stroke_width=1)
        if hidden := len(self.scene.data) - sum(len(cells) for cells in self.shown):
            y = (self.place(last) or (0, 0))[1] - 8
            sheet.label("fold", self.left, y, f"… {hidden} bytes more …", "note", fill="mute")

    def cells(self) -> None:
        scene, boxes = self.scene, self.most <= PICKABLE
        self.sheet.take(grid(self.sheet.layout, self.room, len(scene.data), scene.start))
        for cells in self.shown:
            x, y = self.place(cells[0]) or (0, 0)
            for cell in cells:
                chosen = scene.first <= cell < scene.first + scene.count
                style, fill = ("strong", "ink") if chosen else ("value", "mute")
                byte = f"{scene.data[cell]:02x}"
                if boxes:
                    key = f"byte:{cell}"
                    self.sheet.label(f"{key}/value", 0, 4.3, byte, style, parent=key, fill=fill, text_anchor="middle")
                    continue
                middle = x + self.cell * (cell - cells[0] + 0.5)
                base = y + self.cell_height / 2 + 4.3
                self.sheet.label(f"byte:{cell}", middle, base, byte, style, fill=fill, text_anchor="middle")

    def pick(self) -> None:
        """The picked run's outline: brass when it is what changed. Over a row's end it is open at the break."""
        scene = self.scene
        whole = scene.changed == "data"
        if whole or scene.changed == "nibble" or not scene.count:
            if whole:
                self.ring(self.outline(0, len(scene.data)))
            return
        brass = scene.changed == "picked"
        d = self.outline(scene.first, scene.count)
        # Over the figures, so thin that they read as before.
        self.sheet.path("tint", TOKEN, self.areas(scene.first, scene.count), fill="data", fill_opacity="0.13")
        if brass:
            self.ring(d)
        else:
            self.sheet.path("picked", CROSS, d, fill="none", stroke="data", stroke_width=1.5)

    def areas(self, first: int, count: int) -> str:
        """A run of cells as closed areas, one for each row."""
        d = []
        for cells in self.shown:
            inside = [cell for cell in cells if first <= cell < first + count]
            if inside:
                x, y = self.place(inside[0]) or (0, 0)
                span = self.cell * len(inside)
                d.append(f"M{number(x)} {number(y)}h{span}v{self.cell_height}h-{span}z")
        return "".join(d)

    def ring(self, d: str) -> None:
        self.sheet.path("changed", CHANGED, d, fill="none", stroke="brass-line", stroke_width=2.25)

    def outline(self, first: int, count: int) -> str:
        d, out = [], 1.5
        for cells in self.shown:
            inside = [cell for cell in cells if first <= cell < first + count]
            if not inside:
                continue
            x, y = self.place(inside[0]) or (0, 0)
            span, tall = self.cell * len(inside) + 2 * out, self.cell_height + 2 * out
            opens, ends = inside[0] == first, inside[-1] == first + count - 1
            x, y = x - out, y - out
            d.append(f"M{number(x)} {number(y)}h{number(span)}{'v' if ends else 'm0 '}{number(tall)}h{number(-span)}")
            if opens:
                d.append("z" if ends else f"v{number(-tall)}")
        return "".join(d)

    def pointer(self) -> None:
        """From the low half of a cell up, along, and down to the cell that it names."""
        scene, sheet, nibble = self.scene, self.sheet, self.scene.nibble
        if not nibble:
            return
        brass = scene.changed == "nibble"
        pen = "brass-line" if brass else "data"
        start, end = self.place(nibble.cell), self.place(nibble.to)
        if start:
            x, y = start[0] + self.cell / 2 + 4, start[1] + self.cell_height / 2
            if brass:
                self.ring(Circle(x, y, 7).d())
            else:
                sheet.path("low", CROSS, Circle(x, y, 7).d(), fill="none", stroke=pen, stroke_width=1.5)
        if start and end and start[1] == end[1]:
            to = end[0] + self.cell / 2
            # The arrow comes down beside the low half's own stem where both are the same cell.
            lane = self.top - 12
            d = f"M{number(x)} {number(y - 7)}V{number(lane)}H{number(to)}V{number(self.top - 3)}"
            sheet.path("way", EDGE, d, fill="none", stroke=pen, stroke_width=1.25)
            sheet.path("way/head", CROSS, head(to, self.top - 2, to, lane, 7, 3), fill=pen)
        if self.wide:
            sheet.label("names", self.right, self.top - 18, nibble.words, "label", fill="ink", text_anchor="end")
        else:
            sheet.label("names", self.left, self.top - 14, nibble.words, "note", fill="ink")

    # What follows from it.

    def bits(self) -> None:
        scene, sheet = self.scene, self.sheet
        top, tall = self.bits_y, 26
        if self.ahead and not scene.bits:
            self.dotted("bits/ahead", self.left, top, self.right - self.left, tall, "four bytes, as bits")
        if not (scene.bits and scene.count):
            return
        per = (self.right - self.left) / (8 * scene.count)
        borders = [f"M{number(self.left + per * at)} {top}v{tall}" for at in range(8 * scene.count + 1) if at % 8]
        edge = f"M{number(self.left)} {top}H{number(self.right)}M{number(self.left)} {top + tall}H{number(self.right)}"
        sheet.path("bits", EDGE, [edge, *borders], fill="none", stroke="guide", stroke_width=1)
        solid = [f"M{number(self.left + per * at)} {top - 3}v{tall + 6}" for at in range(0, 8 * scene.count + 1, 8)]
        sheet.path("bits/bytes", EDGE, solid, fill="none", stroke="ink", stroke_width=1.5)
        self.guides(top)
        for at, byte in enumerate(scene.picked()):
            for bit in range(8):
                gone = at * 8 + bit < scene.masked
                sheet.label(
                    f"bit/{at * 8 + bit}", self.left + per * (at * 8 + bit + 0.5), top + 17.5,
                    f"{byte:08b}"[bit], "tick" if not self.wide else "value",
                    fill="mute" if gone else "ink", text_anchor="middle",
                    text_decoration="line-through" if gone else None,
                )  # fmt: skip
            sheet.label(
                f"bits/{at}", self.left + per * (at * 8 + 4), top + tall + 16, f"{byte:02x}", "tick",
                fill="mute", text_anchor="middle",
            )  # fmt: skip
        if scene.masked:
            self.mask(per, top, tall)

    def dotted(self, key: str, x: float, y: float, long: float, tall: float, words: str) -> None:
        """A place for something that is to come."""
        d = f"M{number(x)} {number(y)}h{number(long)}v{number(tall)}h{number(-long)}z"
        self.sheet.path(key, FURNITURE, d, fill="none", stroke="guide", stroke_width=1, stroke_dasharray="2 3")
        middle, base = x + long / 2, y + tall / 2 + 4
        self.sheet.label(f"{key}/words", middle, base, words, "note", fill="mute", text_anchor="middle")

    def code(self) -> None:
        """The QR code at the right, its text beside it; narrow, under its text."""
        scene, sheet = self.scene, self.sheet
        size = self.unit * self.side
        x, y = (self.right - size if self.wide else (sheet.width - size) // 2), self.code_at
        if self.side and scene.ahead == "code":
            self.dotted("qr/ahead", x, y, size, size, "a QR code")
        if not scene.code:
            return
        qr.draw(sheet, x, y, self.unit, scene.code)
        if scene.changed == "code":
            long = size + 8
            self.ring(f"M{number(x - 4)} {number(y - 4)}h{long}v{long}h{-long}z")
        style, pitch, most = self.line
        top = self.values_y + 12
        sheet.label("code", self.left, top, "the QR code says", "note", fill="mute")
        for row, at in enumerate(range(0, len(scene.code), most)):
            sheet.label(
                f"code/{row}", self.left, top + pitch * (row + 1), scene.code[at : at + most], style, fill="ink"
            )

    def guides(self, top: float) -> None:
        """Two lines from the picked run's ends to the row of bits."""
        scene = self.scene
        first, last = self.place(scene.first), self.place(scene.first + scene.count - 1)
        if not (first and last) or first[1] != last[1] or first[1] + self.pitch * 1.5 < top:
            return
        below = first[1] + self.cell_height + 19
        d = (
            f"M{number(first[0])} {number(below)}L{number(self.left)} {number(top - 4)}"
            f"M{number(last[0] + self.cell)} {number(below)}L{number(self.right)} {number(top - 4)}"
        )
        self.sheet.path("guides", FURNITURE, d, fill="none", stroke="guide", stroke_width=1)

    def mask(self, per: float, top: float, tall: float) -> None:
        scene, sheet = self.scene, self.sheet
        span = per * scene.masked
        lines = []
        for step in range(int((span + tall) // 4)):
            # From the lower edge, or the left one, up to the right: 45 degrees, clipped by hand.
            start = self.left - tall + 4 * step + 2
            x0, x1 = max(start, self.left), min(start + tall, self.left + span)
            if x1 > x0:
                y0, y1 = top + tall - (x0 - start), top + tall - (x1 - start)
                lines.append(f"M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}")
        sheet.path("mask", BAND, lines, fill="none", stroke="mute", stroke_width=1)
        if scene.changed == "mask":
            d = f"M{number(self.left - 1.5)} {number(top - 1.5)}h{number(span + 3)}v{tall + 3}h{number(-span - 3)}z"
            self.ring(d)
        if scene.mask_words:
            text = end_cut(scene.mask_words, "note", self.right - self.left)
            sheet.label("mask/words", self.left, top + tall + 34, text, "note", fill="mute")

    def figure(self, value: Value, x: float, y: float) -> float:
        """A value as a figure, or as code where it is no number; what goes no further is mute. Its room is told."""
        sheet, style = self.sheet, "figure-small" if value.text.isdigit() else "strong"
        if not value.text:
            key = f"value:{value.key}/ahead"
            room = width("0" * 10, "figure-small")
            sheet.path(
                key, FURNITURE, f"M{number(x)} {number(y)}h{number(room)}", fill="none", stroke="guide",
                stroke_width=1, stroke_dasharray="2 3",
            )  # fmt: skip
            sheet.label(f"value:{value.key}/caption", x, y + 20, value.caption, "note", fill="mute")
            return room
        if not value.kept:
            value = value._replace(text=end_cut(value.text, style, self.right - x))
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

    def box(self, x: float, y: float, room: float) -> None:
        self.ring(f"M{number(x - 9)} {number(y - 27)}h{number(room + 18)}v36h{number(-room - 18)}z")

    def values(self) -> None:
        x, y = float(self.left) + 9, self.values_y + 34
        for value in self.scene.values:
            if value.how:
                self.how(value, x, x + 96, y)
                x += 96 + 20
            room = self.figure(value, x, y)
            x += max(room + 26, width(value.caption, "note") + 16)

    def values_in_rows(self) -> None:
        for row, value in enumerate(self.scene.values):
            y = self.values_y + 34 + 66 * row
            x = self.left + 9.0
            if value.how:
                self.how(value, x, x + 84, y)
                x += 104
            self.figure(value, x, y)

    def how(self, value: Value, x: float, to: float, y: float) -> None:
        key, pen = f"how:{value.how}", "mute" if value.text else "guide"
        ink = "ink" if value.text else "mute"
        self.sheet.label(key, (x + to) / 2, y - 14, value.how, "remark", fill=ink, text_anchor="middle")
        self.sheet.path(
            f"{key}/line", EDGE, f"M{number(x)} {number(y - 8)}H{number(to - 5)}", stroke=pen, stroke_width=1.25,
            fill="none",
        )  # fmt: skip
        self.sheet.path(f"{key}/head", EDGE, head(to, y - 8, x, y - 8), fill=pen)

    def remark(self) -> None:
        """The sentence in as many lines as it needs, up to the most."""
        lines = [""]
        for word in self.scene.remark.split():
            longer = f"{lines[-1]} {word}".strip()
            if width(longer, "remark") <= min(self.right - self.left, 480):
                lines[-1] = longer
            else:
                lines.append(word)
        above = 66 * (min(len(self.scene.values), 1) if self.wide else len(self.scene.values))
        for row, line in enumerate(lines[:REMARK]):
            y = self.values_y + above + 34 + 21 * row
            self.sheet.label(f"remark/{row}", self.left, y, line, "remark", fill="ink")

    def verdict(self) -> None:
        verdict, sheet = self.scene.verdict, self.sheet
        if not verdict:
            return
        y = self.sheet.height - 22
        x = self.left + 9.0
        sheet.path("verdict/rule", FURNITURE, f"M{self.left} {number(y - 24)}H{self.right}", stroke="hair", fill="none")
        sign: dict[str, Any] = {"fill": "none", "stroke_width": 2.25}
        pen = "done" if verdict.good else "fail"
        shape = f"M{number(x - 5)} {number(y - 4)}l4 5l8 -10" if verdict.good else cross(x, y - 4, 5)
        sheet.path("verdict/sign", CROSS, shape, stroke=pen, **sign)
        style = "name" if self.wide else "label"
        text = end_cut(verdict.words, style, self.right - x - 16)
        sheet.label("verdict", x + 16, y, text, style, fill="ink")
        if self.scene.changed == "verdict":
            room = min(width(text, style) + 38, self.right - x + 12)
            self.ring(f"M{number(x - 12)} {number(y - 18)}h{number(room)}v28h{number(-room)}z")

"""What the talk is about, as one bar: what is gone, what is set aside (hatched), the rest; and how it came to this."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import BAND, BOX, CHANGED, EDGE, FURNITURE, Sheet, number
from playground.scenes.sequence.parts import Level, Stock
from playground.scenes.timeline.kinds import hatched
from playground.scenes.type import width

HIGH = {True: 74, False: 98}
"""Units under the rows, wide or not."""
LEVELS = {True: 3, False: 2}
"""Levels that are listed, wide or not: the last ones."""


class Pieces(NamedTuple):
    """Where the parts of a bar end: it begins at `x`, what is gone ends at `gone`, what is set aside at `aside`.

    Where more is set aside than there is, the bar is as long as that, and `limit` lies within it.
    """

    x: float
    gone: float
    aside: float
    limit: float
    end: float


def pieces(level: Level, x: float, long: float) -> Pieces:
    """A level as a bar of that length."""
    taken = level.gone + level.aside
    limit = taken + level.left
    unit = long / max(limit, taken, 1)
    return Pieces(x, x + level.gone * unit, x + taken * unit, x + max(limit, 0) * unit, x + long)


def small_bar(sheet: Sheet, key: str, at: Pieces, y: float, high: float, pen: str = "ink", parent: str = "") -> None:
    """The bar without words: what is gone is solid, what is set aside hatched, the rest hollow."""
    x, gone, aside, limit, end = at
    sheet.add(
        f"{key}/rim", "rect", BAND, parent=parent, x=x, y=y, width=end - x, height=high, fill="sheet", stroke=pen,
        stroke_width=1.1,
    )  # fmt: skip
    if gone > x:
        sheet.add(f"{key}/gone", "rect", BOX, parent=parent, x=x, y=y, width=gone - x, height=high, fill=pen)
    if aside - gone >= 0.5:
        over = "fail" if aside > limit + 0.05 else pen
        lines = hatched(gone, aside, y + high / 2, high)
        sheet.path(f"{key}/aside", BOX, lines, parent=parent, fill="none", stroke=over, stroke_width=1.1)


class Strip:
    """The stock under the rows of a sequence."""

    def __init__(self, sheet: Sheet, stock: Stock, *, wide: bool) -> None:
        self.sheet, self.stock, self.wide = sheet, stock, wide
        self.top = sheet.height - HIGH[wide]
        self.left, self.right = (18, 702) if wide else (16, 344)

    def paint(self) -> None:
        sheet, top = self.sheet, self.top
        across = f"M{self.left} {number(top)}H{self.right}"
        sheet.path("stock/over", FURNITURE, across, stroke="hair", stroke_width=1, fill="none")
        sheet.label("stock/title", self.left, top + (26 if self.wide else 20), self.stock.title, "heading", fill="ink")
        if self.wide:
            sheet.label("stock/note", self.left, top + 44, self.stock.note, "note", fill="mute")
        if not self.stock.levels:
            return
        self.bar()
        if self.wide:
            sheet.label("stock/how", 438, top + 18, "how it came to this", "note", fill="mute")
            sheet.label("stock/left", self.right, top + 18, self.stock.names[2], "note", fill="mute", text_anchor="end")
        shown = list(enumerate(self.stock.levels))[-LEVELS[self.wide] :]
        for row, (place, level) in enumerate(shown):
            self.level(place, level, row, now=level is self.stock.levels[-1])

    def bar(self) -> None:
        """The bar as it is now, with its three amounts."""
        sheet, stock = self.sheet, self.stock
        x, long, y, high = (186, 240, self.top + 28, 20) if self.wide else (16, 328, self.top + 28, 16)
        at = pieces(stock.levels[-1], x, long)
        small_bar(sheet, "stock", at, y, high)
        style, below = ("label", y + high + 15) if self.wide else ("note", y + high + 14)
        first, aside, rest = (f"{name} {told}" for name, told in zip(stock.names, stock.told, strict=True))
        if not self.wide:
            rest = f"{rest} of {stock.whole}"
        sheet.label("stock/booked", x, below, first, style, fill="ink")
        sheet.label("stock/free", x + long, below, rest, style, fill="ink", text_anchor="end")
        if stock.levels[-1].aside:
            half = width(aside, "name") / 2
            middle, least = (at.gone + at.aside) / 2, x if self.wide else x + width(stock.title, "heading") + 8
            place = min(max(middle, least + half), x + long - half)
            new = stock.changed == stock.names[1]
            sheet.label("stock/held", place, y - 8, aside, "name", fill="brass" if new else "ink", text_anchor="middle")
            tie = (
                f"M{number(min(max(middle, place - half), place + half))} {number(y - 5)}L{number(middle)} {number(y)}"
            )
            sheet.path("stock/tie", EDGE, tie, stroke="guide", stroke_width=1, fill="none")
        if at.limit < at.end - 0.05:
            # More is taken than there is: a line says where it should have ended.
            d = f"M{number(at.limit)} {number(y - 3)}v{number(high + 6)}"
            sheet.path("stock/limit", CHANGED, d, stroke="fail", stroke_width=2.25, fill="none")
        self.ring(at, y, high)

    def ring(self, at: Pieces, y: float, high: float) -> None:
        """Brass round the part that this step is about."""
        parts = ((at.x, at.gone), (at.gone, at.aside), (min(at.aside, at.limit), at.limit))
        found = dict(zip(self.stock.names, parts, strict=True)).get(self.stock.changed)
        if found:
            left, right = found
            self.sheet.add(
                "changed/stock", "rect", CHANGED, x=left - 3, y=y - 3, width=right - left + 6, height=high + 6, rx=4,
                fill="none", stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip

    def level(self, place: int, level: Level, row: int, *, now: bool) -> None:
        """One line of how it came to this."""
        key, sheet, ink = f"level:{place}", self.sheet, "ink" if now else "mute"
        when, why, bar, y = (438, 494, (600, 36), 34 + 15 * row) if self.wide else (16, 66, (190, 70), 77 + 14 * row)
        sheet.group(key, BOX, 0, self.top + y, f"{level.when}: {level.why}, {level.told} left")
        sheet.label(f"{key}/when", when, 0, level.when, "tick", parent=key, fill="mute")
        sheet.label(f"{key}/why", why, 0, level.why, "note", parent=key, fill=ink)
        small_bar(sheet, key, pieces(level, *bar), -8, 8, ink, key)
        sheet.label(f"{key}/left", self.right, 0, level.told, "tick", parent=key, fill=ink, text_anchor="end")

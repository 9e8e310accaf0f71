"""A file on disk as a shelf of bricks, one a page: full while it is in memory, half where it was asked for and has gone
again, hollow where nobody came; a dot where its turn comes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from playground.scenes.many import many
from playground.scenes.marks import BAND, BOX, EDGE, FURNITURE, TOKEN, Sheet, number
from playground.scenes.pool.places import Shelf
from playground.scenes.pool.value import Disk, spared
from playground.scenes.type import end_cut, width

FIGURE = "figure-small"
OVER: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""Words that the way of a page may cross have an outline."""


class Stand:
    """One painting of one shelf."""

    def __init__(self, sheet: Sheet, disk: Disk, shelf: Shelf, right: float) -> None:
        self.sheet, self.disk, self.shelf, self.right = sheet, disk, shelf, right
        self.key = f"disk:{disk.letter}"

    def draw(self, *, large: bool, crossed: bool) -> None:
        """`large`: its count is the figure of the picture. `crossed`: the way of a page may cross its words."""
        sheet, shelf, disk, key = self.sheet, self.shelf, self.disk, self.key
        self.head(large=large, over=OVER if crossed else {})
        self.grid()
        for state, pages, layer, part in (("seen", disk.read, BAND, 0.4), ("held", disk.held, EDGE, 1.0)):
            tall = round((shelf.high - 2) * part, 1)
            d = self.runs(pages, shelf.high - 1 - tall / 2)
            if not pages:
                continue
            sheet.path(
                f"{key}/{state}", layer, d, fill="none", stroke="data", stroke_width=tall,
                stroke_dasharray=f"{number(shelf.wide - 2)} 2",
            )  # fmt: skip
        if disk.waiting:
            dots = []
            for page in disk.waiting:
                x, y = shelf.corner(page)
                dots.append(f"M{number(x + shelf.wide / 2 - 2)} {number(y + shelf.high / 2)}h4")
            sheet.path(f"{key}/waiting", BOX, dots, fill="none", stroke="ink", stroke_width=4)

    def head(self, *, large: bool, over: dict[str, Any]) -> None:
        """How many of its pages were asked for; in the last row, if there is room, how many were not."""
        sheet, shelf, key = self.sheet, self.shelf, self.key
        disk, x, y = self.disk, shelf.left, shelf.top + 24
        told = f"{many(disk.pages, 'page')} of {disk.name}"
        if disk.read or disk.waiting:
            count, style = str(len(disk.read)), FIGURE if large else "name"
            sheet.label(f"{key}/read", x, y, count, style, fill="ink", **over)
            x += width(count, style) + 5
            told = f"of {told}"
            asked = f"{told} asked for"
            told = asked if x + width(asked, "label") <= self.right else told
            self.rest()
        told = end_cut(told, "label", self.right - x)
        sheet.label(f"{key}/name", x, y, told, "label", fill="ink", **over)

    def rest(self) -> None:
        """What is still to come, or was not asked for: behind the last brick."""
        shelf, disk = self.shelf, self.disk
        told = f"{len(disk.waiting)} marked" if disk.waiting else f"{spared(disk)} not asked for"
        x, y = shelf.corner(disk.pages)
        # No text is smaller than a row of small bricks, and it would lie on the row above.
        fits = shelf.high >= 13 and x + 8 + width(told, "note") <= self.right
        if fits and disk.pages % shelf.columns and spared(disk):
            self.sheet.label(f"{self.key}/rest", x + 8, y + shelf.high - 3, told, "note", fill="mute")

    def grid(self) -> None:
        """The edges of all bricks, as one path: they never change. Its parts are spelled alike, and so travel light."""
        wide, high = self.shelf.wide, self.shelf.high
        x, y = self.shelf.corner(0)
        full, more = divmod(self.disk.pages, self.shelf.columns)
        across = self.shelf.columns if full else more
        long, last = number(across * wide), number(more * wide)
        tall, short = number((full + bool(more)) * high), number(full * high)
        # The last row is not full: it has its own edge, and the columns over its end are longer by one brick.
        d = f"M{number(x)} {number(y)}h{long}" + f"m-{long} {number(high)}h{long}" * full
        d += f"m-{long} {number(high)}h{last}" if more else ""
        d += f"M{number(x)} {number(y)}v{tall}" + f"m{number(wide)}-{tall}v{tall}" * (more or across)
        if more and full:
            d += f"m{number(wide)}-{tall}v{short}" + f"m{number(wide)}-{short}v{short}" * (across - more - 1)
        self.sheet.path(f"{self.key}/all", FURNITURE, d, fill="none", stroke="guide", stroke_width=1)

    def runs(self, pages: Sequence[int], middle: float) -> list[str]:
        """Pages as bars, those side by side as one; dashes cut them into bricks."""
        found: list[str] = []
        start = last = -1
        for page in (*pages, -1):
            if page == last + 1 and page % self.shelf.columns and last >= 0:
                last = page
                continue
            if last >= 0:
                x, y = self.shelf.corner(start)
                long = (last - start + 1) * self.shelf.wide - 2
                found.append(f"M{number(x + 1)} {number(y + middle)}h{number(long)}")
            start = last = page
        return found

    def at(self, page: int) -> None:
        """Where the scan is: a frame around the brick that goes from page to page."""
        x, y = self.shelf.corner(page)
        self.sheet.add(
            "reader", "rect", TOKEN, x=x - 2, y=y - 2, width=self.shelf.wide + 4, height=self.shelf.high + 4, rx=3,
            fill="none", stroke="ink", stroke_width=2.25,
        )  # fmt: skip

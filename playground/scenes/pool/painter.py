"""A pool becomes marks: frames with their pages, and each file as a field of small cells."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from playground.scenes.many import many
from playground.scenes.marks import BAND, BOX, CHANGED, FURNITURE, LABEL, TOKEN, WIDE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.pool.value import Disk, Pool
from playground.scenes.type import end_cut, width

TOP, TALL, PITCH = 48, 32, 50
CELL = {True: 11.0, False: 9.0}
HIGH = 11.0


@lru_cache(PICTURES)
def painted(pool: Pool, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(pool, layout, room).paint()


class Painter:
    """One painting of one pool."""

    def __init__(self, pool: Pool, layout: str, room: tuple[int, ...]) -> None:
        self.pool, self.wide = pool, layout == WIDE
        self.left = 16.0
        self.row = 16 if self.wide else 8
        self.per = (704 if self.wide else 344) / self.row - 1
        self.cell = CELL[self.wide]
        self.cells = int((688 if self.wide else 328) / self.cell)
        self.disks_at = TOP + PITCH * -(-room[0] // self.row) + 8
        rows = [-(-size // self.cells) for size in room[1:] if size]
        self.starts = [self.disks_at + sum(rows[:at]) * (HIGH + 1) + 34 * at for at in range(len(rows))]
        height = self.disks_at + sum(rows) * (HIGH + 1) + 34 * len(rows) + 8
        self.sheet = Sheet("pool", layout, int(height))

    def paint(self) -> Picture:
        pool, sheet = self.pool, self.sheet
        note = end_cut(pool.note, "note", sheet.width * 0.6)
        room = sheet.width - 44 - width(note, "note")
        sheet.label("title", self.left, 24, end_cut(pool.title, "heading", room), "heading", fill="ink")
        sheet.label("note", sheet.width - 16, 24, note, "note", fill="mute", text_anchor="end")
        self.frames()
        for disk, y in zip(pool.disks, self.starts, strict=False):
            self.disk(disk, y)
        return sheet.done()

    def corner(self, frame: int) -> tuple[float, float]:
        row, column = divmod(frame, self.row)
        return self.left + column * self.per, TOP + row * PITCH

    def frames(self) -> None:
        """Cells with the page's name, and a dot for each use."""
        pool, sheet = self.pool, self.sheet
        full: list[str] = []
        free: list[str] = []
        dots: list[str] = []
        for at, frame in enumerate(pool.frames):
            x, y = self.corner(at)
            d = f"M{number(x)} {number(y)}h{number(self.per - 4)}v{TALL}h{number(4 - self.per)}z"
            (full if frame.page else free).append(d)
            if frame.page:
                middle = x + (self.per - 4) / 2
                style = "strong" if frame.page == pool.changed else "tick"
                sheet.label(f"frame:{at}", middle, y + 15, frame.page, style, fill="ink", text_anchor="middle")
                start = middle - 3.5 * (frame.uses - 1)
                dots += [f"M{number(start + 7 * use - 2)} {number(y + 24)}h4v4h-4z" for use in range(frame.uses)]
            if frame.page == pool.changed and pool.changed:
                sheet.add(
                    "changed", "rect", CHANGED, x=x - 2, y=y - 2, width=self.per, height=TALL + 4, rx=2, fill="none",
                    stroke="brass-line", stroke_width=2.25,
                )  # fmt: skip
        sheet.path("frames/free", FURNITURE, free, fill="none", stroke="guide", stroke_width=1, stroke_dasharray="2 3")
        sheet.path("frames", BOX, full, fill="data", fill_opacity="0.13", stroke="ink", stroke_width=1)
        sheet.path("uses", LABEL, dots, fill="ink")
        x, y = self.corner(min(pool.hand, len(pool.frames) - 1))
        middle = x + (self.per - 4) / 2
        hand = f"M{number(middle)} {number(y + TALL + 3)}l5 8h-10z"
        sheet.path("hand", TOKEN, hand, fill="ink")

    def disk(self, disk: Disk, y: float) -> None:
        """A cell a page: pale at rest, darker if it was read, in colour if it is in memory; a dot if its turn comes."""
        sheet, key = self.sheet, f"disk:{disk.letter}"
        name = f"{disk.letter}: {disk.name}, {many(disk.pages, 'page')}"
        sheet.label(f"{key}/name", self.left, y + 16, name, "note", fill="ink")
        told = [f"{len(disk.read)} read in this run"] * bool(disk.read)
        told += [f"{len(disk.waiting)} marked"] * bool(disk.waiting)
        count = ", ".join(told)
        sheet.label(f"{key}/read", sheet.width - 16, y + 16, count, "note", fill="mute", text_anchor="end")
        for state, pages, layer, pen in (
            ("all", range(disk.pages), FURNITURE, "hair"), ("seen", disk.read, BAND, "guide"),
            ("held", disk.held, BOX, "data"),
        ):  # fmt: skip
            sheet.path(
                f"{key}/{state}", layer, self.spans(pages, y), fill="none", stroke=pen, stroke_width=HIGH,
                stroke_dasharray=f"{number(self.cell - 1)} 1",
            )  # fmt: skip
        if disk.waiting:
            corners = [self.spot(page, y) for page in disk.waiting]
            dots = [f"M{number(x + self.cell / 2 - 2.5)} {number(top + HIGH / 2)}h4" for x, top in corners]
            sheet.path(f"{key}/waiting", BOX, dots, fill="none", stroke="ink", stroke_width=4)
        if self.pool.changed[:1] == disk.letter:
            x, top = self.spot(int(self.pool.changed[1:]), y)
            sheet.add(
                f"{key}/now", "rect", CHANGED, x=x - 1.5, y=top - 1.5, width=self.cell + 2, height=HIGH + 2,
                fill="none", stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip

    def spot(self, page: int, y: float) -> tuple[float, float]:
        row, column = divmod(page, self.cells)
        return self.left + column * self.cell, y + 24 + row * (HIGH + 1)

    def spans(self, pages: Sequence[int], y: float) -> list[str]:
        """Pages as bars, those side by side as one; dashes cut them into cells."""
        found: list[str] = []
        start = last = -1
        for page in (*pages, -1):
            if page == last + 1 and page % self.cells and last >= 0:
                last = page
                continue
            if last >= 0:
                x, top = self.spot(start, y)
                found.append(f"M{number(x)} {number(top + HIGH / 2)}h{number((last - start + 1) * self.cell - 1)}")
            start = last = page
        return found

"""Where things stand in a run of bytes: the rows of cells in view, and the heights of what follows them."""

from __future__ import annotations

from playground.scenes.marks import WIDE

ROWS = {True: 3, False: 4}
"""Rows of cells at most, wide or narrow; of more, the first ones and the last are drawn."""

LARGE = 49
"""Modules along a QR code's side; wide, larger ones are drawn with smaller modules."""

REMARK = 4
"""Lines of a remark that are drawn; its words are told in full."""


class Places:
    """The places of one painting of so many cells."""

    def __init__(self, layout: str, room: tuple[int, ...], count: int) -> None:
        self.wide = layout == WIDE
        self.most, pointing, bits, values, verdict, self.side, letters, remarked = room
        self.has_bits = bool(bits)
        self.left = 30 if self.wide else 16
        self.right = 690 if self.wide else 344
        self.per, self.cell = (20, 33) if self.wide else (8, 41)
        if self.wide and self.most > self.per:
            self.per, self.cell = 24, 27
        self.cell_height, self.pitch = 30, 52
        self.limit = ROWS[self.wide]
        rows = min(-(-self.most // self.per), self.limit) if self.most else 1
        self.top = 62 if pointing else 44
        self.after = self.top + self.pitch * rows + (16 if self.most > self.per * self.limit else 0)
        self.bits_y = self.after + 14
        self.unit = 3 if self.wide and self.side > LARGE else 4
        self.line = ("value", 18, 61) if self.wide else ("tick", 15, 48)
        written = -(-letters // self.line[2]) * self.line[1] + 26
        self.code_y = self.after + 8 + (0 if self.wide else written)
        self.shown = self.rows(count)
        self.height = self.tall(values, bool(verdict), remarked)

    def tall(self, values: int, verdict: bool, remarked: int) -> int:
        """The height of the picture: of so many values, a verdict and a remark of so many letters."""
        values = min(values, 1) if self.wide else values
        high = self.values_y(self.has_bits) + values * 66 + (46 if verdict else 0) + 6
        code = self.code_y + self.unit * self.side + 16 if self.side else 0
        # Lines of the remark, by a letter's usual width, with one to spare.
        lines = min(remarked * 8 // min(self.right - self.left, 480) + 1, REMARK) if remarked else 0
        remark = self.after + 8 + 66 * values + 28 + 21 * lines
        return max(high, code, remark if lines else 0)

    def values_y(self, bits: bool) -> int:
        """Where the values begin, under the row of bits."""
        # Where this frame has no bits, what follows moves up to the bytes.
        return self.bits_y + 76 if bits else self.after + 8

    def rows(self, count: int) -> list[list[int]]:
        """The rows of cells in view: all, or the first ones and the last."""
        rows = [list(range(at, min(at + self.per, count))) for at in range(0, count, self.per)]
        return rows if len(rows) <= self.limit else [*rows[: self.limit - 1], rows[-1]]

    def place(self, cell: int) -> tuple[float, float] | None:
        """The left upper corner of a cell in view."""
        for row, cells in enumerate(self.shown):
            if cells[0] <= cell <= cells[-1]:
                folded = 16 if row == self.limit - 1 and cells[0] > row * self.per else 0
                return self.left + (cell - cells[0]) * self.cell, self.top + row * self.pitch + folded
        return None

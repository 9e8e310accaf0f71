"""Where plates, columns and chips stand."""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import WIDE, number

MOST = 6
"""Plates at most; of more, a run in the middle is folded into one."""
COLUMNS = 5
EDGE_HIGH = 5


class Shape(NamedTuple):
    """The measures of a layout."""

    left: float
    wide: float
    tall: float
    skew: float
    pitch: float
    names: float
    """Where the names stand: at this x beside the plates, or above them (0)."""


SHAPES = {True: Shape(22, 516, 54, 44, 84, 560), False: Shape(16, 328, 46, 26, 74, 0)}


class Places:
    """The places of one painting."""

    def __init__(self, layout: str, room: tuple[int, ...]) -> None:
        plates, columns, view, stations = room
        self.shape = SHAPES[layout == WIDE]
        self.columns = max(min(columns, COLUMNS), 1)
        self.plates = min(plates, MOST)
        self.top = 42 + (48 if stations else 0) + (0 if self.shape.names else 16)
        self.first = self.top + (self.shape.pitch if view else 0)
        gap = self.shape.pitch - self.shape.tall
        self.height = max(int(self.first + self.plates * self.shape.pitch - gap + 22), 90)

    def plate_y(self, row: int) -> float:
        """Top of a plate; the view has the row -1."""
        return self.first + row * self.shape.pitch

    def column_wide(self) -> float:
        return (self.shape.wide - self.shape.skew) / self.columns

    def middle(self, column: int) -> float:
        """The middle of a column: the same on all plates, half way up them."""
        return self.shape.left + self.shape.skew / 2 + self.column_wide() * (column + 0.5)

    def plate(self, row: int) -> str:
        """The upper side of a plate."""
        left, wide, tall, skew = self.shape[:4]
        y = self.plate_y(row)
        return (
            f"M{number(left + skew)} {number(y)}h{number(wide - skew)}l{number(-skew)} {number(tall)}"
            f"h{number(skew - wide)}z"
        )

    def edge(self, row: int) -> str:
        """Its front and right edges."""
        left, wide, tall, skew = self.shape[:4]
        y = self.plate_y(row)
        return (
            f"M{number(left)} {number(y + tall)}v{EDGE_HIGH}h{number(wide - skew)}v{-EDGE_HIGH}m0 {EDGE_HIGH}"
            f"l{number(skew)} {number(-tall)}v{-EDGE_HIGH}"
        )

    def chip(self, row: int, column: int, out: float = 0) -> str:
        """A chip on its plate, so much larger on all sides."""
        high = 26 if self.shape.names else 24
        tall = high + 2 * out
        lean = self.shape.skew * tall / self.shape.tall
        wide = self.column_wide() - 8 + 2 * out
        x, y = self.middle(column), self.plate_y(row) + self.shape.tall / 2
        return (
            f"M{number(x - wide / 2 + lean / 2)} {number(y - tall / 2)}h{number(wide)}l{number(-lean)} {number(tall)}"
            f"h{number(-wide)}z"
        )

    def inside(self) -> float:
        """Room for the words on a chip."""
        lean = self.shape.skew * 13 / self.shape.tall
        return self.column_wide() - 8 - lean

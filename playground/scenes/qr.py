"""A QR code as a part of a picture: one path of dark modules on a light ground, in both themes.

Ground and modules have roles of their own (`print-paper`, `print-ink`) that no theme turns round, and the
quiet zone is as wide as the standard asks: a phone reads it from the screen as it stands.
"""

from __future__ import annotations

from playground.scenes.handed import Modules, qr_modules
from playground.scenes.marks import BOX, FURNITURE, Sheet, number

QUIET = 4
"""Light modules around the symbol (ISO/IEC 18004)."""


def side(text: str) -> int:
    """Modules along one side, quiet zone included; nothing for no text."""
    return len(qr_modules(text)) + 2 * QUIET if text else 0


def runs(modules: Modules, unit: int) -> str:
    """The dark modules as strokes, one for each run of a row, from the corner of the ground."""
    d = []
    for row, cells in enumerate(modules):
        at, moved = 0, False
        while at < len(cells):
            end = at
            while end < len(cells) and cells[end] == cells[at]:
                end += 1
            long = (end - at) * unit
            if cells[at]:
                start = "" if moved else f"M{(at + QUIET) * unit} {number((row + QUIET + 0.5) * unit)}"
                d.append(f"{start}h{long}")
                moved = True
            elif moved and end < len(cells):
                d.append(f"m{long} 0")
            at = end
    return "".join(d)


def draw(sheet: Sheet, x: float, y: float, unit: int, text: str) -> None:
    """The symbol with its left upper corner at (x, y), `unit` units a module."""
    size = side(text) * unit
    sheet.group("qr", BOX, x, y, f"QR code that says {text}", role="img")
    sheet.add("qr/ground", "rect", FURNITURE, parent="qr", x=0, y=0, width=size, height=size, fill="print-paper")
    sheet.path(
        "qr/modules", BOX, runs(qr_modules(text), unit), parent="qr", fill="none", stroke="print-ink",
        stroke_width=unit, shape_rendering="crispEdges",
    )  # fmt: skip

"""The picked run copied down as bits, and the mask over them."""

from __future__ import annotations

from playground.scenes.bytes.parts import dotted, ring
from playground.scenes.bytes.places import Places
from playground.scenes.bytes.value import Bytes
from playground.scenes.marks import BAND, EDGE, FURNITURE, Sheet, number
from playground.scenes.type import end_cut

TALL = 26


class Bits:
    """The row of bits of one painting. `ahead`: where it is not drawn, it is to come."""

    def __init__(self, scene: Bytes, sheet: Sheet, places: Places, ahead: bool) -> None:
        self.scene, self.sheet, self.places, self.ahead = scene, sheet, places, ahead
        self.left, self.right, self.top = places.left, places.right, places.bits_y

    def paint(self) -> None:
        scene = self.scene
        if self.ahead and not scene.bits:
            room = self.right - self.left
            dotted(self.sheet, "bits/ahead", self.left, self.top, room, TALL, "four bytes, as bits")
        if not (scene.bits and scene.count):
            return
        per = (self.right - self.left) / (8 * scene.count)
        self.borders(per)
        self.guides()
        self.digits(per)
        if scene.masked:
            self.mask(per)

    def borders(self, per: float) -> None:
        """A box for each bit; between bytes the line is bold."""
        left, right, top, count = self.left, self.right, self.top, 8 * self.scene.count
        borders = [f"M{number(left + per * at)} {top}v{TALL}" for at in range(count + 1) if at % 8]
        edge = f"M{number(left)} {top}H{number(right)}M{number(left)} {top + TALL}H{number(right)}"
        self.sheet.path("bits", EDGE, [edge, *borders], fill="none", stroke="guide", stroke_width=1)
        solid = [f"M{number(left + per * at)} {top - 3}v{TALL + 6}" for at in range(0, count + 1, 8)]
        self.sheet.path("bits/bytes", EDGE, solid, fill="none", stroke="ink", stroke_width=1.5)

    def guides(self) -> None:
        """Two lines from the picked run's ends to the row of bits."""
        scene, places, top = self.scene, self.places, self.top
        first, last = places.place(scene.first), places.place(scene.first + scene.count - 1)
        if not (first and last) or first[1] != last[1] or first[1] + places.pitch * 1.5 < top:
            return
        below = first[1] + places.cell_height + 19
        d = (
            f"M{number(first[0])} {number(below)}L{number(self.left)} {number(top - 4)}"
            f"M{number(last[0] + places.cell)} {number(below)}L{number(self.right)} {number(top - 4)}"
        )
        self.sheet.path("guides", FURNITURE, d, fill="none", stroke="guide", stroke_width=1)

    def digits(self, per: float) -> None:
        """The bits, those that are cleared struck through; each byte again under its eight."""
        scene, sheet, top = self.scene, self.sheet, self.top
        for at, byte in enumerate(scene.picked()):
            for bit in range(8):
                gone = at * 8 + bit < scene.masked
                sheet.label(
                    f"bit/{at * 8 + bit}", self.left + per * (at * 8 + bit + 0.5), top + 17.5,
                    f"{byte:08b}"[bit], "tick" if not self.places.wide else "value",
                    fill="mute" if gone else "ink", text_anchor="middle",
                    text_decoration="line-through" if gone else None,
                )  # fmt: skip
            sheet.label(
                f"bits/{at}", self.left + per * (at * 8 + 4), top + TALL + 16, f"{byte:02x}", "tick",
                fill="mute", text_anchor="middle",
            )  # fmt: skip

    def mask(self, per: float) -> None:
        """Hatched over the bits that are cleared."""
        scene, sheet, top = self.scene, self.sheet, self.top
        span = per * scene.masked
        lines = []
        for step in range(int((span + TALL) // 4)):
            # From the lower edge, or the left one, up to the right: 45 degrees, clipped by hand.
            start = self.left - TALL + 4 * step + 2
            x0, x1 = max(start, self.left), min(start + TALL, self.left + span)
            if x1 > x0:
                y0, y1 = top + TALL - (x0 - start), top + TALL - (x1 - start)
                lines.append(f"M{number(x0)} {number(y0)}L{number(x1)} {number(y1)}")
        sheet.path("mask", BAND, lines, fill="none", stroke="mute", stroke_width=1)
        if scene.changed == "mask":
            d = f"M{number(self.left - 1.5)} {number(top - 1.5)}h{number(span + 3)}v{TALL + 3}h{number(-span - 3)}z"
            ring(sheet, d)
        if scene.mask_words:
            text = end_cut(scene.mask_words, "note", self.right - self.left)
            sheet.label("mask/words", self.left, top + TALL + 34, text, "note", fill="mute")

"""A run of bytes becomes marks: the cells, what is picked of them, and what follows from it."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.bytes.bits import Bits
from playground.scenes.bytes.figures import Figures
from playground.scenes.bytes.grid import filled, grid
from playground.scenes.bytes.picked import picked
from playground.scenes.bytes.places import Places
from playground.scenes.bytes.pointer import pointer
from playground.scenes.bytes.qr_code import qr_code
from playground.scenes.bytes.remark import remark
from playground.scenes.bytes.value import Bytes
from playground.scenes.bytes.verdict import verdict
from playground.scenes.marks import Picture, Sheet
from playground.scenes.paint import PICTURES
from playground.scenes.type import width


@lru_cache(PICTURES)
def painted(scene: Bytes, layout: str, room: tuple[int, ...]) -> Picture:
    """The bytes stay while messages come and go: equal values are painted once."""
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one run of bytes."""

    def __init__(self, scene: Bytes, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.room = scene, room
        self.places = Places(layout, room, len(scene.data))
        self.sheet = Sheet("bytes", layout, self.places.height)

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        self.head()
        if not scene.data:
            middle, y = (self.places.left + self.places.right) / 2, self.places.top + 20
            sheet.label("empty", middle, y, scene.empty, "note", fill="mute", text_anchor="middle")
            return sheet.done()
        self.run()
        self.what_follows()
        return sheet.done()

    def head(self) -> None:
        scene, sheet, places = self.scene, self.sheet, self.places
        sheet.label("title", places.left, 24, scene.title, "heading", fill="ink")
        if scene.note:
            style = "note" if places.wide else "tick"
            at = places.right if not places.wide else places.left + width(scene.title, "heading") + 14
            sheet.label("note", at, 24, scene.note, style, fill="mute", text_anchor=None if places.wide else "end")

    def run(self) -> None:
        scene, sheet, places = self.scene, self.sheet, self.places
        sheet.take(grid(sheet.layout, self.room, len(scene.data), scene.start))
        filled(scene, sheet, places)
        picked(scene, sheet, places)
        if scene.nibble:
            pointer(scene.nibble, sheet, places, scene.changed == "nibble")

    def what_follows(self) -> None:
        scene, sheet, places = self.scene, self.sheet, self.places
        ahead = scene.ahead == "bits" and places.has_bits
        top = places.values_y(scene.bits or ahead)
        Bits(scene, sheet, places, ahead).paint()
        Figures(scene, sheet, places, top).paint()
        if scene.verdict:
            verdict(scene.verdict, sheet, places, scene.changed == "verdict")
        qr_code(scene, sheet, places, top)
        if scene.remark and not scene.bits:
            remark(scene, sheet, places, top)

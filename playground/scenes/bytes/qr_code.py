"""The text that the bytes are handed over in, as a QR code and written out."""

from __future__ import annotations

from playground.scenes import qr
from playground.scenes.bytes.parts import dotted, ring
from playground.scenes.bytes.places import Places
from playground.scenes.bytes.value import Bytes
from playground.scenes.marks import Sheet, number


def qr_code(scene: Bytes, sheet: Sheet, places: Places, top: float) -> None:
    """The QR code at the right, its text beside it, from `top` down; narrow, under its text."""
    size = places.unit * places.side
    x, y = (places.right - size if places.wide else (sheet.width - size) // 2), places.code_y
    if places.side and scene.ahead == "code":
        dotted(sheet, "qr/ahead", x, y, size, size, "a QR code")
    if not scene.code:
        return
    qr.draw(sheet, x, y, places.unit, scene.code)
    if scene.changed == "code":
        long = size + 8
        ring(sheet, f"M{number(x - 4)} {number(y - 4)}h{long}v{long}h{-long}z")
    style, pitch, most = places.line
    base = top + 12
    sheet.label("code", places.left, base, "the QR code says", "note", fill="mute")
    for row, at in enumerate(range(0, len(scene.code), most)):
        text = scene.code[at : at + most]
        sheet.label(f"code/{row}", places.left, base + pitch * (row + 1), text, style, fill="ink")

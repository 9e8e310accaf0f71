"""Codes become marks: the device, the verifier, who else may send codes, and what is between them."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.codes.device import device
from playground.scenes.codes.layout import places
from playground.scenes.codes.panel import Panel
from playground.scenes.codes.traffic import traffic
from playground.scenes.codes.value import Codes
from playground.scenes.marks import Picture, Sheet
from playground.scenes.paint import PICTURES


@lru_cache(PICTURES)
def painted(scene: Codes, layout: str, room: tuple[int, ...]) -> Picture:
    at = places(layout)
    sheet = Sheet("codes", layout, at.high)
    device(sheet, scene, at)
    Panel(sheet, scene, at, max(room[0], len(scene.verifier.slots))).draw()
    traffic(sheet, scene, at)
    return sheet.done()

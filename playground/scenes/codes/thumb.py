"""The small picture of codes."""

from __future__ import annotations

from playground.scenes.circle import Circle
from playground.scenes.codes.device import remaining
from playground.scenes.codes.value import OPEN, USED, Codes
from playground.scenes.marks import BAND, BOX, CROSS, FURNITURE, THUMB, Picture, Sheet


def thumb(scene: Codes) -> Picture:
    """The device with its ring, and beside it the codes that are taken."""
    sheet = Sheet("codes", THUMB, 150)
    sheet.add(
        "case", "rect", FURNITURE, x=6, y=4, width=142, height=142, rx=22, fill="sheet", stroke="m1", stroke_width=5
    )
    ring = Circle(77, 75, 48)
    sheet.path("round", BAND, ring.d(), fill="none", stroke="m1", stroke_width=18, stroke_opacity="0.2")
    sheet.path("left", BOX, remaining(ring, 1 - scene.left / scene.period), fill="none", stroke="m1", stroke_width=18)
    slots = [one for one in scene.verifier.slots if one.state in (OPEN, USED)][:3]
    for at, one in enumerate(slots):
        y = 75 + 46 * (at - (len(slots) - 1) / 2)
        sheet.add(
            f"slot:{one.step}", "rect", BAND, x=164, y=y - 16, width=66, height=32, fill="sheet", stroke="m3",
            stroke_width=5,
        )  # fmt: skip
        if one.state == USED:
            sheet.path(f"slot:{one.step}/struck", CROSS, f"M158 {y}H236", stroke="ink", stroke_width=5, fill="none")
    return sheet.done()

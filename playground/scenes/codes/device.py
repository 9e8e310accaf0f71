"""The device: its clock, the code that it shows, and a ring round it that empties as the period runs out."""

from __future__ import annotations

from playground.scenes.circle import Circle
from playground.scenes.codes.layout import Box, Places
from playground.scenes.codes.parts import KEY, brass, placed
from playground.scenes.codes.value import Codes, at, grouped
from playground.scenes.marks import BAND, BOX, FURNITURE, Sheet, number
from playground.scenes.type import end_cut, width

PIECES = 4
"""Arcs that the ring is drawn with: always as many, so that it moves and does not jump."""
BAND_WIDE = 9


def device(sheet: Sheet, scene: Codes, places: Places) -> None:
    """One group, so that a verb of the device is found anywhere on it."""
    one, box = scene.device, places.device
    key = f"lane:{one.name}"
    said = f"{one.name}, shows {one.code}, {scene.life()}" if one.code else f"{one.name}, has no secret yet"
    sheet.group(key, BOX, 0, 0, said)
    sheet.add(
        f"{key}/case", "rect", FURNITURE, parent=key, x=box.x, y=box.y, width=box.wide, height=box.high, rx=18,
        fill="sheet", stroke="m1", stroke_width=2,
    )  # fmt: skip
    if box.high > 250:
        bar = f"M{number(box.middle[0] - 22)} {number(box.bottom - 8)}h44"
        sheet.path(f"{key}/bar", BAND, bar, parent=key, fill="none", stroke="guide", stroke_width=2.5)
    sheet.label(f"{key}/name", box.x + 15, box.y + 24, end_cut(one.name, "name", 72), "name", parent=key, fill="ink")
    sheet.label(
        f"{key}/clock", box.right - 15, box.y + 24, at(one.clock), "strong", parent=key, fill="ink", text_anchor="end"
    )
    if one.code:
        lit(sheet, scene, places, key)
    else:
        dark(sheet, places, key)


def dark(sheet: Sheet, places: Places, key: str) -> None:
    """It has nothing to make a code from."""
    ring = places.ring
    sheet.path(
        f"{key}/round", BAND, ring.d(), parent=key, fill="none", stroke="guide", stroke_width=1.25,
        stroke_dasharray="2 3",
    )  # fmt: skip
    sheet.label(
        f"{key}/none", ring.x, ring.y + 4, "no secret yet", "note", parent=key, fill="mute", text_anchor="middle"
    )


def lit(sheet: Sheet, scene: Codes, places: Places, key: str) -> None:
    """The code inside its ring, how long it lives on, and the step that it belongs to."""
    ring, code = places.ring, grouped(scene.device.code)
    sheet.path(
        f"{key}/round", BAND, ring.d(), parent=key, fill="none", stroke="m1", stroke_width=BAND_WIDE,
        stroke_opacity="0.16",
    )  # fmt: skip
    gone = 1 - scene.left / scene.period
    sheet.path(f"{key}/left", BAND, remaining(ring, gone), parent=key, fill="none", stroke="m1", stroke_width=BAND_WIDE)
    # A hand where the ring ends, so that it is read without its colour.
    sheet.path(
        f"{key}/hand", BOX, ring.spokes([gone], ring.r - 8, ring.r + 8), parent=key, stroke="ink", stroke_width=2.25,
        fill="none",
    )  # fmt: skip
    room = 2 * (ring.r - BAND_WIDE / 2)
    style = "figure-small" if width(code, "figure-small") <= room else "heading"
    sheet.label(f"{key}/code", ring.x, ring.y + 2, code, style, parent=key, fill="ink", text_anchor="middle")
    sheet.label(
        f"{key}/seconds", ring.x, ring.y + 22, f"{scene.left} s left", "label", parent=key, fill="ink",
        text_anchor="middle",
    )  # fmt: skip
    sheet.label(
        f"{key}/of", ring.x, ring.y + 38, f"of {scene.period}", "note", parent=key, fill="mute", text_anchor="middle"
    )
    y = places.step_y
    told = f"step {scene.step}"
    start = ring.x - (width(told, "strong") - 30) / 2
    sheet.path(
        f"{key}/secret", BOX, placed(KEY, start - 30, y - 4), parent=key, fill="none", stroke="mute", stroke_width=1.5
    )
    sheet.label(f"{key}/step", start, y, told, "strong", parent=key, fill="ink")
    if scene.changed == "device":
        r = ring.r + 9
        brass(sheet, Box(ring.x - r, ring.y - r, 2 * r, 2 * r), r)


def remaining(ring: Circle, gone: float) -> str:
    """The part of the ring that is left, from where it has been emptied to the top."""
    turns = [gone + (1 - gone) * part / PIECES for part in range(PIECES + 1)]
    start, *rest = (ring.at(turn) for turn in turns)
    r = number(ring.r)
    arcs = "".join(f"A{r} {r} 0 0 1 {number(x)} {number(y)}" for x, y in rest)
    return f"M{number(start[0])} {number(start[1])}{arcs}"

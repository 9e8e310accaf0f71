"""What is sent: the ways between device, verifier and rival, and the codes on them or where they were typed into."""

from __future__ import annotations

from playground.scenes.codes.layout import Box, Place, Places
from playground.scenes.codes.parts import MASK, PERSON, brass, placed
from playground.scenes.codes.value import Codes, Sent, grouped
from playground.scenes.marks import BOX, EDGE, TOKEN, Sheet
from playground.scenes.shapes import CAPSULE, capsule
from playground.scenes.type import end_cut, width


def traffic(sheet: Sheet, scene: Codes, places: Places) -> None:
    device, verifier, rival = scene.device.name, scene.verifier.name, scene.rival
    ways = {(device, verifier): places.sends}
    if rival:
        ways |= {(rival, verifier): places.rival_sends, (device, rival): places.fooled}
    busy = {pair: one for one in scene.sent for pair in ways if {one.sender, one.receiver} == set(pair)}
    for (sender, receiver), way in ways.items():
        one = busy.get((sender, receiver))
        sheet.path(
            f"wire:{sender}/{receiver}", EDGE, way.line if one else way.rests or way.line, fill="none",
            stroke=one.pen if one else "guide", stroke_width=1.7 if one else 1.25,
            stroke_dasharray=None if one else "2 3",
        )  # fmt: skip
    if rival:
        person(sheet, scene, places, any(rival in pair for pair in busy))
    for one in scene.sent:
        way = ways.get((one.sender, one.receiver)) or ways[one.receiver, one.sender]
        x, y = places.field.middle if one.here and one.receiver == verifier else way.at
        token(sheet, one, (x, y))
        if scene.changed == "sent" and one is scene.sent[-1]:
            half, high = size(one) + 4.5, CAPSULE + 4.5
            brass(sheet, Box(x - half, y - high, 2 * half, 2 * high), 12)


def person(sheet: Sheet, scene: Codes, places: Places, busy: bool) -> None:
    """Who else may send codes; in mute while there is nothing to be seen of it."""
    (x, y), pen, key = places.rival, "other" if busy else "mute", f"lane:{scene.rival}"
    sheet.group(key, BOX, x, y, scene.rival)
    half = width(scene.rival, "name") / 2
    sheet.add(f"{key}/area", "rect", BOX, parent=key, x=-half, y=-18, width=2 * half, height=54, fill="sheet")
    sheet.path(f"{key}/person", BOX, placed(PERSON, 0, 2), parent=key, fill="none", stroke=pen, stroke_width=1.75)
    sheet.path(f"{key}/mask", BOX, placed(MASK, 0, -4.5), parent=key, fill="none", stroke=pen, stroke_width=1.75)
    sheet.label(f"{key}/name", 0, 26, scene.rival, "name", parent=key, fill=pen, text_anchor="middle")
    if scene.changed == "rival":
        brass(sheet, Box(x - half - 5, y - 21, 2 * half + 10, 56), 6)


def shown(one: Sent) -> str:
    return end_cut(grouped(one.text), "badge", 110)


def size(one: Sent) -> float:
    """Half of what it takes."""
    return max(CAPSULE, width(shown(one), "badge") / 2 + 4)


def token(sheet: Sheet, one: Sent, place: Place) -> None:
    """Round where it asks to be let in, with corners where it answers."""
    answer = one.pen in ("done", "fail")
    key = f"{'answer' if answer else 'sent'}:{one.id}"
    where = "arrived" if one.here else "on its way"
    sheet.group(key, TOKEN, *place, f"{one.text} from {one.sender}, {where}")
    capsule(sheet, key, shown(one), one.pen, 3 if answer else CAPSULE, lost=False)

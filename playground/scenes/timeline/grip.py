"""The grip that holds the first moment of a poster, over all groups: what happened, and what a hand can do."""

from __future__ import annotations

from playground.scenes.marks import CROSS, Sheet, number
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.texts import OVER
from playground.scenes.timeline.value import Timeline
from playground.scenes.type import width

ACROSS, HIGH = 26, 18
"""A grip, in units."""
Y = 15


def grip(scene: Timeline, sheet: Sheet, places: Places) -> None:
    """It stands over the moment of the first group that has one; without a moment there are its words alone."""
    one = scene.grip
    if not one:
        return
    moment = next((moment for moment in scene.moments if moment.words == one.words), None)
    if not moment:
        sheet.label("grip/hint", places.left, Y + 4.5, one.hint, "note", fill="mute", **OVER)
        return
    x = places.x(moment.at)
    sheet.group(one.key, CROSS, x, Y, one.words, role="img")
    sheet.add(
        f"{one.key}/box", "rect", CROSS, parent=one.key, x=-ACROSS / 2, y=-HIGH / 2, width=ACROSS, height=HIGH,
        rx=HIGH / 2, fill="sheet", stroke="ink", stroke_width=1.25,
    )  # fmt: skip
    ribs = [f"M{number(at)} -4v8" for at in (-4, 0, 4)]
    sheet.path(f"{one.key}/ribs", CROSS, ribs, parent=one.key, fill="none", stroke="ink", stroke_width=1.25)
    arms = [f"M{side * 17} -3.5l{side * 4} 3.5l{-side * 4} 3.5" for side in (-1, 1)]
    sheet.path(f"{one.key}/arms", CROSS, arms, parent=one.key, fill="none", stroke="ink", stroke_width=1.25)
    said(one.words, one.hint, x, sheet)


def said(words: str, hint: str, x: float, sheet: Sheet) -> None:
    """Right of the grip, or left of it where there is more room."""
    beside = x + 28
    bold, note = width(words, "name"), width(hint, "note")
    if beside + bold <= sheet.width - 6:
        sheet.label("grip/words", beside, Y + 4.5, words, "name", fill="fail", **OVER)
        if beside + bold + 8 + note <= sheet.width - 6:
            sheet.label("grip/hint", beside + bold + 8, Y + 4.5, hint, "note", fill="mute", **OVER)
        elif x - 28 - note >= 6:
            sheet.label("grip/hint", x - 28, Y + 4.5, hint, "note", fill="mute", text_anchor="end", **OVER)
    else:
        sheet.label("grip/words", x - 28, Y + 4.5, words, "name", fill="fail", text_anchor="end", **OVER)

"""The axis of time under all groups, and its grid."""

from __future__ import annotations

from playground.scenes.marks import FURNITURE, Sheet, number
from playground.scenes.timeline.places import Places


def axis(sheet: Sheet, places: Places) -> None:
    clock, top, bottom = places.clock, places.top, places.bottom
    times = range(0, places.units + 1, places.step)
    spots = [places.x(clock.first + time * clock.per) for time in times]
    grid = [f"M{number(x)} {number(top)}V{number(bottom)}" for x in spots]
    sheet.path("grid", FURNITURE, grid, stroke="hair", stroke_width=1, fill="none")
    ticks = [f"M{number(x)} {number(bottom)}v5" for x in spots]
    line = f"M{number(places.left)} {number(bottom)}H{number(places.right)}"
    sheet.path("axis", FURNITURE, [line, *ticks], stroke="guide", stroke_width=1, fill="none")
    for time, x in zip(times, spots, strict=True):
        words = f"{time:,}" if time else f"0 {clock.unit}"
        sheet.label(f"tick/{time}", x, bottom + 19, words, "tick", fill="mute", text_anchor="middle", layer=FURNITURE)


def rules(sheet: Sheet, places: Places, groups: int) -> None:
    """A fine line between one group and the next."""
    lines = [
        f"M{number(places.margin)} {number(places.group(at) - 2)}H{number(sheet.width - places.margin)}"
        for at in range(1, groups)
    ]
    sheet.path("rules", FURNITURE, lines, stroke="hair", stroke_width=1, fill="none")

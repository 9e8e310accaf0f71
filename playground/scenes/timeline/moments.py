"""The moments over the groups: dashed verticals, their words, and a cross on the lane that suffers."""

from __future__ import annotations

from playground.scenes.marks import BAND, CROSS, Sheet, number
from playground.scenes.shapes import cross
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.texts import OVER
from playground.scenes.timeline.value import Moment, Timeline
from playground.scenes.type import width

SINGLY = 6
"""Moments that are marks of their own; with more, a group has one mark for all."""


class Moments:
    """The moments of one painting."""

    def __init__(self, scene: Timeline, sheet: Sheet, places: Places) -> None:
        self.scene, self.sheet, self.places = scene, sheet, places
        self.tops = {group.key: places.group(at) for at, group in enumerate(scene.groups)}
        self.now = None if scene.now is None else places.x(scene.now)

    def paint(self) -> None:
        """Dashed verticals; a label that meets another is left out, and still said in words."""
        lines: dict[tuple[str, str], list[str]] = {}
        crosses: dict[str, list[str]] = {}
        taken: dict[str, float] = {}
        lanes = self.places.lanes(self.scene.groups) if self.scene.moments else {}
        for moment in sorted(self.scene.moments):
            key, x = f"moment:{moment.group}/{moment.words}/{moment.lane}", self.places.x(moment.at)
            pen = "done" if moment.good else "fail"
            owner = (
                key if len(self.scene.moments) <= SINGLY else f"moments:{moment.group}{'/good' if moment.good else ''}"
            )
            top, low = self.ends(moment)
            lines.setdefault((owner, pen), []).append(f"M{number(x)} {number(top)}V{number(low)}")
            if (moment.group, moment.lane) in lanes:
                y = lanes[moment.group, moment.lane]
                crosses.setdefault(owner, []).append(cross(x, y, min(self.places.high / 2 + 1.5, 5)))
            long = width(moment.words, "note")
            middle = self.middle(x, long)
            if middle - long / 2 >= taken.get(moment.group, 0):
                taken[moment.group] = middle + long / 2 + 8
                self.sheet.label(
                    f"{key}/words", middle, top - 4, moment.words, "note", fill=pen, text_anchor="middle", **OVER
                )
        for (owner, pen), pieces in lines.items():
            self.sheet.path(owner, BAND, pieces, stroke=pen, stroke_width=1.25, stroke_dasharray="5 4", fill="none")
        for owner, pieces in crosses.items():
            self.sheet.path(f"{owner}/cross", CROSS, pieces, stroke="fail", stroke_width=2.25, fill="none")

    def ends(self, moment: Moment) -> tuple[float, float]:
        """From where to where its line goes: through all groups, or through its own."""
        if moment.group:
            top = self.tops[moment.group]
            return top + self.places.head - 12, top + self.places.slot - 6
        return self.places.top - 6.0, self.places.bottom

    def middle(self, x: float, long: float) -> float:
        """Where the middle of so long a label stands, for a line at `x`."""
        least, most = self.places.left + long / 2, self.sheet.width - 6 - long / 2
        middle, now = min(max(x, least), most), self.now
        if now is not None and abs(middle - now) < long / 2 + 4:
            # Beside the line of now, on the side of its own line where there is room.
            before, after = now - long / 2 - 5, now + long / 2 + 5
            middle = before if before >= least and (x < now or after > most) else after
        return middle

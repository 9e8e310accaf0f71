"""The moments over the groups: dashed verticals, their words, and a cross on the lane that suffers."""

from __future__ import annotations

from playground.scenes.marks import BAND, CROSS, Sheet, number
from playground.scenes.shapes import cross
from playground.scenes.timeline.kinds import disc
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
        self.instants = {(moment.group, moment.at) for moment in scene.moments}
        self.arm = min(places.high / 2 + 1.5, 3.5 if places.poster else 5)

    def paint(self) -> None:
        """Dashed verticals; a label that meets another is left out, and still said in words."""
        lines: dict[tuple[str, str], list[str]] = {}
        crosses: dict[str, list[tuple[float, float]]] = {}
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
                crosses.setdefault(owner, []).append((x, lanes[moment.group, moment.lane]))
            if self.places.poster:
                continue  # the grip says it
            long = width(moment.words, "note")
            middle = self.middle(x, long)
            if middle - long / 2 >= taken.get(moment.group, 0):
                taken[moment.group] = middle + long / 2 + 8
                self.sheet.label(
                    f"{key}/words", middle, top - 4, moment.words, "note", fill=pen, text_anchor="middle", **OVER
                )
        for (owner, pen), pieces in lines.items():
            self.sheet.path(owner, BAND, pieces, stroke=pen, stroke_width=1.25, stroke_dasharray="5 4", fill="none")
        for owner, spots in crosses.items():
            self.crosses(owner, spots)

    def crosses(self, owner: str, spots: list[tuple[float, float]]) -> None:
        """On a poster each in a disc."""
        if self.places.poster:
            discs = [disc(x, y, self.arm + 3) for x, y in spots]
            self.sheet.path(f"{owner}/around", CROSS, discs, stroke="fail", stroke_width=1.25, fill="sheet")
        drawn = [cross(x, y, self.arm) for x, y in spots]
        bold = 1.7 if self.places.poster else 2.25
        self.sheet.path(f"{owner}/cross", CROSS, drawn, stroke="fail", stroke_width=bold, fill="none")

    def ends(self, moment: Moment) -> tuple[float, float]:
        """From where to where its line goes: through all groups, or through its own.

        On a poster down to the next group: where that one suffers at the same instant, it is one line. The first
        hangs from the grip.
        """
        places = self.places
        if not moment.group:
            return places.top - 6.0, places.bottom
        top = self.tops[moment.group]
        if not places.poster:
            return top + places.head - 12, top + places.slot - 6
        above = self.above(moment)
        return (top if above else top + places.head - 12), top + places.slot

    def above(self, moment: Moment) -> bool:
        """Whether the same line stands in the group above, or the grip over it."""
        keys = list(self.tops)
        place = keys.index(moment.group)
        if not place:
            return True
        return (keys[place - 1], moment.at) in self.instants

    def middle(self, x: float, long: float) -> float:
        """Where the middle of so long a label stands, for a line at `x`."""
        least, most = self.places.left + long / 2, self.sheet.width - 6 - long / 2
        middle, now = min(max(x, least), most), self.now
        if now is not None and abs(middle - now) < long / 2 + 4:
            # Beside the line of now, on the side of its own line where there is room.
            before, after = now - long / 2 - 5, now + long / 2 + 5
            middle = before if before >= least and (x < now or after > most) else after
        return middle

"""The tear between two groups of machines, the grip in it, the places where it may go, and what each side may do."""

from __future__ import annotations

from typing import Any

from playground.scenes.marks import BAND, BOX, EDGE, Sheet, number
from playground.scenes.peers.layout import Place, Plan
from playground.scenes.peers.value import Peers
from playground.scenes.type import width

ZIGZAG = (0, 3, -2, 4, -3, 2, -4, 1)
"""How far the edges of the tear lie from a line, one after the other."""
HALF, TOOTH = 8, 15
OVER: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""Words over the tear have an outline in the colour of the sheet."""


class Torn:
    """What is drawn of a cut, and of the cuts that could be."""

    def __init__(self, sheet: Sheet, scene: Peers, plan: Plan, end: float) -> None:
        self.sheet, self.scene, self.plan = sheet, scene, plan
        self.end = end
        """Across the row: where the scale below wide pictures stands."""

    def draw(self) -> None:
        self.places()
        if self.plan.tear:
            self.tear()
            self.grip()
        if self.plan.wide:
            self.scale()
        elif self.plan.tear:
            for at, words in enumerate(filter(None, map(self.side, (False, True)))):
                self.sheet.label(f"side/{at}", 14, self.end + 16 * at, words, "note", fill="ink")

    def tear(self) -> None:
        """Two ragged edges; the paper between them is gone."""
        x, start = self.plan.tear, 36.0 if self.plan.wide else 0.0
        end = self.end if self.plan.wide else self.sheet.width
        near, back, ticks = [], [], []
        for at in range(int((end - start) / TOOTH) + 1):
            across = min(start + TOOTH * at, end)
            near.append((x - HALF + ZIGZAG[at % 8], across))
            back.append((x + HALF + ZIGZAG[(at * 3 + 5) % 8], across))
            ticks.append(f"M{self.spelled(back[-1])}L{self.spelled((back[-1][0] - 4, across + 2))}")
        near.append((x - HALF, end))
        back.append((x + HALF, end))
        outline = "M" + "L".join(map(self.spelled, [*near, *reversed(back)])) + "Z"
        self.sheet.path("cut", BAND, [outline, *ticks], fill="warm", stroke="fail", stroke_width=1.25)

    def spelled(self, place: Place) -> str:
        return " ".join(map(number, self.plan.turned(place)))

    def handle(self, at: float) -> Place:
        """x and y of what can be gripped at a gap."""
        return self.plan.turned((at, self.end if self.plan.wide else 24))

    def grip(self) -> None:
        """What the tear is held by, with its name."""
        sheet, (x, y) = self.sheet, self.handle(self.plan.tear)
        # A name needs a role where there is no text to be read.
        sheet.group("cut/grip", BOX, x, y, "the cut", role="img")
        sheet.add(
            "cut/grip/box", "rect", BOX, parent="cut/grip", x=-16, y=-10, width=32, height=20, rx=10, fill="sheet",
            stroke="ink", stroke_width=1.5,
        )  # fmt: skip
        bars = "M-5 -4V4M0 -4V4M5 -4V4"
        sheet.path("cut/grip/lines", BOX, bars, parent="cut/grip", fill="none", stroke="ink", stroke_width=1.5)
        if self.plan.wide:
            sheet.label("cut/name", x, y + 40, "cut", "strong", fill="fail", text_anchor="middle")
        else:
            sheet.label("cut/name", x + 22, y + 4, "cut", "strong", fill="fail", **OVER)

    def places(self) -> None:
        """Dotted, where it could be cut (also)."""
        scene, plan = self.scene, self.plan
        if not scene.movable:
            return
        told = False
        for place in range(1, len(plan.row)):
            if place == scene.tear():
                continue
            near, far = sorted(plan.row[:place]), sorted(plan.row[place:])
            names = "".join(scene.peers[who].name for who in min((near, far), key=len))
            x, y = self.handle(plan.between(place))
            key = f"gap:{names}"
            self.sheet.add(
                key, "rect", BOX, x=x - 16, y=y - 10, width=32, height=20, rx=10, fill="sheet", stroke="mute",
                stroke_width=1, stroke_dasharray="2.5 2.5", aria_label=f"cut {names} off", role="img",
            )  # fmt: skip
            if not told:
                words, told = "or cut here" if scene.cut else "cut here", True
                if plan.wide:
                    self.sheet.label(f"{key}/words", x, y - 17, words, "note", fill="mute", text_anchor="middle")
                else:
                    self.sheet.label(f"{key}/words", x + 21, y + 4, words, "note", fill="mute")

    def side(self, aside: bool) -> str:
        """How many there are on a side, and what they may do."""
        scene = self.scene
        here = [one for one in scene.peers if one.aside == aside]
        alive = sum(one.alive for one in here)
        words = f"{alive} of {len(scene.peers)}" + (f": {scene.sides[aside]}" if scene.sides[aside] else "")
        return words if self.plan.wide else f"{' '.join(one.name for one in here)}, {words}"

    def scale(self) -> None:
        """A bracket under each side, with its words."""
        sheet, scene, tear = self.sheet, self.scene, self.plan.tear
        if not tear:
            if scene.movable:
                sheet.path("scale", EDGE, f"M22 {number(self.end)}H698", stroke="guide", stroke_width=1, fill="none")
            return
        y, first = number(self.end), scene.peers[self.plan.row[0]].aside
        left, right = number(tear - 18), number(tear + 18)
        lines = f"M22 {y}m0 -4v8m0 -4H{left}m0 -4v8M{right} {y}m0 -4v8m0 -4H698m0 -4v8"
        sheet.path("scale", EDGE, lines, stroke="mute", stroke_width=1, fill="none")
        for at, (start, end) in enumerate(((22.0, tear - 18), (tear + 18, 698.0))):
            words = self.side(first if not at else not first)
            half = width(words, "label") / 2
            middle = min(max((start + end) / 2, 10 + half), 710 - half)
            sheet.label(f"side/{at}", middle, self.end + 24, words, "label", fill="ink", text_anchor="middle")

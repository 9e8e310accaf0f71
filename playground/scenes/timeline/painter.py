"""A timeline becomes marks: axis and legend, group by group, the moments, and the line of now."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import FURNITURE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.timeline.axis import axis, rules
from playground.scenes.timeline.clock import Clock
from playground.scenes.timeline.grip import grip
from playground.scenes.timeline.groups import group_part
from playground.scenes.timeline.legend import draw_legend, legend_height
from playground.scenes.timeline.moments import Moments
from playground.scenes.timeline.pieces import pieces
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.value import Timeline


@lru_cache(PICTURES)
def painted(scene: Timeline, layout: str, room: tuple[int, ...]) -> Picture:
    """Much happens between two spans: equal values are painted once."""
    return Painter(scene, layout, room).paint()


@lru_cache(64)
def furniture(layout: str, room: tuple[int, ...], clock: Clock, legend: tuple[tuple[str, str], ...]) -> Sheet:
    """The axis and the legend: the same at every step."""
    sheet, places = Sheet("timeline", layout, 0), Places(layout, room, clock)
    axis(sheet, places)
    if places.poster:
        rules(sheet, places, room[0])
    draw_legend(sheet, places, legend)
    return sheet


class Painter:
    """One painting of one timeline."""

    def __init__(self, scene: Timeline, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.room = scene, room
        self.places = Places(layout, room, scene.clock)
        below = 30 + legend_height(scene.legend, self.places.wide)
        self.sheet = Sheet("timeline", layout, round(self.places.bottom + below))

    def paint(self) -> Picture:
        scene, sheet, places = self.scene, self.sheet, self.places
        sheet.take(furniture(sheet.layout, self.room, places.clock, scene.legend))
        self.groups()
        Moments(scene, sheet, places).paint()
        pieces(scene, sheet, places)
        if scene.poster:
            grip(scene, sheet, places)
        if not scene.groups:
            middle, y = (places.left + places.right) / 2, places.top + places.slot / 2
            sheet.label("empty", middle, y, scene.empty, "note", fill="mute", text_anchor="middle")
        if scene.now is not None:
            x = number(places.x(scene.now))
            top, low = self.now_from()
            line = f"M{x} {number(top)}V{number(low)}"
            sheet.path("changed", FURNITURE, line, stroke="brass-line", stroke_width=2.25, fill="none")
        return sheet.done()

    def now_from(self) -> tuple[float, float]:
        """From where to where the line of now goes: on a poster through the group in question alone."""
        places, keys = self.places, [group.key for group in self.scene.groups]
        if not places.poster or self.scene.current[0] not in keys:
            return places.top, places.bottom
        top = places.group(keys.index(self.scene.current[0]))
        return top + places.head - 6, top + places.head + places.deep - 4

    def groups(self) -> None:
        scene, sheet, clock = self.scene, self.sheet, self.places.clock
        for at, group in enumerate(scene.groups):
            current = scene.current[1] if scene.current[0] == group.key else ""
            late = any(moment.group in ("", group.key) and moment.at > (group.total or 0) for moment in scene.moments)
            sheet.take(group_part(sheet.layout, self.room, clock, group, at, current, late))

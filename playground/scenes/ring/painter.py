"""A ring becomes marks: dial, arcs, points, keys, the way of the key in question, the figure, the margin."""

from __future__ import annotations

from playground.scenes.marks import CHANGED, EDGE, MARKS_AIM, TOKEN, WIDE, Picture, Sheet
from playground.scenes.ring.arcs import SIZE, Same, still_owned
from playground.scenes.ring.keys import Keys
from playground.scenes.ring.lane import BANDS, INSIDE, along
from playground.scenes.ring.margin import Margin
from playground.scenes.ring.parts import dial, points
from playground.scenes.ring.value import Ring
from playground.scenes.shapes import brass_ring, head, initials

SINGLY = 12
"""Up to so many servers each has a hatch and ticks of its own, and a bar with a before; of more all have one."""

HELD = (5, 8, 12, 16)
"""Rows that the margin has room for: so what is below them stays where it is when a server comes."""


def painted(scene: Ring, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one ring."""

    def __init__(self, ring: Ring, layout: str, room: tuple[int, ...]) -> None:
        self.ring = ring
        self.rows, points, failed, keys, self.most, aside = room
        self.wide = layout == WIDE
        self.pitch = 27 if self.rows <= 8 else 21 if self.rows <= SINGLY else 19
        # A row of the legend has six marks, its server an arc, a hatch and ticks; a badge has three, and its cross.
        self.dense = self.rows > SINGLY
        fixed = 18 + (9 if self.rows <= 7 else 7 if self.dense else 10) * self.rows
        badges = 3 * points + failed
        self.badges = badges + fixed + 20 <= MARKS_AIM and points <= (34 if self.wide else 26)
        self.dots = (badges if self.badges else 0) + fixed + keys <= MARKS_AIM
        self.band = BANDS[layout]
        self.held = next((some for some in HELD if self.rows <= some), self.rows)
        height = 424 if self.wide else 386 + self.pitch * self.held + (38 if aside else 8)
        self.sheet = Sheet("ring", layout, height)
        self.keys = Keys(ring, self.sheet, self.band)

    def paint(self) -> Picture:
        ring, sheet = self.ring, self.sheet
        order = tuple((server.name, server.order) for server in ring.servers)
        letters = initials(tuple(server.name for server in ring.servers))
        stands = tuple(
            (server.name, server.order, server.state, server.points, letters[server.name]) for server in ring.servers
        )
        sheet.take(dial(sheet.layout, self.band, self.keys.radius(0)))
        sheet.take(still_owned(sheet.layout, self.band, Same(ring.ring), Same(ring.ring_before), order, self.dense))
        sheet.take(points(sheet.layout, self.band, stands, self.badges, self.dense))
        self.keys.as_dots() if self.dots else self.keys.as_bricks()
        self.way()
        self.centre()
        Margin(ring, sheet, self.held, self.pitch, self.most, self.dense).paint()
        return self.sheet.done()

    def way(self) -> None:
        """The brass path from the key inwards, clockwise to its owner's tick; the key wears the brass ring."""
        way = self.ring.way
        if not way:
            return
        start, end = way.position / SIZE, way.point / SIZE
        lane = self.band.to(self.band.r - INSIDE[self.sheet.layout])
        x, y = self.keys.spot.get(way.key) or self.band.to(self.keys.radius(0)).at(start)
        d, tip, bend = along(self.band, lane, (x, y), start, end)
        self.sheet.path("way", EDGE, d, fill="none", stroke="brass-line", stroke_width=2.25, stroke_linejoin="round")
        self.sheet.path("way/head", CHANGED, head(*tip, *bend), fill="brass-line")
        if way.key not in self.keys.spot:
            self.sheet.add("guest", "circle", TOKEN, cx=x, cy=y, r=3.8, fill="sheet", stroke="ink", stroke_width=1.5)
        brass_ring(self.sheet, x, y, 8.3)

    def centre(self) -> None:
        style = "figure" if self.wide else "figure-small"
        x, y = self.band.x, self.band.y
        self.sheet.label("figure", x, y + 4, self.ring.figure, style, fill="ink", text_anchor="middle")
        self.sheet.label("caption", x, y + 24, self.ring.caption, "label", fill="mute", text_anchor="middle")

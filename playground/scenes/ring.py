"""Ring: servers and keys on one circle of positions; arcs show who owns what.

SCENES: arcs an owner has inherited in this action are hatched, so the whole lesson is visible without
one key. Keys never move (their hash is fixed); arcs and badges do.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from playground.scenes import circle as round_
from playground.scenes.circle import Circle, Interval
from playground.scenes.legend import Legend, Who, legend_row
from playground.scenes.marks import (
    BAND,
    CHANGED,
    EDGE,
    FURNITURE,
    LABEL,
    MARKS_AIM,
    THUMB,
    TOKEN,
    WIDE,
    Picture,
    Sheet,
)  # fmt: skip
from playground.scenes.scene import Words
from playground.scenes.shapes import badge, brass_ring, head, initials, role, wedge
from playground.scenes.type import middle_cut

SIZE = 2**32
"""Positions on the circle."""

SECTORS = 96
"""Sectors into which keys are sorted when there are too many to draw one by one."""

FINE = 256
"""Sectors into which arcs are sorted when there are too many points to draw one by one."""


Place = tuple[int, str]
"""A point on the circle: its position, and the server that stands there."""

QUARTERS = (("00", "middle", 0, 0), ("40", "start", -4, 3.5), ("80", "middle", 0, 8), ("c0", "end", 4, 3.5))
"""Labels at the quarters of the dial: text, anchor, and how far the text is moved from its place."""


@dataclass(frozen=True)
class Server:
    """A server: its order of appearance, state (live, failed, gone), points, and keys held before and now."""

    name: str
    order: int
    state: str
    points: tuple[int, ...]
    held: int
    before: int


@dataclass(frozen=True)
class Key:
    """A key: its position, its owner, and its owner before this action (empty: nobody)."""

    id: str
    position: int
    owner: str
    before: str


@dataclass(frozen=True)
class Way:
    """The key in question and the point it goes to: a path clockwise from the one to the other."""

    key: str
    position: int
    server: str
    point: int


@dataclass(frozen=True)
class Ring:
    """The circle. `ring` and `ring_before` are the points of the servers that answer, sorted."""

    servers: tuple[Server, ...]
    keys: tuple[Key, ...]
    ring: tuple[Place, ...]
    ring_before: tuple[Place, ...]
    figure: str
    caption: str
    aside: str
    aside_figure: str
    way: Way | None = None
    changed: str = ""
    """Name of the server that changed in this step."""

    kind = "ring"

    def room(self) -> tuple[int, ...]:
        """Rows of the legend, points, keys, most keys held by one server, whether there is a comparison."""
        points = sum(len(server.points) for server in self.servers)
        return (
            len(self.servers),
            points,
            len(self.keys),
            max((max(s.held, s.before) for s in self.servers), default=0),
            bool(self.aside),
        )

    def blank(self) -> bool:
        return not self.servers

    def words(self) -> Words:
        rows = []
        for server in self.servers:
            held = str(server.held) if server.held == server.before else f"{server.before} → {server.held}"
            rows.append((server.name, server.state, str(len(server.points)), held))
        return Words(f"{self.figure} {self.caption}.", ("server", "state", "points", "keys held"), tuple(rows))

    def paint(self, layout: str, room: tuple[int, ...]) -> Picture:
        return Painter(self, layout, room).paint()

    def thumb(self) -> Picture:
        sheet, band = Sheet("ring", THUMB, 150), Circle(120, 75, 56)
        order = {server.name: server.order for server in self.servers}
        sheet.path(
            "dial",
            FURNITURE,
            band.spokes([tick / 48 for tick in range(48)], 66, 70),
            stroke="guide",
            stroke_width=1,
            fill="none",
        )
        for owner, (mine, _) in arcs(self.ring, ()).items():
            sheet.path(
                f"arc:{owner}", BAND, band.d(), fill="none", stroke=role(order[owner]), stroke_width=10,
                stroke_dasharray=round_.dashes(mine, band.length),
            )  # fmt: skip
        ticks = band.spokes([position / SIZE for position, _ in self.ring], 49, 64)
        sheet.path("ticks", EDGE, ticks, fill="none", stroke="ink", stroke_width=2)
        for key in self.keys:
            x, y = band.to(40).at(key.position / SIZE)
            if key.owner in order:
                sheet.add(f"key:{key.id}", "circle", TOKEN, cx=x, cy=y, r=3.2, fill=role(order[key.owner]))
        return sheet.done()


@lru_cache(512)
def arcs(ring: tuple[Place, ...], before: tuple[Place, ...]) -> dict[str, tuple[list[Interval], list[Interval]]]:
    """For each owner the parts of the circle that it owns, and those of them that it has inherited.

    Up to FINE points they are exact; beyond, each of FINE sectors has the owner of its end.
    """
    found: dict[str, tuple[list[Interval], list[Interval]]] = {}
    if not ring:
        return found
    if len(ring) + len(before) <= FINE:
        cuts = sorted({position for position, _ in ring} | {position for position, _ in before})
    else:
        cuts = [(sector + 1) * SIZE // FINE for sector in range(FINE)]
    for index, end in enumerate(cuts):
        start = cuts[index - 1]
        owner = owner_at(ring, end)
        parts = round_.split(start / SIZE, end / SIZE)
        mine = found.setdefault(owner, ([], []))
        mine[0].extend(parts)
        if before and owner_at(before, end) != owner:
            mine[1].extend(parts)
    return {owner: (sorted(all_), sorted(new)) for owner, (all_, new) in found.items()}


def owner_at(ring: tuple[Place, ...], position: int) -> str:
    """Owner of a position: the first point at or after it."""
    return ring[bisect_left(ring, (position,)) % len(ring)][1]


@lru_cache(16)
def dial(layout: str, band: Circle, track: float) -> Sheet:
    """The outer scale: 128 ticks, every eighth longer, positions in hexadecimal at the quarters."""
    sheet = Sheet("ring", layout, 0)
    out = band.r + (48 if layout == WIDE else 43)
    fine = [tick / 128 for tick in range(128) if tick % 8]
    bold = [tick / 16 for tick in range(16)]
    d = band.to(out).d() + band.spokes(fine, out, out + 2.5) + band.spokes(bold, out, out + 6)
    sheet.path("dial", FURNITURE, d, stroke="hair", stroke_width=1, fill="none")
    sheet.path("track", FURNITURE, band.to(track).d(), stroke="hair", stroke_width=1, fill="none")
    far = band.to(out + 13)
    for quarter, (text, anchor, dx, dy) in enumerate(QUARTERS):
        x, y = far.at(quarter / 4)
        sheet.label(f"dial/{text}", x + dx, y + dy, text, "tick", fill="mute", text_anchor=anchor, layer=FURNITURE)
    return sheet


@lru_cache(256)
def owned(
    layout: str, band: Circle, ring: tuple[Place, ...], before: tuple[Place, ...], order: tuple[tuple[str, int], ...]
) -> Sheet:
    """One dashed circle an owner; what it has inherited in this action is hatched."""
    sheet = Sheet("ring", layout, 0)
    if not ring:
        sheet.path("arc", BAND, band.d(), stroke="guide", stroke_width=1.25, fill="none", stroke_dasharray="2 3")
    orders = dict(order)
    # Sampled arcs end at sectors: whole units, which are short to write.
    sampled = {"pathLength": 4 * FINE} if len(ring) + len(before) > FINE else {}
    length = 4 * FINE if sampled else band.length
    for owner, (mine, new) in arcs(ring, before).items():
        pen = role(orders[owner])
        dashes = (
            round_.units([(round(a * length), round(b * length)) for a, b in mine], 4 * FINE)
            if sampled
            else round_.dashes(mine, length)
        )
        sheet.path(
            f"arc:{owner}", BAND, band.d(), fill="none", stroke=pen, stroke_width=11, stroke_opacity="0.34",
            stroke_dasharray=dashes, **sampled,
        )  # fmt: skip
        if new:
            sheet.path(
                f"hatch:{owner}", BAND, band.d(), fill="none", stroke=pen, stroke_width=11,
                stroke_dasharray=sector_hatch(new) if sampled else round_.hatch(new, length), **sampled,
            )  # fmt: skip
    return sheet


def sector_hatch(intervals: list[Interval]) -> str:
    """One short dash in each sampled sector of the intervals, in quarters of a sector."""
    sectors = [n for start, end in intervals for n in range(round(start * FINE), round(end * FINE))]
    return round_.units([(4 * n + 1, 4 * n + 2) for n in sectors], 4 * FINE)


@lru_cache(256)
def points(
    layout: str, band: Circle, stands: tuple[tuple[str, int, str, tuple[int, ...], str], ...], badges: bool
) -> Sheet:
    """A tick across the band at each exact angle; badges outside, spread, tied to their ticks by leaders.

    `stands` holds (name, order, state, points, letter) of each server. Over FINE points ticks would be a
    solid band and say nothing, so they go too.
    """
    sheet = Sheet("ring", layout, 0)
    placed = sorted((position, index, server) for server in stands for index, position in enumerate(server[3]))
    if len(placed) > FINE:
        return sheet
    turns = [position / SIZE for position, _, _ in placed]
    outer = band.to(band.r + (29 if layout == WIDE else 27))
    at = round_.spread(turns, 22 / outer.length) if badges else turns
    lines: dict[str, list[str]] = {name: [] for name, *_ in stands}
    for (_, index, (name, order, state, _, letter)), turn, spot in zip(placed, turns, at, strict=True):
        if state != "gone":
            lines[name].append(band.spokes([turn], band.r - 8, band.r + 8))
        if badges:
            near, bend = band.to(band.r + 8).at(turn), band.to(outer.r - 9.5).at(spot)
            lines[name].append(f"M{round_.point(near)}L{round_.point(bend)}")
            badge(
                sheet,
                f"point:{name}/{index}",
                *outer.at(spot),
                letter,
                order,
                state,
                f"{name}, point {index + 1}, {state}",
                pick=name,
            )
    for name, order, state, _, _ in stands:
        if lines[name]:
            sheet.path(
                f"ticks:{name}", EDGE, lines[name], fill="none", stroke=role(order) if state == "live" else "mute",
                stroke_dasharray={"live": None, "failed": "5 4", "gone": "2 3"}[state],
                stroke_width=1.8 if badges else 1.25,
            )  # fmt: skip
    return sheet


@lru_cache(256)
def bricks(layout: str, band: Circle, every: tuple[int, ...], moved: tuple[int, ...]) -> Sheet:
    """The stacks: how many keys each sector has, and how many of them moved (the innermost ones, in ink)."""
    sheet = Sheet("ring", layout, 0)
    depth, top = max(every), band.r - 15
    pitch = min(8.0, (top - (74 if layout == WIDE else 60)) / max(depth, 1))
    for level in range(depth):
        circle = band.to(top - pitch * (level + 0.5))
        rest = [sector for sector in range(SECTORS) if level < every[sector]]
        dark = [sector for sector in rest if level >= every[sector] - moved[sector]]
        for name, pen, sectors, layer in (("rest", "guide", rest, TOKEN), ("moved", "ink", dark, LABEL)):
            if sectors:
                # Four units a sector: three for the brick, one for the gap.
                sheet.path(
                    f"bricks:{name}/{level}", layer, circle.d(), fill="none", stroke=pen, stroke_width=pitch * 0.7,
                    pathLength=4 * SECTORS,
                    stroke_dasharray=round_.units([(4 * n, 4 * n + 3) for n in sectors], 4 * SECTORS),
                )  # fmt: skip
    return sheet


class Painter:
    """One painting of one ring."""

    def __init__(self, ring: Ring, layout: str, room: tuple[int, ...]) -> None:
        self.ring = ring
        self.rows, points, keys, self.most, aside = room
        self.wide = layout == WIDE
        self.pitch = 27 if self.rows <= 8 else 21
        # A row of the legend has six marks, its server an arc, a hatch and ticks; a badge has three.
        fixed = 18 + (9 if self.rows <= 7 else 10) * self.rows
        self.badges = 3 * points + fixed + 20 <= MARKS_AIM and points <= (34 if self.wide else 26)
        self.dots = (3 * points if self.badges else 0) + fixed + keys <= MARKS_AIM
        if self.wide:
            self.band, height = Circle(222, 212, 140), 424
        else:
            self.band, height = (Circle(180, 172, 104), 386 + self.pitch * max(self.rows, 1) + (38 if aside else 8))
        self.sheet = Sheet("ring", layout, height)
        self.letters = initials([server.name for server in ring.servers])
        self.order = {server.name: server.order for server in ring.servers}

    def paint(self) -> Picture:
        ring, sheet = self.ring, self.sheet
        order = tuple(self.order.items())
        stands = tuple(
            (server.name, server.order, server.state, server.points, self.letters[server.name])
            for server in ring.servers
        )
        sheet.take(dial(sheet.layout, self.band, self.key_radius(0)))
        sheet.take(owned(sheet.layout, self.band, ring.ring, ring.ring_before, order))
        sheet.take(points(sheet.layout, self.band, stands, self.badges))
        self.keys_as_dots() if self.dots else self.keys_as_bricks()
        self.way()
        self.centre()
        self.legend()
        return self.sheet.done()

    def key_radius(self, level: int) -> float:
        return self.band.r - (24 if self.wide else 20) - 11 * level

    def keys_as_dots(self) -> None:
        """One dot a key, in its owner's colour; nearer than 10.5 units to another, it stands a level further in."""
        keys = sorted(self.ring.keys, key=lambda key: (key.position, key.id))
        circles = [self.band.to(self.key_radius(level)) for level in range(3 if self.wide else 2)]
        found = round_.levels([key.position / SIZE for key in keys], circles, 10.5)
        moved = []
        self.spot: dict[str, tuple[float, float]] = {}
        for key, level in zip(keys, found, strict=True):
            circle = circles[-1 if level is None else level]
            x, y = circle.at(key.position / SIZE)
            self.spot[key.id] = x, y
            self.dot(key, x, y)
            if key.before and key.owner != key.before:
                moved.append(Circle(x, y, 6.3).d())
        if moved:
            self.sheet.path("moved", TOKEN, moved, fill="none", stroke="brass-line", stroke_width=1)

    def dot(self, key: Key, x: float, y: float) -> None:
        name = f"{key.id}, held by {key.owner}" if key.owner else f"{key.id}, held by nobody"
        look: dict[str, Any] = {"fill": role(self.order[key.owner])} if key.owner in self.order else {
            "fill": "sheet", "stroke": "mute", "stroke_width": 1.25, "stroke_dasharray": "2.5 2.5",
        }  # fmt: skip
        self.sheet.add(
            f"key:{key.id}",
            "circle",
            TOKEN,
            transform=f"translate({number_pair(x, y)})",
            r=3.8,
            role="img",
            aria_label=name,
            **look,
        )

    def keys_as_bricks(self) -> None:
        """One brick a key, stacked inwards by sector, one dashed circle a level; those that moved lie on top in ink."""
        self.spot = {}
        every, moved = [0] * SECTORS, [0] * SECTORS
        for key in self.ring.keys:
            sector = key.position * SECTORS // SIZE
            every[sector] += 1
            moved[sector] += bool(key.before) and key.owner != key.before
        self.sheet.take(bricks(self.sheet.layout, self.band, tuple(every), tuple(moved)))

    def way(self) -> None:
        """The brass path from the key inwards, clockwise to its owner's tick; the key wears the brass ring."""
        way = self.ring.way
        if not way:
            return
        start, end = way.position / SIZE, way.point / SIZE
        lane = self.band.to(self.band.r - (56 if self.wide else 39))
        x, y = self.spot.get(way.key) or self.band.to(self.key_radius(0)).at(start)
        tip = self.band.to(self.band.r - 9).at(end)
        bend = lane.at(end)
        if (end - start) % 1 < 0.2:
            near, far = lane.at(start), lane.at(end)
            curve = f"C{round_.point(near)} {round_.point(far)} {round_.point(tip)}"
        else:
            # Round the two corners: a tenth of a turn is more than enough room for both.
            ease = 9 / lane.length
            first, last = lane.arc(start + ease, end - ease)[1:].split("A")
            into = f"Q{round_.point(lane.at(start))} {first}A{last}"
            curve = f"{into}Q{round_.point(bend)} {round_.point(self.band.to(lane.r + 9).at(end))}L{round_.point(tip)}"
        d = f"M{number_pair(x, y)}{curve}"
        self.sheet.path("way", EDGE, d, fill="none", stroke="brass-line", stroke_width=2.25, stroke_linejoin="round")
        self.sheet.path("way/head", CHANGED, head(*tip, *bend), fill="brass-line")
        if way.key not in self.spot:
            self.sheet.add("guest", "circle", TOKEN, cx=x, cy=y, r=3.8, fill="sheet", stroke="ink", stroke_width=1.5)
        brass_ring(self.sheet, x, y, 8.3)

    def centre(self) -> None:
        style = "figure" if self.wide else "figure-small"
        x, y = self.band.x, self.band.y
        self.sheet.label("figure", x, y + 4, self.ring.figure, style, fill="ink", text_anchor="middle")
        self.sheet.label("caption", x, y + 24, self.ring.caption, "label", fill="mute", text_anchor="middle")

    def legend(self) -> None:
        """Who holds how many keys; the row that changed has a wedge in the margin."""
        sheet, ring = self.sheet, self.ring
        left, right = (476, 704) if self.wide else (20, 344)
        top = 376 if not self.wide else 92 if self.rows <= 8 else 60
        sheet.label("legend", left, top - 22, "keys held", "note", fill="mute")
        if ring.way:
            to = f"{middle_cut(ring.way.key, 'strong', 96)} → {middle_cut(ring.way.server, 'strong', 70)}"
            sheet.label("legend/way", right, top - 22, to, "strong", fill="ink", text_anchor="end")
        shape = Legend(sheet.layout, left, right, self.pitch, self.most)
        changed = ring.way.server if ring.way else ring.changed
        for row, server in enumerate(ring.servers):
            y = top + row * self.pitch
            who = Who(server.name, self.letters[server.name], server.order, server.state)
            sheet.take(legend_row(shape, who, server.before, server.held, y))
            if server.name == changed:
                sheet.path("wedge", CHANGED, wedge(left - 3, y), fill="brass-line")
                if not ring.way:
                    brass_ring(sheet, left + 10, y, 13.5)
        if ring.aside:
            self.aside(left, right, top + self.rows * self.pitch)

    def aside(self, left: float, right: float, y: float) -> None:
        """The comparison: what the naive rule would have done."""
        sheet, ring = self.sheet, self.ring
        if self.wide:
            sheet.path("rule", FURNITURE, f"M{number_pair(left, y)}H{right}", stroke="hair", stroke_width=1)
            sheet.label("aside", left, y + 26, ring.aside, "note", fill="mute")
            sheet.label("aside/figure", left, y + 50, ring.aside_figure, "figure-small", fill="ink")
        else:
            sheet.path("rule", FURNITURE, f"M{number_pair(left, y - 4)}H{right}", stroke="hair", stroke_width=1)
            sheet.label("aside", left, y + 18, ring.aside, "note", fill="mute")
            sheet.label(
                "aside/figure", right, y + 19, ring.aside_figure, "heading", fill="ink", text_anchor="end", layer=LABEL
            )


def number_pair(x: float, y: float) -> str:
    return round_.point((x, y))

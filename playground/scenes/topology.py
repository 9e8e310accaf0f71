"""Topology: a balancer, the servers behind it, and the requests on their way.

A fan needs no layout program: rows in order of appearance, and a port of its own for each edge, so that
edges never cross. Narrow is another arrangement: the balancer on top, one trunk down the margin.
Hollow waits, solid works, a lozenge is an answer, a hollow disc with a cross came back.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from playground.scenes.marks import (
    BOX,
    CHANGED,
    CROSS,
    EDGE,
    FURNITURE,
    LABEL,
    MARKS_AIM,
    THUMB,
    TOKEN,
    WIDE,
    Picture,
    Sheet,
    number,
)  # fmt: skip
from playground.scenes.scene import Words
from playground.scenes.shapes import badge, cross, head, initials, role, wedge
from playground.scenes.type import end_cut, middle_cut, width

ROOMY = 4
"""Up to so many servers, requests are drawn one by one; beyond, those at a server are dots and a count."""

R = 10
"""Radius of a request."""


@dataclass(frozen=True)
class Machine:
    """A server: order of appearance, state (live or failed), weight, its time for a request, what it works on,
    what waits before it, and how many requests it was given."""

    name: str
    order: int
    state: str
    weight: int
    figure: str
    slow: bool
    working: tuple[int, ...]
    waiting: tuple[int, ...]
    given: int


@dataclass(frozen=True)
class Packet:
    """Something between the balancer and a server: a request, an answer, or one that comes back (lost)."""

    id: int
    server: str
    kind: str
    at: int
    """Thousandths of the way from the balancer to the server."""


@dataclass(frozen=True)
class Topology:
    """A balancer with its rule, and what it compared: (server, number) pairs."""

    title: str
    rule: str
    servers: tuple[Machine, ...]
    packets: tuple[Packet, ...]
    compared: tuple[tuple[str, str], ...]
    chosen: str
    current: int
    """Number of the request that this step is about; 0 for none."""
    changed: str
    """Name of the server that changed in this step."""
    dense: int = 0
    """What is drawn as dots without numbers, where there is a lot of it: 1 what waits, 2 what is in work too."""

    kind = "topology"

    def room(self) -> tuple[int, ...]:
        """Servers; what is drawn as dots."""
        return len(self.servers), self.dense

    def blank(self) -> bool:
        return not self.servers

    def words(self) -> Words:
        rows = tuple(
            (
                one.name, "does not answer" if one.state == "failed" else "answers", str(one.weight), one.figure,
                str(len(one.working)), str(len(one.waiting)), str(one.given),
            )
            for one in self.servers
        )  # fmt: skip
        head_ = ("server", "state", "weight", "a request takes", "in work", "waiting", "requests so far")
        return Words(f"{self.title.capitalize()}, {self.rule}: {self.in_words()}.", head_, rows)

    def in_words(self) -> str:
        """Who works on how many requests, how many wait, who does not answer, who was chosen."""
        if not self.servers:
            return "no servers yet"
        working = [f"{one.name} {len(one.working)}" for one in self.servers if one.working]
        waiting = [f"{one.name} {len(one.waiting)}" for one in self.servers if one.waiting]
        failed = [one.name for one in self.servers if one.state == "failed"]
        parts = [f"in work {', '.join(working)}" if working else "nothing in work"]
        parts += [f"waiting {', '.join(waiting)}"] if waiting else []
        parts += [f"no answer from {', '.join(failed)}"] if failed else []
        parts += [f"chosen {self.chosen}"] if self.chosen else []
        return "; ".join(parts)

    def paint(self, layout: str, room: tuple[int, ...]) -> Picture:
        return Painter(self, layout, room).paint()

    def thumb(self) -> Picture:
        sheet = Sheet("topology", THUMB, 150)
        servers = self.servers[:4]
        pitch = 132 / max(len(servers), 1)
        sheet.add("box", "rect", BOX, x=26, y=52, width=44, height=46, rx=6, fill="sheet", stroke="ink", stroke_width=2)
        for place, one in enumerate(servers):
            y = 9 + pitch * (place + 0.5)
            pen = role(one.order) if one.state == "live" else "fail"
            port = number(63 + 8 * place)
            edge = f"M70 {port}C105 {port} 100 {number(y)} 132 {number(y)}H172"
            sheet.path(f"edge:{one.name}", EDGE, edge, fill="none", stroke="mute", stroke_width=1.5)
            height = min(pitch - 8, 26)
            sheet.add(
                f"server:{one.name}", "rect", BOX, x=176, y=y - height / 2, width=44, height=height, rx=4,
                fill=pen, fill_opacity="0.12", stroke=pen, stroke_width=2,
                stroke_dasharray="6 2 2 2" if one.slow else None,
            )  # fmt: skip
            for index in range(min(len(one.working), 2)):
                sheet.add(f"in:{one.name}/{index}", "circle", TOKEN, cx=187 + 14 * index, cy=y, r=5, fill="data")
            for index in range(min(len(one.waiting), 3)):
                sheet.add(
                    f"wait:{one.name}/{index}", "circle", TOKEN, cx=166 - 13 * index, cy=y, r=4.5, fill="sheet",
                    stroke="data", stroke_width=2,
                )  # fmt: skip
        return sheet.done()


class Row(NamedTuple):
    """Where a server stands: its box, its tray (from the outer end to the box), and the edge that leads there."""

    x: float
    y: float
    width: float
    height: float
    tray: float
    edge: tuple[tuple[float, float], ...]

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    def on_edge(self, part: float) -> tuple[float, float]:
        """The place at a part of the edge's length; of an edge with a corner, its last leg, clear of the others."""
        points = samples(self.edge)
        if len(points) == 3:
            (x, _), (end, y) = points[1:]
            return x + 10 + (end - x - 14) * part, y
        lengths = [0.0]
        for (ax, ay), (bx, by) in pairwise(points):
            lengths.append(lengths[-1] + ((bx - ax) ** 2 + (by - ay) ** 2) ** 0.5)
        goal = part * lengths[-1]
        for place, length in enumerate(lengths[1:], 1):
            if length >= goal:
                share = (goal - lengths[place - 1]) / max(length - lengths[place - 1], 0.001)
                (ax, ay), (bx, by) = points[place - 1], points[place]
                return ax + (bx - ax) * share, ay + (by - ay) * share
        return points[-1]

    def d(self) -> str:
        """The edge as a path: a cubic of four points, or a line with a round corner of three."""
        points = [f"{number(x)} {number(y)}" for x, y in self.edge]
        if len(points) == 4:
            return f"M{points[0]}C{' '.join(points[1:])}"
        (x, _), _, (end, y) = self.edge
        corner = f"Q{number(x)} {number(y)} {number(x + 8)} {number(y)}"
        return f"M{points[0]}V{number(y - 8)}{corner}H{number(end)}"


@lru_cache(256)
def samples(edge: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
    """A cubic as 33 points; lines as they are."""
    if len(edge) != 4:
        return edge
    found = []
    for step in range(33):
        t = step / 32
        weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
        x = sum(share * x for share, (x, _) in zip(weights, edge, strict=True))
        y = sum(share * y for share, (_, y) in zip(weights, edge, strict=True))
        found.append((x, y))
    return tuple(found)


@lru_cache(64)
def rows(layout: str, count: int) -> tuple[tuple[Row, ...], int]:
    """The rows of so many servers, and the height of the picture."""
    roomy = count <= ROOMY
    found = []
    if layout == WIDE:
        pitch, height = (96, 66) if roomy else (51, 43)
        top = max(16.0, (230 - pitch * count) / 2)
        total = max(round(2 * top + pitch * count - (pitch - height)), 230)
        for place in range(count):
            y = top + pitch * place
            port = total / 2 + (place - (count - 1) / 2) * (22 if roomy else 14)
            middle = y + height / 2
            cubic = ((290.0, port), (352.0, port), (360.0, middle), (426.0, middle))
            found.append(Row(548, y, 156, height, 430, cubic))
        return tuple(found), total
    pitch, height = (84, 62) if roomy else (58, 44)
    top = 96 if roomy else 132
    for place in range(count):
        y = top + pitch * place
        x = 52.0 - (6 if not roomy else 10) * place * (36 / 40 if roomy else 1)
        edge = ((x, float(top - 18)), (x, y + height / 2), (96.0, y + height / 2))
        found.append(Row(204, y, 144, height, 98, edge))
    return tuple(found), round(top + pitch * count - (pitch - height) + 12)


class Painter:
    """One painting of one topology."""

    def __init__(self, scene: Topology, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.wide = scene, layout == WIDE
        self.roomy = room[0] <= ROOMY
        self.dots = 2 if not self.roomy else room[1]
        self.rows, height = rows(layout, max(room[0], 1))
        self.sheet = Sheet("topology", layout, height)
        self.letters = initials([one.name for one in scene.servers])
        self.row = {one.name: row for one, row in zip(scene.servers, self.rows, strict=False)}
        # The decider: columns of badges and numbers, four to a line.
        self.lines = 1 if room[0] <= 4 else 2
        self.middle = height / 2

    def paint(self) -> Picture:
        self.decider()
        for one in self.scene.servers:
            self.edge(one)
            self.server(one)
        self.on_the_way()
        return self.sheet.done()

    # The balancer.

    def decider(self) -> None:
        sheet, scene = self.sheet, self.scene
        if self.wide:
            box_height = 62 + 42 * self.lines
            left, right = 122.0, 290.0
            top = self.middle - box_height / 2
            sheet.add(
                "clients", "rect", BOX, x=14, y=self.middle - 20, width=72, height=40, rx=6, fill="sheet",
                stroke="ink", stroke_width=1.4,
            )  # fmt: skip
            sheet.label("clients/name", 50, self.middle + 4.5, "clients", "name", fill="ink", text_anchor="middle")
            middle = number(self.middle)
            sheet.path("clients/edge", EDGE, f"M86 {middle}H113", stroke="mute", stroke_width=1.25, fill="none")
            sheet.path("clients/head", EDGE, head(121, self.middle, 80, self.middle), fill="mute")
        else:
            left, right, top = 8.0, 352.0, 8.0
            box_height = 70 if self.lines == 1 else 106
        sheet.add(
            "balancer", "rect", BOX, x=left, y=top, width=right - left, height=box_height, rx=6, fill="sheet",
            stroke="ink", stroke_width=1.4,
        )  # fmt: skip
        if self.wide:
            sheet.label("balancer/name", 206, top + 22, scene.title, "name", fill="ink", text_anchor="middle")
            rule = end_cut(scene.rule, "remark", 160)
            sheet.label("balancer/rule", 206, top + 42, rule, "remark", fill="ink", text_anchor="middle")
            step = 38.0 if len(self.rows) > 3 else 48.0
            columns = min(len(self.rows), 4)
            first, y = 206 - step * (columns - 1) / 2, top + 62
        else:
            sheet.label("balancer/name", 20, top + 22, scene.title, "name", fill="ink")
            sheet.label(
                "balancer/rule", 340, top + 22, end_cut(scene.rule, "remark", 190), "remark", fill="ink",
                text_anchor="end",
            )  # fmt: skip
            step, first, y = 84.0, 50.0, top + 40
            step = 300 / max(min(len(self.rows), 4), 1)
            first = 30 + step / 2
        compared = dict(scene.compared)
        for place, one in enumerate(scene.servers):
            x, line = first + step * (place % 4), y + (42 if self.wide else 36) * (place // 4)
            self.candidate(one, x, line, step, compared.get(one.name, ""))

    def candidate(self, one: Machine, x: float, y: float, step: float, figure: str) -> None:
        """A server as the balancer sees it: badge and number; the winner stands in a brass frame."""
        sheet = self.sheet
        place = (x if self.wide else x - 16, y + 2)
        sheet.take(seen_of(sheet.layout, place, one.name, self.letters[one.name], one.order, one.state))
        if figure:
            text = end_cut(figure, "strong", step - 4 if self.wide else step - 34)
            at, down = (x, y + 26) if self.wide else (x, y + 6)
            chosen = one.name == self.scene.chosen
            anchor = "middle" if self.wide else "start"
            sheet.label(
                f"seen:{one.name}/figure", at, down, text, "strong" if chosen else "value",
                fill="ink" if one.state == "live" else "mute", text_anchor=anchor,
            )  # fmt: skip
            if chosen:
                half = max(width(text, "strong") / 2 + 3, 13)
                frame = (x - half, y - 11, 2 * half, 41) if self.wide else (x - 29, y - 11, 35 + 2 * half, 26)
                left, top, wide, high = frame
                sheet.add(
                    "winner", "rect", CHANGED, x=left, y=top, width=wide, height=high, rx=3, fill="none",
                    stroke="brass-line", stroke_width=1.7,
                )  # fmt: skip

    # The servers.

    def edge(self, one: Machine) -> None:
        bold = one.name == self.scene.chosen and self.scene.current > 0
        failed = one.state == "failed"
        self.sheet.take(edge_of(self.sheet.layout, self.roomy, self.row[one.name], one.name, failed, bold))

    def server(self, one: Machine) -> None:
        sheet, row = self.sheet, self.row[one.name]
        still = replace(one, working=(), waiting=())
        sheet.take(box_of(sheet.layout, self.roomy, row, still, bool(one.working)))
        if one.name == self.scene.changed:
            sheet.add(
                "changed/box", "rect", CHANGED, x=row.x - 4.5, y=row.y - 4.5, width=row.width + 9,
                height=row.height + 9, rx=8, fill="none", stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip
            tip = self.row[one.name]
            sheet.path("wedge", CHANGED, wedge(tip.x - 8, tip.middle), fill="brass-line")

    # The requests.

    def on_the_way(self) -> None:
        """The request in question first; then what is on an edge, in work, and waiting, while there is room."""
        room = MARKS_AIM - len(self.sheet) - len(self.row) * (4 if self.dots == 2 else 2) - 1
        ranked = []
        for one in sorted(self.places(), key=lambda one: one[0] != self.scene.current):
            room -= 4 if one[3] == "lost" else 3
            if room >= 0 or one[0] == self.scene.current:
                ranked.append(one)
        for id_, x, y, kind in ranked:
            self.token(id_, x, y, kind)
        for machine in self.scene.servers:
            self.crowd(machine, {id_ for id_, *_ in ranked})

    def places(self) -> list[tuple[int, float, float, str]]:
        """Everything that may be drawn by itself: number, place, kind."""
        found: list[tuple[int, float, float, str]] = []
        ends: dict[str, list[float]] = {}
        for packet in sorted(self.scene.packets, key=lambda packet: -packet.at):
            row = self.row[packet.server]
            part = 0.2 + 0.62 * packet.at / 1000
            # Two that would touch are moved apart along the edge, in order.
            taken = ends.setdefault(packet.server, [])
            if taken:
                part = min(part, taken[-1] - (0.15 if self.wide else 0.5))
            if part < -0.1 and packet.id == self.scene.current:
                # No room is left on the edge: it takes the place of the last one there.
                part = taken.pop()
                found = [one for one in found if one[1:3] != row.on_edge(part)]
            if part >= -0.1:
                taken.append(part)
                found.append((packet.id, *row.on_edge(part), packet.kind))
        for one in self.scene.servers:
            row = self.row[one.name]
            if self.dots == 2:
                mine = [*one.working, *one.waiting]
                if self.scene.current in mine:
                    found.append((self.scene.current, row.x - 16, row.middle, "waiting"))
                continue
            if self.dots == 1 and self.scene.current in one.waiting:
                found.append((self.scene.current, row.x - 16, row.middle, "waiting"))
            for place, id_ in enumerate(one.working[:3]):
                found.append((id_, row.x + row.width - 17 - 24 * place, row.y + 44, "working"))
            if not self.dots:
                queue = enumerate(one.waiting[:4])
                found += [(id_, row.x - 16 - 24 * place, row.middle, "waiting") for place, id_ in queue]
        return found

    def token(self, id_: int, x: float, y: float, kind: str) -> None:
        """A request is a disc, an answer a lozenge; what waits is hollow, what came back is hollow with a cross."""
        sheet, key = self.sheet, f"request:{id_}"
        spoken = {"request": "on its way", "answer": "answered", "lost": "comes back"}.get(kind, kind)
        sheet.group(key, TOKEN, x, y, f"request {id_}, {spoken}")
        hollow = kind in ("waiting", "lost")
        if kind == "answer":
            shape = f"M0 {-R - 2}L{R + 2} 0L0 {R + 2}L{-R - 2} 0Z"
            sheet.path(f"{key}/answer", TOKEN, shape, parent=key, fill="done")
        else:
            pen = "fail" if kind == "lost" else "data"
            sheet.add(
                f"{key}/disc", "circle", TOKEN, parent=key, r=R, fill="sheet" if hollow else "data",
                stroke=pen if hollow else None, stroke_width=1.5 if hollow else None,
            )  # fmt: skip
        ink = "ink" if hollow else "sheet"
        sheet.label(f"{key}/number", 0, 3.9, str(id_), "badge", parent=key, fill=ink, text_anchor="middle")
        if kind == "lost":
            sheet.add(f"{key}/cross", "path", CROSS, parent=key, d=cross(0, 0, 7), stroke="fail", stroke_width=1.4)
        if id_ == self.scene.current:
            sheet.add(
                "changed", "circle", CHANGED, cx=x, cy=y, r=R + 4.5, fill="none", stroke="brass-line",
                stroke_width=2.25,
            )  # fmt: skip

    def crowd(self, one: Machine, drawn: set[int]) -> None:
        """What is not drawn by itself: dots where there are many servers, and how many more wait."""
        row, sheet = self.row[one.name], self.sheet
        hidden = [id_ for id_ in one.waiting if id_ not in drawn]
        if self.dots == 2 and one.working:
            y = row.y + (44 if self.roomy else 31)
            spots = "".join(
                f"M{number(row.x + row.width - 19 - 15 * place)} {number(y)}h0.1" for place in range(len(one.working))
            )
            sheet.path(f"lamps:{one.name}", TOKEN, spots, stroke="data", stroke_width=10, stroke_linecap="round")
        if self.dots and hidden:
            offset = 24 if self.scene.current in one.waiting else 0
            seen = min(len(hidden), 4)
            spots = "".join(ring_at(row.x - 12 - offset - 16 * place, row.middle, 5.5) for place in range(seen))
            sheet.path(f"hollow:{one.name}", TOKEN, spots, fill="sheet", stroke="data", stroke_width=1.5)
            hidden = hidden[seen:]
        if hidden:
            x = row.tray + (6 if self.roomy else 4)
            sheet.label(
                f"more:{one.name}", x, row.middle - (17 if self.roomy else 13), f"+{len(hidden)} wait", "note",
                fill="data", layer=LABEL,
            )  # fmt: skip


def ring_at(x: float, y: float, r: float) -> str:
    """Path of a small circle."""
    return f"M{number(x - r)} {number(y)}a{r} {r} 0 1 0 {number(2 * r)} 0a{r} {r} 0 1 0 {number(-2 * r)} 0"


@lru_cache(4096)
def box_of(layout: str, roomy: bool, row: Row, one: Machine, busy: bool) -> Sheet:
    """A server's box. `one` comes without what it works on, so that equal boxes are painted once."""
    sheet = Sheet("topology", layout, 0)
    key, failed = f"server:{one.name}", one.state == "failed"
    pen = "fail" if failed else role(one.order)
    spoken = f"{one.name}, does not answer" if failed else f"{one.name}, {one.figure} a request"
    sheet.group(key, BOX, row.x, row.y, spoken, data_pick=one.name)
    dash = "5 4" if failed else "9 3 2 3" if one.slow else None
    sheet.add(
        f"{key}/box", "rect", BOX, parent=key, width=row.width, height=row.height, rx=6, stroke=pen,
        stroke_width=1.4, stroke_dasharray=dash, fill="sheet" if failed else pen,
        fill_opacity=None if failed else "0.08",
    )  # fmt: skip
    if busy:
        spine = f"M2 4V{number(row.height - 4)}"
        sheet.path(f"{key}/spine", BOX, spine, parent=key, stroke=pen, stroke_width=4, fill="none")
    high = roomy
    note = f"{one.given} so far"
    room = row.width - 26 - width(note, "note")
    sheet.label(
        f"{key}/name", 12, 22 if high else 17, middle_cut(one.name, "name", room), "name", parent=key,
        fill="mute" if failed else "ink", text_decoration="line-through" if failed else None,
    )  # fmt: skip
    sheet.label(
        f"{key}/given", row.width - 8, 22 if high else 17, note, "note", parent=key, fill="mute",
        text_anchor="end",
    )  # fmt: skip
    words = "does not answer" if failed else one.figure
    sheet.label(
        f"{key}/figure", 12, 48 if high else 35, words, "label", parent=key,
        fill="fail" if failed or one.slow else "ink",
    )  # fmt: skip
    if failed:
        x, y = row.width - 20, row.height / 2 + 10 if high else row.height / 2 + 8
        sheet.path(f"{key}/cross", CROSS, cross(x, y, 8), parent=key, stroke="fail", stroke_width=2.25, fill="none")
    return sheet


@lru_cache(2048)
def edge_of(layout: str, roomy: bool, row: Row, name: str, failed: bool, bold: bool) -> Sheet:
    """The way to a server, and the tray before it."""
    sheet = Sheet("topology", layout, 0)
    pen = "fail" if failed else "data" if bold else "mute"
    sheet.path(
        f"edge:{name}", EDGE, row.d(), fill="none", stroke=pen,
        stroke_width=2.25 if bold and not failed else 1.25,
        stroke_dasharray="5 4" if failed else None,
    )  # fmt: skip
    x, y = row.tray, row.middle
    if failed:
        at = row.on_edge(0.66)
        sheet.path(f"edge:{name}/cross", CROSS, cross(*at, 5.5), stroke="fail", stroke_width=2.25, fill="none")
    elif roomy:
        sheet.path(f"edge:{name}/head", EDGE, head(x, y, x - 20, y), fill=pen)
    half = 13 if roomy else 10
    dots = "".join(f"M{number(x + 14 + 24 * dot)} {number(y)}h1.5" for dot in range(4))
    rails = f"M{number(x + 2)} {number(y - half)}H{number(row.x)}M{number(x + 2)} {number(y + half)}H{number(row.x)}"
    sheet.path(f"tray:{name}", FURNITURE, rails + dots, stroke="guide", stroke_width=1, fill="none")
    return sheet


@lru_cache(1024)
def seen_of(layout: str, place: tuple[float, float], name: str, letter: str, order: int, state: str) -> Sheet:
    """A server's badge in the balancer."""
    sheet = Sheet("topology", layout, 0)
    badge(sheet, f"seen:{name}", *place, letter, order, state, f"{name}, {state}", r=9, pick=name)
    return sheet

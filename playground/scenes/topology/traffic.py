"""The requests: on an edge, in work, waiting.

Hollow waits, solid works, a lozenge is an answer, a hollow disc with a cross came back.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from playground.scenes.marks import CHANGED, CROSS, LABEL, MARKS_AIM, TOKEN, WIDE, Mark, Sheet, number
from playground.scenes.names import escaped
from playground.scenes.shapes import cross
from playground.scenes.topology.layout import Row
from playground.scenes.topology.value import Machine, Packet, Topology

R = 10
"""Radius of a request."""

SPOKEN = {"request": "on its way", "answer": "answered", "lost": "comes back", "retry": "waits for another try"}

FAILED = ("lost", "retry")
"""Requests that came back: on their way, or waiting at the balancer to be tried again."""


class Token(NamedTuple):
    """A request that may be drawn by itself."""

    id: int
    x: float
    y: float
    kind: str


class Traffic:
    """The requests of one painting: those that are drawn one by one, and the crowds."""

    def __init__(self, scene: Topology, sheet: Sheet, row: dict[str, Row], dots: int, roomy: bool) -> None:
        self.scene, self.sheet, self.row, self.dots, self.roomy = scene, sheet, row, dots, roomy
        self.wide = sheet.layout == WIDE
        self.crowded = not roomy

    def paint(self) -> None:
        """The request in question first; then what is on an edge, in work, and waiting, while there is room."""
        room = MARKS_AIM - len(self.sheet) - len(self.row) * (4 if self.dots == 2 else 2) - 1
        tokens = self.travelling()
        for machine in self.scene.servers:
            tokens += self.standing(machine)
        ranked = []
        for one in sorted(tokens, key=lambda one: one.id != self.scene.current):
            room -= 4 if one.kind in FAILED else 3
            if room >= 0 or one.id == self.scene.current:
                ranked.append(one)
        for one in ranked:
            self.token(*one)
        for machine in self.scene.servers:
            self.crowd(machine, {one.id for one in ranked})

    def travelling(self) -> list[Token]:
        """What is on an edge and has room there. The one in question has it always."""
        found: list[Token] = []
        ends: dict[str, list[float]] = {}
        for packet in sorted(self.scene.packets, key=lambda packet: -packet.at):
            row, taken = self.row[packet.server], ends.setdefault(packet.server, [])
            part, asked = self.part_of(packet, taken), packet.id == self.scene.current
            if part < -0.1 and asked:
                # No room is left on the edge: it takes the place of the last one there.
                part = taken.pop()
                found = [one for one in found if (one.x, one.y) != row.on_edge(part)]
            x, y = row.on_edge(part)
            # Where many edges leave the balancer together, what is on them would touch: the one in question stays.
            near = [one for one in found if abs(x - one.x) < 2 * R + 8 and abs(y - one.y) < 2 * R - 4]
            if part < -0.1 or (near and not asked and self.crowded):
                continue
            if self.crowded:
                found = [one for one in found if one not in near]
            taken.append(part)
            found.append(Token(packet.id, x, y, packet.kind))
        return found

    def part_of(self, packet: Packet, taken: list[float]) -> float:
        """How far along its edge a packet is drawn: two that would touch are moved apart, in order."""
        part = 0.2 + 0.62 * packet.at / 1000
        if not taken:
            return part
        # A number of three digits is wider than its disc.
        apart = (0.15 if self.wide else 0.5) * (1.25 if packet.id > 99 else 1)
        return min(part, taken[-1] - apart)

    def standing(self, one: Machine) -> list[Token]:
        """What a server works on and what waits for it, as far as it is drawn one by one."""
        row, current = self.row[one.name], self.scene.current
        asked = [Token(current, row.x - 16, row.middle, "waiting")]
        if self.dots == 2:
            return asked if current in (*one.working, *one.waiting) else []
        found = asked if self.dots == 1 and current in one.waiting else []
        for place, id_ in enumerate(one.working[:3]):
            found.append(Token(id_, row.x + row.width - 17 - 24 * place, row.y + 44, "working"))
        if not self.dots:
            queue = enumerate(one.waiting[:4])
            found += [Token(id_, row.x - 16 - 24 * place, row.middle, "waiting") for place, id_ in queue]
        return found

    def token(self, id_: int, x: float, y: float, kind: str) -> None:
        """One request at its place; the one in question wears brass."""
        spoken = SPOKEN.get(kind, kind)
        self.sheet.group(f"request:{id_}", TOKEN, x, y, f"request {id_}, {spoken}")
        shape(self.sheet, f"request:{id_}", str(id_), kind)
        if id_ == self.scene.current:
            self.sheet.add(
                "changed", "circle", CHANGED, cx=x, cy=y, r=R + 4.5, fill="none", stroke="brass-line",
                stroke_width=2.25,
            )  # fmt: skip

    def crowd(self, one: Machine, drawn: set[int]) -> None:
        """What is not drawn by itself: dots where there are many servers, and how many more wait."""
        row, sheet, key = self.row[one.name], self.sheet, escaped(one.name)
        hidden = [id_ for id_ in one.waiting if id_ not in drawn]
        if self.dots == 2 and one.working:
            y = row.y + (44 if self.roomy else 31)
            spots = "".join(
                f"M{number(row.x + row.width - 19 - 15 * place)} {number(y)}h0.1" for place in range(len(one.working))
            )
            sheet.path(f"lamps:{key}", TOKEN, spots, stroke="data", stroke_width=10, stroke_linecap="round")
        if self.dots and hidden:
            offset = 24 if self.scene.current in one.waiting else 0
            seen = min(len(hidden), 4)
            spots = "".join(ring_at(row.x - 12 - offset - 16 * place, row.middle, 5.5) for place in range(seen))
            sheet.path(f"hollow:{key}", TOKEN, spots, fill="sheet", stroke="data", stroke_width=1.5)
            hidden = hidden[seen:]
        if hidden:
            x = row.tray + (6 if self.roomy else 4)
            sheet.label(
                f"more:{key}", x, row.middle - (17 if self.roomy else 13), f"+{len(hidden)} wait", "note",
                fill="data", layer=LABEL,
            )  # fmt: skip


def shape(sheet: Sheet, key: str, name: str, kind: str) -> None:
    """A request is a disc, an answer a lozenge; what waits is hollow, what came back is hollow with a cross."""
    hollow = kind == "waiting" or kind in FAILED
    if kind == "answer":
        lozenge = f"M0 {-R - 2}L{R + 2} 0L0 {R + 2}L{-R - 2} 0Z"
        sheet.path(f"{key}/answer", TOKEN, lozenge, parent=key, fill="done")
    else:
        pen = "fail" if kind in FAILED else "data"
        sheet.add(
            f"{key}/disc", "circle", TOKEN, parent=key, r=R, fill="sheet" if hollow else "data",
            stroke=pen if hollow else None, stroke_width=1.5 if hollow else None,
        )  # fmt: skip
    ink = "ink" if hollow else "sheet"
    sheet.label(f"{key}/number", 0, 3.9, name, "badge", parent=key, fill=ink, text_anchor="middle")
    if kind in FAILED:
        sheet.add(f"{key}/cross", "path", CROSS, parent=key, d=cross(0, 0, 7), stroke="fail", stroke_width=1.4)


@cache  # kept: three
def look(kind: str, name: str) -> tuple[Mark, ...]:
    """How what is on a wire looks."""
    sheet = Sheet("topology", WIDE, 0)
    sheet.group(kind, TOKEN, 0, 0, kind)
    shape(sheet, kind, name, kind)
    return sheet.done().marks[1:]


def ring_at(x: float, y: float, r: float) -> str:
    """Path of a small circle."""
    return f"M{number(x - r)} {number(y)}a{r} {r} 0 1 0 {number(2 * r)} 0a{r} {r} 0 1 0 {number(-2 * r)} 0"

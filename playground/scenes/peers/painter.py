"""Peers become marks: clients, the ways between machines, the tear, each machine with what it holds, the messages."""

from __future__ import annotations

from functools import lru_cache
from math import cos, pi, sin

from playground.scenes.marks import (
    BOX,
    CHANGED,
    CROSS,
    EDGE,
    FURNITURE,
    MARKS_AIM,
    TOKEN,
    WIDE,
    Mark,
    Picture,
    Sheet,
    number,
)
from playground.scenes.paint import PICTURES
from playground.scenes.peers.layout import plan_of
from playground.scenes.peers.seats import Seats
from playground.scenes.peers.switch import draw_switch, head
from playground.scenes.peers.tear import Torn
from playground.scenes.peers.value import Message, Peer, Peers
from playground.scenes.shapes import CAPSULE as R
from playground.scenes.shapes import capsule, cross, role
from playground.scenes.type import end_cut, width

MOST = 18
"""Messages that are drawn; there are never more of interest at once."""


@lru_cache(PICTURES)
def painted(scene: Peers, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of some peers."""

    def __init__(self, scene: Peers, layout: str, room: tuple[int, ...]) -> None:
        own = scene.room()
        count, clients = (max(one, other) for one, other in zip(room, own, strict=True))
        self.scene = scene
        lower = head(scene.switch, wide=layout == WIDE)
        self.plan = plan = plan_of(layout, scene.row(), scene.tear(), (count, clients), lower)
        self.wide, self.order = plan.wide, {one.name: at for at, one in enumerate(scene.peers)}
        # The scale lies under the deepest way and what travels there; narrow pictures end with two lines of words.
        last = plan.shape.first + plan.shape.pitch * (max(count, 1) - 1) + plan.shape.box[0] / 2
        self.end = plan.deepest + 42 if self.wide else last + 24
        self.sheet = Sheet("peers", layout, round(self.end + (50 if self.wide else 24)))

    def paint(self) -> Picture:
        sheet, scene = self.sheet, self.scene
        self.rule()
        if not scene.peers:
            sheet.label("empty", sheet.width / 2, 70, "no machines yet", "note", fill="mute", text_anchor="middle")
            return sheet.done()
        self.ways()
        Torn(sheet, scene, self.plan, self.end).draw()
        for at, one in enumerate(scene.peers):
            self.peer(at, one)
        # A contradiction has the ring where there is one.
        if not Seats(sheet, scene, self.plan).draw() and scene.changed in self.order:
            left, top, wide, high = self.plan.box(self.order[scene.changed])
            sheet.add(
                "changed", "rect", CHANGED, x=left - 4, y=top - 4, width=wide + 8, height=high + 8, rx=8, fill="none",
                stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip
        self.traffic()
        return sheet.done()

    def rule(self) -> None:
        """By which rule they answer; else what the picture is of."""
        sheet, scene = self.sheet, self.scene
        if scene.switch:
            draw_switch(sheet, scene, scene.switch, wide=self.wide)
            return
        told, margin = scene.rule or scene.title, 22 if self.wide else 12
        style = "label" if scene.rule else "heading"
        told = end_cut(told, style, sheet.width - 2 * margin)
        sheet.label("title", margin, 22, told, style, fill="ink", layer=FURNITURE)

    def ways(self) -> None:
        """All ways that the network still has; those across the tear are dotted and red."""
        plan, peers = self.plan, self.scene.peers
        pairs = [(a, b) for a, b in plan.pairs if peers[a].alive and peers[b].alive]
        whole = [plan.seen[pair] for pair in pairs if not plan.parted(*pair)]
        torn = [plan.seen[pair] for pair in pairs if plan.parted(*pair)]
        self.sheet.path("ways", EDGE, whole or ["M0 0"], stroke="guide", stroke_width=1, fill="none")
        # Seen are the two together; by itself each is the way of what travels between its two machines.
        for (a, b), d in plan.travelled.items():
            self.sheet.path(f"way:{peers[a].name}:{peers[b].name}", FURNITURE, d, fill="none")
        self.sheet.path(
            "torn", EDGE, torn or ["M0 0"], stroke="fail", stroke_width=1, stroke_dasharray="1.5 5", fill="none"
        )

    def peer(self, at: int, one: Peer) -> None:
        left, top, wide, high = self.plan.box(at)
        sheet, key = self.sheet, f"node:{one.name}"
        pen = role(at) if one.alive else "fail"
        spoken = f"{one.name}, holds {one.value}" if one.alive else f"{one.name}, does not answer"
        sheet.group(key, BOX, left, top, spoken, data_pick=one.name)
        # The box hides the ways behind it.
        sheet.add(f"{key}/back", "rect", BOX, parent=key, width=wide, height=high, rx=6, fill="sheet")
        sheet.add(
            f"{key}/box", "rect", BOX, parent=key, width=wide, height=high, rx=6, fill=pen if one.alive else "sheet",
            fill_opacity="0.08" if one.alive else None, stroke=pen, stroke_width=1.5,
            stroke_dasharray=None if one.alive else "5 4",
        )  # fmt: skip
        ink = "ink" if one.alive else "mute"
        sheet.add(f"{key}/dot", "circle", BOX, parent=key, cx=17, cy=17, r=9.5, fill=pen)
        sheet.label(
            f"{key}/name", 17, 20.9, end_cut(one.name, "badge", 17), "badge", parent=key, fill="sheet",
            text_anchor="middle",
        )  # fmt: skip
        note = one.note if one.alive else "dead"
        if width(note, "note") > wide - 40:
            note = note.partition(",")[0]
        shown = end_cut(note, "note", wide - 40)
        sheet.label(f"{key}/note", 33, 21, shown, "note", parent=key, fill="mute" if one.alive else "fail")
        style, close = "figure" if wide > 120 and self.wide else "figure-small", wide < 120
        value, low = end_cut(one.value, style, wide / 3), high - 20
        start = 6 if close else 10
        sheet.label(f"{key}/value", start, low, value, style, parent=key, fill=ink)
        # What a dead one held is lost, and so is when.
        if one.alive and one.written >= 0:
            room = max(width(value, style), width("10", style)) + (3 if close else 5)
            self.clock(key, one.written, start + room, low - 8)
        if not one.alive:
            mark = cross(wide - 14, 16, 8)
            sheet.path(f"{key}/cross", CROSS, mark, parent=key, stroke="fail", stroke_width=2.25, fill="none")

    def clock(self, key: str, written: int, x: float, y: float) -> None:
        """When that was written: a dial, on which a turn is a second, and the time."""
        r = 8
        angle = 2 * pi * (written % 1000) / 1000
        tip = f"M{number(x + r)} {number(y)}l{number(0.7 * r * sin(angle))} {number(-0.7 * r * cos(angle))}"
        dial = f"M{number(x)} {number(y)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0"
        sheet = self.sheet
        sheet.path(f"{key}/clock", BOX, dial + tip, parent=key, fill="none", stroke="ink", stroke_width=1.25)
        sheet.label(f"{key}/written", x + 2 * r + 4, y + 4, when(written), "value", parent=key, fill="ink")
        sheet.label(f"{key}/of", x + 2 * r + 4, y + 19, "written", "note", parent=key, fill="mute")

    def traffic(self) -> None:
        """The messages, the latest first; what would lie on another one is left out."""
        taken: list[tuple[float, float, float]] = []
        room = min(MOST, (MARKS_AIM - len(self.sheet)) // 4)
        for one in sorted(self.scene.messages, key=lambda one: -one.id):
            # What is lost lies in the tear; the others keep clear of the boxes.
            part = 0.5 if one.lost else 0.3 + 0.4 * one.at / 1000
            x, y = self.plan.on_way(self.order[one.sender], self.order[one.receiver], part)
            half = max(R, width(one.label, "badge") / 2 + 4) + (8 if one.lost else 1)
            free = all(abs(x - a) > half + wide or abs(y - b) > 2 * R + 2 for a, b, wide in taken)
            if free and len(taken) < room:
                taken.append((x, y, half))
                self.token(one, x, y)

    def token(self, one: Message, x: float, y: float) -> None:
        sheet, key = self.sheet, f"message:{one.id}"
        kind = "answer" if one.answer else "message"
        state = ", lost" if one.lost else ""
        sheet.group(key, TOKEN, x, y, f"{kind} {one.label} from {one.sender} to {one.receiver}{state}")
        shape(sheet, key, one.label, answer=one.answer, lost=one.lost)


def when(ms: int) -> str:
    """A time in at most six signs: 160 ms, 1.24 s, 12.4 s, 124 s."""
    if ms < 1000:
        return f"{ms} ms"
    return f"{ms / 1000:.{2 if ms < 9_995 else 1 if ms < 99_950 else 0}f} s"


def shape(sheet: Sheet, key: str, label: str, *, answer: bool, lost: bool) -> None:
    """A message has round ends, an answer corners."""
    capsule(sheet, key, label, "done" if answer else "data", 3 if answer else R, lost=lost)


@lru_cache(256)
def look(kind: str, label: str) -> tuple[Mark, ...]:
    """How what is on its way looks."""
    sheet = Sheet("peers", WIDE, 0)
    sheet.group(kind, TOKEN, 0, 0, kind)
    shape(sheet, kind, label, answer="answer" in kind, lost="lost" in kind)
    return sheet.done().marks[1:]

"""Peers become marks: the ways between them, the cut, each machine with what it holds, the messages."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import BOX, CHANGED, CROSS, EDGE, FURNITURE, TOKEN, WIDE, Mark, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.peers.layout import Plan
from playground.scenes.peers.value import Message, Peer, Peers
from playground.scenes.shapes import CAPSULE as R
from playground.scenes.shapes import capsule, cross, role
from playground.scenes.type import end_cut

MOST = 18
"""Messages that are drawn; there are never more of interest at once."""


@lru_cache(PICTURES)
def painted(scene: Peers, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of some peers."""

    def __init__(self, scene: Peers, layout: str, room: tuple[int, ...]) -> None:
        self.scene = scene
        self.plan = Plan(layout, tuple(one.aside for one in scene.peers), scene.cut, max(room[0], len(scene.peers)))
        self.wide, self.shape = self.plan.wide, self.plan.shape
        self.order = {one.name: at for at, one in enumerate(scene.peers)}
        self.sheet = Sheet("peers", layout, self.shape.height)

    def paint(self) -> Picture:
        sheet, scene = self.sheet, self.scene
        sheet.label("title", 18 if self.wide else 14, 22, scene.title, "heading", fill="ink", layer=FURNITURE)
        if not scene.peers:
            sheet.label("empty", sheet.width / 2, 70, "no machines yet", "note", fill="mute", text_anchor="middle")
        self.ways()
        self.the_cut()
        for at, one in enumerate(scene.peers):
            self.peer(at, one)
        self.traffic()
        return sheet.done()

    def ways(self) -> None:
        """All arcs that the network still has; those across the cut are dotted and red."""
        peers = self.scene.peers
        pairs = [(a, b) for a in range(len(peers)) for b in range(len(peers)) if a != b]
        pairs = [(a, b) for a, b in pairs if peers[a].alive and peers[b].alive]
        whole = [self.plan.d(a, b) for a, b in pairs if not self.parted(a, b)]
        torn = [self.plan.d(a, b) for a, b in pairs if self.parted(a, b)]
        self.sheet.path("ways", EDGE, whole or ["M0 0"], stroke="guide", stroke_width=1, fill="none")
        # Seen are the two together; by itself each is the way of what travels between its two machines.
        for a, one in enumerate(peers):
            for b, other in enumerate(peers):
                if a != b:
                    self.sheet.path(f"way:{one.name}:{other.name}", FURNITURE, self.plan.d(a, b), fill="none")
        self.sheet.path(
            "torn", EDGE, torn or ["M0 0"], stroke="fail", stroke_width=1, stroke_dasharray="1.5 5", fill="none"
        )

    def parted(self, one: int, other: int) -> bool:
        peers = self.scene.peers
        return self.scene.cut and peers[one].aside != peers[other].aside

    def the_cut(self) -> None:
        """A bold broken line between the two banks, with its name."""
        if not self.scene.cut:
            return
        sheet, middle = self.sheet, number(self.shape.middle)
        line = f"M14 {middle}H{sheet.width - 14}" if self.wide else f"M{middle} 26V{sheet.height - 8}"
        sheet.path("cut", EDGE, line, stroke="fail", stroke_width=2.25, stroke_dasharray="9 5", fill="none")
        if self.wide:
            sheet.label(
                "cut/name", sheet.width - 16, self.shape.middle - 7, "cut", "strong", fill="fail", text_anchor="end"
            )
        else:
            sheet.label("cut/name", self.shape.middle + 7, 36, "cut", "strong", fill="fail")

    def peer(self, at: int, one: Peer) -> None:
        x, y = self.plan.turned(self.plan.at[at])
        wide, high = self.shape.box
        sheet, key = self.sheet, f"node:{one.name}"
        pen = role(at) if one.alive else "fail"
        left, top = x - wide / 2, y - high / 2
        spoken = f"{one.name}, holds {one.value}" if one.alive else f"{one.name}, does not answer"
        sheet.group(key, BOX, left, top, spoken, data_pick=one.name)
        # The box hides the ways behind it.
        sheet.add(f"{key}/back", "rect", BOX, parent=key, width=wide, height=high, rx=6, fill="sheet")
        sheet.add(
            f"{key}/box", "rect", BOX, parent=key, width=wide, height=high, rx=6, fill=pen if one.alive else "sheet",
            fill_opacity="0.1" if one.alive else None, stroke=pen, stroke_width=1.5,
            stroke_dasharray=None if one.alive else "5 4",
        )  # fmt: skip
        ink = "ink" if one.alive else "mute"
        sheet.label(f"{key}/name", 10, 22, one.name, "name", parent=key, fill=ink)
        value = end_cut(one.value, "figure-small", wide - 40)
        sheet.label(f"{key}/value", wide - 10, 28, value, "figure-small", parent=key, fill=ink, text_anchor="end")
        note = end_cut(one.note if one.alive else "dead", "note", wide - 16)
        low = 58 if self.wide else 52
        sheet.label(f"{key}/note", 10, low - 16, note, "note", parent=key, fill="mute" if one.alive else "fail")
        if one.clients and one.alive:
            told = end_cut(one.clients, "note", wide - 16)
            sheet.label(f"{key}/clients", 10, low, told, "note", parent=key, fill="data")
        if not one.alive:
            mark = cross(wide - 26, high - 16, 8)
            sheet.path(f"{key}/cross", CROSS, mark, parent=key, stroke="fail", stroke_width=2.25, fill="none")
        if one.name == self.scene.changed:
            sheet.add(
                "changed", "rect", CHANGED, x=left - 4, y=top - 4, width=wide + 8, height=high + 8, rx=8, fill="none",
                stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip

    def traffic(self) -> None:
        """The messages, the latest first; what would lie on another one is left out."""
        taken: list[tuple[float, float]] = []
        for one in sorted(self.scene.messages, key=lambda one: -one.id)[:MOST]:
            part = 0.5 if one.lost and one.at > 480 else 0.24 + 0.52 * one.at / 1000
            x, y = self.plan.on_arc(self.order[one.sender], self.order[one.receiver], part)
            if all(abs(x - a) + abs(y - b) > 2.4 * R for a, b in taken):
                taken.append((x, y))
                self.token(one, x, y)

    def token(self, one: Message, x: float, y: float) -> None:
        sheet, key = self.sheet, f"message:{one.id}"
        kind = "answer" if one.answer else "message"
        state = ", lost" if one.lost else ""
        sheet.group(key, TOKEN, x, y, f"{kind} {one.label} from {one.sender} to {one.receiver}{state}")
        shape(sheet, key, one.label, answer=one.answer, lost=one.lost)


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

"""Sequence: who says what to whom, in order. Time runs down; lanes never change places.

SCENES: a row for each message, in order of sending; arrows fall, since travelling takes time; a longer
story is a window around its end. Gaps of time are not to scale, so each row prints its time.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from playground.scenes.many import many
from playground.scenes.marks import BOX, CHANGED, CROSS, EDGE, FURNITURE, THUMB, WIDE, Mark, Picture, Sheet, number
from playground.scenes.motion import DRAWN, FADES, LANDS, PARTS, Coming, Motion
from playground.scenes.paint import PICTURES, Travellers, paints
from playground.scenes.scene import Words
from playground.scenes.shapes import CAPSULE, capsule, cross, head, wedge
from playground.scenes.type import end_cut, middle_cut, width

WINDOW = 6
"""Rows in view, if the sequence says nothing else; the rest is counted. Narrow, there are never more."""

PITCH, FALL = 46, 10

LOST = "lost"


class Lane(NamedTuple):
    """Somebody who speaks: name and colour role."""

    name: str
    role: str


class Message(NamedTuple):
    """Something said. From a lane to itself it is a thing done there.

    `state` is data (asked), done (granted), fail (refused), other (the second actor's), or lost on the way.
    """

    number: int
    time: str
    sender: str
    receiver: str
    label: str
    note: str
    state: str


@dataclass(frozen=True)
class Sequence:
    """Messages between lanes. The last one wears brass where `fresh`. What travels goes along one of the `ways`."""

    title: str
    lanes: tuple[Lane, ...]
    messages: tuple[Message, ...]
    fresh: bool
    empty: str
    window: int = WINDOW
    """Rows in view where there is room for them."""
    ways: tuple[tuple[str, str], ...] = ()
    """Who sends to whom something that takes time: (sender, receiver)."""

    kind = "sequence"

    def room(self) -> tuple[int, ...]:
        """Rows."""
        return (min(len(self.messages), self.window),)

    def blank(self) -> bool:
        return not self.messages

    def words(self) -> Words:
        last = self.messages[-1] if self.messages else None
        sentence = (
            f"{many(len(self.messages), 'message')}; last: {said(last)}." if last else f"{self.empty.capitalize()}."
        )
        rows = tuple((one.time, one.sender, one.receiver, f"{one.label}, {one.note}") for one in self.messages)
        return Words(sentence, ("time", "from", "to", "what"), rows[-self.window :])


def said(one: Message) -> str:
    """A message in words."""
    verb = {"fail": "refuses", LOST: "says in vain"}.get(one.state, "says")
    to = f" to {one.receiver}" if one.receiver != one.sender else ""
    return f"{one.sender} {verb}{to}: {one.label}"


@lru_cache(PICTURES)
def painted(scene: Sequence, layout: str, room: tuple[int, ...]) -> Picture:
    """Much happens between two messages: equal values are painted once."""
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one sequence."""

    def __init__(self, scene: Sequence, layout: str, room: tuple[int, ...]) -> None:
        self.scene = scene
        self.wide = layout == WIDE
        # Four lanes or more need all the width that a narrow picture has.
        first, last = (136, 628) if self.wide else (60, 300) if len(scene.lanes) < 4 else (42, 318)
        gap = (last - first) / max(len(scene.lanes) - 1, 1)
        self.place = {lane.name: first + gap * at for at, lane in enumerate(scene.lanes)}
        self.gap = gap
        self.box = min(104, gap - 19)
        # All names in one size, a smaller one where the longest needs it.
        self.style = "name" if all(width(lane.name, "name") <= self.box - 12 for lane in scene.lanes) else "badge"
        self.rows = max(min(room[0], scene.window if self.wide else WINDOW), 1)
        self.top = 96
        self.sheet = Sheet("sequence", layout, self.top + PITCH * self.rows + 10)

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        sheet.label("title", 18 if self.wide else 16, 22, scene.title, "heading", fill="ink", layer=FURNITURE)
        busy = {name for one in scene.messages for name in (one.sender, one.receiver)}
        for lane in scene.lanes:
            self.lane(lane, lane.name in busy)
        self.ways(len(scene.messages))
        if not scene.messages:
            middle = (self.place[scene.lanes[0].name] + self.place[scene.lanes[-1].name]) / 2
            sheet.label(
                "empty", middle, self.top + 20, scene.empty, "note", fill="mute", text_anchor="middle",
                stroke="sheet", stroke_width=6, paint_order="stroke",
            )  # fmt: skip
            return sheet.done()
        shown = scene.messages[-self.rows :]
        if earlier := len(scene.messages) - len(shown):
            right = sheet.width - (18 if self.wide else 16)
            sheet.label("earlier", right, 22, f"{earlier} earlier", "note", fill="mute", text_anchor="end")
        for row, one in enumerate(shown):
            self.message(one, self.top + PITCH * row, scene.fresh and one is scene.messages[-1])
        return sheet.done()

    def ways(self, said: int) -> None:
        """Where what is on its way travels: where its row will be, or under the last one. None of them is seen."""
        y, fall = (self.top + PITCH * said, FALL) if said < self.rows else (self.top + PITCH * self.rows - 2, 0)
        for sender, receiver in self.scene.ways:
            x, to = self.place[sender], self.place[receiver]
            line = f"M{number(x)} {number(y)}L{number(to)} {number(y + fall)}"
            self.sheet.path(f"way:{sender}:{receiver}", FURNITURE, line, fill="none")

    def lane(self, lane: Lane, busy: bool) -> None:
        sheet, x, key = self.sheet, self.place[lane.name], f"lane:{lane.name}"
        sheet.path(
            f"{key}/line", FURNITURE, f"M{number(x)} 66V{number(sheet.height - 6)}",
            stroke=lane.role if busy else "guide", stroke_width=1.25, fill="none",
            stroke_dasharray=None if busy else "2 3",
        )  # fmt: skip
        sheet.add(
            f"{key}/box", "rect", BOX, x=x - self.box / 2, y=38, width=self.box, height=28, rx=6, fill="sheet",
            stroke=lane.role, stroke_width=1.25,
        )  # fmt: skip
        name = middle_cut(lane.name, self.style, self.box - 12)
        sheet.label(f"{key}/name", x, 56.5, name, self.style, fill="ink", text_anchor="middle")

    def message(self, one: Message, y: float, fresh: bool) -> None:
        """A row: one group, so that what has been said moves up as a whole when the window moves on."""
        key, sheet = f"msg:{one.number}", self.sheet
        x, to = self.place[one.sender], self.place[one.receiver]
        sheet.group(key, BOX, 0, y, said(one))
        if self.wide:
            sheet.label(f"{key}/time", 18, 4, one.time, "tick", parent=key, fill="mute")
        if x == to:
            self.own(one, key, x)
            if fresh:
                self.fresh(f"M{number(x)} {number(y - 12)}l12 12l-12 12l-12 -12z", y, 2.25, "1")
            return
        way = 1 if to > x else -1
        start, end = x + 5 * way, to - 5 * way
        if fresh:
            self.fresh(f"M{number(start)} {number(y)}L{number(end)} {number(y + FALL)}", y, 7, "0.28")
        if one.state == LOST:
            self.lost(one, key, start, end)
            return
        line = f"M{number(start)} 0L{number(end - 6 * way)} {FALL}"
        wide = 2.4 if fresh else 1.7
        sheet.path(f"{key}/line", BOX, line, parent=key, stroke=one.state, stroke_width=wide, fill="none")
        sheet.path(f"{key}/head", BOX, head(end, FALL, start, 0), parent=key, fill=one.state)
        if one.state == "fail":
            self.cross(key, (start + end) / 2, FALL / 2)
        self.labels(one, key, min(x, to), max(x, to))

    def lost(self, one: Message, key: str, start: float, end: float) -> None:
        """A message that does not arrive: dashed, and a cross before its goal."""
        x, y = start + 0.8 * (end - start), 0.8 * FALL
        line = f"M{number(start)} 0L{number(x)} {number(y)}"
        self.sheet.path(
            f"{key}/line", BOX, line, parent=key, stroke="fail", stroke_width=1.7, stroke_dasharray="5 4", fill="none"
        )
        self.cross(key, x, y)
        self.labels(one, key, min(start, end), max(start, end))

    def cross(self, key: str, x: float, y: float) -> None:
        d = cross(x, y, 5)
        self.sheet.path(f"{key}/cross", CROSS, d, parent=key, stroke="fail", stroke_width=2.25, fill="none")

    def fresh(self, d: str, y: float, wide: float, opacity: str) -> None:
        """Brass under the row that is new."""
        self.sheet.path("changed", EDGE, d, stroke="brass-line", stroke_width=wide, stroke_opacity=opacity, fill="none")
        self.wedge(y)

    def labels(self, one: Message, key: str, left: float, right: float) -> None:
        """Over the arrow; where it passes a lane, in the gap at the sender's side."""
        if right - left > self.gap + 1:
            sender = self.place[one.sender]
            left, right = (left, left + self.gap) if sender == left else (right - self.gap, right)
        room = right - left - 12
        self.text(one, key, (left + right) / 2, (-6, FALL + 15), "middle", room)

    def own(self, one: Message, key: str, x: float) -> None:
        """A thing done on a lane: a lozenge there, and its words beside it, towards the wider side."""
        d = f"M{number(x)} -6l6 6l-6 6l-6 -6z"
        self.sheet.path(f"{key}/line", BOX, d, parent=key, stroke=one.state, stroke_width=1.7, fill="sheet")
        if one.state == "fail":
            self.cross(key, x, 0)
        last = x == max(self.place.values())
        anchor, at = ("end", x - 17) if last else (None, x + 17)
        self.text(one, key, at, (0.5, 15), anchor, self.gap - 24)

    def text(
        self, one: Message, key: str, x: float, rows: tuple[float, float], anchor: str | None, room: float
    ) -> None:
        """What is said, and the note to it where it fits."""
        told = end_cut(one.label, "strong", room)
        self.sheet.label(f"{key}/label", x, rows[0], told, "strong", parent=key, fill="ink", text_anchor=anchor)
        if one.note and width(one.note, "note") <= room:
            self.sheet.label(f"{key}/note", x, rows[1], one.note, "note", parent=key, fill="mute", text_anchor=anchor)

    def wedge(self, y: float) -> None:
        if self.wide:
            self.sheet.path("wedge", CHANGED, wedge(14, y), fill="brass-line")


def thumb(scene: Sequence) -> Picture:
    """The lanes and the last four messages."""
    sheet = Sheet("sequence", THUMB, 150)
    places = {lane.name: 40 + 160 * at / max(len(scene.lanes) - 1, 1) for at, lane in enumerate(scene.lanes)}
    for lane in scene.lanes:
        x = places[lane.name]
        sheet.path(f"lane:{lane.name}", EDGE, f"M{number(x)} 20V136", stroke=lane.role, stroke_width=3)
    for row, one in enumerate(scene.messages[-4:]):
        x, to, y = places[one.sender], places[one.receiver], 36 + 26 * row
        if x != to:
            lost = one.state == LOST
            end, pen = (x + 0.7 * (to - x), "fail") if lost else (to, one.state)
            line = f"M{number(x)} {y}L{number(end)} {y + 8}"
            sheet.path(f"line:{one.number}", EDGE, line, stroke=pen, stroke_width=2.5, fill="none")
            if lost:
                sheet.path(f"cross:{one.number}", CROSS, cross(end, y + 8, 6), stroke=pen, stroke_width=2.5)
    return sheet.done()


@lru_cache(64)
def look(kind: str, label: str) -> tuple[Mark, ...]:
    """How what is on its way looks: as its state, `lost` hollow and crossed."""
    sheet = Sheet("sequence", WIDE, 0)
    sheet.group(kind, BOX, 0, 0, kind)
    capsule(sheet, kind, label, kind, CAPSULE, lost=kind == LOST)
    return sheet.done().marks[1:]


MOTION = Motion(
    "An arrow is drawn from who sends to who receives, and its words come with it; what was said before moves up.",
    (
        Coming("changed", DRAWN, anew=True),
        Coming("msg:", PARTS),
        Coming("", DRAWN, "/line"),
        Coming("", LANDS, "/head"),
        Coming("", LANDS, "/cross"),
        Coming("", FADES, "/label"),
        Coming("", FADES, "/note"),
        Coming("", FADES, "/time"),
    ),
)

paints(Sequence, painted, thumb, Travellers(look, ends=("data", "done", "fail", "other")), motion=MOTION)

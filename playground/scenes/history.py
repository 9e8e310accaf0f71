"""History: what clients asked and when they had an answer, as stretches of time, and the order that explains it.

Time runs down, not to scale: a row for each call and each answer, since only their order counts. A stretch that
ends in dots was never answered. The order found is a thread with a number in every stretch, always downwards;
where there is none, the smallest part that has none is drawn in the colour of failure.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from playground.scenes.marks import BOX, CHANGED, CROSS, EDGE, FURNITURE, THUMB, TOKEN, WIDE, Picture, Sheet, number
from playground.scenes.motion import DRAWN, FADES, FILLED, Coming, Motion
from playground.scenes.paint import PICTURES, paints
from playground.scenes.scene import Words
from playground.scenes.shapes import cross, wedge
from playground.scenes.type import end_cut, width

ROOMY, TIGHT = 17.0, 12.6
OVER: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""Words over the thread have an outline in the colour of the sheet."""


class Stretch(NamedTuple):
    """An operation: its client, what it says, the rows of call and answer (0: none yet), and how it ended.

    `state` is open, ok, refused or lost (no answer).
    """

    number: int
    client: str
    words: str
    called: int
    answered: int
    state: str
    time: str = ""


@dataclass(frozen=True)
class History:
    """Operations in order of their calls; `order` and `core` are numbers of operations."""

    title: str
    clients: tuple[str, ...]
    stretches: tuple[Stretch, ...]
    order: tuple[int, ...] = ()
    core: tuple[int, ...] = ()
    verdict: str = ""
    current: int = 0

    kind = "history"

    def room(self) -> tuple[int, ...]:
        """Clients, rows."""
        return len(self.clients), self.rows()

    def rows(self) -> int:
        return max((max(one.called, one.answered) for one in self.stretches), default=0)

    def blank(self) -> bool:
        return not self.stretches

    def words(self) -> Words:
        rows = tuple((str(one.number), one.client, one.words, one.state, one.time) for one in self.stretches)
        sentence = f"{self.title}: {self.verdict or 'nothing has been asked yet'}."
        return Words(sentence, ("number", "client", "operation", "state", "took"), rows)


@lru_cache(PICTURES)
def painted(scene: History, layout: str, room: tuple[int, ...]) -> Picture:
    """Much happens between two answers: equal values are painted once."""
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one history."""

    def __init__(self, scene: History, layout: str, room: tuple[int, ...]) -> None:
        self.scene = scene
        clients, rows = max(room[0], 1), max(room[1], 2)
        self.wide = layout == WIDE
        self.left, self.right = (20, 710) if self.wide else (14, 354)
        self.column = (self.right - self.left) / clients
        self.pitch = ROOMY if rows <= 20 else TIGHT
        self.top = 82.0
        self.bottom = self.top + self.pitch * rows + 12
        self.sheet = Sheet("history", layout, round(self.bottom + 6))
        self.backs: list[str] = []
        """What lies under words: no line may run through them."""
        self.place = {client: self.left + self.column * at + 20 for at, client in enumerate(scene.clients)}

    def y(self, row: float) -> float:
        return self.top + self.pitch * (row - 1)

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        sheet.label(
            "title",
            self.left,
            22,
            end_cut(scene.title, "heading", self.right - self.left),
            "heading",
            fill="ink",
            layer=FURNITURE,
        )
        told = end_cut(scene.verdict or "nothing has been asked yet", "label", self.right - self.left)
        sheet.label(
            "verdict", self.left, 42, told, "label", fill="fail" if scene.core else "done" if scene.order else "mute"
        )
        lines = [f"M{number(x)} 70V{number(self.bottom)}" for x in self.place.values()]
        sheet.path("lanes", FURNITURE, lines or ["M0 0"], stroke="hair", stroke_width=1, fill="none")
        for client, x in self.place.items():
            sheet.label(f"client:{client}", x - 4, 64, end_cut(client, "name", self.column - 20), "name", fill="ink")
        for one in scene.stretches:
            self.stretch(one)
        self.thread()
        # By its key under the stretches, by its layer over the thread.
        sheet.path("backs", BOX, self.backs or ["M0 0"], fill="sheet")
        return sheet.done()

    def back(self, x: float, y: float, wide: float) -> None:
        """Paper under words that begin at x and stand on y."""
        self.backs.append(f"M{number(x - 2)} {number(y - 9.5)}h{number(wide + 4)}v12h{number(-wide - 4)}z")

    def stretch(self, one: Stretch) -> None:
        """A bar from call to answer, and what was said."""
        sheet, key, x = self.sheet, f"op:{one.number}", self.place[one.client]
        y, proof = self.y(one.called), one.number in self.scene.core
        end = self.y(one.answered) if one.answered else self.bottom
        good = one.state == "ok"
        pen = "fail" if proof or one.state in ("refused", "lost") else "data" if good or one.state == "open" else "mute"
        sheet.group(key, BOX, x, y, f"{one.number}. {one.client}: {one.words}, {one.state}", data_pick=str(one.number))
        high = max(end - y, 5)
        dash = {"lost": "4 3", "refused": "2 2", "open": None}.get(one.state)
        sheet.add(
            f"{key}/bar", "rect", BOX, parent=key, x=-5, y=0, width=10, height=high, rx=2,
            fill=pen if good else "sheet", fill_opacity="0.28" if good and not proof else "0.5" if good else None,
            stroke=pen, stroke_width=2 if proof else 1.25, stroke_dasharray=dash,
        )  # fmt: skip
        told = end_cut(one.words, "tick", self.column - 32)
        self.back(x + 11, y + 8.5, width(told, "tick"))
        sheet.label(f"{key}/words", 11, 8.5, told, "tick", parent=key, fill="fail" if proof else "ink", **OVER)
        if one.state in ("lost", "refused"):
            sheet.path(
                f"{key}/cross", CROSS, cross(0, high, 4.5), parent=key, stroke="fail", stroke_width=2, fill="none"
            )
        if one.number == self.scene.current:
            sheet.add(
                "changed", "rect", CHANGED, x=x - 8.5, y=y - 3.5, width=17, height=high + 7, rx=4, fill="none",
                stroke="brass-line", stroke_width=2.25,
            )  # fmt: skip
            if self.wide:
                sheet.path("wedge", CHANGED, wedge(13, y + 6), fill="brass-line")

    def thread(self) -> None:
        """A point within each stretch, in the order found: never before the one before it."""
        scene, by_number = self.scene, {one.number: one for one in self.scene.stretches}
        step, row, points = 0.9 / (len(scene.order) + 1), 0.0, []
        for found in scene.order:
            one = by_number[found]
            row = max(one.called + 0.05, row + step)
            points.append((self.place[one.client], self.y(row)))
        if not points:
            return
        places = [f"{number(x)} {number(y)}" for x, y in points]
        self.sheet.path("thread", EDGE, "M" + "L".join(places), stroke="done", stroke_width=1.5, fill="none")
        dots = [f"M{place}h0.1" for place in places]
        self.sheet.path("points", TOKEN, dots, stroke="done", stroke_width=8, stroke_linecap="round", fill="none")
        for at, ((x, y), found) in enumerate(zip(points, scene.order, strict=True), 1):
            side = width(str(at), "tick")
            self.back(x - 9 - side, y + 5, side + 3)
            self.sheet.label(
                f"place/{found}", x - 9 - side / 2, y + 5, str(at), "tick", fill="done", text_anchor="middle", **OVER
            )


def thumb(scene: History) -> Picture:
    """Every stretch, from call to answer."""
    sheet = Sheet("history", THUMB, 150)
    pitch, rows = 200 / max(len(scene.clients), 1), max(scene.rows(), 1)
    columns = {client: 20 + pitch * (at + 0.5) for at, client in enumerate(scene.clients)}
    for one in scene.stretches:
        x, y = columns[one.client], 12 + 126 * (one.called - 1) / rows
        end = 12 + 126 * ((one.answered or rows) - 0.3) / rows
        pen = "fail" if one.number in scene.core else "data"
        sheet.path(f"op:{one.number}", BOX, f"M{number(x)} {number(y)}V{number(end)}", stroke=pen, stroke_width=9)
    return sheet.done()


MOTION = Motion(
    "An operation is seen for as long as it took; the thread of what was read is drawn on.",
    (Coming("op:", FILLED), Coming("thread", DRAWN), Coming("points", FADES)),
)

paints(History, painted, thumb, motion=MOTION)

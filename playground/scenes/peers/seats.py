"""The clients: each stands at the machine that it asks, with what it can press and what came back.

Of several at one machine, who pressed last stands next to it; of the others one line is seen.
"""

from __future__ import annotations

from collections.abc import Sequence

from playground.scenes.marks import BOX, CHANGED, CROSS, EDGE, Sheet, number
from playground.scenes.peers.layout import LINE, Place, Plan
from playground.scenes.peers.value import GOOD, OPEN, Peers, Seat
from playground.scenes.shapes import CAPSULE, capsule, cross
from playground.scenes.type import end_cut, width

PERSON = "M-4.5 -4a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0 -9 0M-8 9c0 -10 16 -10 16 0"
BUTTON = 24
ROOMY = 130
"""Room above a machine where a client's line can begin at the middle of its button."""
PENS = {OPEN: "data", GOOD: "done"}


class Seats:
    """What is drawn of clients, and of the line between two whose answers contradict each other."""

    def __init__(self, sheet: Sheet, scene: Peers, plan: Plan) -> None:
        self.sheet, self.scene, self.plan = sheet, scene, plan
        self.tokens: dict[str, Place] = {}
        self.wide = plan.wide
        self.room = plan.long + plan.gap / 2 - 15 if self.wide else plan.shape.edge - 14

    def draw(self) -> bool:
        """Whether a contradiction was among what is drawn."""
        for who, one in enumerate(self.scene.peers):
            here = [seat for seat in self.scene.seats if seat.at == one.name]
            for up, seat in enumerate(reversed(here)):
                if up:
                    self.line(seat, who, up)
                else:
                    self.seat(seat, who)
        return self.against()

    def corner(self, who: int) -> Place:
        """Left and top of a client next to its machine."""
        left, top, _, _ = self.plan.box(who)
        return (left, top - 104) if self.wide else (12, top)

    def line(self, seat: Seat, who: int, up: int) -> None:
        """A client in one line, so far above who pressed last."""
        x, y = self.corner(who)
        key = f"client:{seat.client}"
        told = end_cut(f"{seat.client}: {seat.said}" if seat.said else seat.client, "note", self.room)
        self.sheet.group(key, BOX, x, y - LINE * up, seat.words(), data_pick=seat.client, data_fills=f"node:{seat.at}")
        self.area(key, width(told, "note"), LINE - 1)
        self.sheet.label(f"{key}/name", 0, 13, told, "note", parent=key, fill="fail" if bad(seat) else "ink")

    def seat(self, seat: Seat, who: int) -> None:
        sheet, key, (x, y) = self.sheet, f"client:{seat.client}", self.corner(who)
        sheet.group(key, BOX, x, y, seat.words(), data_pick=seat.client, data_fills=f"node:{seat.at}")
        sheet.path(f"{key}/person", BOX, moved(PERSON, 10, 9), parent=key, fill="none", stroke="ink", stroke_width=1.4)
        sheet.label(f"{key}/name", 24, 14, seat.client, "name", parent=key, fill="ink")
        ends = self.buttons(seat, key)
        self.area(key, max(ends[2], 24 + width(seat.client, "name")), 22 + BUTTON if self.wide else 20 + BUTTON)
        if not seat.state:
            return
        left, top, _, _ = self.plan.box(who)
        if self.wide:
            # From the pressed button straight down; the words stand beside it.
            at = x + ((ends[0] + ends[1]) / 2 if self.room > ROOMY else 14)
            start, end, middle = (at, y + 22 + BUTTON), (at, top), (at, y + 75)
            words = (at + 17, y + 71)
        else:
            row = y + 20 + BUTTON / 2
            start, end, middle = (x + ends[1], row), (left, row), ((x + ends[1] + left) / 2, row)
            words = (x, y + 60)
        self.asked(seat, key, (start, end, middle))
        self.answered(seat, key, words, x + self.room - words[0])

    def area(self, key: str, wide: float, high: float) -> None:
        """What is touched of a client."""
        self.sheet.add(
            f"{key}/area", "rect", BOX, parent=key, x=-3, y=-1, width=wide + 6, height=high + 1, rx=6, fill="sheet"
        )

    def buttons(self, seat: Seat, key: str) -> tuple[float, float, float]:
        """What can be pressed, as far as there is room; where the pressed one begins, where it and all end."""
        sheet, top, at = self.sheet, 22 if self.wide else 20, 0.0
        ends = (0.0, 0.0)
        sizes = {verb: width(label, "label") + 12 for verb, label in seat.buttons}
        most = self.room - (0 if self.wide else 24)
        both = sum(sizes.values()) + 5 <= most or not seat.pressed
        # What is pressed stands where its line begins: wide below the first one, narrow beside the last one.
        for verb, label in sorted(seat.buttons, key=lambda one: (one[0] == seat.pressed) != self.wide):
            wide, on = sizes[verb], verb == seat.pressed
            if not (on or both):
                continue
            name = f"{key}/{verb}"
            sheet.add(
                f"{name}/button", "rect", BOX, parent=key, x=at, y=top, width=wide, height=BUTTON, rx=5,
                fill="ink" if on else "sheet", stroke="ink" if on else "mute", stroke_width=1, data_press=verb,
            )  # fmt: skip
            sheet.label(
                f"{name}/label", at + wide / 2, top + 16, label, "label", parent=key, fill="sheet" if on else "ink",
                text_anchor="middle", data_press=verb,
            )  # fmt: skip
            ends = (at, at + wide) if on and self.wide else (ends[0], at + wide if not self.wide else ends[1])
            at += wide + 5
        return *ends, at - 5

    def asked(self, seat: Seat, key: str, line: Sequence[Place]) -> None:
        """The line to the machine, and on it what came back, or that it is waited for."""
        sheet, (start, end, (x, y)) = self.sheet, line
        lost = bad(seat)
        d = f"M{number(start[0])} {number(start[1])}L{number(end[0])} {number(end[1])}"
        pen = "fail" if lost else PENS[seat.state]
        name = f"asks:{seat.client}"
        sheet.path(
            name, EDGE, d, stroke=pen, stroke_width=1.25 if lost else 1.7, fill="none",
            stroke_dasharray="5 4" if lost else None,
        )  # fmt: skip
        token = f"answer:{seat.client}"
        self.tokens[seat.client] = (x, y)
        sheet.group(token, BOX, x, y, f"{seat.client} {seat.said}", role="img")
        if seat.state == GOOD:
            capsule(sheet, token, seat.answer, "done", 3, lost=False)
            return
        # No answer, or none yet, is hollow.
        sheet.add(f"{token}/hollow", "circle", BOX, parent=token, r=CAPSULE, fill="sheet", stroke=pen, stroke_width=1.5)
        if lost:
            mark = cross(0, 0, 5)
            sheet.path(f"{token}/cross", CROSS, mark, parent=token, stroke="fail", stroke_width=2.25, fill="none")
        else:
            sheet.label(f"{token}/label", 0, 3.9, "?", "badge", parent=token, fill="data", text_anchor="middle")

    def answered(self, seat: Seat, key: str, place: Place, room: float) -> None:
        """What the client was told, and after how long."""
        x, y = place
        style = "remark" if seat.state == GOOD and width(seat.said, "remark") <= room else "label"
        said = end_cut(seat.said, style, room)
        self.sheet.label(f"told:{seat.client}", x, y, said, style, fill="fail" if bad(seat) else "ink")
        self.sheet.label(f"took:{seat.client}", x, y + 15, seat.took, "note", fill="mute")

    def against(self) -> bool:
        """A brass line between two answers that contradict each other, if both are to be seen."""
        pair = self.scene.against
        if not pair or not all(client in self.tokens for client in pair):
            return False
        (ax, ay), (bx, by) = (self.tokens[client] for client in pair)
        sheet = self.sheet
        if self.wide:
            # Under the words, over the machines.
            y = self.plan.shape.edge - 10
            d = f"M{number(ax)} {number(ay + CAPSULE)}V{number(y)}H{number(bx)}V{number(by + CAPSULE)}"
            # The sign stands in the gap beside the first one, where no client's line is.
            way = 1 if bx > ax else -1
            x = self.plan.between(self.plan.place[self.who(pair[0])] + (way > 0))
        else:
            # Between the answers and the machines, past the clients in between.
            x, way = self.plan.shape.edge - 5, 1 if by > ay else -1
            near, far = ay + way * (CAPSULE + 6), by - way * (CAPSULE + 6)
            y = self.plan.between(self.plan.place[self.who(pair[0])] + (way > 0))
            d = f"M{number(ax)} {number(ay)}V{number(near)}H{number(x)}V{number(far)}H{number(bx)}V{number(by)}"
        sheet.path("against", EDGE, d, stroke="brass-line", stroke_width=2, fill="none")
        sheet.add("against/sign", "circle", CHANGED, cx=x, cy=y, r=9, fill="sheet", stroke="brass-line", stroke_width=2)
        sheet.label("against/word", x, y + 4.5, "≠", "name", fill="brass", text_anchor="middle", layer=CHANGED)
        r = CAPSULE + 4.5
        sheet.add(
            "changed", "rect", CHANGED, x=bx - r, y=by - r, width=2 * r, height=2 * r, rx=r, fill="none",
            stroke="brass-line", stroke_width=2.25,
        )  # fmt: skip
        return True

    def who(self, client: str) -> int:
        """The machine at which a client stands."""
        at = next(seat.at for seat in self.scene.seats if seat.client == client)
        return next(place for place, one in enumerate(self.scene.peers) if one.name == at)


def bad(seat: Seat) -> bool:
    return seat.state not in ("", OPEN, GOOD)


def moved(d: str, x: float, y: float) -> str:
    """The person, elsewhere: its two absolute moves."""
    return d.replace("M-4.5 -4", f"M{number(x - 4.5)} {number(y - 4)}").replace(
        "M-8 9c", f"M{number(x - 8)} {number(y + 9)}c"
    )

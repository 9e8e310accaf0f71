"""The painter of sequences: lanes, the rows in view, and what they are about."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import BOX, CHANGED, CROSS, EDGE, FURNITURE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.sequence.bar import HIGH, Strip
from playground.scenes.sequence.life import Change, lifeline
from playground.scenes.sequence.parts import LOST, WAITS, WORKS, Lane, Message
from playground.scenes.sequence.rows import FALL, LINE, PITCH, Row, fitted, last_rows
from playground.scenes.sequence.value import Sequence, said
from playground.scenes.shapes import cross, head, wedge
from playground.scenes.type import end_cut, middle_cut, width


@lru_cache(PICTURES)
def painted(scene: Sequence, layout: str, room: tuple[int, ...]) -> Picture:
    """Much happens between two messages: equal values are painted once."""
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one sequence."""

    def __init__(self, scene: Sequence, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.places = scene, scene.places(layout)
        self.wide, self.gap = self.places.wide, self.places.gap
        self.place = {lane.name: self.places.x(lane.name) for lane in scene.lanes}
        self.margin = 18 if self.wide else 16
        self.box = min(104, self.gap - (24 if self.places.spoken else 19))
        # All names in one size, a smaller one where the longest needs it.
        self.style = "name" if all(width(lane.name, "name") <= self.box - 12 for lane in scene.lanes) else "badge"
        # Without a title the lanes stand at the top; a row in plain speech has its own room over its arrow.
        self.lanes_top, self.top = (38, 96) if scene.title else (8, 58)
        # One row at least; rooms are told for narrow and wide, in this order.
        self.most = max(room[self.wide], PITCH)
        self.bottom = self.top + self.most + (10 if scene.title else 2)
        self.sheet = Sheet("sequence", layout, self.bottom + (HIGH[self.wide] if scene.stock else 0))

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        if scene.title:
            sheet.label("title", self.margin, 22, scene.title, "heading", fill="ink", layer=FURNITURE)
        busy = {name for one in scene.messages for name in (one.sender, one.receiver)}
        for lane in scene.lanes:
            self.lane(lane, lane.name in busy)
        rows = last_rows(scene.messages, self.places, self.most)
        self.earlier(len(scene.messages) - len(rows))
        drawn = self.laid(rows)
        if any(one.lanes for one in scene.messages):
            self.lives(drawn)
        end = drawn[-1][1] + drawn[-1][0].below if drawn else self.top
        self.ways(end)
        if not drawn:
            self.nothing()
        for row, y in drawn:
            self.row(row, y, scene.fresh and row.message is scene.messages[-1])
        if scene.stock:
            Strip(sheet, scene.stock, wide=self.wide).paint()
        return sheet.done()

    def laid(self, rows: list[Row]) -> list[tuple[Row, float]]:
        """Each row with the height at which its arrow begins."""
        y, found = float(self.top), []
        for row in rows:
            y += row.high - row.below
            found.append((row, y))
            y += row.below
        return found

    def nothing(self) -> None:
        middle = (self.place[self.scene.lanes[0].name] + self.place[self.scene.lanes[-1].name]) / 2
        self.sheet.label(
            "empty", middle, self.top + 20, self.scene.empty, "note", fill="mute", text_anchor="middle",
            stroke="sheet", stroke_width=6, paint_order="stroke",
        )  # fmt: skip

    def earlier(self, count: int) -> None:
        """How many rows are out of view: at the right of the title, or between the first two lanes."""
        if not count:
            return
        x, y, anchor = float(self.sheet.width - self.margin), 22, "end"
        if not self.scene.title:
            x, y, anchor = self.place[self.scene.lanes[0].name] + self.gap / 2, self.top - 9, "middle"
        self.sheet.label("earlier", x, y, f"{count} earlier", "note", fill="mute", text_anchor=anchor)

    # Lanes.

    def lane(self, lane: Lane, busy: bool) -> None:
        sheet, x, key, top = self.sheet, self.place[lane.name], f"lane:{lane.name}", self.lanes_top
        # Where it is told who works and who waits, the line itself says nothing.
        role = lane.role if busy and self.scene.title else "guide"
        begin = top + 28 if self.scene.title else self.top - 3
        sheet.path(
            f"{key}/line", FURNITURE, f"M{number(x)} {begin}V{number(self.bottom - 6)}", stroke=role,
            stroke_width=1.25, fill="none", stroke_dasharray=None if busy else "2 3",
        )  # fmt: skip
        sheet.add(
            f"{key}/box", "rect", BOX, x=x - self.box / 2, y=top, width=self.box, height=28, rx=6, fill="sheet",
            stroke=lane.role, stroke_width=1.25,
        )  # fmt: skip
        name = middle_cut(lane.name, self.style, self.box - 10)
        sheet.label(f"{key}/name", x, top + 18.5, name, self.style, fill="ink", text_anchor="middle")
        if lane.note and self.wide:
            sheet.label(f"{key}/note", x, self.top - 9, lane.note, "note", fill="mute", text_anchor="middle")

    def lives(self, drawn: list[tuple[Row, float]]) -> None:
        """Who works and who waits, from row to row; and what the two bars mean."""
        hidden = len(self.scene.messages) - len(drawn)
        before = self.scene.messages[hidden - 1].lanes if hidden else ()
        breaks = {row.message.number: y - row.above - row.torn / 2 for row, y in drawn if row.message.silence}
        for at, lane in enumerate(self.scene.lanes):
            changes = [Change(self.top - 2, before[at] if before else "", self.top)]
            for row, y in drawn:
                one = row.message
                arrives = FALL if lane.name == one.receiver and not one.own else 0
                changes.append(Change(y + arrives, one.lanes[at] if one.lanes else "", y + row.below))
            lifeline(self.sheet, lane, self.place[lane.name], changes, breaks)
        self.key(WORKS, 1)
        self.key(WAITS, 2)

    def key(self, kind: str, gap: int) -> None:
        """One sign of the legend, between two lanes."""
        x, y = self.place[self.scene.lanes[0].name] + self.gap * (gap + 0.5), self.top - 9
        left = x - (width(kind, "note") + 13) / 2
        self.sheet.add(
            f"key/{kind}", "rect", EDGE, x=left, y=y - 10, width=7, height=12,
            fill="mute" if kind == WORKS else "sheet", stroke="mute", stroke_width=1.25,
        )  # fmt: skip
        self.sheet.label(f"key/{kind}/label", left + 13, y, kind, "note", fill="mute")

    def ways(self, end: float) -> None:
        """Where what is on its way travels: where its row will be, or under the last one. None of them is seen."""
        if self.scene.title:
            under, over = self.bottom - 12, 0
        else:
            under, over = self.bottom - 4, 19
        y = min(end + over, under)
        fall = FALL if y < under else 0
        for sender, receiver in self.scene.ways:
            x, to = self.place[sender], self.place[receiver]
            line = f"M{number(x)} {number(y)}L{number(to)} {number(y + fall)}"
            self.sheet.path(f"way:{sender}:{receiver}", FURNITURE, line, fill="none")

    # Rows.

    def row(self, row: Row, y: float, fresh: bool) -> None:
        """One group, so that what has been said moves up as a whole when the window moves on."""
        one, sheet = row.message, self.sheet
        key, x, to = one.key, self.place[one.sender], self.place[one.receiver]
        sheet.group(key, BOX, 0, y, said(one))
        if self.wide:
            sheet.label(f"{key}/time", 18, 4, one.time, "tick", parent=key, fill="mute")
        if one.silence:
            self.silence(one, y - row.above - row.torn / 2)
        if one.own:
            self.own(row, key, x)
            if fresh:
                r = 9 if row.told.lines else 12
                self.fresh(f"M{number(x)} {number(y - r)}l{r} {r}l-{r} {r}l-{r} -{r}z", y, 2.25, "1")
            return
        way = 1 if to > x else -1
        start, end = x + 5 * way, to - 5 * way
        if fresh:
            self.fresh(f"M{number(start)} {number(y)}L{number(end)} {number(y + FALL)}", y, 7, "0.28")
        self.arrow(one, key, start, end)
        self.labels(row, key, min(x, to), max(x, to))

    def arrow(self, one: Message, key: str, start: float, end: float) -> None:
        """Bold while it is new; what does not arrive is dashed, with a cross before its goal."""
        way, sheet = 1 if end > start else -1, self.sheet
        if one.state == LOST:
            x, y = start + 0.8 * (end - start), 0.8 * FALL
            line = f"M{number(start)} 0L{number(x)} {number(y)}"
            sheet.path(
                f"{key}/line", BOX, line, parent=key, stroke="fail", stroke_width=1.7, stroke_dasharray="5 4",
                fill="none",
            )  # fmt: skip
            self.cross(key, x, y)
            return
        line = f"M{number(start)} 0L{number(end - 6 * way)} {FALL}"
        wide = 2.4 if self.scene.fresh and one is self.scene.messages[-1] else 1.7
        sheet.path(f"{key}/line", BOX, line, parent=key, stroke=one.state, stroke_width=wide, fill="none")
        sheet.path(f"{key}/head", BOX, head(end, FALL, start, 0), parent=key, fill=one.state)
        if one.state == "fail":
            self.cross(key, (start + end) / 2, FALL / 2)

    def cross(self, key: str, x: float, y: float) -> None:
        d = cross(x, y, 5)
        self.sheet.path(f"{key}/cross", CROSS, d, parent=key, stroke="fail", stroke_width=2.25, fill="none")

    def fresh(self, d: str, y: float, wide: float, opacity: str) -> None:
        """Brass under the row that is new."""
        self.sheet.path("changed", EDGE, d, stroke="brass-line", stroke_width=wide, stroke_opacity=opacity, fill="none")
        if self.wide:
            self.sheet.path("wedge", CHANGED, wedge(14, y), fill="brass-line")

    def silence(self, one: Message, y: float) -> None:
        """A break in time: its length in words, in the middle, and a torn axis."""
        middle = self.place[self.scene.lanes[1].name] + self.gap / 2
        told = fitted(one.silence, self.gap - 13, ("remark", "note") if self.wide else ("note",))
        for at, line in enumerate(told.lines):
            key, place = f"silence:{one.number}/{at}", y + 4.5 + LINE * (at - (len(told.lines) - 1) / 2)
            self.sheet.label(key, middle, place, line, told.style, fill="ink", text_anchor="middle")
        if self.wide:
            d = f"M38 {number(y - 8)}v4l-5 3l10 4l-5 3v4"
            self.sheet.path(f"silence:{one.number}/axis", EDGE, d, stroke="mute", stroke_width=1.25, fill="none")

    # Words.

    def labels(self, row: Row, key: str, left: float, right: float) -> None:
        """Over the arrow; where it passes a lane, in the gap at the sender's side."""
        one = row.message
        if right - left > self.gap + 1:
            sender = self.place[one.sender]
            left, right = (left, left + self.gap) if sender == left else (right - self.gap, right)
        middle = (left + right) / 2
        if not row.told.lines:
            self.text(one, key, middle, (-6, FALL + 15), "middle", right - left - 12)
            return
        count = len(row.told.lines)
        self.lines(row, key, middle, [-4 - LINE * (count - 1 - at) for at in range(count)], "middle")
        if one.state == LOST:
            # The cross stands where the line ends: the code keeps off it.
            middle += 0.1 * (right - left) * (1 if self.place[one.sender] > middle else -1)
        if one.code:
            self.sheet.label(
                f"{key}/note", middle, FALL + 10, one.code, "tick", parent=key, fill="mute", text_anchor="middle"
            )

    def lines(self, row: Row, key: str, x: float, places: list[float], anchor: str | None) -> None:
        """Plain speech, line by line."""
        for at, (line, y) in enumerate(zip(row.told.lines, places, strict=True)):
            name = f"{key}/{at}/label" if at else f"{key}/label"
            self.sheet.label(name, x, y, line, row.told.style, parent=key, fill="ink", text_anchor=anchor)

    def own(self, row: Row, key: str, x: float) -> None:
        """A thing done on a lane: a lozenge there, and its words beside it, towards the wider side."""
        one = row.message
        d = f"M{number(x)} -6l6 6l-6 6l-6 -6z"
        self.sheet.path(f"{key}/line", BOX, d, parent=key, stroke=one.state, stroke_width=1.7, fill="sheet")
        if one.state == "fail":
            self.cross(key, x, 0)
        last = x == max(self.place.values())
        away = 12 if row.told.lines else 17
        anchor, at = ("end", x - away) if last else (None, x + away)
        if row.told.lines:
            self.lines(row, key, at, [4 + LINE * line for line in range(len(row.told.lines))], anchor)
            return
        self.text(one, key, at, (0.5, 15), anchor, self.gap - 24)

    def text(
        self, one: Message, key: str, x: float, rows: tuple[float, float], anchor: str | None, room: float
    ) -> None:
        """What is said, and the note to it where it fits."""
        told = end_cut(one.label, "strong", room)
        self.sheet.label(f"{key}/label", x, rows[0], told, "strong", parent=key, fill="ink", text_anchor=anchor)
        if one.note and width(one.note, "note") <= room:
            self.sheet.label(f"{key}/note", x, rows[1], one.note, "note", parent=key, fill="mute", text_anchor=anchor)

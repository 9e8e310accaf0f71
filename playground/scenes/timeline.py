"""Timeline: lanes of spans over one axis of time, in groups that compare the same things under other rules.

SCENES: one axis for all groups, the same lanes in the same order; connect is a ticked bar, waiting a
whisker, arriving solid, held back hatched in the colour of failure, not sent yet dots. A moment is a
dashed vertical; the total is a flag; now is a brass line.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from playground.scenes.chart import step_for
from playground.scenes.marks import BAND, CHANGED, CROSS, EDGE, FURNITURE, THUMB, TOKEN, WIDE, Picture, Sheet, number
from playground.scenes.scene import Words
from playground.scenes.shapes import cross, wedge
from playground.scenes.type import end_cut, width

CONNECT, WAITING, ARRIVING, HELD, UNSENT, REST = "connect", "waiting", "arriving", "held", "unsent", "rest"
KINDS = (UNSENT, WAITING, CONNECT, REST, ARRIVING, HELD)
"""How a span is drawn, lowest first. `rest` is an outline: a span in which nothing moves."""

LEGEND = (
    (CONNECT, "connect"),
    (WAITING, "waiting"),
    (ARRIVING, "arriving"),
    (HELD, "held back"),
    (UNSENT, "not sent yet"),
)
ROOMY = 10
"""Lanes a group that stand at the full pitch; more are drawn closer, named as far as names fit."""
OVER: dict[str, Any] = {"stroke": "sheet", "stroke_width": 4, "paint_order": "stroke"}
"""A text over thin lines has an outline in the colour of the sheet."""

APART = 12
"""Lanes in the whole picture whose spans are marks of their own; with more, a group has one mark a kind."""

HATCHED = 8
"""The least height of a bar that is hatched."""

SINGLY = 6
"""Moments that are marks of their own; with more, a group has one mark for all."""


class Span(NamedTuple):
    """A stretch of time. A label stands inside where it fits, and makes all bars of the picture high."""

    kind: str
    start: int
    end: int
    label: str = ""


class Lane(NamedTuple):
    """A thing and what happened to it, in order."""

    name: str
    spans: tuple[Span, ...]


class Group(NamedTuple):
    """Lanes under one rule. `total` is the time of its flag, or None while it is not known."""

    key: str
    name: str
    note: str
    lanes: tuple[Lane, ...]
    total: int | None = None


class Moment(NamedTuple):
    """An instant: through all groups, or within the group whose key it names; a cross on the lane that suffers.

    A good one wears the colour of success. No two of a group have the same words and lane.
    """

    at: int
    words: str
    group: str = ""
    lane: str = ""
    good: bool = False


@dataclass(frozen=True)
class Timeline:
    """Groups of lanes on one axis from `first`. Times are whole numbers; `per` of them make one `unit`.

    `current` is the group and lane that the step is about, `now` the place of the brass line.
    """

    groups: tuple[Group, ...]
    moments: tuple[Moment, ...] = ()
    now: int | None = None
    current: tuple[str, str] = ("", "")
    unit: str = "ms"
    per: int = 1000
    first: int = 0
    legend: tuple[tuple[str, str], ...] = LEGEND
    empty: str = "nothing has happened yet"
    last: int = 0
    """A time that the axis must hold, where one is known before it has come."""

    kind = "timeline"

    def room(self) -> tuple[int, ...]:
        """Groups, lanes a group, the last time, high bars (0 or 1), labels over all groups and over a group."""
        everywhere = any(not moment.group for moment in self.moments)
        return (
            len(self.groups),
            max((len(group.lanes) for group in self.groups), default=0),
            max(self.times()),
            int(any(span.label for group in self.groups for lane in group.lanes for span in lane.spans)),
            int(everywhere),
            int(any(moment.group for moment in self.moments)),
        )

    def times(self) -> Iterator[int]:
        """Every time that the axis must hold."""
        yield max(self.last, self.first)
        for group in self.groups:
            yield from (span.end for lane in group.lanes for span in lane.spans)
            if group.total is not None:
                yield group.total
        yield from (moment.at for moment in self.moments)
        if self.now is not None:
            yield self.now

    def blank(self) -> bool:
        return not any(lane.spans for group in self.groups for lane in group.lanes)

    def spelled(self, time: int) -> str:
        """A time for the reader, from the start of the axis: whole units, below ten with one decimal."""
        tenths = (time - self.first) * 10 // self.per
        value = f"{tenths // 10}.{tenths % 10}" if 0 < tenths < 100 and tenths % 10 else f"{tenths // 10:,}"
        return f"{value} {self.unit}"

    def words(self) -> Words:
        said = [self.group_in_words(group) for group in self.groups]
        lost = [f"{moment.words} at {self.spelled(moment.at)}" for moment in self.moments]
        sentence = "; ".join(said + lost[-3:]) if not self.blank() else self.empty.capitalize()
        named = dict(self.legend)
        rows = tuple(
            (group.name, lane.name, named.get(span.kind, span.kind), self.spelled(span.start), self.until(span))
            for group in self.groups
            for lane in group.lanes
            for span in lane.spans[-1:]
        )
        return Words(f"{sentence}.", ("under", "lane", "what", "from", "to"), rows)

    def until(self, span: Span) -> str:
        """The end of a span, or the word now: it changes when something has happened, not all the time."""
        return "now" if span.end == self.now else self.spelled(span.end)

    def group_in_words(self, group: Group) -> str:
        total = f", done at {self.spelled(group.total)}" if group.total is not None else ""
        return f"{group.name}{': ' if group.note else ''}{group.note}{total}"

    def paint(self, layout: str, room: tuple[int, ...]) -> Picture:
        return painted(self, layout, room)

    def thumb(self) -> Picture:
        sheet = Sheet("timeline", THUMB, 150)
        each = 8 // max(len(self.groups), 1)
        lanes = [(group.key, lane) for group in self.groups for lane in group.lanes[: max(each, 2)]]
        last = max([span.end for _, lane in lanes for span in lane.spans] + [self.first + 1])
        pitch = 116 / max(len(lanes), 1)

        def x(time: int) -> float:
            return 24 + 192 * (time - self.first) / (last - self.first)

        sheet.path("axis", FURNITURE, "M24 14V138", stroke="guide", stroke_width=1.5)
        for row, (key, lane) in enumerate(lanes):
            y, high = 22 + pitch * row, min(pitch * 0.6, 13)
            for kind in KINDS:
                pieces = [(x(span.start), x(span.end)) for span in lane.spans if span.kind == kind]
                if pieces:
                    draw(sheet, f"lane:{key}/{lane.name}/{kind}", kind, [(a, b, y) for a, b in pieces], high, 2)
        return sheet.done()


@lru_cache(256)
def painted(scene: Timeline, layout: str, room: tuple[int, ...]) -> Picture:
    """Much happens between two spans: equal values are painted once."""
    return Painter(scene, layout, room).paint()


def bar(x: float, end: float, y: float, high: float) -> str:
    """The outline of a bar, at least 2 units long."""
    long = max(end - x, 2)
    return f"M{number(x)} {number(y - high / 2)}h{number(long)}v{number(high)}h{number(-long)}z"


def line(x: float, end: float, y: float) -> str:
    """A line that a bar's width makes a bar: much shorter to write, and it changes all the time."""
    return f"M{number(x)} {number(y)}H{number(max(end, x + 2))}"


def hatched(x: float, end: float, y: float, high: float) -> str:
    """A bar with lines at 45 degrees, clipped to it."""
    out = [bar(x, end, y, high)]
    low, at = y + high / 2, x - high + 4.5
    while at < end - 0.5:
        # From the lower edge at `at` upwards to the right, cut at both ends of the bar.
        left, right = max(at, x), min(at + high, end)
        out.append(f"M{number(left)} {number(low - (left - at))}l{number(right - left)} {number(left - right)}")
        at += 4.5
    return "".join(out)


def draw(
    sheet: Sheet, key: str, kind: str, pieces: list[tuple[float, float, float]], high: float, bold: float = 1
) -> None:
    """Spans of one kind as one mark or two; a piece is (x, end, y)."""
    lines = [line(*piece) for piece in pieces]
    if kind == ARRIVING:
        sheet.path(key, TOKEN, lines, fill="none", stroke="data", stroke_width=high)
    elif kind == REST:
        sheet.path(key, TOKEN, (bar(*piece, high) for piece in pieces), fill="sheet", stroke="data", stroke_width=1.1)
    elif kind == HELD and high < HATCHED:
        # Too low for a hatch: a broken bar, where that of a connection has an outline.
        sheet.path(key, TOKEN, lines, fill="none", stroke="fail", stroke_width=high, stroke_dasharray="2.4 1.6")
    elif kind == HELD:
        sheet.path(key, TOKEN, (hatched(*piece, high) for piece in pieces), fill="sheet", stroke="fail", stroke_width=1)
    elif kind == CONNECT:
        sheet.path(key, TOKEN, (bar(*piece, high) for piece in pieces), fill="sheet", stroke="mute", stroke_width=1)
        inside = [line(x + 3, end, y) for x, end, y in pieces if end > x + 5]
        ticks = f"{key}/ticks"
        sheet.path(
            ticks, TOKEN, inside, fill="none", stroke="mute", stroke_width=max(high - 4, 2), stroke_dasharray="1 2.5"
        )
    elif kind == WAITING:
        post = number(high - 1)
        posts = [f"M{number(x)} {number(y - high / 2 + 0.5)}v{post}" for x, _, y in pieces]
        sheet.path(key, EDGE, [*posts, *lines], fill="none", stroke="data", stroke_width=1.25 * bold)
    else:
        sheet.path(key, EDGE, lines, fill="none", stroke="mute", stroke_width=1.4 * bold, stroke_dasharray="1.4 3")


class Clock(NamedTuple):
    """The unit of time, how many of a whole number make one, and where the axis starts."""

    unit: str
    per: int
    first: int


def painter(layout: str, room: tuple[int, ...], clock: Clock, **more: Any) -> Painter:
    scene = Timeline((), unit=clock.unit, per=clock.per, first=clock.first, **more)
    return Painter(scene, layout, room)


@lru_cache(64)
def furniture(layout: str, room: tuple[int, ...], clock: Clock, legend: tuple[tuple[str, str], ...]) -> Sheet:
    """The axis and the legend: the same at every step."""
    made = painter(layout, room, clock, legend=legend)
    made.axis()
    made.legend()
    return made.sheet


@lru_cache(512)
def group_part(
    layout: str, room: tuple[int, ...], clock: Clock, group: Group, at: int, current: str, late: bool
) -> Sheet:
    """A group at its place; those of earlier loads do not change. `late`: a moment may cross its total."""
    made = painter(layout, room, clock, current=(group.key, current))
    made.group(group, at, late)
    return made.sheet


class Painter:
    """One painting of one timeline."""

    def __init__(self, scene: Timeline, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.room = scene, room
        self.wide = layout == WIDE
        groups, lanes, last, high, everywhere, within = room
        self.left, self.right = (100, 690) if self.wide else (62, 334)
        self.margin = 18 if self.wide else 12
        self.pitch = 26.0 if high else 15.0 if lanes <= ROOMY else 7.5 if lanes <= 20 else 5.5
        self.high = 18.0 if high else 9.0 if lanes <= ROOMY else 5.0 if lanes <= 20 else 4.0
        self.apart = groups * lanes <= APART
        units = max(-(-(last - scene.first) // scene.per), 1)
        self.step = step_for(units, 8 if self.wide else 4)
        self.units = -(-units // self.step) * self.step
        self.top: float = 10 + 18 * everywhere
        self.head = (28 if self.wide else 45) + 17 * within
        self.slot = self.head + self.pitch * max(lanes, 1) + 10
        self.bottom = self.top + self.slot * max(groups, 1)
        rows = 1 if self.wide else -(-len(scene.legend) // 3)
        self.sheet = Sheet("timeline", layout, round(self.bottom + 30 + (rows * 20 + 8 if scene.legend else 0)))

    def x(self, time: int) -> float:
        """The place of a time."""
        share = (time - self.scene.first) / (self.units * self.scene.per)
        return self.left + (self.right - self.left) * min(max(share, 0), 1)

    def paint(self) -> Picture:
        scene, sheet, room = self.scene, self.sheet, self.room
        clock = Clock(scene.unit, scene.per, scene.first)
        sheet.take(furniture(sheet.layout, room, clock, scene.legend))
        for at, group in enumerate(scene.groups):
            current = scene.current[1] if scene.current[0] == group.key else ""
            late = any(moment.group in ("", group.key) and moment.at > (group.total or 0) for moment in scene.moments)
            sheet.take(group_part(sheet.layout, room, clock, group, at, current, late))
        self.moments()
        if not scene.groups:
            middle, y = (self.left + self.right) / 2, self.top + self.slot / 2
            sheet.label("empty", middle, y, scene.empty, "note", fill="mute", text_anchor="middle")
        if scene.now is not None:
            x = number(self.x(scene.now))
            line = f"M{x} {number(self.top)}V{number(self.bottom)}"
            sheet.path("changed", FURNITURE, line, stroke="brass-line", stroke_width=2.25, fill="none")
        return sheet.done()

    def axis(self) -> None:
        sheet, scene = self.sheet, self.scene
        times = range(0, self.units + 1, self.step)
        places = [self.x(scene.first + time * scene.per) for time in times]
        grid = [f"M{number(x)} {number(self.top)}V{number(self.bottom)}" for x in places]
        sheet.path("grid", FURNITURE, grid, stroke="hair", stroke_width=1, fill="none")
        ticks = [f"M{number(x)} {number(self.bottom)}v5" for x in places]
        line = f"M{number(self.left)} {number(self.bottom)}H{number(self.right)}"
        sheet.path("axis", FURNITURE, [line, *ticks], stroke="guide", stroke_width=1, fill="none")
        for time, x in zip(times, places, strict=True):
            words = f"{time:,}" if time else f"0 {scene.unit}"
            sheet.label(
                f"tick/{time}", x, self.bottom + 19, words, "tick", fill="mute", text_anchor="middle", layer=FURNITURE
            )

    def legend(self) -> None:
        """A sample of every kind and its word."""
        columns = len(self.scene.legend) if self.wide else 3
        gap = (self.right - self.margin if self.wide else 338) / max(columns, 1)
        for at, (kind, word) in enumerate(self.scene.legend):
            x = self.margin + gap * (at % columns)
            y = self.bottom + 42 + 20 * (at // columns)
            long = 26 if self.wide else 16
            draw(self.sheet, f"legend/{kind}", kind, [(x, x + long, y)], 9)
            cut = end_cut(word, "note", gap - long - 11)
            self.sheet.label(f"legend/{kind}/word", x + long + 6, y + 4, cut, "note", fill="mute", layer=FURNITURE)

    def first_lane(self, top: float) -> float:
        """The middle of the first lane of a group."""
        return top + self.head + self.pitch / 2 - 4

    def group(self, group: Group, at: int, late: bool) -> None:
        sheet, key, top = self.sheet, f"group:{group.key}", self.top + self.slot * at
        first = self.first_lane(top)
        last = first + self.pitch * (len(group.lanes) - 0.5)
        figure = self.total(group, top, last, late)
        end = sheet.width - self.margin - (width(figure, "heading") + 12 if figure else 0)
        name = end_cut(group.name, "heading", end - self.margin)
        sheet.label(key, self.margin, top + 16, name, "heading", fill="ink", **OVER)
        x, y = (max(self.left, self.margin + width(name, "heading") + 12), top + 16) if self.wide else (12, top + 32)
        room = (end if self.wide else sheet.width - 12) - x
        if group.note and room > 40:
            sheet.label(f"{key}/note", x, y, end_cut(group.note, "note", room), "note", fill="mute", **OVER)
        self.names(group, first)
        self.spans(group, first)

    def total(self, group: Group, top: float, last: float, late: bool) -> str:
        """The flag at the end; its figure stands right of it, or in the head where there is no room."""
        if group.total is None:
            return ""
        key, x, figure = f"group:{group.key}", self.x(group.total), self.scene.spelled(group.total)
        up = top + self.head - 6
        flag = f"M{number(x)} {number(last)}V{number(up)}h10l-3.5 3.5l3.5 3.5h-10"
        self.sheet.path(f"{key}/flag", BAND, flag, stroke="ink", stroke_width=1.7, fill="ink")
        beside = x + 16
        if beside + width(figure, "heading") <= self.sheet.width - 6 and not late:
            self.sheet.label(f"{key}/total", beside, up + 10, figure, "heading", fill="ink", **OVER)
            return ""
        right = self.sheet.width - self.margin
        self.sheet.label(f"{key}/total", right, top + 16, figure, "heading", fill="ink", text_anchor="end")
        return figure

    def names(self, group: Group, first: float) -> None:
        """Lane names, as many as fit under each other; the lane in question is named before its neighbours."""
        every = max(1, -(-12 // int(self.pitch)))
        named = set(range(0, len(group.lanes), every))
        for at, lane in enumerate(group.lanes):
            if (group.key, lane.name) == self.scene.current:
                named = {one for one in named if abs(one - at) * self.pitch >= 12} | {at}
        for at in sorted(named):
            lane = group.lanes[at]
            y = first + self.pitch * at
            now = (group.key, lane.name) == self.scene.current
            cut = end_cut(lane.name, "tick", self.left - 8 - (20 if self.wide else 4))
            self.sheet.label(
                f"lane:{group.key}/{lane.name}/name", self.left - 7, y + 3.8, cut, "tick",
                fill="ink", text_anchor="end", data_pick=lane.name,
            )  # fmt: skip
            if now and self.wide:
                self.sheet.path("wedge", CHANGED, wedge(14, y), fill="brass-line")

    def spans(self, group: Group, first: float) -> None:
        pieces: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
        for row, lane in enumerate(group.lanes):
            y = first + self.pitch * row
            owner = f"lane:{group.key}/{lane.name}" if self.apart else f"group:{group.key}"
            for at, span in enumerate(lane.spans):
                x, end = self.x(span.start), self.x(span.end)
                pieces.setdefault((owner, span.kind), []).append((x, end, y))
                middle = self.clear(x, end, width(span.label, "tick") + 6) if span.label else None
                if middle is not None:
                    fill = "sheet" if span.kind == ARRIVING else "ink"
                    self.sheet.label(
                        f"lane:{group.key}/{lane.name}/label/{at}", middle, y + 3.8, span.label, "tick",
                        fill=fill, text_anchor="middle",
                    )  # fmt: skip
        for (owner, kind), drawn in pieces.items():
            draw(self.sheet, f"{owner}/{kind}", kind, drawn, self.high)

    def clear(self, x: float, end: float, room: float) -> float | None:
        """Where the middle of a label stands between two places: beside the line of now, never under it."""
        now = None if self.scene.now is None else self.x(self.scene.now)
        spans = [(x, end)] if now is None or not x < now < end else [(x, now - 1), (now + 1, end)]
        if now is not None and abs((x + end) / 2 - now) > room / 2:
            spans = [(x, end)]
        left, right = max(spans, key=lambda span: span[1] - span[0])
        return (left + right) / 2 if room <= right - left else None

    def moments(self) -> None:
        """Dashed verticals; a label that meets another is left out, and still said in words."""
        lines: dict[tuple[str, str], list[str]] = {}
        crosses: dict[str, list[str]] = {}
        taken: dict[str, float] = {}
        tops = {group.key: self.top + self.slot * at for at, group in enumerate(self.scene.groups)}
        place = (
            {
                (group.key, lane.name): self.first_lane(tops[group.key]) + self.pitch * at
                for group in self.scene.groups
                for at, lane in enumerate(group.lanes)
            }
            if self.scene.moments
            else {}
        )
        for moment in sorted(self.scene.moments):
            key, x = f"moment:{moment.group}/{moment.words}/{moment.lane}", self.x(moment.at)
            pen = "done" if moment.good else "fail"
            owner = (
                key if len(self.scene.moments) <= SINGLY else f"moments:{moment.group}{'/good' if moment.good else ''}"
            )
            top, low = self.top - 6.0, self.bottom
            if moment.group:
                top, low = tops[moment.group] + self.head - 12, tops[moment.group] + self.slot - 6
            lines.setdefault((owner, pen), []).append(f"M{number(x)} {number(top)}V{number(low)}")
            if (moment.group, moment.lane) in place:
                y = place[moment.group, moment.lane]
                crosses.setdefault(owner, []).append(cross(x, y, min(self.high / 2 + 1.5, 5)))
            long = width(moment.words, "note")
            least, most = self.left + long / 2, self.sheet.width - 6 - long / 2
            middle = min(max(x, least), most)
            now = None if self.scene.now is None else self.x(self.scene.now)
            if now is not None and abs(middle - now) < long / 2 + 4:
                # Beside the line of now, on the side of its own line where there is room.
                before, after = now - long / 2 - 5, now + long / 2 + 5
                middle = before if before >= least and (x < now or after > most) else after
            if middle - long / 2 >= taken.get(moment.group, 0):
                taken[moment.group] = middle + long / 2 + 8
                self.sheet.label(
                    f"{key}/words", middle, top - 4, moment.words, "note", fill=pen, text_anchor="middle", **OVER
                )
        for (owner, pen), pieces in lines.items():
            self.sheet.path(owner, BAND, pieces, stroke=pen, stroke_width=1.25, stroke_dasharray="5 4", fill="none")
        for owner, pieces in crosses.items():
            self.sheet.path(f"{owner}/cross", CROSS, pieces, stroke="fail", stroke_width=2.25, fill="none")

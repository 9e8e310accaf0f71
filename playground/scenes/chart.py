"""Chart: series over one axis. Scales are fixed for the whole run; each series is named at its right end.

SCENES: no legend box, y starts at 0 for amounts, ticks at 1, 2, 5 x 10^k, series differ in weight too.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from playground.scenes.marks import BAND, CHANGED, EDGE, FURNITURE, THUMB, TOKEN, WIDE, Picture, Sheet, number
from playground.scenes.motion import DRAWN, LANDS, Coming, Motion
from playground.scenes.paint import PICTURES, paints
from playground.scenes.scene import Words
from playground.scenes.type import end_cut, width


class Axis(NamedTuple):
    """An axis: what it counts, its unit (may be empty), and the most it must reach."""

    name: str
    most: int


@dataclass(frozen=True)
class Series:
    """A line: its name, colour role, whether it is the heavy one, and (x, y) points in order of x."""

    name: str
    role: str
    heavy: bool
    points: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Chart:
    """Series over x. `empty` is the sentence that stands where there is no data yet."""

    title: str
    x: Axis
    y: Axis
    series: tuple[Series, ...]
    empty: str

    kind = "chart"

    def room(self) -> tuple[int, ...]:
        """The ends of both axes."""
        return self.x.most, self.y.most

    def blank(self) -> bool:
        return all(len(series.points) < 2 for series in self.series)

    def words(self) -> Words:
        ends = [f"{series.name} {series.points[-1][1]}" for series in self.series if series.points]
        rows = tuple((series.name, *(str(y) for _, y in series.points)) for series in self.series)
        return Words(f"{self.title}: {', '.join(ends) or self.empty}.", (self.title,), rows)


def step_for(most: int, room: int) -> int:
    """The smallest of 1, 2, 5 x 10^k that needs at most `room` steps."""
    step = 1
    while True:
        for factor in (1, 2, 5):
            if most <= step * factor * room:
                return step * factor
        step *= 10


class Frame:
    """Where things stand between the axes: the same for the whole run."""

    def __init__(self, layout: str, room: tuple[int, ...]) -> None:
        wide = layout == WIDE
        self.left, self.right = (64, 560) if wide else (40, 256)
        self.top, self.bottom = (46, 246) if wide else (44, 190)
        self.x_step, self.y_step = step_for(max(room[0], 1), 6), step_for(max(room[1], 1), 5)
        self.x_most = max(room[0], 1)
        self.y_most = -(-max(room[1], 1) // self.y_step) * self.y_step

    def at(self, x: int, y: int) -> tuple[float, float]:
        return (
            self.left + (self.right - self.left) * x / self.x_most,
            self.bottom - (self.bottom - self.top) * y / self.y_most,
        )


@lru_cache(64)
def axes(layout: str, room: tuple[int, ...], title: str, unit: str) -> Sheet:
    """The axes with their figures and their words: painted once."""
    sheet, frame = Sheet("chart", layout, 0), Frame(layout, room)
    ys = range(0, frame.y_most + 1, frame.y_step)
    xs = range(0, frame.x_most + 1, frame.x_step)
    grid = [f"M{number(frame.left)} {number(frame.at(0, y)[1])}H{number(frame.right)}" for y in ys if y]
    sheet.path("grid", FURNITURE, grid, stroke="hair", stroke_width=1, fill="none")
    ticks = [f"M{number(frame.at(x, 0)[0])} {number(frame.bottom)}v4" for x in xs]
    edges = f"M{number(frame.left)} {number(frame.top)}V{number(frame.bottom)}H{number(frame.right)}"
    sheet.path("axes", FURNITURE, [edges, *ticks], stroke="guide", stroke_width=1, fill="none")
    for y in ys:
        place = frame.at(0, y)[1] + 3.8
        sheet.label(
            f"y/{y}", frame.left - 6, place, str(y), "tick", fill="mute", text_anchor="end", layer=FURNITURE
        )  # fmt: skip
    for x in xs:
        place = frame.at(x, 0)[0]
        sheet.label(
            f"x/{x}", place, frame.bottom + 18, str(x), "tick", fill="mute", text_anchor="middle", layer=FURNITURE
        )  # fmt: skip
    sheet.label("title", frame.left - 26, 20, title, "heading", fill="ink", layer=FURNITURE)
    sheet.label("x", frame.right, frame.bottom + 36, unit, "note", fill="mute", text_anchor="end", layer=FURNITURE)
    return sheet


@lru_cache(PICTURES)
def painted(chart: Chart, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(chart, layout, room).paint()


class Painter:
    """One painting of one chart."""

    def __init__(self, chart: Chart, layout: str, room: tuple[int, ...]) -> None:
        self.chart, self.frame = chart, Frame(layout, room)
        self.sheet = Sheet("chart", layout, 300 if layout == WIDE else 236)
        self.sheet.take(axes(layout, room, chart.title, chart.x.name))
        self.end = self.sheet.width - 8

    def paint(self) -> Picture:
        drawn = [series for series in self.chart.series if series.points]
        if self.chart.blank():
            middle = (self.frame.left + self.frame.right) / 2
            self.sheet.label(
                "empty",
                middle,
                (self.frame.top + self.frame.bottom) / 2,
                self.chart.empty,
                "note",
                fill="mute",
                text_anchor="middle",
            )
            return self.sheet.done()
        for series in drawn:
            self.line(series)
        self.names(drawn)
        return self.sheet.done()

    def line(self, series: Series) -> None:
        points = [self.frame.at(x, y) for x, y in series.points]
        d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
        self.sheet.path(
            f"line:{series.name}", EDGE, d, fill="none", stroke=series.role, stroke_width=2.8 if series.heavy else 1.6,
            stroke_linejoin="round", stroke_dasharray=None if series.heavy else "9 3 2 3",
        )  # fmt: skip
        x, y = points[-1]
        self.sheet.add(f"end:{series.name}", "circle", TOKEN, cx=x, cy=y, r=4, fill=series.role)

    @staticmethod
    def two_lines(name: str, room: float) -> tuple[str, str]:
        """A name that is too long for a line is broken before its last word, and shortened if need be."""
        first, _, last = name.rpartition(" ")
        if width(name, "note") <= room or not first:
            return end_cut(name, "note", room), ""
        return end_cut(first, "note", room), end_cut(last, "note", room)

    def names(self, drawn: list[Series]) -> None:
        """Name and value at the right end, pushed apart when closer than 34 units (48 where a name has two lines)."""
        pitch = 48 if any(self.two_lines(one.name, self.end - self.frame.right - 16)[1] for one in drawn) else 34
        order = sorted(drawn, key=lambda series: self.frame.at(*series.points[-1])[1])
        places: list[float] = []
        for series in order:
            y = min(
                max(self.frame.at(*series.points[-1])[1], self.frame.top + 6),
                self.frame.bottom - 22 * (len(order) - len(places)) + 10,
            )
            places.append(max(y, places[-1] + pitch) if places else y)
        over = max(0.0, places[-1] + 16 - self.frame.bottom)
        x = self.frame.right + 16
        for series, place in zip(order, (place - over for place in places), strict=True):
            end_x, end_y = self.frame.at(*series.points[-1])
            self.sheet.path(
                f"leader:{series.name}", BAND, f"M{number(end_x + 5)} {number(end_y)}L{number(x - 4)} {number(place)}",
                stroke="guide", stroke_width=1, fill="none",
            )  # fmt: skip
            first, rest = self.two_lines(series.name, self.end - x)
            if rest:
                self.sheet.label(f"name:{series.name}/above", x, place - 14, first, "note", fill="ink", layer=CHANGED)
            self.sheet.label(f"name:{series.name}", x, place, rest or first, "note", fill="ink", layer=CHANGED)
            self.sheet.label(
                f"value:{series.name}", x, place + 15, str(series.points[-1][1]), "strong", fill="ink", layer=CHANGED
            )


def thumb(chart: Chart) -> Picture:
    """The axes and every line, without a word."""
    sheet = Sheet("chart", THUMB, 150)
    sheet.path("axes", FURNITURE, "M30 20V126H216", stroke="guide", stroke_width=1.5, fill="none")
    for series in chart.series:
        steps = [(30 + 186 * x / max(chart.x.most, 1), 126 - 100 * y / max(chart.y.most, 1)) for x, y in series.points]
        d = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in steps)
        wide = 3.5 if series.heavy else 2
        sheet.path(f"line:{series.name}", EDGE, d, fill="none", stroke=series.role, stroke_width=wide)
    return sheet.done()


MOTION = Motion(
    "A line grows to its newest point, and the axes stay.",
    (
        Coming("line:", DRAWN),
        Coming("end:", LANDS),
        Coming("name:", LANDS),
        Coming("value:", LANDS),
        Coming("leader:", LANDS),
    ),
)

paints(Chart, painted, thumb, motion=MOTION)

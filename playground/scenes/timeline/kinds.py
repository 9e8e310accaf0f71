"""The kinds of spans, and how each is drawn."""

from __future__ import annotations

from playground.scenes.marks import EDGE, TOKEN, Sheet, number

CONNECT, WAITING, ARRIVING, HELD, UNSENT, REST = "connect", "waiting", "arriving", "held", "unsent", "rest"
PIECE = "piece"
"""In the legend only: something on a lane that is a thing by itself."""
KINDS = (UNSENT, WAITING, CONNECT, REST, ARRIVING, HELD)
"""How a span is drawn, lowest first. `rest` is an outline: a span in which nothing moves."""

LEGEND = (
    (CONNECT, "connect"),
    (WAITING, "waiting"),
    (ARRIVING, "arriving"),
    (HELD, "held back"),
    (UNSENT, "not sent yet"),
)
"""What they are called under the axis, if a timeline says nothing else."""

HATCHED = 8
"""The least height of a bar that is hatched."""


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


BRICK = 7
"""How long a thing on a lane is."""


def disc(x: float, y: float, r: float) -> str:
    """A circle as a path."""
    arc = f"a{number(r)} {number(r)} 0 1 0"
    return f"M{number(x - r)} {number(y)}{arc} {number(2 * r)} 0{arc} {number(-2 * r)} 0Z"


def draw(
    sheet: Sheet,
    key: str,
    kind: str,
    pieces: list[tuple[float, float, float]],
    high: float,
    bold: float = 1,
    said: str | None = None,
) -> None:
    """Spans of one kind as one mark or two; a piece is (x, end, y). `said`: what they are called, as a thing."""
    lines = [line(*piece) for piece in pieces]
    if kind == ARRIVING:
        sheet.path(
            key,
            TOKEN,
            lines,
            fill="none",
            stroke="data",
            stroke_width=high,
            aria_label=said,
            role="img" if said else None,
        )
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
    elif kind == PIECE:
        shapes = [bar((x + end - BRICK) / 2, (x + end + BRICK) / 2, y, high) for x, end, y in pieces]
        sheet.path(key, TOKEN, shapes, fill="data")
    elif kind == WAITING:
        post = number(high - 1)
        posts = [f"M{number(x)} {number(y - high / 2 + 0.5)}v{post}" for x, _, y in pieces]
        sheet.path(key, EDGE, [*posts, *lines], fill="none", stroke="data", stroke_width=1.25 * bold)
    else:
        sheet.path(key, EDGE, lines, fill="none", stroke="mute", stroke_width=1.4 * bold, stroke_dasharray="1.4 3")

"""A group at its place: its name, its note, the flag at its end, and its lanes."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import BAND, FURNITURE, Sheet, number
from playground.scenes.timeline.clock import Clock
from playground.scenes.timeline.lanes import names, spans
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.poster import told
from playground.scenes.timeline.texts import OVER
from playground.scenes.timeline.value import Group
from playground.scenes.type import end_cut, width


@lru_cache(128)
def group_part(
    layout: str, room: tuple[int, ...], clock: Clock, group: Group, at: int, current: str, late: bool
) -> Sheet:
    """A group at its place; those of earlier loads do not change. `late`: a moment may cross its total."""
    sheet, places = Sheet("timeline", layout, 0), Places(layout, room, clock)
    top = places.group(at)
    first = places.first_lane(top)
    last = first + places.pitch * (len(group.lanes) - 0.5)
    if places.poster:
        told(group, sheet, places, top, last)
    else:
        figure = total(group, sheet, places, top, last, late)
        head(group, sheet, places, top, figure)
    if group.coming:
        to_come(group, sheet, places, first)
    names(group, sheet, places, first, current)
    spans(group, sheet, places, first)
    return sheet


def to_come(group: Group, sheet: Sheet, places: Places, first: float) -> None:
    """A dotted line for each lane in which nothing has happened yet."""
    lines = [
        f"M{number(places.left)} {number(first + places.pitch * row)}H{number(places.right)}"
        for row in range(len(group.lanes))
    ]
    sheet.path(
        f"group:{group.key}/coming",
        FURNITURE,
        lines,
        fill="none",
        stroke="guide",
        stroke_width=1.4,
        stroke_dasharray="1.4 3",
    )


def head(group: Group, sheet: Sheet, places: Places, top: float, figure: str) -> None:
    """The name and the note, as far as there is room beside the figure that stands in the head."""
    key, margin = f"group:{group.key}", places.margin
    end = sheet.width - margin - (width(figure, "heading") + 12 if figure else 0)
    name = end_cut(group.name, "heading", end - margin)
    sheet.label(key, margin, top + 16, name, "heading", fill="ink", **OVER)
    x, y = (max(places.left, margin + width(name, "heading") + 12), top + 16) if places.wide else (12, top + 32)
    room = (end if places.wide else sheet.width - 12) - x
    if group.note and room > 40:
        sheet.label(f"{key}/note", x, y, end_cut(group.note, "note", room), "note", fill="mute", **OVER)


def total(group: Group, sheet: Sheet, places: Places, top: float, last: float, late: bool) -> str:
    """The flag at the end; its figure stands right of it, or in the head where there is no room: then it is told."""
    if group.total is None:
        return ""
    key, x, figure = f"group:{group.key}", places.x(group.total), places.clock.spelled(group.total)
    up = top + places.head - 6
    flag = f"M{number(x)} {number(last)}V{number(up)}h10l-3.5 3.5l3.5 3.5h-10"
    sheet.path(f"{key}/flag", BAND, flag, stroke="ink", stroke_width=1.7, fill="ink")
    beside = x + 16
    if beside + width(figure, "heading") <= sheet.width - 6 and not late:
        sheet.label(f"{key}/total", beside, up + 10, figure, "heading", fill="ink", **OVER)
        return ""
    right = sheet.width - places.margin
    sheet.label(f"{key}/total", right, top + 16, figure, "heading", fill="ink", text_anchor="end")
    return figure

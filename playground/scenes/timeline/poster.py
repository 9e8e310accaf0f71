"""What is said of a group on a poster: its name, what came of it, a large total, and what that is measured beside."""

from __future__ import annotations

from playground.scenes.marks import BAND, EDGE, LABEL, Sheet, number
from playground.scenes.shapes import head
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.texts import OVER, lines
from playground.scenes.timeline.value import Group
from playground.scenes.type import width

FIGURE = "figure-small"


def told(group: Group, sheet: Sheet, places: Places, top: float, last: float) -> None:
    """`last`: the lower edge of the last lane."""
    key = f"group:{group.key}"
    taken = total(group, sheet, places, top, last)
    if group.total is not None and group.otherwise is not None:
        cost(f"group:{group.key}/cost", group.otherwise, group.total, sheet, places, last)
    room = places.left - 58 - places.margin if places.wide else sheet.width - 2 * places.margin
    y, most = top + 16, 2 if places.wide else 1
    for at, text in enumerate(lines(group.name, "heading", room - taken, most)):
        sheet.label(f"{key}/name{at}" if at else key, places.margin, y, text, "heading", fill="ink", **OVER)
        y += 17
    if group.note and not (group.remark and (places.crowded or not places.wide)):
        for at, text in enumerate(lines(group.note, "note", room, 3 if places.wide else 1)):
            sheet.label(f"{key}/note{at or ''}", places.margin, y, text, "note", fill="mute", **OVER)
            y += 14
    if group.remark:
        y += 8 if places.wide else 0
        most = max(int((top + places.slot - 6 - y) / 17) + 1, 1) if places.wide else 1
        for at, text in enumerate(lines(group.remark, "remark", room, most)):
            sheet.label(f"{key}/remark{at or ''}", places.margin, y, text, "remark", fill="ink", **OVER)
            y += 17


def total(group: Group, sheet: Sheet, places: Places, top: float, last: float) -> float:
    """The flag at the end and its figure: beside it on a wide sheet, at the right edge on a narrow one.

    How much room the figure takes at the right of a narrow head.
    """
    if group.total is None:
        return 0
    key, x = f"group:{group.key}", places.x(group.total)
    figure = places.clock.spelled(group.total)
    up = top + places.head - (12 if places.wide else 6)
    flag = f"M{number(x)} {number(last)}V{number(up)}h12l-4 4l4 4h-12"
    sheet.path(f"{key}/flag", BAND, flag, stroke="ink", stroke_width=1.7, fill="ink")
    long = width(figure, FIGURE)
    if places.wide and x + 18 + long <= sheet.width - 6:
        sheet.label(f"{key}/total", x + 18, top + 20, figure, FIGURE, fill="ink", **OVER)
        return 0
    end = x - 6 if places.wide else sheet.width - places.margin
    sheet.label(
        f"{key}/total", end, top + (20 if places.wide else 16), figure, FIGURE, fill="ink", text_anchor="end", **OVER
    )
    return 0 if places.wide else long + 12


def cost(key: str, otherwise: int, total: int, sheet: Sheet, places: Places, last: float) -> None:
    """From where the group would have ended to where it did."""
    y, words = last + 6, places.clock.signed(total - otherwise)
    pen = "done" if places.clock.is_none(total - otherwise) or total < otherwise else "fail"
    start, end = places.x(otherwise), places.x(total)
    arrow = [f"M{number(start)} {number(last)}v10"]
    if end - start > 14:
        arrow.append(f"M{number(start)} {number(y)}H{number(end - 7)}")
        sheet.path(f"{key}/head", BAND, head(end, y, start, y, 7, 3), fill=pen)
    sheet.path(key, EDGE, arrow, fill="none", stroke=pen, stroke_width=1.25)
    sheet.label(f"{key}/words", start - 6, y + 4, words, "badge", fill=pen, text_anchor="end", layer=LABEL, **OVER)

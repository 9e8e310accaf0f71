"""What stays the same from step to step, and is painted once: boxes, edges with their trays, badges."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.marks import BOX, CROSS, EDGE, FURNITURE, Sheet, number
from playground.scenes.names import escaped
from playground.scenes.shapes import badge, cross, head, role
from playground.scenes.topology.layout import Row
from playground.scenes.topology.value import Machine
from playground.scenes.type import width


def notes(one: Machine) -> tuple[str, str]:
    """What stands beside a server's name: how many requests it was given, and its weight where that is not 1."""
    return f"{one.given} so far", f"×{one.weight}" if one.weight > 1 else ""


def room_for_name(row: Row, one: Machine) -> float:
    """Units for a server's name in its box."""
    note, weight = notes(one)
    return row.width - 26 - width(note, "note") - (width(weight, "note") + 6 if weight else 0)


@lru_cache(512)
def box_of(layout: str, roomy: bool, row: Row, one: Machine, name: str, busy: bool) -> Sheet:
    """A server's box. `one` comes without what it works on, so that equal boxes are painted once; `name` is what
    there is room for of its name.
    """
    sheet = Sheet("topology", layout, 0)
    key, failed = f"server:{escaped(one.name)}", one.state == "failed"
    pen = "fail" if failed else role(one.order)
    spoken = f"{one.name}, does not answer" if failed else f"{one.name}, {one.figure} a request"
    spoken += f", weight {one.weight}" if one.weight > 1 else ""
    sheet.group(key, BOX, row.x, row.y, spoken, data_pick=one.name)
    dash = "5 4" if failed else "9 3 2 3" if one.slow else None
    sheet.add(
        f"{key}/box", "rect", BOX, parent=key, width=row.width, height=row.height, rx=6, stroke=pen,
        stroke_width=1.4, stroke_dasharray=dash, fill="sheet" if failed else pen,
        fill_opacity=None if failed else "0.08",
    )  # fmt: skip
    if busy:
        spine = f"M2 4V{number(row.height - 4)}"
        sheet.path(f"{key}/spine", BOX, spine, parent=key, stroke=pen, stroke_width=4, fill="none")
    high = roomy
    note, weight = notes(one)
    sheet.label(
        f"{key}/name", 12, 22 if high else 17, name, "name", parent=key,
        fill="mute" if failed else "ink", text_decoration="line-through" if failed else None,
    )  # fmt: skip
    if weight:
        x = 18 + width(name, "name")
        sheet.label(f"{key}/weight", x, 22 if high else 17, weight, "note", parent=key, fill="ink")
    sheet.label(
        f"{key}/given", row.width - 8, 22 if high else 17, note, "note", parent=key, fill="mute",
        text_anchor="end",
    )  # fmt: skip
    words = "does not answer" if failed else one.figure
    sheet.label(
        f"{key}/figure", 12, 48 if high else 35, words, "label", parent=key,
        fill="fail" if failed or one.slow else "ink",
    )  # fmt: skip
    if failed:
        x, y = row.width - 20, row.height / 2 + 10 if high else row.height / 2 + 8
        sheet.path(f"{key}/cross", CROSS, cross(x, y, 8), parent=key, stroke="fail", stroke_width=2.25, fill="none")
    return sheet


@lru_cache(64)
def room_for_one(layout: str, roomy: bool, row: Row) -> Sheet:
    """The place of a server that may still come."""
    sheet = Sheet("topology", layout, 0)
    sheet.group("room", BOX, row.x, row.y, "room for one more server")
    sheet.add(
        "room/box", "rect", BOX, parent="room", width=row.width, height=row.height, rx=6, fill="sheet",
        stroke="mute", stroke_width=1.2, stroke_dasharray="1.4 4", stroke_linecap="round",
    )  # fmt: skip
    sheet.label(
        "room/words", row.width / 2, row.height / 2 + 4, "room for one more", "note", parent="room", fill="mute",
        text_anchor="middle",
    )  # fmt: skip
    return sheet


@lru_cache(256)
def edge_of(layout: str, roomy: bool, row: Row, name: str, failed: bool, bold: bool) -> Sheet:
    """The way to a server, and the tray before it."""
    sheet = Sheet("topology", layout, 0)
    pen = "fail" if failed else "data" if bold else "mute"
    key = escaped(name)
    sheet.path(
        f"edge:{key}", EDGE, row.d(), fill="none", stroke=pen,
        stroke_width=2.25 if bold and not failed else 1.25,
        stroke_dasharray="5 4" if failed else None,
    )  # fmt: skip
    x, y = row.tray, row.middle
    if failed:
        at = row.on_edge(0.66)
        sheet.path(f"edge:{key}/cross", CROSS, cross(*at, 5.5), stroke="fail", stroke_width=2.25, fill="none")
    elif roomy:
        sheet.path(f"edge:{key}/head", EDGE, head(x, y, x - 20, y), fill=pen)
    half = 13 if roomy else 10
    dots = "".join(f"M{number(x + 14 + 24 * dot)} {number(y)}h1.5" for dot in range(4))
    rails = f"M{number(x + 2)} {number(y - half)}H{number(row.x)}M{number(x + 2)} {number(y + half)}H{number(row.x)}"
    sheet.path(f"tray:{key}", FURNITURE, rails + dots, stroke="guide", stroke_width=1, fill="none")
    return sheet


@lru_cache(256)
def seen_of(layout: str, place: tuple[float, float], name: str, letter: str, order: int, state: str) -> Sheet:
    """A server's badge in the balancer."""
    sheet = Sheet("topology", layout, 0)
    badge(sheet, f"seen:{escaped(name)}", *place, letter, order, state, f"{name}, {state}", r=9, pick=name)
    return sheet

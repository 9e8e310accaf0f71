"""Lines between columns: back to parents, and from each shared object back to where it stands."""

from __future__ import annotations

from playground.scenes.dag.layout import Places
from playground.scenes.dag.parts import curve, shared
from playground.scenes.dag.value import Dag
from playground.scenes.marks import EDGE, Sheet, number
from playground.scenes.shapes import head
from playground.scenes.type import width

ID = 62
"""Where an id ends, from the middle of its object."""


def parents(scene: Dag, sheet: Sheet, places: Places, at: int) -> None:
    """From a commit back to its parents: along the row, or over those between."""
    column, y = scene.columns[at], places.frame.commits
    for parent in column.parents:
        start, end, key = places.x(at), places.x(parent), f"parent:{at}:{parent}"
        pen = "m1" if column.state == "live" else "mute"
        dash = None if column.state == "live" else "2 3"
        if places.at.get(parent, -1) == places.at[at] - 1:
            tip = end + 16 + width("0" * 7, "tick") if parent in places.at else end
            d, point = f"M{number(start - 8)} {y}H{number(tip + 5)}", head(tip, y, start, y, 8, 3.2)
        else:
            top = y - 26
            d = curve(start - 3, y - 8, start - 12, top, end + 12, top, end + 3, y - 12)
            point = head(end + 2, y - 9, end + 8, y - 20, 8, 3.2)
        sheet.path(key, EDGE, d, fill="none", stroke=pen, stroke_width=1.25, stroke_dasharray=dash)
        sheet.path(f"{key}/head", EDGE, point, fill=pen)


def again(scene: Dag, sheet: Sheet, places: Places) -> None:
    """All lines back in one path; those to another path of the same content in a second one."""
    ways: list[str] = []
    copies: list[str] = []
    columns = [(at, scene.columns[at].cells) for at in places.columns]
    solid = {(places.at[at], cell.lane) for at, cells in columns for cell in cells if cell.id and not cell.origin}
    for at, cells in columns:
        for cell in cells:
            if not cell.origin or cell.state == "gone":
                continue
            origin, elsewhere = shared(cell)
            far = places.at.get(origin[0], -1)
            between = any((place, cell.lane) in solid for place in range(far + 1, places.at[at]))
            (copies if elsewhere else ways).append(way(places, at, cell.lane, origin, between))
    sheet.path("shared", EDGE, ways, fill="none", stroke="mute", stroke_width=1)
    sheet.path("copies", EDGE, copies, fill="none", stroke="data", stroke_width=1.25)


def way(places: Places, at: int, lane: str, origin: tuple[int, str], between: bool) -> str:
    """Along the lane, over what is between, or to another lane."""
    (x, y), (to_x, to_y) = places.spot(at, lane), places.spot(*origin)
    if origin[1] != lane:
        # Beyond the ids, so that it does not run along the column's own stem.
        end = to_x + (ID if origin[0] in places.at else 0)
        side = max(x, end) + 10 if origin[0] == at else (x + end) / 2
        return curve(x + (4 if origin[0] == at else -4), y, side, y, side, to_y, end, to_y)
    if between:
        return curve(x - 3, y - 3, x - 16, y - 15, to_x + 16, y - 15, to_x + 4, y - 5)
    return f"M{number(x - 4)} {number(y)}H{number(to_x + (5 if origin[0] in places.at else 0))}"

"""The picked run among the cells: its tint and its outline."""

from __future__ import annotations

from playground.scenes.bytes.parts import ring
from playground.scenes.bytes.places import Places
from playground.scenes.bytes.value import Bytes
from playground.scenes.marks import CROSS, TOKEN, Sheet, number


def picked(scene: Bytes, sheet: Sheet, places: Places) -> None:
    """The picked run's outline: brass when it is what changed. Over a row's end it is open at the break."""
    whole = scene.changed == "data"
    if whole or scene.changed == "nibble" or not scene.count:
        if whole:
            ring(sheet, outline(places, 0, len(scene.data)))
        return
    brass = scene.changed == "picked"
    d = outline(places, scene.first, scene.count)
    # Over the figures, so thin that they read as before.
    tint = areas(places, scene.first, scene.count)
    sheet.path("tint", TOKEN, tint, fill="data", fill_opacity="0.13")
    if brass:
        ring(sheet, d)
    else:
        sheet.path("picked", CROSS, d, fill="none", stroke="data", stroke_width=1.5)


def areas(places: Places, first: int, count: int) -> str:
    """A run of cells as closed areas, one for each row."""
    d = []
    for cells in places.shown:
        inside = [cell for cell in cells if first <= cell < first + count]
        if inside:
            x, y = places.place(inside[0]) or (0, 0)
            span = places.cell * len(inside)
            d.append(f"M{number(x)} {number(y)}h{span}v{places.cell_height}h-{span}z")
    return "".join(d)


def outline(places: Places, first: int, count: int) -> str:
    """A line around a run of cells, open where the run goes over a row's end."""
    d, out = [], 1.5
    for cells in places.shown:
        inside = [cell for cell in cells if first <= cell < first + count]
        if not inside:
            continue
        x, y = places.place(inside[0]) or (0, 0)
        span, tall = places.cell * len(inside) + 2 * out, places.cell_height + 2 * out
        opens, ends = inside[0] == first, inside[-1] == first + count - 1
        x, y = x - out, y - out
        d.append(f"M{number(x)} {number(y)}h{number(span)}{'v' if ends else 'm0 '}{number(tall)}h{number(-span)}")
        if opens:
            d.append("z" if ends else f"v{number(-tall)}")
    return "".join(d)

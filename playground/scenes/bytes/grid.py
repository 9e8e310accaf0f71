"""The cells of a run in their rows, and the bytes in them."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.bytes.places import Places
from playground.scenes.bytes.value import Bytes
from playground.scenes.marks import BOX, EDGE, FURNITURE, Sheet, number

PICKABLE = 20
"""Longer runs are drawn without a box for each cell."""


@lru_cache(64)
def grid(layout: str, room: tuple[int, ...], count: int, start: int) -> Sheet:
    """Everything of a run of so many cells that does not depend on the bytes in it.

    Borders, offsets, and a box for each cell that can be picked.
    """
    sheet, places = Sheet("bytes", layout, 0), Places(layout, room, count)
    borders, last = [], count - 1
    boxes = places.most <= PICKABLE
    for cells in places.shown:
        x, y = places.place(cells[0]) or (0, 0)
        span = places.cell * len(cells)
        borders.append(f"M{number(x)} {number(y)}h{span}v{places.cell_height}h-{span}z")
        borders += [f"M{number(x + places.cell * at)} {number(y)}v{places.cell_height}" for at in range(1, len(cells))]
        for cell in cells:
            middle = x + places.cell * (cell - cells[0] + 0.5)
            if boxes:
                key = f"byte:{cell}"
                name = str(start + cell)
                sheet.group(key, BOX, middle, y + places.cell_height / 2, f"byte {name}", data_pick=name)
                sheet.add(
                    f"{key}/box", "rect", BOX, parent=key, x=-places.cell / 2 + 1, y=-places.cell_height / 2 + 1,
                    width=places.cell - 2, height=places.cell_height - 2, fill="sheet",
                )  # fmt: skip
            if cell == last or (cell % (2 if boxes else 8) == 0 and cell + 1 != last):
                sheet.label(
                    f"at/{cell}", middle, y + places.cell_height + 14, str(start + cell), "tick",
                    fill="mute", text_anchor="middle", layer=FURNITURE,
                )  # fmt: skip
    sheet.path("cells", EDGE, borders, fill="none", stroke="guide", stroke_width=1)
    if hidden := count - sum(len(cells) for cells in places.shown):
        y = (places.place(last) or (0, 0))[1] - 8
        sheet.label("fold", places.left, y, f"… {hidden} bytes more …", "note", fill="mute")
    return sheet


def filled(scene: Bytes, sheet: Sheet, places: Places) -> None:
    """The bytes in their cells; the picked ones are bold."""
    boxes = places.most <= PICKABLE
    for cells in places.shown:
        x, y = places.place(cells[0]) or (0, 0)
        for cell in cells:
            chosen = scene.first <= cell < scene.first + scene.count
            style, fill = ("strong", "ink") if chosen else ("value", "mute")
            byte = f"{scene.data[cell]:02x}"
            if boxes:
                key = f"byte:{cell}"
                sheet.label(f"{key}/value", 0, 4.3, byte, style, parent=key, fill=fill, text_anchor="middle")
                continue
            middle = x + places.cell * (cell - cells[0] + 0.5)
            base = y + places.cell_height / 2 + 4.3
            sheet.label(f"byte:{cell}", middle, base, byte, style, fill=fill, text_anchor="middle")

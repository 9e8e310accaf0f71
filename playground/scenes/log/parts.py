"""What stays the same from step to step, and is painted once: a batch, an index entry, the torn end."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.log.layout import TALL
from playground.scenes.log.value import Cell, Entry
from playground.scenes.marks import BOX, FURNITURE, Sheet, number


@lru_cache(512)
def cell_of(layout: str, pitch: int, x: float, y: float, cell: Cell) -> Sheet:
    """A batch: its offsets and its size; its first byte below. On disk only: dashed, mute."""
    sheet = Sheet("log", layout, 0)
    key, cold, sent = f"batch:{cell.base}", cell.state == "cold", cell.state == "sent"
    offsets = str(cell.base) if cell.base == cell.last else f"{cell.base}–{cell.last}"
    spoken = f"batch of offsets {cell.base} to {cell.last}, {cell.size} bytes"
    sheet.group(key, BOX, x, y, spoken, data_pick=str(cell.base))
    sheet.add(
        f"{key}/box", "rect", BOX, parent=key, width=pitch, height=TALL, fill="data" if sent else "sheet",
        fill_opacity="0.13" if sent else None, stroke="data" if sent else "mute" if cold else "guide",
        stroke_width=1.5 if sent else 1, stroke_dasharray="5 4" if cold else None,
    )  # fmt: skip
    middle = pitch / 2
    pen = "mute" if cold else "ink"
    style = "tick" if len(offsets) > 5 else "strong"
    sheet.label(f"{key}/offsets", middle, 18, offsets, style, parent=key, fill=pen, text_anchor="middle")
    sheet.label(f"{key}/size", middle, 35, f"{cell.size} B", "tick", parent=key, fill="mute", text_anchor="middle")
    at = str(cell.position)
    sheet.label(f"{key}/at", 7, TALL + 15, at, "tick", parent=key, fill="ink" if sent else "mute")
    return sheet


@lru_cache(512)
def entry_of(layout: str, pitch: int, x: float, y: float, entry: Entry, chosen: bool) -> Sheet:
    """An entry of the index: an offset, and the byte to begin at."""
    sheet = Sheet("log", layout, 0)
    key = f"entry:{entry.batch}"
    sheet.group(key, BOX, x + 2, y, f"index entry: from offset {entry.offset} on, byte {entry.position}")
    sheet.add(
        f"{key}/box", "rect", BOX, parent=key, width=pitch - 4, height=36, fill="sheet",
        stroke="data" if chosen else "ink", stroke_width=2.25 if chosen else 1.25,
    )  # fmt: skip
    middle = (pitch - 4) / 2
    sheet.label(f"{key}/offset", middle, 15, str(entry.offset), "strong", parent=key, fill="ink", text_anchor="middle")
    words = f"→{entry.position}"
    sheet.label(f"{key}/position", middle, 30, words, "tick", parent=key, fill="ink", text_anchor="middle")
    return sheet


def tear(x: float, y: float) -> str:
    """A zigzag from top to bottom."""
    return f"M{number(x)} {number(y)}" + "".join(f"l{(-4, 4)[at % 2]} {TALL / 4:g}" for at in range(4))


@lru_cache(64)
def torn(layout: str, left: float, y: float) -> Sheet:
    """The older end: there is more, and it is not drawn."""
    sheet = Sheet("log", layout, 0)
    sheet.path("tear", FURNITURE, tear(left - 18, y), fill="none", stroke="ink", stroke_width=1.25)
    d = f"M{number(left - 18)} {number(y)}H{number(left)}M{number(left - 18)} {number(y + TALL)}H{number(left)}"
    sheet.path("tear/edges", FURNITURE, d, fill="none", stroke="guide", stroke_width=1)
    sheet.label("tear/more", left - 9, y + 26, "…", "label", fill="mute", text_anchor="middle")
    return sheet

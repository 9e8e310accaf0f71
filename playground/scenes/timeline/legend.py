"""What each kind of span is called, under the axis."""

from __future__ import annotations

from playground.scenes.marks import FURNITURE, Sheet
from playground.scenes.timeline.kinds import draw
from playground.scenes.timeline.places import Places
from playground.scenes.type import end_cut


def legend_height(legend: tuple[tuple[str, str], ...], wide: bool) -> int:
    rows = 1 if wide else -(-len(legend) // 3)
    return rows * 20 + 8 if legend else 0


def draw_legend(sheet: Sheet, places: Places, legend: tuple[tuple[str, str], ...]) -> None:
    """A sample of every kind and its word."""
    columns = len(legend) if places.wide else 3
    gap = (places.right - places.margin if places.wide else 338) / max(columns, 1)
    for at, (kind, word) in enumerate(legend):
        x = places.margin + gap * (at % columns)
        y = places.bottom + 42 + 20 * (at // columns)
        long = 26 if places.wide else 16
        draw(sheet, f"legend/{kind}", kind, [(x, x + long, y)], 9)
        cut = end_cut(word, "note", gap - long - 11)
        sheet.label(f"legend/{kind}/word", x + long + 6, y + 4, cut, "note", fill="mute", layer=FURNITURE)

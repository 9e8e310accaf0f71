"""The way on which a stack stands: a line with a dot for each station, the present one ringed."""

from __future__ import annotations

from playground.scenes.marks import BOX, CROSS, FURNITURE, WIDE, Sheet, number
from playground.scenes.shapes import cross
from playground.scenes.type import middle_cut


def stations(sheet: Sheet, names: tuple[str, ...], at: int, *, lost: bool) -> None:
    """Names under their dots. What has been passed is solid."""
    wide = sheet.layout == WIDE
    left, right = (60, 660) if wide else (38, 322)
    y, pitch = 50, (right - left) / max(len(names) - 1, 1)
    sheet.path("way", FURNITURE, f"M{left} {y}H{right}", fill="none", stroke="guide", stroke_width=1)
    if at:
        sheet.path("way/done", BOX, f"M{left} {y}H{number(left + pitch * at)}", stroke="ink", stroke_width=1.7)
    for place, name in enumerate(names):
        x, here = left + pitch * place, place == at
        shape = {"fill": "ink" if place <= at else "sheet", "stroke": "ink" if place <= at else "guide"}
        sheet.add(f"station:{place}", "circle", BOX, cx=x, cy=y, r=5 if here else 3.5, stroke_width=1.25, **shape)
        short = name if pitch > 80 else name.replace("router ", "r")
        style = "name" if here and pitch > 52 else "note"
        text = middle_cut(short, style, min(pitch - 5, 2 * (left - 2)))
        sheet.label(
            f"station:{place}/name", x, y + 21, text, style, fill="ink" if here else "mute", text_anchor="middle"
        )
    if lost:
        x = left + pitch * at
        sheet.path("way/cross", CROSS, cross(x, y, 8), fill="none", stroke="fail", stroke_width=2.25)

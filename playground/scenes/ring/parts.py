"""What stays the same from step to step, and is painted once: the dial, the points with their badges."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes import circle as round_
from playground.scenes.circle import Circle
from playground.scenes.marks import EDGE, FURNITURE, WIDE, Sheet
from playground.scenes.names import escaped
from playground.scenes.ring.arcs import FINE, SIZE
from playground.scenes.shapes import badge, role

QUARTERS = (("00", "middle", 0, 0), ("40", "start", -4, 3.5), ("80", "middle", 0, 8), ("c0", "end", 4, 3.5))
"""Labels at the quarters of the dial: text, anchor, and how far the text is moved from its place."""

DASHES = {"live": None, "failed": "5 4", "gone": "2 3"}
"""State of a server -> dashes of its ticks."""


@lru_cache(16)
def dial(layout: str, band: Circle, track: float) -> Sheet:
    """The outer scale: 128 ticks, every eighth longer, positions in hexadecimal at the quarters."""
    sheet = Sheet("ring", layout, 0)
    out = band.r + (48 if layout == WIDE else 43)
    fine = [tick / 128 for tick in range(128) if tick % 8]
    bold = [tick / 16 for tick in range(16)]
    d = band.to(out).d() + band.spokes(fine, out, out + 2.5) + band.spokes(bold, out, out + 6)
    sheet.path("dial", FURNITURE, d, stroke="hair", stroke_width=1, fill="none")
    sheet.path("track", FURNITURE, band.to(track).d(), stroke="hair", stroke_width=1, fill="none")
    far = band.to(out + 13)
    for quarter, (text, anchor, dx, dy) in enumerate(QUARTERS):
        x, y = far.at(quarter / 4)
        sheet.label(f"dial/{text}", x + dx, y + dy, text, "tick", fill="mute", text_anchor=anchor, layer=FURNITURE)
    return sheet


@lru_cache(256)
def points(
    layout: str, band: Circle, stands: tuple[tuple[str, int, str, tuple[int, ...], str], ...], badges: bool, dense: bool
) -> Sheet:
    """A tick across the band at each exact angle; badges outside, spread, tied to their ticks by leaders.

    `stands` holds (name, order, state, points, letter) of each server. Over FINE points ticks would be a
    solid band and say nothing, so they go too. Where servers are many (`dense`), those of one state are one mark.
    """
    sheet = Sheet("ring", layout, 0)
    placed = sorted((position, index, server) for server in stands for index, position in enumerate(server[3]))
    if len(placed) > FINE:
        return sheet
    turns = [position / SIZE for position, _, _ in placed]
    outer = band.to(band.r + (29 if layout == WIDE else 27))
    at = round_.spread(turns, 22 / outer.length) if badges else turns
    lines: dict[str, list[str]] = {name: [] for name, *_ in stands}
    for (_, index, (name, order, state, _, letter)), turn, spot in zip(placed, turns, at, strict=True):
        if state != "gone":
            lines[name].append(band.spokes([turn], band.r - 8, band.r + 8))
        if badges:
            near, bend = band.to(band.r + 8).at(turn), band.to(outer.r - 9.5).at(spot)
            lines[name].append(f"M{round_.point(near)}L{round_.point(bend)}")
            badge(
                sheet,
                f"point:{escaped(name)}/{index}",
                *outer.at(spot),
                letter,
                order,
                state,
                f"{name}, point {index + 1}, {state}",
                pick=name,
            )
    if dense:
        for state, dashes in DASHES.items():
            of_state = [line for name, _, its, _, _ in stands if its == state for line in lines[name]]
            if of_state:
                pen = "ink" if state == "live" else "mute"
                sheet.path(
                    f"ticks:/{state}",
                    EDGE,
                    of_state,
                    fill="none",
                    stroke=pen,
                    stroke_dasharray=dashes,
                    stroke_width=1.25,
                )
        return sheet
    for name, order, state, _, _ in stands:
        if lines[name]:
            sheet.path(
                f"ticks:{escaped(name)}", EDGE, lines[name], fill="none",
                stroke=role(order) if state == "live" else "mute",
                stroke_dasharray=DASHES[state],
                stroke_width=1.8 if badges else 1.25,
            )  # fmt: skip
    return sheet

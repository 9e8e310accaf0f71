"""Who owns which part of the circle, and what of it is inherited."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import Any

from playground.scenes import circle as round_
from playground.scenes.circle import Circle, Interval
from playground.scenes.marks import BAND, Sheet
from playground.scenes.names import escaped
from playground.scenes.shapes import role

SIZE = 2**32
"""Positions on the circle."""

FINE = 256
"""Sectors into which arcs are sorted when there are too many points to draw one by one."""

Place = tuple[int, str]
"""A point on the circle: its position, and the server that stands there."""


@lru_cache(128)
def arcs(ring: tuple[Place, ...], before: tuple[Place, ...]) -> dict[str, tuple[list[Interval], list[Interval]]]:
    """For each owner the parts of the circle that it owns, and those of them that it has inherited.

    Up to FINE points they are exact; beyond, each of FINE sectors has the owner of its end.
    """
    found: dict[str, tuple[list[Interval], list[Interval]]] = {}
    if not ring:
        return found
    if len(ring) + len(before) <= FINE:
        cuts = sorted({position for position, _ in ring} | {position for position, _ in before})
    else:
        cuts = [(sector + 1) * SIZE // FINE for sector in range(FINE)]
    for index, end in enumerate(cuts):
        start = cuts[index - 1]
        owner = owner_at(ring, end)
        parts = round_.split(start / SIZE, end / SIZE)
        mine = found.setdefault(owner, ([], []))
        mine[0].extend(parts)
        if before and owner_at(before, end) != owner:
            mine[1].extend(parts)
    return {owner: (sorted(all_), sorted(new)) for owner, (all_, new) in found.items()}


def owner_at(ring: tuple[Place, ...], position: int) -> str:
    """Owner of a position: the first point at or after it."""
    return ring[bisect_left(ring, (position,)) % len(ring)][1]


class Same:
    """The points of a ring, told apart by identity: to hash thousands of them at every step takes longer than to
    look up what has been painted of them."""

    def __init__(self, ring: tuple[Place, ...]) -> None:
        self.ring = ring

    def __hash__(self) -> int:
        return id(self.ring)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.ring is other.ring


@lru_cache(64)
def still_owned(
    layout: str, band: Circle, ring: Same, before: Same, order: tuple[tuple[str, int], ...], dense: bool
) -> Sheet:
    """What is owned, of a ring that stays the same from step to step."""
    return owned(layout, band, ring.ring, before.ring, order, dense)


@lru_cache(256)
def owned(
    layout: str,
    band: Circle,
    ring: tuple[Place, ...],
    before: tuple[Place, ...],
    order: tuple[tuple[str, int], ...],
    dense: bool,
) -> Sheet:
    """One dashed circle an owner; what it has inherited in this action is hatched, of many owners in one circle."""
    sheet = Sheet("ring", layout, 0)
    if not ring:
        sheet.path("arc", BAND, band.d(), stroke="guide", stroke_width=1.25, fill="none", stroke_dasharray="2 3")
    orders = dict(order)
    # Sampled arcs end at sectors: whole units, which are short to write.
    sampled: dict[str, Any] = {"pathLength": 4 * FINE} if len(ring) + len(before) > FINE else {}
    length = 4 * FINE if sampled else band.length
    inherited: list[Interval] = []
    for owner, (mine, new) in arcs(ring, before).items():
        pen = role(orders[owner])
        dashes = (
            round_.units([(round(a * length), round(b * length)) for a, b in mine], 4 * FINE)
            if sampled
            else round_.dashes(mine, length)
        )
        sheet.path(
            f"arc:{escaped(owner)}", BAND, band.d(), fill="none", stroke=pen, stroke_width=11, stroke_opacity="0.34",
            stroke_dasharray=dashes, **sampled,
        )  # fmt: skip
        if new and not dense:
            dashes = hatch_of(new, length, sampled=bool(sampled))
            sheet.path(
                f"hatch:{escaped(owner)}", BAND, band.d(), stroke=pen, **HATCHED, stroke_dasharray=dashes, **sampled
            )
        inherited += new
    if inherited and dense:
        dashes = hatch_of(sorted(inherited), length, sampled=bool(sampled))
        sheet.path("hatch:", BAND, band.d(), stroke="ink", **HATCHED, stroke_dasharray=dashes, **sampled)
    return sheet


HATCHED: dict[str, Any] = {"fill": "none", "stroke_width": 11}
"""How what is inherited is drawn."""


def hatch_of(new: list[Interval], length: float, *, sampled: bool) -> str:
    """The dashes of what is inherited."""
    return sector_hatch(new) if sampled else round_.hatch(new, length)


def sector_hatch(intervals: list[Interval]) -> str:
    """One short dash in each sampled sector of the intervals, in quarters of a sector."""
    sectors = [n for start, end in intervals for n in range(round(start * FINE), round(end * FINE))]
    return round_.units([(4 * n + 1, 4 * n + 2) for n in sectors], 4 * FINE)

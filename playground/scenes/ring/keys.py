"""The keys inside the circle: dots while there is room, else bricks by sector."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import Any

from playground.scenes import circle as round_
from playground.scenes.circle import Circle
from playground.scenes.marks import LABEL, TOKEN, WIDE, Sheet
from playground.scenes.ring.arcs import SIZE
from playground.scenes.ring.value import SECTORS, Key, Ring
from playground.scenes.shapes import role


class Keys:
    """The keys of one painting. `spot` says where each one stands that is drawn by itself."""

    def __init__(self, ring: Ring, sheet: Sheet, band: Circle) -> None:
        self.ring, self.sheet, self.band = ring, sheet, band
        self.wide = sheet.layout == WIDE
        self.order = {server.name: server.order for server in ring.servers}
        self.spot: dict[str, tuple[float, float]] = {}

    def radius(self, level: int) -> float:
        return self.band.r - (24 if self.wide else 20) - 11 * level

    def as_dots(self) -> None:
        """One dot a key, in its owner's colour; nearer than 10.5 units to another, it stands a level further in."""
        keys = sorted(self.ring.keys, key=lambda key: (key.position, key.id))
        circles = [self.band.to(self.radius(level)) for level in range(3 if self.wide else 2)]
        found = round_.levels([key.position / SIZE for key in keys], circles, 10.5)
        moved = []
        for key, level in zip(keys, found, strict=True):
            circle = circles[-1 if level is None else level]
            x, y = circle.at(key.position / SIZE)
            self.spot[key.id] = x, y
            self.dot(key, x, y)
            if key.moved:
                moved.append(Circle(x, y, 6.3).d())
        if moved:
            self.sheet.path("moved", TOKEN, moved, fill="none", stroke="brass-line", stroke_width=1)

    def dot(self, key: Key, x: float, y: float) -> None:
        name = f"{key.id}, held by {key.owner}" if key.owner else f"{key.id}, held by nobody"
        look: dict[str, Any] = {"fill": role(self.order[key.owner])} if key.owner in self.order else {
            "fill": "sheet", "stroke": "mute", "stroke_width": 1.25, "stroke_dasharray": "2.5 2.5",
        }  # fmt: skip
        self.sheet.add(
            f"key:{key.id}",
            "circle",
            TOKEN,
            transform=f"translate({round_.point((x, y))})",
            r=3.8,
            role="img",
            aria_label=name,
            **look,
        )

    def as_bricks(self) -> None:
        """One brick a key, stacked inwards by sector, one dashed circle a level; those that moved lie on top in ink."""
        every = Counter([key.sector for key in self.ring.keys])
        moved = Counter([key.sector for key in self.ring.keys if key.moved])
        stacks = [tuple([count[sector] for sector in range(SECTORS)]) for count in (every, moved)]
        self.sheet.take(bricks(self.sheet.layout, self.band, *stacks))


@lru_cache(256)
def bricks(layout: str, band: Circle, every: tuple[int, ...], moved: tuple[int, ...]) -> Sheet:
    """The stacks: how many keys each sector has, and how many of them moved (the innermost ones, in ink)."""
    sheet = Sheet("ring", layout, 0)
    depth, top = max(every), band.r - 15
    pitch = min(8.0, (top - (74 if layout == WIDE else 60)) / max(depth, 1))
    for level in range(depth):
        circle = band.to(top - pitch * (level + 0.5))
        rest = [sector for sector in range(SECTORS) if level < every[sector]]
        dark = [sector for sector in rest if level >= every[sector] - moved[sector]]
        for name, pen, sectors, layer in (("rest", "guide", rest, TOKEN), ("moved", "ink", dark, LABEL)):
            if sectors:
                # Four units a sector: three for the brick, one for the gap.
                sheet.path(
                    f"bricks:{name}/{level}", layer, circle.d(), fill="none", stroke=pen, stroke_width=pitch * 0.7,
                    pathLength=4 * SECTORS,
                    stroke_dasharray=round_.units([(4 * n, 4 * n + 3) for n in sectors], 4 * SECTORS),
                )  # fmt: skip
    return sheet

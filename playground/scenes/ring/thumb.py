"""The small picture of a ring."""

from __future__ import annotations

from playground.scenes import circle as round_
from playground.scenes.circle import Circle
from playground.scenes.marks import BAND, EDGE, FURNITURE, THUMB, TOKEN, Picture, Sheet
from playground.scenes.names import escaped
from playground.scenes.ring.arcs import SIZE, arcs
from playground.scenes.ring.value import Ring
from playground.scenes.shapes import role


def thumb(ring: Ring) -> Picture:
    """Arcs, ticks and keys, without a word."""
    sheet, band = Sheet("ring", THUMB, 150), Circle(120, 75, 56)
    order = {server.name: server.order for server in ring.servers}
    sheet.path(
        "dial",
        FURNITURE,
        band.spokes([tick / 48 for tick in range(48)], 66, 70),
        stroke="guide",
        stroke_width=1,
        fill="none",
    )
    for owner, (mine, _) in arcs(ring.ring, ()).items():
        sheet.path(
            f"arc:{escaped(owner)}", BAND, band.d(), fill="none", stroke=role(order[owner]), stroke_width=10,
            stroke_dasharray=round_.dashes(mine, band.length),
        )  # fmt: skip
    ticks = band.spokes([position / SIZE for position, _ in ring.ring], 49, 64)
    sheet.path("ticks", EDGE, ticks, fill="none", stroke="ink", stroke_width=2)
    for key in ring.keys:
        x, y = band.to(40).at(key.position / SIZE)
        if key.owner in order:
            sheet.add(f"key:{key.id}", "circle", TOKEN, cx=x, cy=y, r=3.2, fill=role(order[key.owner]))
    return sheet.done()

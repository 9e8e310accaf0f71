"""The small picture of a topology."""

from __future__ import annotations

from playground.scenes.marks import BOX, EDGE, THUMB, TOKEN, Picture, Sheet, number
from playground.scenes.names import escaped
from playground.scenes.shapes import role
from playground.scenes.topology.value import Topology


def thumb(scene: Topology) -> Picture:
    """The balancer and the first few servers, without a word."""
    sheet = Sheet("topology", THUMB, 150)
    servers = scene.servers[:4]
    pitch = 132 / max(len(servers), 1)
    sheet.add("box", "rect", BOX, x=26, y=52, width=44, height=46, rx=6, fill="sheet", stroke="ink", stroke_width=2)
    for place, one in enumerate(servers):
        y = 9 + pitch * (place + 0.5)
        key = escaped(one.name)
        pen = role(one.order) if one.state == "live" else "fail"
        port = number(63 + 8 * place)
        edge = f"M70 {port}C105 {port} 100 {number(y)} 132 {number(y)}H172"
        sheet.path(f"edge:{key}", EDGE, edge, fill="none", stroke="mute", stroke_width=1.5)
        height = min(pitch - 8, 26)
        sheet.add(
            f"server:{key}", "rect", BOX, x=176, y=y - height / 2, width=44, height=height, rx=4,
            fill=pen, fill_opacity="0.12", stroke=pen, stroke_width=2,
            stroke_dasharray="6 2 2 2" if one.slow else None,
        )  # fmt: skip
        for index in range(min(len(one.working), 2)):
            sheet.add(f"in:{key}/{index}", "circle", TOKEN, cx=187 + 14 * index, cy=y, r=5, fill="data")
        for index in range(min(len(one.waiting), 3)):
            sheet.add(
                f"wait:{key}/{index}", "circle", TOKEN, cx=166 - 13 * index, cy=y, r=4.5, fill="sheet",
                stroke="data", stroke_width=2,
            )  # fmt: skip
    return sheet.done()

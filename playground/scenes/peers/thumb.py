"""The small picture of peers."""

from __future__ import annotations

from playground.scenes.marks import BOX, CROSS, EDGE, THUMB, Picture, Sheet, number
from playground.scenes.peers.value import Peers
from playground.scenes.shapes import cross, role


def thumb(scene: Peers) -> Picture:
    """The machines in their banks, the ways that are left, the cut between them."""
    sheet = Sheet("peers", THUMB, 150)
    pitch = 196 / max(len(scene.peers), 1)
    size = min(pitch - 12, 46)
    places = {
        one.name: (22 + pitch * (at + 0.5), 75 + (0 if not scene.cut else -36 if one.aside else 36))
        for at, one in enumerate(scene.peers)
    }
    lines = [
        f"M{number(places[a.name][0])} {places[a.name][1]}L{number(places[b.name][0])} {places[b.name][1]}"
        for at, a in enumerate(scene.peers)
        for b in scene.peers[at + 1 :]
        if not scene.cut or a.aside == b.aside
    ]
    sheet.path("ways", EDGE, lines or ["M0 0"], stroke="mute", stroke_width=2, fill="none")
    if scene.cut:
        sheet.path("cut", EDGE, "M8 75H232", stroke="fail", stroke_width=3, stroke_dasharray="10 6", fill="none")
    for at, one in enumerate(scene.peers):
        x, y = places[one.name]
        pen = role(at) if one.alive else "fail"
        sheet.add(
            f"node:{one.name}", "rect", BOX, x=x - size / 2, y=y - 19, width=size, height=38, rx=6,
            fill=pen if one.alive else "sheet", stroke=pen, stroke_width=2,
        )  # fmt: skip
        if not one.alive:
            sheet.path(f"node:{one.name}/cross", CROSS, cross(x, y, 8), stroke="fail", stroke_width=3, fill="none")
    return sheet.done()

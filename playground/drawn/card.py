"""What a site shows of a link to a run: its title, the picture of the very state, and what happens there."""

from __future__ import annotations

import textwrap
from html import escape

from playground.asking.request import Asked
from playground.drawn.pictures import colours, painted
from playground.scenes.marks import WIDE
from playground.scenes.svg import nested

WIDTH, HEIGHT = 1200, 630
"""Pixels: what the sites that show cards ask for."""

MARGIN = 56
TOP, ROOM = 108, 412
"""Where the picture stands, and how high it may be."""

LINES, SIGNS = 2, 74
"""How much of the narration there is room for."""


def card(asked: Asked, theme: str) -> str:
    """The card of a state as an SVG file of WIDTH by HEIGHT."""
    role = colours(theme)
    picture = painted(asked.run, asked.query.step, WIDE)
    scale = min((WIDTH - 2 * MARGIN) / picture.width, ROOM / picture.height)
    wide, high = picture.width * scale, picture.height * scale
    box = ((WIDTH - wide) / 2, TOP + (ROOM - high) / 2, wide, high)
    step = asked.run.steps[min(asked.query.step, asked.run.last)]
    said = textwrap.wrap(step.text, SIGNS, max_lines=LINES, placeholder=" …")
    lines = "".join(
        f'<text x="{MARGIN}" y="{566 + 38 * number}" font-family="sans-serif" font-size="28" fill="{role["ink"]}">'
        f"{escape(line)}</text>"
        for number, line in enumerate(said)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{role["sheet"]}"/>'
        f'<rect width="{WIDTH}" height="10" fill="{role["brass-fill"]}"/>'
        f'<text x="{MARGIN}" y="84" font-family="serif" font-size="46" font-weight="600" fill="{role["ink"]}">'
        f"{escape(asked.entry.cls.title)}</text>"
        f'<text x="{WIDTH - MARGIN}" y="84" text-anchor="end" font-family="serif" font-size="29"'
        f' fill="{role["mute"]}">Orrery</text>'
        f"{nested(picture, role, box)}{lines}</svg>"
    )

"""The small picture of a miniature: one moment of it, and beside it one figure over one word.

Drawn for 108 by 48 on the screen, twice as large here, so that no word is smaller than 11 px there.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from html import escape

from playground.drawn.pictures import colours
from playground.engine import query as grammar
from playground.engine.registry import Entry
from playground.engine.run import run
from playground.scenes.marks import Picture
from playground.scenes.paint import thumb
from playground.scenes.svg import FAMILIES, nested

WIDTH, HEIGHT = 216, 96
EDGE = 6
GAP = 6
FIGURE, WORD = 32, 22
"""Sizes of type."""
SERIF, SANS = 0.58, 0.60
"""Of its size a character is wide, at most (`playground.scenes.type`)."""
LEAST = 72
"""The picture is at least so wide, whatever the figure."""


@cache  # kept: one for each miniature and theme
def thumbnail_of(entry: Entry, theme: str) -> str:
    """The miniature's moment as an SVG file."""
    moment, roles = entry.moment, colours(theme)
    query = grammar.parse(entry.cls, moment.query).query
    done = run(entry.cls, query)
    scene, figure = wordless(thumb(done.steps[query.step].scenes[0])), moment.figure(done)
    told = said_width(figure, moment.word)
    wide = max(LEAST, WIDTH - 2 * EDGE - GAP - told)
    high = min(wide * scene.height / scene.width, HEIGHT - 2 * EDGE)
    wide = high * scene.width / scene.height
    drawn = nested(scene, roles, (EDGE, (HEIGHT - high) / 2, wide, high))
    words = said(figure, 48, FIGURE, "serif", roles["ink"]) + said(moment.word, 76, WORD, "sans", roles["mute"])
    box = f'width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{drawn}{words}</svg>'


def said(text: str, y: float, size: int, family: str, colour: str) -> str:
    """Words at the right edge."""
    weight = ' font-weight="600"' if family == "serif" else ""
    type_ = f'font-family="{FAMILIES[family]}" font-size="{size}"{weight}'
    return f'<text x="{WIDTH - EDGE}" y="{y}" text-anchor="end" {type_} fill="{colour}">{escape(text)}</text>'


def wordless(scene: Picture) -> Picture:
    """The picture without its words, which would be too small to read."""
    return replace(scene, marks=tuple(mark for mark in scene.marks if mark.tag != "text"))


def said_width(figure: str, word: str) -> float:
    """Units that figure and word take."""
    return max(SERIF * FIGURE * len(figure), SANS * WORD * len(word))

"""A request that comes back: the picture on the page that says that there is none."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from playground.scenes.marks import LAYOUTS, NARROW, WIDE, Picture
from playground.scenes.paint import paint
from playground.scenes.sequence import Lane, Message, Sequence
from playground.scenes.svg import inner

PLACE = "GET …"
"""What stands at the arrow until somebody asks."""
ROOM = {WIDE: 56, NARROW: 28}
"""Letters that the arrow has room for."""
LONGEST = 160
"""Letters of an address that the words under the picture give."""


class Drawn(NamedTuple):
    """The picture in one layout."""

    layout: str
    width: int
    height: int
    svg: SafeString


class CameBack(NamedTuple):
    """What was asked for, shortened where it is very long, and the picture of its way."""

    asked: str
    pictures: list[Drawn]


def came_back(request: HttpRequest) -> CameBack:
    """For one request. What a stranger types is written into a picture that is painted already, and kept nowhere."""
    # Percent-encoded, as it was sent: no letter in it can turn the line round or take more room than another.
    asked = request.get_full_path()
    # HEAD is told the headers of GET (RFC 9110, 9.3.2), its length too: the picture is that of GET.
    line = f"{'GET' if request.method == 'HEAD' else request.method} {asked}"
    return CameBack(shortened(asked, LONGEST), [drawn(layout, line) for layout in LAYOUTS])


def drawn(layout: str, line: str) -> Drawn:
    """The picture in one layout, with the line of the request at its arrow."""
    picture, before, after = painted(layout)
    told = escape(shortened(line, ROOM[layout]))
    # What marks say is escaped where they become SVG (playground/scenes/svg.py), what was asked for in the line above.
    svg = mark_safe(f"{before}{told}{after}")  # noqa: S308 - as the line above says
    return Drawn(layout, picture.width, picture.height, svg)


@cache  # kept: one for each layout
def painted(layout: str) -> tuple[Picture, str, str]:
    """The same for everybody, and its marks before and after what was asked for."""
    scene = Sequence(
        "",
        (Lane("you", "m1"), Lane("this site", "m2")),
        (
            Message(1, "", "you", "this site", "asks", "", "data", "Is there a page at this address?", PLACE),
            Message(2, "", "this site", "this site", "looks", "", "other", "looks, and finds none"),
            Message(3, "", "this site", "you", "404", "", "fail", "No, nothing is here.", "404 Not Found"),
        ),
        True,
        "",
    )
    picture = paint(scene, layout, scene.room())
    before, _, after = inner(picture).partition(PLACE)
    return picture, before, after


def shortened(text: str, most: int) -> str:
    """From the middle: of an address both ends tell something."""
    if len(text) <= most:
        return text
    tail = (most - 1) // 2
    return f"{text[: most - 1 - tail]}…{text[len(text) - tail :]}"

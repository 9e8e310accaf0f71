"""Two ways out of one question: what somebody said, and what the machine did, told apart on a finished picture.

Both are drawn from the thing that is asked about, mine dashed in the colour of what failed, the machine’s in brass,
each with its name. Of a kind of picture that has no lines for them both ends are ringed and named.
"""

from __future__ import annotations

from playground.scenes.marks import Picture, Sheet
from playground.scenes.reach import Reach, badges, texts
from playground.scenes.ways.ends import Way
from playground.scenes.ways.plates import plate
from playground.scenes.ways.ring import round_the_ring
from playground.scenes.ways.routes import MACHINES, MINE, Seen, draw, ends_alone
from playground.scenes.ways.table import down_the_margin
from playground.scenes.ways.timeline import out_of_a_moment
from playground.scenes.ways.topology import along_the_edges

__all__ = ["Way", "ways"]

DRAWN = {
    "ring": round_the_ring, "table": down_the_margin, "timeline": out_of_a_moment, "topology": along_the_edges,
}  # fmt: skip
"""Kind of picture -> who says where its lines run."""

APART = 4
"""Units between two plates that stand in a line."""
TIP = 2.5
"""Units round the tip of a line that stay in view."""


def ways(picture: Picture, mine: Way | None, machines: Way, layout: str, asked: str = "") -> Picture:
    """Both ways, as a picture of the same size; a way whose end is not in view is left out.

    `asked` is the key of the mark that the question is about, empty for none.
    """
    sheet = Sheet(picture.kind, layout, picture.height)
    right, wrong = DRAWN.get(picture.kind, ends_alone)(Seen(picture, layout, asked), machines, mine)
    if right and wrong and wrong.end == right.end:
        wrong = None
    found = [(name, one, way) for name, one, way in ((MACHINES, right, machines), (MINE, wrong, mine)) if one and way]
    taken = [one.end for _, one, _ in found]
    tips = [Reach(*one.line.tip, TIP, TIP) for _, one, _ in found if one.line]
    read = [*texts(picture), *badges(picture), *tips]
    for name, route, way in found:
        draw(sheet, name, route)
        stands = plate(sheet, picture, name, route, way.words, taken, read)
        taken.append(stands._replace(across=stands.across + APART))
    return sheet.done()

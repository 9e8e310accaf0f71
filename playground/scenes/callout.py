"""A callout: the thing that a question is about, ringed and named, with a question mark, on a finished picture."""

from __future__ import annotations

from playground.scenes.marks import CHANGED, Picture, Sheet
from playground.scenes.reach import Reach, badges, reach, texts
from playground.scenes.type import middle_cut, width

HIGH = 7
"""Half the height of a name, in units."""


def callout(picture: Picture, key: str, words: str, layout: str) -> Picture:
    """The ring and the name alone, as a picture of the same size; empty where the thing is not in view.

    Without words, for a thing that wears its name, the question mark alone.
    """
    sheet = Sheet(picture.kind, layout, picture.height)
    thing = reach(picture, key) if key else None
    if thing:
        x, y, across, down = thing
        sheet.add(
            "asked", "rect", CHANGED, x=x - across, y=y - down, width=2 * across, height=2 * down,
            rx=down if across == down else 6, fill="none", stroke="brass-line", stroke_width=2.25,
        )  # fmt: skip
        text = f"{middle_cut(words, 'strong', 120)} ?".lstrip()
        stands = beside(picture, thing, width(text, "strong") / 2, alone=not words)
        sheet.label(
            "asked/name", stands.x, stands.y + 4, text, "strong", fill="ink",
            text_anchor="middle", stroke="sheet", stroke_width=4, paint_order="stroke", layer=CHANGED,
        )  # fmt: skip
    return sheet.done()


def beside(picture: Picture, thing: Reach, half: float, alone: bool) -> Reach:
    """A place for a name of this half width, where it covers least that is to be read.

    `alone`: a question mark, which fits at a side.
    """
    x, y, across, down = thing
    at = min(max(x, half + 4), picture.width - half - 4)
    above, below = Reach(at, y - down - 9, half, HIGH), Reach(at, y + down + 10, half, HIGH)
    sides = [Reach(x + away, y, half, HIGH) for away in (across + half + 5, -across - half - 5)]
    # Towards the middle of the drawing, away from what surrounds it; a narrow picture has its list below.
    stacked = [below, above] if y < min(picture.width, picture.height) / 2 else [above, below]
    wanted = [*sides, *stacked] if alone else [*stacked, *sides]
    inside = [one for one in wanted if one.within(picture)] or wanted
    read = [*texts(picture), *badges(picture)]
    return min(inside, key=lambda one: sum(one.meets(other) for other in read))

"""The rule by which machines answer, as a switch: all its sides are seen, and which one is on.

Which that is is told by a solid disc in a filled field; the others have a ring in an outline. A side stands for a value
of an input; whether pressing it does anything, the page knows.
"""

from __future__ import annotations

from typing import NamedTuple

from playground.scenes.marks import BOX, FURNITURE, Sheet, number
from playground.scenes.peers.value import Peers, Switch
from playground.scenes.timeline.texts import lines
from playground.scenes.type import end_cut, width

TOP, LINE, PAD = 8, 14, 12
"""Where it begins, what a further line takes, and the room at each end of a side."""
UNDER, FIRST = 16, 22
"""How far below it words stand, and the line of words that is first where there is no switch."""
CLOSE, NEXT = 8, 36
"""How far below it all else begins where no words stand there, and where that begins without a switch."""
LABEL = PAD + 13
"""Where the name of a side begins: behind its disc."""


class Side(NamedTuple):
    """Where a side lies, and its name in lines."""

    left: float
    wide: float
    name: tuple[str, ...]


def sides(switch: Switch, *, wide: bool) -> list[Side]:
    """As wide as their names, beside the rule's words; on a narrow sheet half of it each, over them."""
    found, left = [], 22.0 if wide else 12.0
    for _, name in switch.sides:
        said = name.partition(",")[0]
        room = LABEL + width(said, "label") + PAD if wide else 336 / len(switch.sides)
        found.append(Side(left, room, lines(said, "label", room - LABEL - PAD / 2, 2)))
        left += room
    return found


def head(switch: Switch | None, *, wide: bool) -> int:
    """By how much all else begins further down. A phone has room for two lines: long names, or short ones and words."""
    if switch is None or wide:
        return 0
    some = sides(switch, wide=False)
    return TOP + height(some) + (UNDER - FIRST if short(some) else CLOSE - NEXT)


def short(some: list[Side]) -> bool:
    """Whether a line is enough for each name."""
    return all(len(one.name) == 1 for one in some)


def height(some: list[Side]) -> int:
    """As high as the name with most lines wants it."""
    return 26 + LINE * (max(len(one.name) for one in some) - 1)


def draw_switch(sheet: Sheet, scene: Peers, switch: Switch, *, wide: bool) -> None:
    """The switch, and behind or under it what its rule asks for."""
    some = sides(switch, wide=wide)
    high = height(some)
    for (value, name), side in zip(switch.sides, some, strict=True):
        on = value == switch.at
        key = f"{switch.name}:{value}"
        sheet.group(key, BOX, side.left, TOP, name)
        # One mark: of a side that is on, the disc is a hole in its field, through which one sees the sheet, for it is
        # drawn the other way round.
        field = f"M0 0H{number(side.wide)}V{high}H0Z"
        r = 5 if on else 4  # the line around it takes of a hole, and adds to a ring
        disc = f"M{PAD + 1 - r} {number(high / 2)}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 {-2 * r} 0Z"
        sheet.path(
            f"{key}/box", BOX, field + disc, parent=key, fill="ink" if on else "sheet", stroke="ink" if on else "mute",
            stroke_width=1.25,
        )  # fmt: skip
        for at, line in enumerate(side.name):
            y = high / 2 + 4.3 + LINE * (at - (len(side.name) - 1) / 2)
            ink = "sheet" if on else "ink"
            sheet.label(f"{key}/name{at or ''}", LABEL, y, line, "label", parent=key, fill=ink)
    if not (wide or short(some)):
        return  # long names say it themselves
    end = some[-1].left + some[-1].wide
    x, y = (end + 12, TOP + high / 2 + 4.3) if wide else (12, TOP + high + UNDER)
    told = end_cut(scene.rule, "note", sheet.width - (22 if wide else 12) - x)
    sheet.label("title", x, y, told, "note", fill="ink", layer=FURNITURE)

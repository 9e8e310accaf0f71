"""What travels between two steps, as a trace tells it.

    {"door", "under", "looks": {look: [[tag, attributes], ...]}, "ends": [look, ...], "things": [...], "ways": [...],
     "flat": [thing, way, look, microseconds since the entry before, lasts, reach, ...]}

Things and ways are keys of marks, told once; `flat` holds their numbers, a way gone backwards as `-1 - number`, and
how much of it, in thousandths. The ways themselves are marks of the picture. What looks as one of `ends` is not seen
any more where its way ends. What stands on a thing is its text, the attribute ""; without one, its own name. A run
without moves tells none.
"""

from __future__ import annotations

from typing import Any

from playground.engine.run import Run
from playground.scenes.marks import Mark
from playground.scenes.paint import THROUGH, TRAVELLERS
from playground.scenes.svg import page_attrs


def moves(run: Run) -> dict[str, Any] | None:
    """The moves of a run; None where nothing travels."""
    kind = TRAVELLERS.get(type(run.steps[-1].scenes[0])) if run.moves else None
    if not kind:
        return None
    named = {(move.look, move.said): f"{move.look} {move.said}".strip() for move in run.moves}
    looks = {name: [drawn(mark) for mark in kind.looks(*look)] for look, name in named.items()}
    things = {name: number for number, name in enumerate(dict.fromkeys(move.thing for move in run.moves))}
    ways = {name: number for number, name in enumerate(dict.fromkeys(move.way for move in run.moves))}
    order = {name: number for number, name in enumerate(looks)}
    flat: list[int] = []
    before = 0
    for move in run.moves:
        way = ways[move.way]
        look = order[named[move.look, move.said]]
        flat += (things[move.thing], -1 - way if move.back else way, look, move.at - before, move.lasts, move.reach)
        before = move.at
    return {
        "door": kind.door,
        "under": kind.under,
        "looks": looks,
        "ends": [name for (look, _), name in named.items() if look in kind.ends],
        "things": [*things],
        "ways": [*ways],
        "flat": flat,
    }


def drawn(mark: Mark) -> list[Any]:
    """A mark of a look: its tag, and its attributes with its text."""
    return [mark.tag, page_attrs(mark) | ({"": mark.text} if mark.text else {})]


def through(run: Run) -> dict[str, Any] | None:
    """What grows with the clock in the picture of a run; None where nothing does, there is none, or the run was cut."""
    kind = None if run.stopped or not run.cls.per_second else THROUGH.get(type(run.steps[-1].scenes[0]))
    return {"grows": [*kind.grows], "now": kind.now} if kind else None

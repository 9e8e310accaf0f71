"""What travels between two steps, as a trace tells it.

    {"door", "under", "looks": {look: [[tag, attributes], ...]}, "things": [...], "ways": [...],
     "flat": [thing, way, look, microseconds since the entry before, lasts, ...]}

Things and ways are keys of marks, told once; `flat` holds their numbers, a way gone backwards as `-1 - number`. The
ways themselves are marks of the picture. A run without moves tells none.
"""

from __future__ import annotations

from typing import Any

from playground.engine.run import Run
from playground.scenes.paint import TRAVELLERS
from playground.scenes.svg import page_attrs


def moves(run: Run) -> dict[str, Any] | None:
    """The moves of a run; None where nothing travels."""
    kind = TRAVELLERS.get(type(run.steps[-1].scenes[0])) if run.moves else None
    if not kind:
        return None
    looks = {name: [[mark.tag, page_attrs(mark)] for mark in marks] for name, marks in kind.looks().items()}
    things = {name: number for number, name in enumerate(dict.fromkeys(move.thing for move in run.moves))}
    ways = {name: number for number, name in enumerate(dict.fromkeys(move.way for move in run.moves))}
    order = {name: number for number, name in enumerate(looks)}
    flat: list[int] = []
    before = 0
    for move in run.moves:
        way = ways[move.way]
        flat += (things[move.thing], -1 - way if move.back else way, order[move.look], move.at - before, move.lasts)
        before = move.at
    return {"door": kind.door, "under": kind.under, "looks": looks, "things": [*things], "ways": [*ways], "flat": flat}

"""The names of commits: branches in outline, HEAD filled, above the commit that they name."""

from __future__ import annotations

from playground.scenes.dag.layout import FLAG, Places
from playground.scenes.dag.value import Dag
from playground.scenes.marks import BOX, CHANGED, EDGE, Sheet, number
from playground.scenes.names import escaped
from playground.scenes.type import middle_cut, width


def flags(scene: Dag, sheet: Sheet, places: Places) -> None:
    """Stacked upwards where one commit has several; HEAD stands on the branch that it names."""
    stack: dict[int, int] = {}
    for ref in sorted(scene.refs, key=lambda ref: (not ref.head, ref.name)):
        if ref.column not in places.at:
            continue
        for name in [ref.name, "HEAD"] if ref.head else [ref.name]:
            level = stack.get(ref.column, 0)
            stack[ref.column] = level + 1
            x, y = places.x(ref.column) - 9, places.frame.commits - 24 - FLAG * level - 20
            flag(sheet, name, x, y, places.frame.pitch - 14, scene.changed == f"ref:{escaped(name)}")
    stems = "".join(f"M{number(places.x(at))} {places.frame.commits - 24}V{places.frame.commits - 9}" for at in stack)
    sheet.path("stems", EDGE, stems, stroke="ink", stroke_width=1.25, fill="none")


def flag(sheet: Sheet, name: str, x: float, y: float, room: float, changed: bool) -> None:
    filled = name == "HEAD"
    text = middle_cut(name, "badge", room - 18)
    wide = width(text, "badge") + 18
    key = f"ref:{escaped(name)}"
    sheet.group(key, BOX, x, y, "HEAD" if filled else f"branch {name}", data_pick=None if filled else name)
    look = {"fill": "ink"} if filled else {"fill": "sheet", "stroke": "ink", "stroke_width": 1.25}
    sheet.add(f"{key}/box", "rect", BOX, parent=key, width=wide, height=20, rx=3, **look)
    sheet.label(f"{key}/name", 8, 14, text, "badge", parent=key, fill="sheet" if filled else "ink")
    if changed:
        ring(sheet, f"M{number(x - 4)} {number(y - 3.5)}h{number(wide + 8)}v27h{number(-wide - 8)}Z")


def ring(sheet: Sheet, d: str) -> None:
    """The one brass ring: look here."""
    sheet.path("changed", CHANGED, d, fill="none", stroke="brass-line", stroke_width=2.25)

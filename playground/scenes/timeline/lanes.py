"""The lanes of a group: their names, and their spans."""

from __future__ import annotations

from playground.scenes.marks import CHANGED, Sheet
from playground.scenes.shapes import wedge
from playground.scenes.timeline.kinds import ARRIVING, draw
from playground.scenes.timeline.places import Places
from playground.scenes.timeline.value import Group
from playground.scenes.type import end_cut, width


def names(group: Group, sheet: Sheet, places: Places, first: float, current: str) -> None:
    """Lane names, as many as fit under each other; the lane in question is named before its neighbours."""
    every = max(1, -(-12 // int(places.pitch)))
    named = set(range(0, len(group.lanes), every))
    for at, lane in enumerate(group.lanes):
        if lane.name == current:
            named = {one for one in named if abs(one - at) * places.pitch >= 12} | {at}
    for at in sorted(named):
        lane = group.lanes[at]
        y = first + places.pitch * at
        cut = end_cut(lane.name, "tick", places.left - 8 - (20 if places.wide else 4))
        sheet.label(
            f"lane:{group.key}/{lane.name}/name", places.left - 7, y + 3.8, cut, "tick",
            fill="ink", text_anchor="end", data_pick=lane.name,
        )  # fmt: skip
        if lane.name == current and places.wide:
            sheet.path("wedge", CHANGED, wedge(places.left - 50 if places.poster else 14, y), fill="brass-line")


def spans(group: Group, sheet: Sheet, places: Places, first: float) -> None:
    """What happened in each lane. A label that does not fit into its span is left out."""
    pieces: dict[tuple[str, str], list[tuple[float, float, float]]] = {}
    said = {lane.bar: lane.said for lane in group.lanes}
    for row, lane in enumerate(group.lanes):
        y = first + places.pitch * row
        owner = f"lane:{group.key}/{lane.name}" if places.apart else f"group:{group.key}"
        for at, span in enumerate(lane.spans):
            x, end = places.x(span.start), places.x(span.end)
            thing = lane.bar if span.kind == ARRIVING and places.by_hand else ""
            pieces.setdefault((thing or owner, span.kind), []).append((x, end, y))
            if span.label and width(span.label, "tick") + 6 <= end - x:
                fill = "sheet" if span.kind == ARRIVING else "ink"
                sheet.label(
                    f"lane:{group.key}/{lane.name}/label/{at}", (x + end) / 2, y + 3.8, span.label, "tick",
                    fill=fill, text_anchor="middle",
                )  # fmt: skip
    for (owner, kind), drawn in pieces.items():
        if owner in said and owner:
            draw(sheet, owner, kind, drawn, places.high, said=said[owner])
        else:
            draw(sheet, f"{owner}/{kind}", kind, drawn, places.high)

"""Paints a dag: lanes with their names, columns of objects, lines back to what is shared, flags."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playground.scenes.dag.flags import flags
from playground.scenes.dag.layout import Places
from playground.scenes.dag.parts import commit, curve, links, objects
from playground.scenes.marks import CHANGED, EDGE, FURNITURE, LABEL, Picture, Sheet, number
from playground.scenes.shapes import head, wedge
from playground.scenes.type import middle_cut, width

if TYPE_CHECKING:
    from playground.scenes.dag.value import Dag

KEY = "disc: blob; square: tree; hollow: the same object as before, at the end of its line"
SHORT_KEY = "disc: blob; square: tree; hollow: as before"


class Painter:
    """One painting of one dag."""

    def __init__(self, scene: Dag, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.places = scene, Places(scene, layout, room)
        self.sheet = Sheet("dag", layout, int(self.places.height))

    def paint(self) -> Picture:
        scene, sheet, places = self.scene, self.sheet, self.places
        sheet.label("title", places.left, 24, scene.title, "heading", fill="ink")
        if not scene.lanes:
            sheet.label("empty", places.left, places.commits + 24, scene.empty, "note", fill="mute")
            return sheet.done()
        if hidden := len(scene.columns) - len(places.columns):
            words = f"{hidden} more commit{'s' * (hidden > 1)}, not in view"
            words = words if places.wide else f"{hidden} more"
            sheet.label("hidden", places.right, 24, words, "note", fill="mute", text_anchor="end")
        self.names()
        links(scene, sheet, places)
        for at in places.columns:
            commit(scene, sheet, places, at)
            objects(scene, sheet, places, at)
            self.parents(at)
        flags(scene, sheet, places)
        self.wedge()
        sheet.label(
            "key", places.left, places.height - 8, KEY if places.wide else SHORT_KEY, "note", fill="mute",
            layer=FURNITURE,
        )  # fmt: skip
        return sheet.done()

    def names(self) -> None:
        """The paths, on the left, deeper ones further in."""
        sheet, places = self.sheet, self.places
        style = "label" if places.wide else "note"
        for lane in self.scene.lanes:
            x = places.left + places.names * lane.depth
            text = middle_cut(lane.name, style, places.first - 14 - x)
            sheet.label(f"lane:{lane.key}", x, places.y(lane.key) + 4, text, style, fill="ink", layer=LABEL)

    def parents(self, at: int) -> None:
        """From a commit back to its parents: along the row, or over those between."""
        sheet, places, column = self.sheet, self.places, self.scene.columns[at]
        y = places.commits
        for parent in column.parents:
            start, end, key = places.x(at), places.x(parent), f"parent:{at}:{parent}"
            pen = "m1" if column.state == "live" else "mute"
            dash = None if column.state == "live" else "2 3"
            beside = places.at.get(parent, -1) == places.at[at] - 1
            if beside:
                tip = end + 16 + width("0" * 7, "tick") if parent in places.at else end
                d, point = f"M{number(start - 8)} {y}H{number(tip + 5)}", head(tip, y, start, y, 8, 3.2)
            else:
                top = y - 26
                d = curve(start - 3, y - 8, start - 12, top, end + 12, top, end + 3, y - 12)
                point = head(end + 2, y - 9, end + 8, y - 20, 8, 3.2)
            sheet.path(key, EDGE, d, fill="none", stroke=pen, stroke_width=1.25, stroke_dasharray=dash)
            sheet.path(f"{key}/head", EDGE, point, fill=pen)

    def wedge(self) -> None:
        """The wedge in the margin, beside the row that changed."""
        kind, _, rest = self.scene.changed.partition(":")
        if not kind:
            return
        column, _, lane = rest.partition(":")
        y = self.places.y(lane) if kind == "cell" else self.places.commits
        if kind == "ref" or int(column) in self.places.at:
            self.sheet.path("wedge", CHANGED, wedge(self.places.left - 8, y), fill="brass-line")

"""Paints a dag: lanes with their names, columns of objects, lines back to what is shared, flags."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.circle import Circle
from playground.scenes.dag.flags import flags, ring
from playground.scenes.dag.layout import Frame, Margins, Places
from playground.scenes.dag.links import again, parents
from playground.scenes.dag.parts import column_of
from playground.scenes.dag.value import Dag, Lane
from playground.scenes.marks import CHANGED, FURNITURE, LABEL, WIDE, Picture, Sheet
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import wedge
from playground.scenes.type import end_cut, middle_cut

KEY = "disc: blob; square: tree; hollow: the same object as before, at the end of its line"
SHORT_KEY = "disc: blob; square: tree; hollow: as before"


@lru_cache(PICTURES)
def painted(scene: Dag, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one dag."""

    def __init__(self, scene: Dag, layout: str, room: tuple[int, ...]) -> None:
        self.scene, self.places = scene, Places(scene, layout, room)
        self.sheet = Sheet("dag", layout, self.places.height)

    def paint(self) -> Picture:
        scene, sheet, places = self.scene, self.sheet, self.places
        sheet.label("title", places.margins.left, 24, scene.title, "heading", fill="ink")
        if not scene.lanes:
            sheet.label("empty", places.margins.left, places.frame.commits + 24, scene.empty, "note", fill="mute")
            return sheet.done()
        if hidden := len(scene.columns) - len(places.columns):
            words = f"{hidden} more commit{'s' * (hidden > 1)}, not in view"
            words = words if places.wide else f"{hidden} more"
            sheet.label("hidden", places.right, 24, words, "note", fill="mute", text_anchor="end")
        sheet.take(names(places.frame, places.margins, scene.lanes, scene.notes))
        again(scene, sheet, places)
        for at in places.columns:
            sheet.take(column_of(places.frame, places.x(at), scene.lanes, at, scene.columns[at]))
            parents(scene, sheet, places, at)
        flags(scene, sheet, places)
        self.changed()
        sheet.label(
            "key", places.margins.left, places.height - 8, KEY if places.wide else SHORT_KEY, "note", fill="mute",
            layer=FURNITURE,
        )  # fmt: skip
        return sheet.done()

    def changed(self) -> None:
        """The ring around what changed, and the wedge in the margin beside its row."""
        kind, _, rest = self.scene.changed.partition(":")
        column, _, lane = rest.partition(":")
        places = self.places
        if not kind or (kind != "ref" and int(column) not in places.at):
            return
        y = places.y(lane) if kind == "cell" else places.frame.commits
        self.sheet.path("wedge", CHANGED, wedge(places.margins.left - 8, y), fill="brass-line")
        if kind == "cell":
            ring(self.sheet, Circle(*places.spot(int(column), lane), 9.5).d() + "Z")
        elif kind == "commit":
            ring(self.sheet, Circle(places.x(int(column)), y, 12.5).d() + "Z")


@lru_cache(256)
def names(frame: Frame, margins: Margins, lanes: tuple[Lane, ...], head: str) -> Sheet:
    """The paths, on the left, deeper ones further in; in a wide picture their notes beside them."""
    sheet, wide = Sheet("dag", frame.layout, 0), frame.layout == WIDE
    style = "label" if wide else "note"
    for row, lane in enumerate(lanes):
        x, y = margins.left + margins.indent * lane.depth, frame.y(row) + 4
        text = middle_cut(lane.name, style, min(margins.notes, margins.first - 8) - 6 - x)
        spoken = lane.key if lane.depth > 1 else None  # elsewhere its name says it all
        sheet.label(f"lane:{lane.key}", x, y, text, style, fill="ink", layer=LABEL, aria_label=spoken)
        if wide and lane.note:
            note = end_cut(lane.note, "tick", margins.first - 16 - margins.notes)
            sheet.label(f"note:{lane.key}", margins.notes, y, note, "tick", fill="mute")
    if wide and head:
        sheet.label("notes", margins.notes, frame.commits + 4, head, "note", fill="mute")
    return sheet

"""Layers become marks: plates, names, chips, lines of sight, the way, and the brass round what changed."""

from __future__ import annotations

from functools import lru_cache

from playground.scenes.layers.places import COLUMNS, MOST, Places
from playground.scenes.layers.value import Cell, Layer, Layers
from playground.scenes.layers.way import stations
from playground.scenes.marks import BAND, BOX, CHANGED, CROSS, EDGE, FURNITURE, TOKEN, WIDE, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import cross, head
from playground.scenes.type import end_cut, middle_cut, width

DASHES = {"covered": "4 3", "ahead": "2 3"}


@lru_cache(PICTURES)
def painted(scene: Layers, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(scene, layout, room).paint()


class Painter:
    """One painting of one stack."""

    def __init__(self, scene: Layers, layout: str, room: tuple[int, ...]) -> None:
        self.scene = scene
        self.wide = layout == WIDE
        self.at = Places(layout, room)
        self.sheet = Sheet("layers", layout, self.at.height)
        self.rows, self.fold = folded(scene)

    def paint(self) -> Picture:
        scene, sheet = self.scene, self.sheet
        if not scene.layers:
            sheet.label("empty", sheet.width / 2, 60, scene.empty, "note", fill="mute", text_anchor="middle")
            return sheet.done()
        left, right = 22 if self.wide else 16, sheet.width - 16
        room = right - left - width(scene.note, "note") - 12
        sheet.label("title", left, 24, end_cut(scene.title, "heading", room), "heading", fill="ink")
        sheet.label("note", right, 24, scene.note, "note", fill="mute", text_anchor="end")
        if scene.stations:
            stations(sheet, scene.stations.names, scene.stations.at, lost=scene.lost)
        for at, layer in enumerate(scene.layers):
            if at in self.rows:
                self.plate(self.rows[at], layer, f"plate:{at}")
        if self.fold[1]:
            self.folded_plate()
        self.view()
        self.links()
        for cell in scene.cells:
            if cell.layer in self.rows and cell.column < COLUMNS:
                self.chip(cell)
        self.move()
        self.ring()
        return sheet.done()

    def plate(self, row: int, layer: Layer, key: str) -> None:
        pen = layer.pen if layer.plays else "hair"
        sheet, at = self.sheet, self.at
        sheet.path(key, FURNITURE, at.plate(row), fill=pen, fill_opacity="0.08" if layer.plays else "0")
        width_ = 1.4 if layer.plays else 1
        outline = at.plate(row) + at.edge(row)
        stroke = layer.pen if layer.plays else "guide"
        sheet.path(f"{key}/edge", BAND, outline, fill="none", stroke=stroke, stroke_width=width_)
        self.name(row, layer.name, layer.note, key, "ink" if layer.plays else "mute")

    def name(self, row: int, name: str, note: str, key: str, fill: str) -> None:
        """Beside the plate with a note; narrow, above it, at the left where plates nest: chips move at the right."""
        sheet, at, y = self.sheet, self.at, self.at.plate_y(row)
        if at.shape.names:
            room = sheet.width - at.shape.names - 10
            sheet.label(f"{key}/name", at.shape.names, y + 22, middle_cut(name, "name", room), "name", fill=fill)
            if note:
                sheet.label(f"{key}/note", at.shape.names, y + 40, end_cut(note, "note", room), "note", fill="mute")
            return
        nests = self.scene.view is None
        x = at.shape.left + (0 if nests else at.shape.wide)
        text = middle_cut(name, "name", at.shape.wide - 60)
        sheet.label(
            f"{key}/name", x, y - 7, text, "name", fill=fill, text_anchor="start" if nests else "end",
            stroke="sheet", stroke_width=4, paint_order="stroke",
        )  # fmt: skip

    def folded_plate(self) -> None:
        row, count = self.fold
        dashed = self.at.plate(row)
        self.sheet.path("fold", BAND, dashed, fill="none", stroke="guide", stroke_width=1, stroke_dasharray="4 3")
        self.name(row, f"{count} layers", "nothing used", "fold", "mute")

    def view(self) -> None:
        """What is seen, and a line from each name down to the layer where it is found."""
        view, sheet, at = self.scene.view, self.sheet, self.at
        if not view:
            return
        sheet.path("view", FURNITURE, at.plate(-1), fill="warm", stroke="guide", stroke_width=1)
        self.name(-1, view.name, view.note, "view", "ink")
        lines, heads = [], []
        for column, (name, layer) in enumerate(view.seen[:COLUMNS]):
            x, y = at.middle(column), at.plate_y(-1) + at.shape.tall / 2
            text = middle_cut(name, "value", at.column_wide() - 4)
            gone = layer not in self.rows or any(
                cell.state == "deleted" for cell in self.scene.cells if (cell.layer, cell.column) == (layer, column)
            )
            sheet.label(
                f"view/{column}", x, y + 4, text, "value", fill="mute" if gone else "ink", text_anchor="middle",
                text_decoration="line-through" if gone else None,
            )  # fmt: skip
            if layer in self.rows:
                end = at.plate_y(self.rows[layer]) + at.shape.tall / 2 - 17
                lines.append(f"M{number(x)} {number(y + 14)}V{number(end - 4)}")
                heads.append(head(x, end, x, y, 8, 3.2))
        sheet.path("sight", EDGE, lines, fill="none", stroke="ink", stroke_width=1.25, stroke_dasharray="1.5 3")
        sheet.path("sight/heads", EDGE, heads, fill="ink")

    def links(self) -> None:
        """A dotted line where a chip is carried from one plate to the next."""
        lines, present = [], {(cell.layer, cell.column): cell for cell in self.scene.cells if cell.state != "ahead"}
        for (layer, column), cell in present.items():
            below = present.get((layer + 1, column))
            if below and "carried" in (cell.state, below.state) and {layer, layer + 1} <= self.rows.keys():
                x, half = self.at.middle(column), self.at.shape.tall / 2
                start = self.at.plate_y(self.rows[layer]) + half + 14
                end = self.at.plate_y(self.rows[layer + 1]) + half - 14
                lines.append(f"M{number(x)} {number(start)}V{number(end)}")
        self.sheet.path("links", EDGE, lines, fill="none", stroke="mute", stroke_width=1, stroke_dasharray="1.5 3")

    def chip(self, cell: Cell) -> None:
        sheet, at, row = self.sheet, self.at, self.rows[cell.layer]
        pen = cell.pen or self.scene.layers[cell.layer].pen
        key, solid = f"chip:{cell.key}", cell.state == "solid"
        if cell.state == "deleted":
            pen = "fail"
        elif cell.state == "ahead":
            pen = "guide"
        fill = pen if solid else "sheet"
        sheet.path(
            key, TOKEN, at.chip(row, cell.column), fill=fill, stroke=pen, stroke_width=1.25,
            stroke_dasharray=DASHES.get(cell.state),
        )  # fmt: skip
        x, y = at.middle(cell.column), at.plate_y(row) + at.shape.tall / 2
        style = "badge" if solid else "note"
        room = at.inside() - (18 if cell.state == "deleted" else 0)
        text = cell.text if width(cell.text, style) <= room else middle_cut(cell.short or cell.text, style, room)
        ink = {"solid": "sheet", "carried": "ink", "deleted": "fail"}.get(cell.state, "mute")
        shift = 8 if cell.state == "deleted" else 0
        sheet.label(f"{key}/text", x + shift, y + 4, text, style, fill=ink, text_anchor="middle")
        if cell.state == "deleted":
            place = x - at.inside() / 2 + 6
            sheet.path(f"{key}/cross", CROSS, cross(place, y, 5), fill="none", stroke="fail", stroke_width=2.25)

    def move(self) -> None:
        """A brass arrow at the left of the column, between the two plates, and its words."""
        move, sheet, at = self.scene.move, self.sheet, self.at
        if not move or not {move.start, move.end} <= self.rows.keys():
            return
        down = move.end > move.start
        upper, lower = sorted((self.rows[move.start], self.rows[move.end]))
        x = at.middle(move.column) - at.column_wide() / 2 + 12
        high = at.plate_y(upper) + at.shape.tall / 2 + 15
        low = at.plate_y(lower) + at.shape.tall / 2 - 16
        start, end = (high, low) if down else (low, high)
        back = end - 6 if down else end + 6
        sheet.path("move", BOX, f"M{number(x)} {number(start)}V{number(back)}", stroke="brass-line", stroke_width=2.25)
        sheet.path("move/head", CHANGED, head(x, end, x, start), fill="brass-line")
        if self.wide:
            gap = at.plate_y(lower) - 9
            room = x - 20 - at.shape.left
            anchor, place = ("end", x - 8) if room > 90 else ("start", x + 10)
            text = end_cut(move.words, "remark", room if room > 90 else 200)
            sheet.label("move/words", place, gap, text, "remark", fill="brass", text_anchor=anchor)

    def ring(self) -> None:
        chips = [cell for cell in self.scene.cells if cell.key in self.scene.changed and cell.layer in self.rows]
        d = [self.at.chip(self.rows[cell.layer], cell.column, 4) for cell in chips if cell.column < COLUMNS]
        if d:
            self.sheet.path("changed", CHANGED, d, fill="none", stroke="brass-line", stroke_width=2.25)


def folded(scene: Layers) -> tuple[dict[int, int], tuple[int, int]]:
    """Rows of the layers that are drawn, and the row and count of those folded into one plate (count 0: none).

    Of too many layers, those that hold nothing are folded first, then the ones in the middle.
    """
    count = len(scene.layers)
    if count <= MOST:
        return {at: at for at in range(count)}, (0, 0)
    held = {cell.layer for cell in scene.cells}
    wanted = sorted(range(count), key=lambda at: (at not in held, min(at, count - 1 - at)))[: MOST - 1]
    drawn = sorted(wanted)
    hidden = [at for at in range(count) if at not in wanted]
    gap = sum(at < hidden[0] for at in drawn)
    rows = {at: row + (row >= gap) for row, at in enumerate(drawn)}
    return rows, (gap, len(hidden))

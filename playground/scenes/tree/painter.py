"""A tree becomes marks."""

from __future__ import annotations

from functools import lru_cache
from math import sqrt

from playground.scenes.marks import BAND, BOX, CHANGED, EDGE, TOKEN, Picture, Sheet, number
from playground.scenes.paint import PICTURES
from playground.scenes.shapes import head, wedge
from playground.scenes.tree.heights import PART, parts_height
from playground.scenes.tree.nodes import Node, name_width
from playground.scenes.tree.places import INDENT, Place, Places
from playground.scenes.tree.value import Tree
from playground.scenes.type import end_cut, width


@lru_cache(PICTURES)
def painted(tree: Tree, layout: str, room: tuple[int, ...]) -> Picture:
    return Painter(tree, layout, room).paint()


class Painter:
    """One painting of one tree."""

    def __init__(self, tree: Tree, layout: str, room: tuple[int, ...]) -> None:
        self.tree, self.places = tree, Places(tree, layout, room)
        self.sheet = Sheet("tree", layout, int(self.places.height))
        self.listed_under = {node.key: parts_height(node) for node in tree.nodes}
        self.most = max([node.flow for node in tree.nodes] or [0])

    def paint(self) -> Picture:
        tree, sheet = self.tree, self.sheet
        note = end_cut(tree.note, "note", sheet.width / 2)
        room = sheet.width - 46 - width(note, "note")
        sheet.label("title", 16, 24, end_cut(tree.title, "heading", room), "heading", fill="ink")
        sheet.label("note", sheet.width - 16, 24, note, "note", fill="mute", text_anchor="end")
        if not tree.nodes:
            sheet.label("empty", sheet.width / 2, 80, tree.empty, "note", fill="mute", text_anchor="middle")
        for node in tree.nodes:
            self.node(node, self.places.of[node.key])
            self.parts(node, self.places.of[node.key])
            if node.parent:
                self.edge(node)
        self.ring()
        return sheet.done()

    def node(self, node: Node, place: Place) -> None:
        sheet, key = self.sheet, f"node:{node.key}"
        stands = node.state == ""
        said = ", ".join(part for part in (node.name, node.about, node.figure, node.expected, node.actual) if part)
        sheet.group(key, BOX, place.x, place.y, said if stands else f"{said}, not taken")
        sheet.add(
            f"{key}/box", "rect", BOX, parent=key, x=0, y=0, width=place.wide, height=place.tall, rx=4, fill="sheet",
            stroke="ink" if stands else "mute", stroke_width=1.4, stroke_dasharray=None if stands else "2 3",
        )  # fmt: skip
        ink = "ink" if stands else "mute"
        flat = place.tall < 30
        line = 15.5 if flat else 19
        figure = end_cut(node.figure, "strong", place.wide * 0.4)
        free = place.wide - 20 - (width(figure, "strong") + 8 if figure else 0)
        name = end_cut(node.name, "name", free)
        sheet.label(f"{key}/name", 9, line, name, "name", parent=key, fill=ink)
        if figure:
            sheet.label(
                f"{key}/figure", place.wide - 9, line, figure, "strong", parent=key, fill=ink, text_anchor="end"
            )
        self.about(node, place, free - name_width(name) - 10, flat=flat)
        if node.share >= 0:
            bar = max(place.wide * min(node.share, 1000) / 1000, 2)
            pen = "data" if stands else "guide"
            y = place.tall - 5
            sheet.add(f"{key}/share", "rect", TOKEN, parent=key, x=0, y=y, width=bar, height=5, fill=pen)

    def about(self, node: Node, place: Place, beside: float, *, flat: bool) -> None:
        """What the node is about: beside its name, or below it where nothing else stands."""
        sheet, key = self.sheet, f"node:{node.key}"
        below = not flat and not node.expected
        room = place.wide - 18 if below else beside
        if node.about and room > 20:
            x, y = (9.0, 37.0) if below else (place.wide - 9 - room + 0.0, 15.5 if flat else 19.0)
            x = x if below else 9 + name_width(node.name) + 8
            text = end_cut(node.about, "value", room)
            if text != "…":
                sheet.label(f"{key}/about", x, y, text, "value", parent=key, fill="mute")
        if node.expected and not flat:
            room = place.wide - 26 - width(node.actual, "note")
            text = end_cut(node.expected, "note", room)
            sheet.label(f"{key}/expected", 9, 37, text, "note", parent=key, fill="mute")
            if node.actual:
                sheet.label(
                    f"{key}/actual", place.wide - 9, 37, node.actual, "note", parent=key,
                    fill="ink" if not node.state else "mute", text_anchor="end",
                )  # fmt: skip

    def parts(self, node: Node, place: Place) -> None:
        """What the node pays for, each with a bar; the bars of all nodes have one scale."""
        sheet, ink = self.sheet, "mute" if node.state else "ink"
        for at, part in enumerate(node.parts):
            key = f"part:{node.key}/{part.name}"
            y = place.y + place.tall + 6 + PART * at
            sheet.group(key, BOX, place.x, y, f"{part.name}, {part.sum}, {part.figure}")
            bar = max(place.wide * min(part.size, 1000) / 1000, 1)
            pen = "guide" if node.state else "data"
            sheet.add(f"{key}/bar", "rect", BOX, parent=key, x=0, y=PART - 8, width=bar, height=4, fill=pen)
            figure = end_cut(part.figure, "value", place.wide * 0.3)
            sheet.label(f"{key}/figure", place.wide - 9, 13, figure, "value", parent=key, fill=ink, text_anchor="end")
            free = place.wide - 24 - width(figure, "value")
            name = end_cut(part.name, "note", free)
            sheet.label(f"{key}/name", 9, 13, name, "note", parent=key, fill=ink)
            # Half a sum says something else than the sum.
            if part.sum and width(part.sum, "tick") <= free - width(name, "note") - 8:
                sheet.label(
                    f"{key}/sum", place.wide - 17 - width(figure, "value"), 13, part.sum, "tick", parent=key,
                    fill="mute", text_anchor="end",
                )  # fmt: skip

    def edge(self, node: Node) -> None:
        """Up to the node above, where the rows go; as thick as they are many."""
        sheet, key = self.sheet, f"edge:{node.key}"
        start, end = self.places.of[node.key], self.places.of[node.parent]
        end = end._replace(tall=end.tall + self.listed_under[node.parent])
        thick = 1.2 + (8 * sqrt(node.flow / self.most) if self.most else 0)
        pen = "mute" if node.state or not self.most else "data"
        if self.places.listed:
            x = end.x + INDENT / 2
            d = f"M{number(start.x)} {number(start.y + start.tall / 2)}H{number(x)}V{number(end.y + end.tall)}"
            thick = min(thick, 6.0)
        else:
            x, goal = start.x + start.wide / 2, end.x + end.wide / 2
            middle = (end.y + end.tall + start.y) / 2
            stop = end.y + end.tall + (8 if self.most else 0)
            d = f"M{number(x)} {number(start.y)}"
            d += f"V{number(stop)}" if x == goal else f"V{number(middle)}H{number(goal)}V{number(stop)}"
            if self.most:
                tip = end.y + end.tall + 1
                arrow = head(goal, tip, goal, tip + 20, 10, max(thick / 2 + 2, 4))
                sheet.path(f"{key}/head", EDGE, arrow, fill=pen)
        dash = "2 3" if node.state else None
        sheet.path(key, BAND, d, fill="none", stroke=pen, stroke_width=thick, stroke_dasharray=dash)

    def place_of(self, changed: str) -> Place | None:
        """The box of a node, or the line of a part: `node key/part name`."""
        if changed in self.places.of:
            return self.places.of[changed]
        for node in self.tree.nodes:
            for at, part in enumerate(node.parts):
                if changed == f"{node.key}/{part.name}":
                    place = self.places.of[node.key]
                    return Place(place.x + 2, place.y + place.tall + 8 + PART * at, place.wide - 4, PART - 7)
        return None

    def ring(self) -> None:
        place = self.place_of(self.tree.changed)
        if not place:
            return
        self.sheet.add(
            "changed", "rect", CHANGED, x=place.x - 3.5, y=place.y - 3.5, width=place.wide + 7, height=place.tall + 7,
            rx=6, fill="none", stroke="brass-line", stroke_width=2.25,
        )  # fmt: skip
        if self.places.listed:
            self.sheet.path("wedge", CHANGED, wedge(9, place.y + place.tall / 2), fill="brass-line", stroke="none")
